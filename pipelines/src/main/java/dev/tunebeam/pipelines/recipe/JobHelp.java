package dev.tunebeam.pipelines.recipe;

import dev.tunebeam.dataset.settings.Group;
import dev.tunebeam.dataset.settings.SettingKey;
import java.util.List;
import java.util.Set;
import org.apache.commons.text.WordUtils;

/**
 * The help of {@code prepare} and {@code inspect}, generated from the descriptions of their
 * settings.
 */
public final class JobHelp {

  private static final int NAME_WIDTH = 25;
  private static final int WIDTH = 100;

  /** Placeholder for a space that must not be wrapped. */
  private static final char NO_BREAK = '\u00a0';

  /**
   * Flags that {@code inspect} accepts but ignores, so that a command line of prepare works for it
   * too.
   */
  private static final Set<String> ONLY_PREPARE = Set.of("output", "dryRun", "overwrite");

  private JobHelp() {}

  /** The help of prepare, in lines of at most 100 characters; ends with a line break. */
  public static String prepare() {
    return """
        Usage: tunebeam prepare [--recipe=FILE] [--input=FILES] --output=FOLDER [--key=value ...]

        Turns raw rows into a fine-tuning dataset: normalized, deduplicated, counted, priced and
        split. Rows in a common format need no recipe.
        {allowed values} [default]
        """
        + groups(Arguments.keys("prepare"))
        + """

        The section launch of a recipe holds the flags of tunebeam launch under the same names.
        """
        + notes(
            "more rows rejected than --maxRejected,\n7 nothing new with --since, 8 a gate failed, 75"
                + " another job writes to --output");
  }

  /** The help of inspect, in lines of at most 100 characters; ends with a line break. */
  public static String inspect() {
    return """
        Usage: tunebeam inspect --input=FILES [--recipe=FILE] [--key=value ...]

        Reports what raw rows are, what is wrong with them, what training on them costs, and what
        to do about it. Writes only the files named by flags. At a terminal it asks about each
        recommendation: y, yes or Enter accepts it, n or no skips it.
        {allowed values} [default]
        """
        + groups(
            Arguments.keys("inspect").stream()
                .filter(key -> !ONLY_PREPARE.contains(key.flag()))
                .toList())
        + """

        --output, --overwrite and --dryRun of prepare are accepted, but no dataset is written. What is
        checked: docs/inspect.md
        """
        + notes("more rows would be rejected than --maxRejected");
  }

  private static String groups(List<SettingKey> keys) {
    StringBuilder help = new StringBuilder();
    for (Group group : Group.values()) {
      List<SettingKey> members =
          keys.stream().filter(key -> key.setting().group() == group).toList();
      help.append(members.isEmpty() ? "" : "\n" + group.title() + "\n");
      members.forEach(key -> append(help, name(key), text(key)));
    }
    help.append("\nRunner\n");
    append(
        help,
        "--runner=NAME",
        "Beam runner; docs/runners.md {LocalRunner|SparkRunner} [LocalRunner]");
    append(help, "--localWorkers=N", "Threads of the LocalRunner [all cores]");
    append(help, "--spillLocation=FOLDER", "Where the LocalRunner spills to [temporary folder]");
    append(help, "--sparkMaster=URL", "Spark's master, such as spark://master:7077 or local[4].");
    append(help, "--key=value", "Any other option of Beam and of the runner.");
    return help.toString();
  }

  private static String notes(String exitCode3) {
    return """
        Flags may also be written with dashes, --max-rejected=0.1. Lists such as --input take
        commas or several flags. In --separator, --stop and --cut..., \\n is a line break, \\t a
        tab and \\\\ a backslash. Paths in a recipe are relative to its folder, paths in flags to
        the working folder.

        Exit codes: 0 done, 2 wrong use, 3 %s, 1 anything else.
        The recipe and its defaults: docs/recipe.md
        """
        .formatted(exitCode3);
  }

  private static String name(SettingKey key) {
    String value = key.setting().value();
    boolean mayBeBare = !key.setting().bare().isEmpty();
    return "--"
        + key.flag()
        + (value.isEmpty() ? "" : mayBeBare ? "[=" + value + "]" : "=" + value);
  }

  /** The description; its default is not wrapped. */
  private static String text(SettingKey key) {
    String help = key.help();
    int preset = help.length() - (key.presetText() + "]").length();
    return key.presetText().isEmpty()
        ? help
        : help.substring(0, preset) + help.substring(preset).replace(' ', NO_BREAK);
  }

  private static void append(StringBuilder help, String name, String text) {
    String indent = " ".repeat(NAME_WIDTH + 2);
    String wrapped = WordUtils.wrap(text, WIDTH - indent.length(), "\n" + indent, false);
    boolean fits = name.length() < NAME_WIDTH;
    help.append("  ").append(name);
    help.append(fits ? " ".repeat(NAME_WIDTH - name.length()) : "\n" + indent);
    help.append(wrapped.replace(NO_BREAK, ' ')).append('\n');
  }
}
