package dev.tunebeam.launcher.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A training job; {@link Training} moves it. Statuses are OpenAI's. */
public final class Job {
  private static final Set<String> FINAL = Set.of("succeeded", "failed", "cancelled");

  /** What happened, oldest first; {@code metrics} is null for a message. */
  record Event(String id, long at, String level, String message, @Nullable Metrics metrics) {}

  /** A checkpoint at an epoch's end. */
  record Checkpoint(String id, long at, String model, Metrics metrics) {}

  private final String id;
  private final JobSpec spec;
  private final long createdAt;
  private String status = "validating_files";
  private @Nullable Outcome error;
  private @Nullable String tunedModel;
  private @Nullable String resultFile;
  private @Nullable Long finishedAt;
  private @Nullable Long estimatedFinish;
  private @Nullable Long trainedTokens;
  private final List<Event> events = new ArrayList<>();
  private final List<Checkpoint> checkpoints = new ArrayList<>();
  private final List<Metrics> metrics = new ArrayList<>();
  private int moves;
  private int lists;
  private int polls;

  Job(String id, JobSpec spec, long createdAt) {
    this.id = id;
    this.spec = spec;
    this.createdAt = createdAt;
  }

  /** The job's id. */
  public String id() {
    return id;
  }

  /** What was asked. */
  public JobSpec spec() {
    return spec;
  }

  /** OpenAI's word for where it is. */
  public String status() {
    return status;
  }

  /** The model, once there is one. */
  public @Nullable String tunedModel() {
    return tunedModel;
  }

  /** The metrics' file, once there is one. */
  public @Nullable String resultFile() {
    return resultFile;
  }

  boolean ended() {
    return FINAL.contains(status);
  }

  long createdAt() {
    return createdAt;
  }

  @Nullable Outcome error() {
    return error;
  }

  @Nullable Long finishedAt() {
    return finishedAt;
  }

  @Nullable Long estimatedFinish() {
    return estimatedFinish;
  }

  @Nullable Long trainedTokens() {
    return trainedTokens;
  }

  List<Event> events() {
    return events;
  }

  List<Checkpoint> checkpoints() {
    return checkpoints;
  }

  List<Metrics> metrics() {
    return metrics;
  }

  /** Counts the lists that were asked for since the job is there, this one included. */
  int countList() {
    return ++lists;
  }

  int countPoll() {
    return ++polls;
  }

  int countMove() {
    return ++moves;
  }

  void status(String word) {
    status = word;
  }

  void estimate(@Nullable Long finish) {
    estimatedFinish = finish;
  }

  /** Ends the job. */
  void end(Outcome how, long now) {
    status = how.status();
    error = how.code() == null ? null : how;
    finishedAt = now;
    estimatedFinish = null;
  }

  /** Gives the job its model. */
  void succeed(String model, String file, long tokens, long now) {
    tunedModel = model;
    resultFile = file;
    trainedTokens = tokens;
    end(Outcome.succeeded(), now);
  }
}
