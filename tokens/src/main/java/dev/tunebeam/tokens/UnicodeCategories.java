package dev.tunebeam.tokens;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The general categories of Unicode 16, the version of the reference, whatever the JVM knows. The
 * table is written by {@code src/generate/java/GenerateCategories.java}.
 */
final class UnicodeCategories {

  private static final String TABLE = "unicode-16-categories.txt";

  private UnicodeCategories() {}

  /** Takes each run of code points of one category. */
  interface Run {
    /**
     * Takes one run.
     *
     * @param first the first code point
     * @param end the code point after the last
     * @param category two letters, such as {@code Lu}
     */
    void accept(int first, int end, String category);
  }

  /** Calls {@code run} for all runs in order; together they are 0 to 0x10FFFF without a gap. */
  static void forEach(Run run) {
    try (InputStream in = UnicodeCategories.class.getResourceAsStream(TABLE);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    Objects.requireNonNull(in, TABLE), StandardCharsets.US_ASCII))) {
      int first = 0;
      String category = "";
      String line;
      while ((line = lines.readLine()) != null) {
        int blank = line.indexOf(' ');
        int next = Integer.parseInt(line, 0, blank, 16);
        if (next > first) {
          run.accept(first, next, category);
        }
        first = next;
        category = line.substring(blank + 1);
      }
      run.accept(first, Character.MAX_CODE_POINT + 1, category);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + TABLE, e);
    }
  }
}
