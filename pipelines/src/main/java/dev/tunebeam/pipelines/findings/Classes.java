package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.transforms.deduplicate.ShardSummary;
import dev.tunebeam.transforms.example.Task;
import dev.tunebeam.transforms.inspect.AnswerCounts;
import dev.tunebeam.transforms.inspect.secrets.Secrets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The classes of a corpus, as prepare counts them: those of {@code map.class} if the recipe sets
 * it, else the answers of a classification. At most 10,000 names of 10 million characters in total,
 * never truncated.
 *
 * @param named whether {@code map.class} sets them, so that they may differ from the answers
 * @param tooMany whether there are more than prepare accepts; then none is counted
 * @param counts examples per class; the empty name stands for a blank one
 */
public record Classes(boolean named, boolean tooMany, SortedMap<String, Long> counts) {

  /** Characters of a name that fit on a line of a report. */
  private static final int WIDTH = 100;

  /** Makes an immutable copy. */
  public Classes {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  /**
   * The classes that prepare would count.
   *
   * @param template the recipe's {@code map.class}, null for none
   * @param task the task that prepare would use
   */
  public static Classes of(ShardSummary summary, @Nullable String template, Task task) {
    boolean named = template != null;
    if (!named && task != Task.CLASSIFICATION) {
      return new Classes(false, false, new TreeMap<>());
    }
    boolean tooMany = summary.hasTooManyClasses();
    return new Classes(named, tooMany, tooMany ? new TreeMap<>() : summary.classes());
  }

  /** Whether free text was taken for class names. */
  boolean areFreeText() {
    return tooMany && !named;
  }

  /**
   * The same classes; the answers instead, if they were found to be classes and prepare would not
   * count any.
   */
  public Classes orAnswers(CorpusKind kind, AnswerCounts answers) {
    boolean unknown = !named && !tooMany && counts.isEmpty();
    return unknown && kind == CorpusKind.CLASSIFICATION
        ? new Classes(false, false, answers.answers())
        : this;
  }

  /** A name for display: on one line, secrets masked, truncated if long. */
  static String shown(String name) {
    return name.isEmpty()
        ? "(blank)"
        : TerminalText.cut(TerminalText.oneLine(Secrets.mask(name)), WIDTH);
  }
}
