package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.transforms.example.Task;
import dev.tunebeam.transforms.inspect.AnswerCounts;
import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.inspect.Trait;

/**
 * The inferred type of a dataset and the reason: prepare infers it from the first rows, inspect
 * from all rows. Only examples that would be written are counted, so duplicates change nothing. A
 * pure function.
 *
 * @param kind the type
 * @param because the reason, for the user
 */
public record TaskInference(CorpusKind kind, String because) {

  /** Minimum average of examples per class; with fewer, there are too many classes. */
  private static final int FEWEST_OF_A_CLASS = 3;

  private static final String FIRST_ROWS = ", by the first rows";

  /** With fewer examples, classes are not inferred. */
  private static final int FEWEST_EXAMPLES = 6;

  /**
   * The task that prepare infers from the first rows.
   *
   * @param because the reason, for the user
   * @param guessed whether it follows from the values of the first answers: all rows may show
   *     another one
   */
  public record OfFirstRows(Task task, String because, boolean guessed) {

    /** There are rows, and none has a prompt. */
    public static final OfFirstRows OPEN_ENDED =
        new OfFirstRows(Task.OPEN_ENDED, "no row has a prompt", false);

    /** The answers are in a field with a common name for classes. */
    public static final OfFirstRows NAMED_CLASSES =
        new OfFirstRows(
            Task.CLASSIFICATION, "the answers stand in a field named for classes", false);

    /** The answers are the names of folders. */
    public static final OfFirstRows FOLDERS =
        new OfFirstRows(Task.CLASSIFICATION, "the answers are the names of folders", false);
  }

  /**
   * The task that the answers of the first rows show, by the rule for all rows.
   *
   * @param examples number of different examples
   */
  public static OfFirstRows ofFirstRows(AnswerCounts answers, long examples) {
    String said = said(answers, examples);
    return areClasses(answers, examples)
        ? new OfFirstRows(Task.CLASSIFICATION, ofClasses(said) + FIRST_ROWS, true)
        : new OfFirstRows(
            Task.GENERATION, ofGeneration(answers, examples, said) + FIRST_ROWS, true);
  }

  /**
   * The type inferred from all rows.
   *
   * @param classes the classes that prepare would count
   * @param task the recipe's task, or the one inferred from the first rows
   * @param conversations whether the rows are conversations
   */
  public static TaskInference of(
      Inspection inspection, Classes classes, OfFirstRows task, boolean conversations) {
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
    if (most(inspection, Trait.NO_PROMPT) || (kept == 0 && task.task() == Task.OPEN_ENDED)) {
      return new TaskInference(
          CorpusKind.OPEN_ENDED,
          kept == 0 ? task.because() : share(inspection, Trait.NO_PROMPT, "no prompt"));
    }
    AnswerCounts answers = inspection.answers();
    String said = said(answers, kept);
    if (task.task() == Task.CLASSIFICATION
        && !task.guessed()
        && !answers.areTooMany()
        && !classes.areFreeText()) {
      return new TaskInference(
          CorpusKind.CLASSIFICATION, kept == 0 ? task.because() : task.because() + "; " + said);
    }
    if (areClasses(answers, kept)) {
      return new TaskInference(CorpusKind.CLASSIFICATION, ofClasses(said));
    }
    if (conversations) {
      return new TaskInference(CorpusKind.CHAT, "the rows are conversations with one answer");
    }
    return new TaskInference(CorpusKind.GENERATION, ofGeneration(answers, kept, said));
  }

  /** Whether the answers are short and repeat often enough to be class names. */
  static boolean areClasses(AnswerCounts answers, long kept) {
    int different = answers.answers().size();
    return kept >= FEWEST_EXAMPLES
        && !answers.areTooMany()
        && answers.longAnswers() == 0
        && different >= 1
        && (long) different * FEWEST_OF_A_CLASS <= kept;
  }

  private static String said(AnswerCounts answers, long examples) {
    return "%s in %s"
        .formatted(
            Figures.counted(answers.answers().size(), "distinct answer", "distinct answers"),
            Figures.counted(examples, "example", "examples"));
  }

  private static String ofClasses(String said) {
    return "only %s, all short".formatted(said);
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
