package dev.tunebeam.transforms.inspect;

import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How often each short answer is given. A longer one is no name of a class and is only counted; of
 * more than {@link #MOST_ANSWERS} different ones nothing is kept but that there are more. Merging
 * is associative and commutative.
 */
public final class AnswerCounts implements Serializable {

  /** More than anybody has classes. */
  public static final int MOST_ANSWERS = 10_000;

  /** A longer answer is no name of a class. */
  static final int LONGEST = 80;

  private static final long serialVersionUID = 1L;

  private final TreeMap<String, Long> answers = new TreeMap<>();
  private boolean tooMany;
  private long longAnswers;

  /** The answer as it is counted; null for one that is too long, or on several lines. */
  static @Nullable String shortAnswer(String answer) {
    if (answer.length() > 2 * LONGEST) {
      return null;
    }
    String stripped = answer.strip();
    boolean isShort = stripped.length() <= LONGEST && stripped.indexOf('\n') < 0;
    return isShort && !stripped.isEmpty() ? stripped : null;
  }

  void add(@Nullable String shortAnswer) {
    if (shortAnswer == null) {
      longAnswers++;
    } else if (!tooMany) {
      answers.merge(shortAnswer, 1L, Long::sum);
      trim();
    }
  }

  void merge(AnswerCounts other) {
    longAnswers += other.longAnswers;
    tooMany |= other.tooMany;
    other.answers.forEach((answer, count) -> answers.merge(answer, count, Long::sum));
    trim();
  }

  private void trim() {
    tooMany |= answers.size() > MOST_ANSWERS;
    if (tooMany) {
      answers.clear();
    }
  }

  /** Short answers by their text; none if there are too many. */
  public SortedMap<String, Long> answers() {
    return Collections.unmodifiableSortedMap(answers);
  }

  /** Whether there are more different answers than are kept. */
  public boolean areTooMany() {
    return tooMany;
  }

  /** Answers that are no name of a class. */
  public long longAnswers() {
    return longAnswers;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AnswerCounts counts
        && tooMany == counts.tooMany
        && longAnswers == counts.longAnswers
        && answers.equals(counts.answers);
  }

  @Override
  public int hashCode() {
    return answers.hashCode() * 31 + Long.hashCode(longAnswers);
  }
}
