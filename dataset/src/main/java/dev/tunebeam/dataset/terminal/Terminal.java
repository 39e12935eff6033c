package dev.tunebeam.dataset.terminal;

import java.io.Console;

/** The terminal that the process was started from, if it was. */
public final class Terminal {

  private Terminal() {}

  /** Whether somebody looks at the output while it appears, and can answer. */
  // Null is an answer before Java 22; the method that answers from 22 on is asked too.
  @SuppressWarnings("SystemConsoleNull")
  public static boolean isAttended() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
