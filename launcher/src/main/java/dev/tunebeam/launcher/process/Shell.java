package dev.tunebeam.launcher.process;

import java.io.BufferedReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * Where the launcher runs, so that tests can say it.
 *
 * @param variables the environment
 * @param terminal whether a person sits in front of it
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
