package dev.tunebeam.launcher.process;

import java.io.BufferedReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * The process environment, replaceable in tests.
 *
 * @param variables the environment variables
 * @param terminal whether the command runs in an interactive terminal
 * @param folder the working folder
 */
public record Shell(
    Map<String, String> variables,
    PrintStream out,
    PrintStream err,
    BufferedReader in,
    boolean terminal,
    Clock clock,
    Path folder) {

  /** Copies. */
  public Shell {
    variables = Map.copyOf(variables);
  }
}
