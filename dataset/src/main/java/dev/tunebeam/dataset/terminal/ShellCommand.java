package dev.tunebeam.dataset.terminal;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Commands to paste into a POSIX shell, in the folder in which they are printed. Tunebeam has the
 * name that it was called by, which the start script passes on.
 */
public final class ShellCommand {

  /** The system property with the name that the start script was called by. */
  static final String CALLED = "tunebeam.called";

  /** Needs no quotes anywhere in a word. */
  private static final Pattern PLAIN = Pattern.compile("[\\w./:@%+,=-]+");

  private static final Pattern FLAG = Pattern.compile("(--[A-Za-z-]+=)(.*)", Pattern.DOTALL);

  private ShellCommand() {}

  /** A command of tunebeam; words are quoted where they must be. */
  public static String tunebeam(String... words) {
    return quoted(System.getProperty(CALLED, "./tunebeam"))
        + Arrays.stream(words).map(word -> " " + quoted(word)).collect(Collectors.joining());
  }

  /** A word in quotes if it needs them; of a flag, the value alone. */
  public static String quoted(String word) {
    Matcher flag = FLAG.matcher(word);
    if (flag.matches()) {
      return flag.group(1) + (flag.group(2).isEmpty() ? "" : quoted(flag.group(2)));
    }
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
