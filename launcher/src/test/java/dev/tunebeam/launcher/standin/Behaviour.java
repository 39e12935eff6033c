package dev.tunebeam.launcher.standin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the stand-in behaves where providers differ or change; read at each request. */
public final class Behaviour {
  private volatile boolean advanceByPolls = true;
  private volatile int runningSteps = 3;
  private volatile List<String> unknownStatuses = List.of();
  private volatile Outcome outcome = Outcome.succeeded();
  private volatile boolean eventsDisordered;
  private volatile boolean eventsRepeated;
  private volatile boolean resultsInBase64;
  private volatile String accuracyColumn = "train_accuracy";
  private volatile int wrongPercent = 10;
  private volatile int listsUntilJobIsListed;
  private volatile @Nullable Double estimatedPrice;
  private volatile @Nullable String priceUnavailable;
  private volatile boolean metadata = true;
  private volatile long fileLimit = 512L << 20;
  private volatile long partLimit = 64L << 20;

  /**
   * False: only {@link StandIn#advance()} moves jobs. True (default): each GET of a job does, but
   * the first.
   */
  public Behaviour advanceByPolls(boolean on) {
    advanceByPolls = on;
    return this;
  }

  /** In how many moves a running job gets to its end; default 3. */
  public Behaviour runningSteps(int steps) {
    runningSteps = steps;
    return this;
  }

  /** Statuses between queued and running that no list knows, such as {@code warming_up}. */
  public Behaviour unknownStatuses(String... statuses) {
    unknownStatuses = List.of(statuses);
    return this;
  }

  /** How jobs end. */
  public Behaviour outcome(Outcome how) {
    outcome = how;
    return this;
  }

  /** Events that are listed in a wrong order. */
  public Behaviour eventsDisordered(boolean on) {
    eventsDisordered = on;
    return this;
  }

  /** Events that are listed twice, with the same id. */
  public Behaviour eventsRepeated(boolean on) {
    eventsRepeated = on;
    return this;
  }

  /** The metrics file as base64 of the CSV. */
  public Behaviour resultsInBase64(boolean on) {
    resultsInBase64 = on;
    return this;
  }

  /** The CSV's accuracy column: train_accuracy (default) or train_mean_token_accuracy. */
  public Behaviour accuracyColumn(String name) {
    accuracyColumn = name;
    return this;
  }

  /** Share of prompts that fine-tuned models answer wrongly, by the prompt's hash; default 10. */
  public Behaviour wrongPercent(int percent) {
    wrongPercent = percent;
    return this;
  }

  /** A new job is missing in that many lists, as where a list lags behind; default 0. */
  public Behaviour listsUntilJobIsListed(int lists) {
    listsUntilJobIsListed = lists;
    return this;
  }

  /** What Together and Fireworks estimate, in dollars; by default by size, and 3. */
  public Behaviour estimatedPrice(double dollars) {
    estimatedPrice = dollars;
    return this;
  }

  /** Together cannot estimate, for this reason. */
  public Behaviour priceUnavailable(String reason) {
    priceUnavailable = reason;
    return this;
  }

  /** False: jobs have no metadata, as where an API has OpenAI's paths only. */
  public Behaviour metadata(boolean on) {
    metadata = on;
    return this;
  }

  /** Bytes a file may have; default 512 MB. */
  public Behaviour fileLimit(long bytes) {
    fileLimit = bytes;
    return this;
  }

  /** Bytes a part may have; default 64 MB. */
  public Behaviour partLimit(long bytes) {
    partLimit = bytes;
    return this;
  }

  boolean advanceByPolls() {
    return advanceByPolls;
  }

  int runningSteps() {
    return runningSteps;
  }

  List<String> unknownStatuses() {
    return unknownStatuses;
  }

  Outcome outcome() {
    return outcome;
  }

  boolean eventsDisordered() {
    return eventsDisordered;
  }

  boolean eventsRepeated() {
    return eventsRepeated;
  }

  boolean resultsInBase64() {
    return resultsInBase64;
  }

  String accuracyColumn() {
    return accuracyColumn;
  }

  int wrongPercent() {
    return wrongPercent;
  }

  int listsUntilJobIsListed() {
    return listsUntilJobIsListed;
  }

  @Nullable Double estimatedPrice() {
    return estimatedPrice;
  }

  @Nullable String priceUnavailable() {
    return priceUnavailable;
  }

  boolean metadata() {
    return metadata;
  }

  long fileLimit() {
    return fileLimit;
  }

  long partLimit() {
    return partLimit;
  }
}
