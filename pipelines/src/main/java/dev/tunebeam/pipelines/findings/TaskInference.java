package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.transforms.example.Task;
import dev.tunebeam.transforms.inspect.AnswerCounts;
import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.inspect.Trait;
import org.jspecify.annotations.Nullable;

/**
 * What a corpus teaches, and from what that was inferred: by its first rows for the job that
 * writes, by all of them for the one that looks. Counted are the examples that would be written, so
 * copies of rows change nothing. A pure function.
 *
 * @param kind what
 * @param because why, in words
 */
public record TaskInference(CorpusKind kind, String because) {

  /** So many examples have a class, or there are too many classes. */
  private static final int FEWEST_OF_A_CLASS = 3;

  /** Of fewer examples nothing can be told. */
  private static final int FEWEST_EXAMPLES = 6;

  /** What the first rows say is learned, where the recipe leaves it open. */
  public static Task ofFirstRows(boolean havePrompts, boolean answersAreNamedAsClasses) {
    if (!havePrompts) {
      return Task.OPEN_ENDED;
    }
    return answersAreNamedAsClasses ? Task.CLASSIFICATION : Task.GENERATION;
  }

  /** Why {@link #ofFirstRows} says so. */
  public static String because(Task task) {
    return switch (task) {
      case OPEN_ENDED -> "no row has a prompt";
      case CLASSIFICATION -> "the answers stand in a field named for classes";
      case GENERATION -> "the recipe names no other";
    };
  }

  /**
   * What all rows say.
   *
   * @param classes as the job would count them
   * @param asked the recipe's task, null where it leaves it open
   * @param task the same, or the one of the first rows
   * @param conversations whether the rows are written as messages
   */
  public static TaskInference of(
      Inspection inspection,
      Classes classes,
      @Nullable Task asked,
      Task task,
      boolean conversations) {
    String because = asked == null ? because(task) : "set in the recipe";
    long kept = inspection.kept();
    if (most(inspection, Trait.PREFERENCE)) {
      return new TaskInference(
          CorpusKind.PREFERENCE, share(inspection, Trait.PREFERENCE, "two answers"));
    }
    if (most(inspection, Trait.TOOLS)) {
      return new TaskInference(CorpusKind.TOOL_USE, share(inspection, Trait.TOOLS, "tools"));
    }
    if (most(inspection, Trait.SEVERAL_ANSWERS)) {
      return new TaskInference(
          CorpusKind.CHAT, share(inspection, Trait.SEVERAL_ANSWERS, "more than one answer"));
    }
    if (most(inspection, Trait.NO_PROMPT) || (kept == 0 && task == Task.OPEN_ENDED)) {
      return new TaskInference(
          CorpusKind.OPEN_ENDED,
          kept == 0 ? because : share(inspection, Trait.NO_PROMPT, "no prompt"));
    }
    AnswerCounts answers = inspection.answers();
    int different = answers.answers().size();
    String said =
        "%s in %s"
            .formatted(
                Figures.counted(different, "distinct answer", "distinct answers"),
                Figures.counted(kept, "example", "examples"));
    if (task == Task.CLASSIFICATION && !answers.areTooMany() && !classes.areFreeText()) {
      return new TaskInference(
          CorpusKind.CLASSIFICATION, kept == 0 ? because : because + "; " + said);
    }
    if (areClasses(answers, kept)) {
      return new TaskInference(CorpusKind.CLASSIFICATION, "only " + said + ", all short");
    }
    if (conversations) {
      return new TaskInference(CorpusKind.CHAT, "the rows are conversations with one answer");
    }
    return new TaskInference(CorpusKind.GENERATION, ofGeneration(answers, kept, said));
  }

  /** Whether there are so few different answers, all short, that they are names of classes. */
  static boolean areClasses(AnswerCounts answers, long kept) {
    int different = answers.answers().size();
    return kept >= FEWEST_EXAMPLES
        && !answers.areTooMany()
        && answers.longAnswers() == 0
        && different >= 1
        && (long) different * FEWEST_OF_A_CLASS <= kept;
  }

  private static String ofGeneration(AnswerCounts answers, long kept, String said) {
    if (kept == 0) {
      return "there is no usable example";
    }
    if (answers.areTooMany()) {
      return "more than %s distinct answers".formatted(Figures.count(AnswerCounts.MOST_ANSWERS));
    }
    if (answers.longAnswers() > 0) {
      return "%s of %s are longer than a class name"
          .formatted(
              Figures.counted(answers.longAnswers(), "answer", "answers"), Figures.count(kept));
    }
    return said
        + (kept < FEWEST_EXAMPLES ? ": too few to infer classes" : ": too many for classification");
  }

  private static boolean most(Inspection inspection, Trait trait) {
    return inspection.with(trait).count() * 2 > inspection.kept();
  }

  private static String share(Inspection inspection, Trait trait, String what) {
    return "%s of %s have %s"
        .formatted(
            Figures.count(inspection.with(trait).count()),
            Figures.counted(inspection.kept(), "example", "examples"),
            what);
  }
}
