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
 * The classes of a corpus as the job that writes counts them: those of {@code map.class} where the
 * recipe has it, else the answers of a classification. At most 10,000 names of 10 million
 * characters together, whole.
 *
 * @param named whether {@code map.class} names them, so that the answers may be something else
 * @param tooMany whether there are more than the job takes; then none is counted
 * @param counts examples of each; the empty name stands for a blank one
 */
public record Classes(boolean named, boolean tooMany, SortedMap<String, Long> counts) {

  /** As much of a name as a line of a report has room for. */
  private static final int WIDTH = 100;

  /** Copies. */
  public Classes {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  /**
   * What the job would count.
   *
   * @param template the recipe's {@code map.class}, null for none
   * @param task as the job would take it
   */
  public static Classes of(ShardSummary summary, @Nullable String template, Task task) {
    boolean named = template != null;
    if (!named && task != Task.CLASSIFICATION) {
      return new Classes(false, false, new TreeMap<>());
    }
    boolean tooMany = summary.hasTooManyClasses();
    return new Classes(named, tooMany, tooMany ? new TreeMap<>() : summary.classes());
  }

  /** Whether free text was taken for names of classes. */
  boolean areFreeText() {
    return tooMany && !named;
  }

  /** The same, or the answers where they are classes and the job does not yet know it. */
  public Classes orAnswers(CorpusKind kind, AnswerCounts answers) {
    boolean unknown = !named && !tooMany && counts.isEmpty();
    return unknown && kind == CorpusKind.CLASSIFICATION
        ? new Classes(false, false, answers.answers())
        : this;
  }

  /** A name as a person reads it: on one line, without secrets, cut if it is long. */
  static String shown(String name) {
    return name.isEmpty()
        ? "(blank)"
        : TerminalText.cut(TerminalText.oneLine(Secrets.mask(name)), WIDTH);
  }
}
