package dev.tunebeam.launcher.deploy;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.Deployments;
import java.nio.file.Path;
import java.util.Map;

/**
 * A deployment for the time of a command. It is on disk before the request is sent, is taken down
 * when the command ends, also by Ctrl-C, and after a kill by the next command ({@link Leftovers}).
 * One at a time for each model.
 */
public final class TemporaryDeployment implements AutoCloseable {

  private final DeploymentWait wait;
  private final RecordFile file;
  private final Thread atExit = new Thread(this::takeDown, "takes down the deployment");
  private TemporaryRecord record;
  private boolean over;

  private TemporaryDeployment(DeploymentWait wait, RecordFile file, TemporaryRecord record) {
    this.wait = wait;
    this.file = file;
    this.record = record;
  }

  /**
   * Deploys a model.
   *
   * @param record of the deployment, with the request's name
   * @param variables environment variables, which name the folder of the records
   * @param folder of the records if no variable names it
   * @throws LauncherException if it failed, or is in use; nothing of this command stays then
   */
  public static TemporaryDeployment of(
      DeploymentWait wait,
      Deployments.Request request,
      TemporaryRecord record,
      Map<String, String> variables,
      Path folder) {
    RecordFile file =
        RecordFile.lock(RecordFile.folder(variables, folder), request.name())
            .orElseThrow(
                () ->
                    new LauncherException(
                        ExitCode.TRY_LATER,
                        ("another tunebeam process has deployed %s for the time it needs; run the"
                                + " same command later, or deploy the model with deploy")
                            .formatted(request.model())));
    TemporaryDeployment own = new TemporaryDeployment(wait, file, record);
    try {
      own.refuseAnothers(request);
      Runtime.getRuntime().addShutdownHook(own.atExit);
      own.create(request);
      return own;
    } catch (RuntimeException | Error e) {
      try {
        own.close();
      } catch (LauncherException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /**
   * One that is there without a record here belongs to another machine, which may use it; and the
   * account needs room for one more.
   */
  private void refuseAnothers(Deployments.Request request) {
    if (file.read().isPresent()) {
      return;
    }
    try {
      if (wait.deployments().find(request.name()).isPresent()) {
        throw new LauncherException(
            ExitCode.TRY_LATER,
            ("the temporary deployment %s of %s is there already, in use or left over by another"
                    + " machine; run the same command later, or take it down with %s")
                .formatted(
                    request.name(),
                    request.model(),
                    ShellCommand.tunebeam(
                        "undeploy", request.name(), "--provider=" + record.provider())));
      }
      wait.deployments().checkRoom();
    } catch (LauncherException e) {
      over = true; // nothing was requested
      file.delete();
      file.close();
      throw e;
    }
  }

  private void create(Deployments.Request request) {
    synchronized (this) {
      record = record.requestedAt(wait.clock().instant());
      file.write(record);
    }
    wait.deployments().create(request);
    synchronized (this) {
      if (!over) {
        record = record.created();
        file.write(record);
      }
    }
    wait.ready(request.name());
  }

  /**
   * Takes it down and waits until it is gone; no effect the second time.
   *
   * @throws LauncherException if that is not certain; the next command tries again
   */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook does the same, once.
    }
    takeDown();
  }

  private synchronized void takeDown() {
    if (over) {
      return;
    }
    over = true;
    try (file) {
      Leftovers.takeDown(wait, file, record);
    }
  }
}
