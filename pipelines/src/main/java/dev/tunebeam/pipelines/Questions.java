package dev.tunebeam.pipelines;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks a person. y, yes and Enter mean yes, n and no mean no; anything else is asked again. */
final class Questions {

  private final BufferedReader in;
  private final PrintStream out;

  Questions(BufferedReader in, PrintStream out) {
    this.in = in;
    this.out = out;
  }

  /** Whether the answer is yes; where the input ends, it is no. */
  boolean ask(String question) {
    while (true) {
      out.print(question + " [Y/n] ");
      out.flush();
      String answer = read();
      if (answer == null) {
        out.println();
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
  }

  private @Nullable String read() {
    try {
      return in.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
