package dev.tunebeam.pipelines.recipe;

import java.beans.Introspector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.text.WordUtils;

/** The help of {@code prepare}, made of the descriptions of recipe and options. */
public final class PrepareHelp {

  private static final int NAME_WIDTH = 25;
  private static final int WIDTH = 100;

  /** Stands for a space at which no line is broken. */
  private static final char NO_BREAK = '\u00a0';

  private PrepareHelp() {}

  /** The text, lines of at most 100 characters, ends with a line break. */
  public static String text() {
    StringBuilder help =
        new StringBuilder(
            """
            Usage: tunebeam prepare [--recipe=FILE] [--input=FILES] --output=FOLDER [--key=value ...]

            Turns raw rows into a dataset for fine-tuning: normalized, without duplicates, counted,
            priced and split. Rows in a usual shape need no recipe.
            {values to choose from} [what holds if the flag is not given]
            """);
    for (Group group : Group.values()) {
      help.append('\n').append(group.title());
      help.append(group == Group.LAUNCH ? " (keys of the recipe alone, for tunebeam launch)" : "");
      help.append('\n');
      lines(group).forEach((name, text) -> append(help, name, text));
    }
    help.append("\nRunner\n");
    append(help, "--runner=NAME", "SparkRunner or DirectRunner.");
    append(
        help, "--sparkMaster=URL", "The Spark cluster; local[4] is this machine with 4 threads.");
    append(help, "--key=value", "Any other option of Beam and of the runner.");
    return help.append(
            """

            --input can be repeated or hold several files with commas between them. In --separator,
            --stop and --cut..., \\n is a line break, \\t a tab and \\\\ a backslash. Paths in a
            recipe are seen from its folder, paths in flags from the working folder.

            Exit codes: 0 done, 2 wrong use, 3 more rejected than --maxRejected, 1 anything else.
            The recipe and its defaults: docs/recipe.md
            """)
        .toString();
  }

  /** The descriptions of all flags of tunebeam by name, without Beam's own. */
  static Map<String, Setting> settings() {
    Map<String, Setting> settings = new LinkedHashMap<>();
    for (RecipeKey key : RecipeKey.all()) {
      String flag = key.flag();
      if (flag != null) {
        settings.put(flag, key.setting());
      }
    }
    runFlags().forEach(flag -> settings.put(flag.name(), flag.setting()));
    return settings;
  }

  private static Map<String, String> lines(Group group) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (RunFlag flag : runFlags()) {
      if (flag.setting().group() == group) {
        lines.put(name(flag.name(), flag.setting()), flag.setting().text());
      }
    }
    for (RecipeKey key : RecipeKey.all()) {
      if (key.setting().group() == group) {
        String flag = key.flag();
        lines.put(flag == null ? key.path() : name(flag, key.setting()), text(key));
      }
    }
    return lines;
  }

  private static String text(RecipeKey key) {
    String choices = key.choices().isEmpty() ? "" : " {" + String.join("|", key.choices()) + "}";
    String preset = key.presetText();
    return key.setting().text()
        + choices
        + (preset.isEmpty() ? "" : " " + ("[" + preset + "]").replace(' ', NO_BREAK));
  }

  private static String name(String flag, Setting setting) {
    return "--" + flag + (setting.value().isEmpty() ? "" : "=" + setting.value());
  }

  /** A flag that is no key of the recipe. */
  private record RunFlag(String name, Setting setting) {}

  private static List<RunFlag> runFlags() {
    List<RunFlag> flags = new ArrayList<>();
    Arrays.stream(PrepareOptions.class.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Setting.class))
        .sorted(Comparator.comparing(method -> method.getName().replaceFirst("get|is", "")))
        .forEach(
            method -> {
              String name = method.getName().replaceFirst("get|is", "");
              flags.add(
                  new RunFlag(
                      Introspector.decapitalize(name), method.getAnnotation(Setting.class)));
            });
    return flags;
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
