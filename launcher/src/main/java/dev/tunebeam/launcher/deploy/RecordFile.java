package dev.tunebeam.launcher.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.IoReason;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.terminal.JsonOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The record of a temporary deployment, locked while its command lives: the operating system
 * releases the lock when the process ends, even if it is killed.
 */
final class RecordFile implements AutoCloseable {

  private static final String EXTENSION = ".json";

  private final Path file;
  private final FileChannel channel;

  private RecordFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** The folder of the records of this user. */
  static Path folder(Map<String, String> variables, Path otherwise) {
    String state = variables.getOrDefault("XDG_STATE_HOME", "");
    String home = variables.getOrDefault("HOME", variables.getOrDefault("USERPROFILE", ""));
    Path base =
        !state.isBlank()
            ? Path.of(state)
            : home.isBlank() ? otherwise.resolve(".tunebeam") : Path.of(home, ".local", "state");
    return base.resolve("tunebeam").resolve("deployments");
  }

  /** The records that are there, by name. */
  static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(EXTENSION))
          .map(name -> name.substring(0, name.length() - EXTENSION.length()))
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /** The record of a name with its lock; empty if another process has it. */
  static Optional<RecordFile> lock(Path folder, String name) {
    Path file = folder.resolve(name + EXTENSION);
    try {
      Files.createDirectories(folder);
      while (true) {
        FileChannel channel =
            FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!locked(channel)) {
          channel.close();
          return Optional.empty();
        }
        if (Files.exists(file)) {
          return Optional.of(new RecordFile(file, channel));
        }
        channel.close(); // deleted by its owner between the two steps
      }
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // held by a thread of this process
    }
  }

  /** What is in it; empty for a new one, or one that was killed before it was written. */
  Optional<TemporaryRecord> read() {
    try {
      channel.position(0);
      byte[] bytes = Channels.newInputStream(channel).readAllBytes();
      return Optional.of(JsonOutput.mapper().readValue(bytes, TemporaryRecord.class));
    } catch (JsonProcessingException e) {
      return Optional.empty(); // no request is sent before it is on disk
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /** Returns when it is on disk. */
  void write(TemporaryRecord record) {
    try {
      channel.truncate(0);
      channel.position(0);
      ByteBuffer bytes = ByteBuffer.wrap(JsonOutput.mapper().writeValueAsBytes(record));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /** Removes it, once nothing is deployed any more. */
  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static LauncherException failed(Path file, IOException e) {
    return new LauncherException(
        ExitCode.FAILED,
        "cannot use %s, which remembers temporary deployments: %s".formatted(file, IoReason.of(e)),
        e);
  }
}
