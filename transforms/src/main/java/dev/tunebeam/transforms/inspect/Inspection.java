package dev.tunebeam.transforms.inspect;

import dev.tunebeam.transforms.deduplicate.ShardSummary;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Source;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of a corpus: counts and first places, never rows. What is said of examples is said
 * of those that would be written: duplicates and rejected rows are counted apart and in nothing
 * else. Merging is associative and commutative, and takes nothing from the other one but copies.
 *
 * <p>Bounded by 256 fields, 10,000 short answers, {@link #MOST_KINDS} kinds of rejections, five
 * places each, and what {@link ShardSummary} holds.
 */
public final class Inspection implements Serializable {

  /** Kinds of rejections that are told apart. */
  static final int MOST_KINDS = 60;

  private static final long serialVersionUID = 1L;

  private final ShardSummary summary = new ShardSummary();
  private final RowStatistics rows = new RowStatistics();
  private final AnswerCounts answers = new AnswerCounts();
  private final EnumMap<Trait, Tally> traits = new EnumMap<>(Trait.class);
  private final TreeMap<Integer, Tally> candidates = new TreeMap<>();
  private final TreeMap<RejectionKind, Tally> rejections = new TreeMap<>();
  private final Tally duplicates = new Tally();
  private final Tally conflicting = new Tally();
  private long conflictingExamples;
  private long lostToMajority;

  void addRows(RowStatistics more) {
    rows.merge(more);
  }

  /** An example that would be written. */
  void addKept(ExampleNote note) {
    for (Trait trait : Trait.values()) {
      if (note.has(trait)) {
        tally(trait).add(note.source());
      }
    }
    for (long bits = note.candidates(); bits != 0; bits &= bits - 1) {
      tally(Long.numberOfTrailingZeros(bits)).add(note.source());
    }
    answers.add(note.answer());
  }

  /** A row that was refused before duplicates were looked for. */
  void addRejection(Rejected rejected) {
    RejectionKind kind = RejectionKind.of(rejected.reason(), rejected.message());
    rejections.computeIfAbsent(kind, k -> new Tally()).add(rejected.source(), rejected.message());
    trim();
  }

  void addDuplicate(Source source) {
    duplicates.add(source);
  }

  /**
   * A prompt with different answers.
   *
   * @param places one for each of them
   * @param lost examples that are left out if the one that most rows give stays
   */
  void addConflict(List<Source> places, long lost) {
    conflictingExamples += places.size();
    lostToMajority += lost;
    places.forEach(conflicting::add);
  }

  void addSummary(ShardSummary more) {
    summary.merge(more);
  }

  void merge(Inspection other) {
    summary.merge(other.summary);
    rows.merge(other.rows);
    answers.merge(other.answers);
    other.traits.forEach((trait, tally) -> tally(trait).merge(tally));
    other.candidates.forEach((candidate, tally) -> tally(candidate).merge(tally));
    other.rejections.forEach(
        (kind, tally) -> rejections.computeIfAbsent(kind, k -> new Tally()).merge(tally));
    trim();
    duplicates.merge(other.duplicates);
    conflicting.merge(other.conflicting);
    conflictingExamples += other.conflictingExamples;
    lostToMajority += other.lostToMajority;
  }

  private Tally tally(Trait trait) {
    return traits.computeIfAbsent(trait, t -> new Tally());
  }

  private Tally tally(int candidate) {
    return candidates.computeIfAbsent(candidate, c -> new Tally());
  }

  /** The first by name stay; as they are the first in every part, their counts are exact. */
  private void trim() {
    while (rejections.size() > MOST_KINDS) {
      rejections.pollLastEntry();
    }
  }

  /** Counts as a job that writes has them. */
  public ShardSummary summary() {
    return summary;
  }

  public RowStatistics rows() {
    return rows;
  }

  /** Short answers of the examples that would be written. */
  public AnswerCounts answers() {
    return answers;
  }

  /** The examples with a trait. */
  public Tally with(Trait trait) {
    return traits.getOrDefault(trait, new Tally());
  }

  /** The examples in whose text a candidate of {@link DelimiterCandidates} is. */
  Tally withDelimiter(String candidate) {
    int index = DelimiterCandidates.all().indexOf(candidate);
    if (index < 0) {
      throw new IllegalArgumentException("no candidate: " + candidate);
    }
    return candidates.getOrDefault(index, new Tally());
  }

  /** Rejected rows by kind. */
  public SortedMap<RejectionKind, Tally> rejections() {
    return Collections.unmodifiableSortedMap(rejections);
  }

  /** Examples that are there already. */
  public Tally duplicates() {
    return duplicates;
  }

  /** Different examples whose prompt has more than one answer; the first places. */
  public Tally conflicting() {
    return conflicting;
  }

  /** Different examples whose prompt has more than one answer. */
  public long conflictingExamples() {
    return conflictingExamples;
  }

  /** Examples that are left out if of each prompt the answer stays that most rows give. */
  public long lostToMajority() {
    return lostToMajority;
  }

  /** Examples that would be written. */
  public long kept() {
    return summary.kept();
  }

  /** Tokens of all of them, each at most so many. */
  public long tokens(int most) {
    long tokens = 0;
    for (Map.Entry<Integer, Long> count : summary.tokenCounts().entrySet()) {
      tokens += Math.min(most, count.getKey()) * count.getValue();
    }
    return tokens;
  }

  /** The separators that occur in no prompt, the usual ones first. */
  public List<String> freeSeparators() {
    return free(DelimiterCandidates.SEPARATORS);
  }

  /** The stop sequences that occur in no answer, the usual ones first. */
  public List<String> freeStops() {
    return free(DelimiterCandidates.STOPS);
  }

  private List<String> free(List<String> all) {
    List<String> free = new ArrayList<>(all);
    free.removeIf(candidate -> withDelimiter(candidate).count() > 0);
    return free;
  }
}
