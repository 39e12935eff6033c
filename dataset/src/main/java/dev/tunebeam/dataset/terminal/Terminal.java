package dev.tunebeam.dataset.terminal;

import java.io.Console;

/** The terminal of the process, if any. */
public final class Terminal {

  private Terminal() {}

  /** Whether the process is interactive. */
  // Before Java 22, null means not interactive; from 22 on, isTerminal() tells.
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
