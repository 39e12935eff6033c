package dev.tunebeam.dataset.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ways to write a flag: {@code --maxRejected}, as in recipes, or {@code --max-rejected}; its
 * value after an equals sign or as the next argument. Pure functions.
 */
public final class FlagName {

  private static final Pattern DASHED =
      Pattern.compile("--([a-z][a-z0-9]*(?:-[a-z0-9]+)+)(=.*)?", Pattern.DOTALL);
  private static final Pattern DASH = Pattern.compile("-(.)");

  private FlagName() {}

  /**
   * The arguments, each flag in the form that help shows, and joined to its value by an equals
   * sign. A value that begins with two dashes is taken for the next flag.
   *
   * @param known names without dashes
   * @param isSwitch whether a flag has no value but true or false
   */
  public static List<String> joined(
      List<String> arguments, Collection<String> known, Predicate<String> isSwitch) {
    List<String> joined = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String flag = shown(arguments.get(i), known);
      String name = flag.startsWith("--") ? flag.substring(2) : "";
      String next = i + 1 < arguments.size() ? arguments.get(i + 1) : "--";
      boolean isValue = isSwitch.test(name) ? next.matches("true|false") : !next.startsWith("--");
      if (known.contains(name) && isValue) {
        i++;
        joined.add(flag + "=" + next);
      } else {
        joined.add(flag);
      }
    }
    return joined;
  }

  /**
   * The argument with its flag in the form that help shows; unchanged if it is not a known flag.
   *
   * @param known names without dashes
   */
  public static String shown(String argument, Collection<String> known) {
    Matcher flag = DASHED.matcher(argument);
    if (!flag.matches()) {
      return argument;
    }
    String name =
        DASH.matcher(flag.group(1)).replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    return known.contains(name) ? "--" + name + argument.substring(flag.end(1)) : argument;
  }
}
