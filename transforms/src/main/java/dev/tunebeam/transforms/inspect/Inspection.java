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
 * The statistics of a corpus: counts and first positions, never rows. Statistics of examples cover
 * only those that would be written; duplicates and rejected rows are counted separately. Merging is
 * associative and commutative, and does not share state with the other inspection.
 *
 * <p>Memory is bounded by 256 fields, 10,000 short answers, {@link #MOST_KINDS} kinds of rejections
 * with five positions each, and {@link ShardSummary}.
 */
public final class Inspection implements Serializable {

  /** Maximum number of distinct kinds of rejections. */
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

  /** Adds an example that would be written. */
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

  /** Adds a row that was rejected before deduplication. */
  void addRejection(Rejected rejected) {
    RejectionKind kind = RejectionKind.of(rejected.reason(), rejected.message());
    rejections.computeIfAbsent(kind, k -> new Tally()).add(rejected.source(), rejected.message());
    trim();
  }

  void addDuplicate(Source source) {
    duplicates.add(source);
  }

  /**
   * Adds a prompt with different answers.
   *
   * @param places the first position of each answer
   * @param lost number of examples dropped if the most frequent answer is kept
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

  /** Keeps the first by name; as they are the first in every part, their counts are exact. */
  private void trim() {
    while (rejections.size() > MOST_KINDS) {
      rejections.pollLastEntry();
    }
  }

  /** The counts that prepare would report. */
  public ShardSummary summary() {
    return summary;
  }

  public RowStatistics rows() {
    return rows;
  }

  /** Answers of the examples that would be written. */
  public AnswerCounts answers() {
    return answers;
  }

  /** Tally of the examples with a trait. */
  public Tally with(Trait trait) {
    return traits.getOrDefault(trait, new Tally());
  }

  /** Tally of the examples whose texts contain a candidate of {@link DelimiterCandidates}. */
  Tally withDelimiter(String candidate) {
    int index = DelimiterCandidates.all().indexOf(candidate);
    if (index < 0) {
      throw new IllegalArgumentException("not a candidate: " + candidate);
    }
    return candidates.getOrDefault(index, new Tally());
  }

  /** Rejected rows by kind. */
  public SortedMap<RejectionKind, Tally> rejections() {
    return Collections.unmodifiableSortedMap(rejections);
  }

  /** Duplicate examples. */
  public Tally duplicates() {
    return duplicates;
  }

  /** Distinct examples whose prompt has more than one answer: the first positions. */
  public Tally conflicting() {
    return conflicting;
  }

  /** Number of distinct examples whose prompt has more than one answer. */
  public long conflictingExamples() {
    return conflictingExamples;
  }

  /** Number of examples dropped if each prompt keeps its most frequent answer. */
  public long lostToMajority() {
    return lostToMajority;
  }

  /** Number of examples that would be written. */
  public long kept() {
    return summary.kept();
  }

  /** Total tokens of these, each example capped at {@code most}. */
  public long tokens(int most) {
    long tokens = 0;
    for (Map.Entry<Integer, Long> count : summary.tokenCounts().entrySet()) {
      tokens += Math.min(most, count.getKey()) * count.getValue();
    }
    return tokens;
  }

  /** Separators that occur in no prompt, most common first. */
  public List<String> freeSeparators() {
    return free(DelimiterCandidates.SEPARATORS);
  }

  /** Stop sequences that occur in no answer, most common first. */
  public List<String> freeStops() {
    return free(DelimiterCandidates.STOPS);
  }

  private List<String> free(List<String> all) {
    List<String> free = new ArrayList<>(all);
    free.removeIf(candidate -> withDelimiter(candidate).count() > 0);
    return free;
  }
}
