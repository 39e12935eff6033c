package dev.tunebeam.transforms.delimit;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.io.Serializable;

/**
 * What a completion model needs around the texts: a separator that ends the prompt, a blank before
 * the completion and a stop sequence after it. The legacy guides' convention; each must occur at
 * its place and nowhere else, or the model stops early or starts late.
 *
 * @param separator ends every prompt; may be empty
 * @param stop ends every completion; empty for none
 * @param leadingSpace whether completions begin with a blank
 * @param inText what to do where one of them occurs within a text
 */
public record Delimiters(
    String separator, String stop, boolean leadingSpace, DelimiterInText inText)
    implements Serializable {

  public static final String DEFAULT_SEPARATOR = "\n\n###\n\n";
  public static final String DEFAULT_STOP = " END";

  private static final int NOWHERE = Integer.MIN_VALUE;

  /** Nothing around the texts: chat marks turns by itself. */
  public static final Delimiters NONE = new Delimiters("", "", false, DelimiterInText.CLEAN);

  /** Refuses a stop sequence that the blank before the completion already is. */
  public Delimiters {
    if (leadingSpace && stop.equals(" ")) {
      throw new IllegalArgumentException(
          "stop is a single blank, and every completion begins with one; choose another");
    }
  }

  /** A text and whether it had to be changed. */
  public record Cleaned(String text, boolean changed) {}

  /** The same delimiters, taken out of a text instead of rejecting the row. */
  public Delimiters cleaning() {
    return new Delimiters(separator, stop, leadingSpace, DelimiterInText.CLEAN);
  }

  /** The prompt as the model sees it. */
  public String delimitPrompt(String prompt) {
    return prompt + separator;
  }

  /** The completion as the model sees it. */
  public String delimitCompletion(String completion) {
    return (leadingSpace ? " " : "") + completion + stop;
  }

  /** A prompt that the separator can follow. */
  public Cleaned cleanPrompt(String prompt) {
    return clean("prompt", "separator", prompt, separator, "");
  }

  /** A completion that the stop sequence can follow. */
  public Cleaned cleanCompletion(String completion) {
    return clean("completion", "stop sequence", completion, stop, leadingSpace ? " " : "");
  }

  /**
   * Takes a delimiter out of a text, also where it would only come about with the delimiter that is
   * put around it, or with what is left when another is gone. Its blanks stay, so that no words run
   * together. Each round shortens the text or ends, so it ends.
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
    // What is left are delimiters that the surroundings complete: a few at the ends. Nothing may
    // remain of the text, which the caller has to refuse.
    while (at != NOWHERE && !clean.isEmpty()) {
      int from = Math.max(0, at);
      int to = Math.min(clean.length(), at + delimiter.length());
      clean = Whitespace.strip(clean.substring(0, from) + blank + clean.substring(to));
      at = indexWithin(before, clean, delimiter);
    }
    return new Cleaned(clean, true);
  }

  /**
   * The text with a blank for each delimiter in it, in one pass: also for those that only come
   * about when another is gone. A blank cannot end a further one by any character but its last: it
   * is a single one, or how the delimiter began that has just been read at this place.
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
   * Where the delimiter first occurs before its own place, from the beginning of the text (so
   * negative where it begins in the blank before it), or {@link #NOWHERE}.
   */
  private static int indexWithin(String before, String text, String delimiter) {
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
