package dev.tunebeam.pipelines.inspect;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Asks the user. y, yes and Enter mean yes, n and no mean no; anything else repeats the question.
 */
public final class YesNoPrompt {

  private final BufferedReader in;
  private final PrintStream out;
  private boolean ended;

  public YesNoPrompt(BufferedReader in, PrintStream out) {
    this.in = in;
    this.out = out;
  }

  /** Whether the answer is yes; at the end of input it is no, without asking. */
  boolean ask(String question) {
    while (!ended) {
      out.print(question + " [Y/n] ");
      out.flush();
      String answer = read();
      if (answer == null) {
        out.println();
        ended = true;
        return false;
      }
      switch (answer.strip().toLowerCase(Locale.ROOT)) {
        case "", "y", "yes" -> {
          return true;
        }
        case "n", "no" -> {
          return false;
        }
        default -> out.println("Please answer y or n.");
      }
    }
    // A terminal would read on after its end of file.
    out.println(question + " no");
    return false;
  }

  private @Nullable String read() {
    try {
      return in.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
