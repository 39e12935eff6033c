package dev.tunebeam.launcher.launch;

import dev.tunebeam.dataset.terminal.TerminalProgress;
import dev.tunebeam.launcher.provider.DatasetFile;
import dev.tunebeam.launcher.provider.UploadJournal;
import dev.tunebeam.launcher.terminal.Console;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The upload state in the launch file, and the progress bar. */
final class Journal implements UploadJournal, AutoCloseable {

  private LaunchRecord launch;
  private final LaunchStore store;
  private final DatasetFile file;
  private final Console console;
  private @Nullable TerminalProgress bar;

  Journal(LaunchRecord launch, LaunchStore store, DatasetFile file, Console console) {
    this.launch = launch;
    this.store = store;
    this.file = file;
    this.console = console;
  }

  @Override
  public synchronized @Nullable Session session(String sha256) {
    Session session = launch.upload();
    return session != null && session.sha256().equals(sha256) ? session : null;
  }

  @Override
  public synchronized void save(Session session) {
    launch = launch.with(session);
    store.save(launch);
  }

  /** A new progress bar per attempt, since each attempt starts at 0. */
  @Override
  public synchronized LongConsumer progress() {
    close();
    TerminalProgress next =
        TerminalProgress.ofBytes(
            console.bars(), console::tell, "uploading " + file.split(), file.bytes());
    bar = next;
    return next::step;
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
