package dev.tunebeam.launcher.launch;

import dev.tunebeam.dataset.terminal.TerminalProgress;
import dev.tunebeam.launcher.provider.DatasetFile;
import dev.tunebeam.launcher.provider.UploadJournal;
import dev.tunebeam.launcher.terminal.Console;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** An upload as the launch file keeps it, and its bar. */
final class Journal implements UploadJournal, AutoCloseable {

  private LaunchRecord launch;
  private final LaunchStore memory;
  private final DatasetFile file;
  private final Console console;
  private @Nullable TerminalProgress bar;

  Journal(LaunchRecord launch, LaunchStore memory, DatasetFile file, Console console) {
    this.launch = launch;
    this.memory = memory;
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
    memory.save(launch);
  }

  /** A new bar for each attempt, since each begins with nothing. */
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
