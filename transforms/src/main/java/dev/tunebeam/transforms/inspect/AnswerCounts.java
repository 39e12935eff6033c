package dev.tunebeam.transforms.inspect;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.tunebeam.dataset.Whitespace;
import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Counts of each short answer. Longer answers cannot be class names: only their number and the
 * number of distinct ones are kept. With more than {@link #MOST_ANSWERS} distinct answers, only
 * this fact is kept. Merging is associative and commutative.
 */
public final class AnswerCounts implements Serializable {

  /** More than any real number of classes. */
  public static final int MOST_ANSWERS = 10_000;

  /** Longer answers are not class names. */
  static final int LONGEST = 80;

  /** Prefix of long answers. No text contains it: rows with U+0000 are rejected. */
  private static final String LONG = "\u0000";

  private static final long serialVersionUID = 1L;

  private final TreeMap<String, Long> answers = new TreeMap<>();
  private boolean tooMany;
  private final TreeSet<String> different = new TreeSet<>();
  private boolean tooManyDifferent;
  private long longAnswers;

  /**
   * The form in which an answer is counted: for a long or multi-line one a prefix and its hash;
   * null for a blank one.
   */
  public static @Nullable String counted(String answer) {
    String stripped = Whitespace.strip(answer);
    if (stripped.isEmpty()) {
      return null;
    }
    boolean isShort = stripped.length() <= LONGEST && stripped.indexOf('\n') < 0;
    return isShort ? stripped : LONG + Long.toHexString(hash(stripped));
  }

  private static long hash(String text) {
    return Hashing.xxh3_64().hashCharsToLong(text);
  }

  /** Adds an answer in the form of {@link #counted}; null for one that cannot be a class name. */
  public void add(@Nullable String counted) {
    if (counted == null) {
      longAnswers++;
    } else if (counted.startsWith(LONG)) {
      longAnswers++;
      different.add(counted);
      trim();
    } else if (!tooMany) {
      answers.merge(counted, 1L, Long::sum);
      trim();
    }
  }

  void merge(AnswerCounts other) {
    longAnswers += other.longAnswers;
    tooMany |= other.tooMany;
    tooManyDifferent |= other.tooManyDifferent;
    different.addAll(other.different);
    other.answers.forEach((answer, count) -> answers.merge(answer, count, Long::sum));
    trim();
  }

  private void trim() {
    tooMany |= answers.size() > MOST_ANSWERS;
    if (tooMany) {
      answers.clear();
    }
    tooManyDifferent |= different.size() > MOST_ANSWERS;
    if (tooManyDifferent) {
      different.clear();
    }
  }

  /** Counts by short answer; empty if there are too many. */
  public SortedMap<String, Long> answers() {
    return Collections.unmodifiableSortedMap(answers);
  }

  /** Whether there are more distinct short answers than are kept. */
  public boolean areTooMany() {
    return tooMany;
  }

  /** Number of answers that cannot be class names, blank ones included. */
  public long longAnswers() {
    return longAnswers;
  }

  /** Number of distinct answers, short and long; {@code Long.MAX_VALUE} if too many to count. */
  public long different() {
    return tooMany || tooManyDifferent ? Long.MAX_VALUE : answers.size() + (long) different.size();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AnswerCounts counts
        && tooMany == counts.tooMany
        && longAnswers == counts.longAnswers
        && tooManyDifferent == counts.tooManyDifferent
        && different.equals(counts.different)
        && answers.equals(counts.answers);
  }

  @Override
  public int hashCode() {
    return answers.hashCode() * 31 + Long.hashCode(longAnswers);
  }
}
