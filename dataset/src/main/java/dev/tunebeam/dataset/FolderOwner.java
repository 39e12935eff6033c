package dev.tunebeam.dataset;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The job that writes a dataset into a folder, as its lock file says while it runs.
 *
 * @param id tells it from every other job
 * @param host the name of its machine
 * @param pid its process there
 * @param started when that process was started, null if unknown; a pid is used again
 * @param since when it began
 * @param expires until when the lock holds if it is not renewed
 */
public record FolderOwner(
    String id, String host, long pid, @Nullable Instant started, Instant since, Instant expires) {

  /** What the boot time of a machine may seem to change, from which the start is reckoned. */
  private static final Duration INACCURATE = Duration.ofSeconds(5);

  /** The lock file in the dataset's folder. */
  public static final String FILE_NAME = ".prepare.lock";

  /** How long a lock holds without being renewed. */
  public static final Duration TERM = Duration.ofMinutes(5);

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Rejects missing keys. */
  public FolderOwner {
    requireNonNull(id, "id");
    requireNonNull(host, "host");
    requireNonNull(since, "since");
    requireNonNull(expires, "expires");
  }

  /** This process. */
  public static FolderOwner self(String id, Instant now) {
    ProcessHandle process = ProcessHandle.current();
    Instant since = now.truncatedTo(ChronoUnit.SECONDS);
    return new FolderOwner(
        id, thisHost(), process.pid(), started(process), since, since.plus(TERM));
  }

  /** The same job, whose lock holds from now on. */
  public FolderOwner renewed(Instant now) {
    return new FolderOwner(
        id, host, pid, started, since, now.truncatedTo(ChronoUnit.SECONDS).plus(TERM));
  }

  /** The owner of a local folder if there is one now. */
  public static Optional<FolderOwner> of(Path folder, Instant now) {
    try {
      return parse(Files.readAllBytes(folder.resolve(FILE_NAME)))
          .filter(owner -> owner.isAlive(now));
    } catch (IOException e) {
      return Optional.empty(); // there is no lock
    }
  }

  /** What a lock file says; empty if it was not written to its end. */
  public static Optional<FolderOwner> parse(byte[] file) {
    try {
      return Optional.ofNullable(JSON.readValue(file, FolderOwner.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The content of the lock file. */
  public byte[] bytes() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether the job may still run: not if its lock has expired, or its process here has ended. */
  public boolean isAlive(Instant now) {
    if (!now.isBefore(expires)) {
      return false;
    }
    if (!host.equals(thisHost())) {
      return true;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    return process.isPresent()
        && process.get().isAlive()
        && isSame(started, started(process.get()));
  }

  /** {@code prepare (process 123 on HOST, since 2026-11-22 10:20 UTC)}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "prepare (process %d on %s, since %s)", pid, host, TIME.format(since));
  }

  private static boolean isSame(@Nullable Instant one, @Nullable Instant other) {
    return one == null
        || other == null
        || Duration.between(one, other).abs().compareTo(INACCURATE) < 0;
  }

  private static @Nullable Instant started(ProcessHandle process) {
    return process.info().startInstant().orElse(null);
  }

  private static String thisHost() {
    try {
      Path linux = Path.of("/proc/sys/kernel/hostname");
      return Files.exists(linux)
          ? Files.readString(linux).strip()
          : InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "localhost"; // a machine that does not know its name
    }
  }
}
