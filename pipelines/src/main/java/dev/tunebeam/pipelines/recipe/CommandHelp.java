package dev.tunebeam.pipelines.recipe;

/** The help of the whole command: what {@code tunebeam} says without arguments. */
public final class CommandHelp {

  private CommandHelp() {}

  /** The text; ends with a line break. */
  public static String text() {
    return """
    tunebeam turns raw corpora into fine-tuning datasets and says what training on them costs.

    Usage: tunebeam COMMAND [--key=value ...]

    Commands
      prepare    Raw files in, a deduplicated, counted, priced and split dataset out.

    Examples
      tunebeam prepare --input=questions.csv --output=out
      tunebeam prepare --recipe=testdata/support-tickets/recipe.yaml --output=out --dryRun

    tunebeam prepare --help lists the flags of prepare. The documentation is in docs/, the recipe
    in docs/recipe.md.
    """;
  }
}
