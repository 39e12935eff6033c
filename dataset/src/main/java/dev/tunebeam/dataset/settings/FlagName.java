package dev.tunebeam.dataset.settings;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two ways to write a flag: {@code --maxRejected}, as in recipes, or {@code --max-rejected}.
 */
public final class FlagName {

  private static final Pattern DASHED =
      Pattern.compile("--([a-z][a-z0-9]*(?:-[a-z0-9]+)+)(=.*)?", Pattern.DOTALL);
  private static final Pattern DASH = Pattern.compile("-(.)");

  private FlagName() {}

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
