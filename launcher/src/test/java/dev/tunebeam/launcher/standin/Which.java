package dev.tunebeam.launcher.standin;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a fault or hook is for: the n-th of all since the start, or the n-th to the m-th
 * of those that fit a method and a path, counted from when the rule was given.
 *
 * @param method null for any
 * @param path a regular expression for the whole path without its query, null for any
 * @param first counted from 1
 * @param last inclusive
 */
public record Which(@Nullable String method, @Nullable Pattern path, int first, int last) {
  /** Checks the numbers. */
  public Which {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException(
          "requests are counted from 1, not from " + first + " to " + last);
    }
  }

  /** The n-th request of all. */
  public static Which number(int n) {
    return new Which(null, null, n, n);
  }

  /** The n-th that fits. */
  public static Which nth(String method, String pathRegex, int n) {
    return new Which(method, Pattern.compile(pathRegex), n, n);
  }

  /** The first {@code count} that fit. */
  public static Which first(String method, String pathRegex, int count) {
    return new Which(method, Pattern.compile(pathRegex), 1, count);
  }

  /** All that fit. */
  public static Which every(String method, String pathRegex) {
    return new Which(method, Pattern.compile(pathRegex), 1, Integer.MAX_VALUE);
  }

  boolean countsAll() {
    return method == null && path == null;
  }

  boolean fits(String otherMethod, String otherPath) {
    return (method == null || method.equals(otherMethod))
        && (path == null || path.matcher(otherPath).matches());
  }

  boolean includes(int n) {
    return n >= first && n <= last;
  }
}
