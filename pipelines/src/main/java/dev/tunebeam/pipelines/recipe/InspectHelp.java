package dev.tunebeam.pipelines.recipe;

/** The help of {@code inspect}. */
public final class InspectHelp {

  private InspectHelp() {}

  /** The text, lines of at most 100 characters, ends with a line break. */
  public static String text() {
    return """
    Usage: tunebeam inspect --input=FILES [--recipe=FILE] [--key=value ...]

    Looks at raw rows and says what they are, what is wrong with them, what training on them costs,
    and what to do. Writes nothing but the files that the flags name. At a terminal it asks about
    each recommendation: y, yes or Enter takes it, n or no does not.

      --json=FILE              Write what was found as JSON too.
      --recipe-out=FILE        Write the recipe that does what is recommended, for prepare.
      --yes                    Take all recommendations without asking.

    All flags of prepare say how the rows are read and counted, except --output, --overwrite and
    --dryRun: tunebeam prepare --help lists them.

    Exit codes: 0 done, 2 wrong use, 3 more rows cannot be used than --maxRejected allows, 1 anything
    else. What is looked for: docs/inspect.md
    """;
  }
}
