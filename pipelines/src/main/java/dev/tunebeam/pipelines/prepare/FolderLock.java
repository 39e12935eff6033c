package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.FolderOwner;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.transforms.files.FolderFiles;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one job at a time write a dataset into a folder: a file with its {@link FolderOwner}, which
 * is renewed while the job runs. One whose process has ended, or that was not renewed, is taken
 * over. A store on which two jobs can create the file in the same moment is protected by {@link
 * DatasetFolder}, which publishes only over what was there when the job began.
 */
final class FolderLock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);
  private static final String FILE = FolderOwner.FILE_NAME;
  private static final String STALE = FILE + ".old";
  private static final Duration RENEWED = FolderOwner.TERM.dividedBy(5);
  private static final Duration FOR_A_WRITER = Duration.ofMillis(500);
  private static final int MOST_TRIES = 10;

  private final FolderFiles files;
  private final String path;
  private final Clock clock;
  private FolderOwner self;
  private final Timer renewing = new Timer("lock of the output folder", true);

  private FolderLock(FolderFiles files, String path, Clock clock, FolderOwner self) {
    this.files = files;
    this.path = path;
    this.clock = clock;
    this.self = self;
    renewing.schedule(
        new TimerTask() {
          @Override
          public void run() {
            renew();
          }
        },
        RENEWED.toMillis(),
        RENEWED.toMillis());
  }

  /**
   * Takes the lock of a folder.
   *
   * @param path its name in messages
   * @throws JobFailedException if another job holds it
   */
  static FolderLock take(FolderFiles files, String path, Clock clock) throws IOException {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      FolderOwner self =
          FolderOwner.self(UUID.randomUUID().toString().substring(0, 8), clock.instant());
      if (files.create(FILE, self.bytes())) {
        return new FolderLock(files, path, clock, self);
      }
      byte[] there = files.read(FILE);
      if (there == null) {
        continue; // released meanwhile
      }
      Optional<FolderOwner> owner = FolderOwner.parse(there);
      if (owner.isEmpty() && tries == 0) {
        pause(); // it may be being written
        continue;
      }
      if (owner.isPresent() && owner.get().isAlive(clock.instant())) {
        throw held(path, owner.get());
      }
      takeAway(files, there);
    }
    throw new JobFailedException(
        ExitCode.TRY_LATER,
        "--output: several jobs want to write to %s; run the same command later".formatted(path));
  }

  private static JobFailedException held(String path, FolderOwner owner) {
    return new JobFailedException(
        ExitCode.TRY_LATER,
        "--output: %s is writing to %s; run the same command when it has ended"
            .formatted(owner, path));
  }

  /** Removes the lock of a job that has ended, and no other that was created meanwhile. */
  private static void takeAway(FolderFiles files, byte[] stale) throws IOException {
    files.delete(List.of(STALE));
    try {
      files.move(List.of(FILE), List.of(STALE));
    } catch (IOException e) {
      if (files.read(FILE) == null) {
        return; // another job was faster
      }
      throw e;
    }
    byte[] moved = files.read(STALE);
    if (moved != null && !Arrays.equals(moved, stale)) {
      files.create(FILE, moved);
    }
    files.delete(List.of(STALE));
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(FOR_A_WRITER.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Tells this job from every other. */
  synchronized String id() {
    return self.id();
  }

  private synchronized void renew() {
    try {
      if (isHeld()) {
        self = self.renewed(clock.instant());
        files.replace(FILE, self.bytes());
      }
    } catch (IOException e) {
      // Tried again in a minute; a lock that is lost is noticed before the job publishes.
      LOG.warn("cannot renew {}", FILE, e);
    }
  }

  private boolean isHeld() throws IOException {
    byte[] there = files.read(FILE);
    return there != null
        && FolderOwner.parse(there).filter(owner -> owner.id().equals(self.id())).isPresent();
  }

  /**
   * Makes sure that no other job took the lock over.
   *
   * @throws JobFailedException if one did
   */
  synchronized void requireHeld() throws IOException {
    if (!isHeld()) {
      throw new JobFailedException(
          ExitCode.TRY_LATER,
          "nothing was published: this job's lock on %s expired, and another job has taken it; run"
                  .formatted(path)
              + " the same command later");
    }
  }

  /** Releases the lock. */
  @Override
  public synchronized void close() throws IOException {
    renewing.cancel();
    if (isHeld()) {
      files.delete(List.of(FILE));
    }
  }
}
