package dev.tunebeam.transforms.delimit;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.io.Serializable;

/**
 * The delimiters of completion models: a separator that ends the prompt, a leading space of the
 * completion and a stop sequence after it. The convention of OpenAI's legacy guides; each must
 * occur only in its place, or the model stops early or starts late.
 *
 * @param separator ends every prompt; may be empty
 * @param stop ends every completion; empty for none
 * @param leadingSpace whether completions begin with a space
 * @param inText what to do if one of them occurs within a text
 */
public record Delimiters(
    String separator, String stop, boolean leadingSpace, DelimiterInText inText)
    implements Serializable {

  public static final String DEFAULT_SEPARATOR = "\n\n###\n\n";
  public static final String DEFAULT_STOP = " END";

  private static final int NOWHERE = Integer.MIN_VALUE;

  /** No delimiters: chat marks turns by itself. */
  public static final Delimiters NONE = new Delimiters("", "", false, DelimiterInText.CLEAN);

  /** Refuses a space as stop sequence if completions begin with one. */
  public Delimiters {
    if (leadingSpace && stop.equals(" ")) {
      throw new IllegalArgumentException(
          "stop is a single space, and every completion begins with one; choose another");
    }
  }

  /** A text, and whether it was changed. */
  public record Cleaned(String text, boolean changed) {}

  /** The same delimiters, but removed from texts instead of rejecting the row. */
  public Delimiters cleaning() {
    return new Delimiters(separator, stop, leadingSpace, DelimiterInText.CLEAN);
  }

  /** The prompt with its separator. */
  public String delimitPrompt(String prompt) {
    return prompt + separator;
  }

  /** The completion with leading space and stop sequence. */
  public String delimitCompletion(String completion) {
    return (leadingSpace ? " " : "") + completion + stop;
  }

  /** The prompt without separators in it. */
  public Cleaned cleanPrompt(String prompt) {
    return clean("prompt", "separator", prompt, separator, "");
  }

  /** The completion without stop sequences in it. */
  public Cleaned cleanCompletion(String completion) {
    return clean("completion", "stop sequence", completion, stop, leadingSpace ? " " : "");
  }

  /**
   * Removes a delimiter from a text, also where it is only formed together with the delimiter added
   * to the text, or by an earlier removal. Its leading whitespace is kept, so that words are not
   * joined. Terminates, since each round shortens the text.
   */
  private Cleaned clean(String what, String name, String text, String delimiter, String before) {
    if (delimiter.isEmpty()) {
      return new Cleaned(text, false);
    }
    String clean = text;
    int at = indexWithin(before, clean, delimiter);
    if (at == NOWHERE) {
      return new Cleaned(text, false);
    }
    if (inText == DelimiterInText.REJECT) {
      throw new RejectException(
          Reason.DELIMITER_IN_TEXT,
          "the %s holds the %s %s at character %s; choose another %s or set delimiterInText: clean"
              .formatted(what, name, quoted(delimiter), Math.max(0, at) + 1, name));
    }
    String core = Whitespace.strip(delimiter);
    String blank = core.isEmpty() ? " " : leadingBlanks(delimiter);
    if (blank.contains(delimiter)) {
      blank = "";
    }
    clean = Whitespace.strip(without(clean, delimiter, blank));
    at = indexWithin(before, clean, delimiter);
    // Only delimiters that the surroundings complete are left: a few at the ends. If nothing
    // remains of the text, the caller has to reject it.
    while (at != NOWHERE && !clean.isEmpty()) {
      int from = Math.max(0, at);
      int to = Math.min(clean.length(), at + delimiter.length());
      clean = Whitespace.strip(clean.substring(0, from) + blank + clean.substring(to));
      at = indexWithin(before, clean, delimiter);
    }
    return new Cleaned(clean, true);
  }

  /**
   * Replaces each delimiter in the text by {@code blank}, in one pass, including those that are
   * only formed by an earlier removal. The replacement can complete a further delimiter only with
   * its last character: it is a single space, or the leading whitespace of the delimiter just read.
   */
  private static String without(String text, String delimiter, String blank) {
    StringBuilder kept = new StringBuilder(text.length());
    char last = delimiter.charAt(delimiter.length() - 1);
    for (int i = 0; i < text.length(); i++) {
      kept.append(text.charAt(i));
      while (!kept.isEmpty() && kept.charAt(kept.length() - 1) == last && ends(kept, delimiter)) {
        kept.setLength(kept.length() - delimiter.length());
        kept.append(blank);
      }
    }
    return kept.toString();
  }

  private static boolean ends(StringBuilder text, String end) {
    int from = text.length() - end.length();
    return from >= 0 && text.indexOf(end, from) == from;
  }

  /**
   * The index of the first occurrence before the added delimiter, relative to the text (negative if
   * it begins in the leading space), or {@link #NOWHERE}.
   */
  private static int indexWithin(String before, String text, String delimiter) {
    // Most texts hold no delimiter, and cannot begin or end with a part of one.
    if (before.isEmpty() && text.indexOf(delimiter.charAt(0)) < 0) {
      return NOWHERE;
    }
    String whole = before + text + delimiter;
    int at = whole.indexOf(delimiter);
    return at < before.length() + text.length() ? at - before.length() : NOWHERE;
  }

  private static String leadingBlanks(String delimiter) {
    int rest = Whitespace.stripLeading(delimiter).length();
    return delimiter.substring(0, delimiter.length() - rest);
  }

  private static String quoted(String delimiter) {
    return '"'
        + delimiter
            .replace("\\", "\\\\")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t")
        + '"';
  }
}
