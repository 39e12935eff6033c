package dev.tunebeam.launcher.deploy;

import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.launcher.http.Backoff;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.Deployments;
import dev.tunebeam.launcher.terminal.Console;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Takes down the temporary deployments of commands that were killed. */
public record Leftovers(Path folder, Backoff backoff, Console console, Clock clock) {

  /** Those of this user. */
  public static Leftovers of(
      Map<String, String> variables,
      Path otherwise,
      Backoff backoff,
      Console console,
      Clock clock) {
    return new Leftovers(RecordFile.folder(variables, otherwise), backoff, console, clock);
  }

  /**
   * Takes down all; those of living commands are left alone. What cannot be taken down is said,
   * with the command that does it, and tried again by the next command. Sends nothing if there are
   * none.
   *
   * @param open opens the place of a record; may throw a {@link LauncherException}
   */
  public void takeDown(Function<TemporaryRecord, Deployments> open) {
    for (String name : RecordFile.names(folder)) {
      Optional<RecordFile> file = RecordFile.lock(folder, name);
      if (file.isPresent()) {
        try (RecordFile own = file.get()) {
          Optional<TemporaryRecord> record = own.read();
          if (record.isEmpty()) {
            own.delete();
          } else {
            takeDown(own, record.get(), open);
          }
        }
      }
    }
  }

  private void takeDown(
      RecordFile file, TemporaryRecord record, Function<TemporaryRecord, Deployments> open) {
    try {
      boolean certain =
          takeDown(new DeploymentWait(open.apply(record), backoff, console, clock), file, record);
      console.tell(
          "the temporary deployment %s of %s, left by a command that was ended, is %s"
              .formatted(
                  record.name(),
                  record.model(),
                  certain
                      ? "taken down"
                      : "not there; commands look again until "
                          + console.time(record.requested().plus(backoff.settling()))));
    } catch (LauncherException e) {
      console.tell(
          "the temporary deployment %s of %s may still be there%s: %s; take it down with %s"
              .formatted(
                  record.name(),
                  record.model(),
                  record.usdPerHour() == null
                      ? ""
                      : " and cost $%s an hour".formatted(record.usdPerHour()),
                  e.text(),
                  ShellCommand.tunebeam(
                      "undeploy", record.name(), "--provider=" + record.provider())));
    }
  }

  /**
   * Takes down a deployment. The record stays as long as a request to create it may take effect.
   *
   * @return whether it is certain that it is gone for good
   */
  static boolean takeDown(DeploymentWait wait, RecordFile file, TemporaryRecord record) {
    wait.delete(record.name());
    Instant settled = record.requested().plus(wait.backoff().settling());
    boolean certain = record.seen() || !wait.clock().instant().isBefore(settled);
    if (certain) {
      file.delete();
    }
    return certain;
  }
}
