package dev.tunebeam.launcher.launch;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.IoReason;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.terminal.Console;
import dev.tunebeam.launcher.terminal.JsonOutput;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * {@code launch.json} beside the manifest: the runs that were begun with the dataset in this
 * folder, in order. It is replaced as a whole and is on disk when a method returns, so that a
 * process that is killed leaves either what was before or what is after.
 */
public final class LaunchFile implements LaunchStore {

  /** Its name in the dataset's folder. */
  public static final String NAME = "launch.json";

  private static final Duration LOCK_PATIENCE = Duration.ofMinutes(1);

  private final Path file;

  /** The file of a folder, which need not be there yet. */
  public LaunchFile(Path folder) {
    this.file = folder.resolve(NAME);
  }

  private record Content(List<LaunchRecord> launches) {}

  /** The runs in order; none where there is no file. */
  public List<LaunchRecord> records() {
    try {
      Content content = JsonOutput.mapper().readValue(Files.readAllBytes(file), Content.class);
      if (content == null || content.launches == null || content.launches.contains(null)) {
        throw broken("it has no launches");
      }
      return List.copyOf(content.launches);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (JsonProcessingException e) {
      throw broken(reason(e));
    } catch (IOException e) {
      throw wrongUse("%s cannot be read: %s".formatted(file, IoReason.of(e)));
    }
  }

  @Override
  public Optional<LaunchRecord> last(Predicate<LaunchRecord> matches) {
    return records().stream().filter(matches).reduce((first, second) -> second);
  }

  /** Keeps a run, in the place of the one with its name or behind the others. */
  @Override
  public void save(LaunchRecord launch) {
    List<LaunchRecord> records = new ArrayList<>(records());
    int place = 0;
    while (place < records.size() && !records.get(place).run().equals(launch.run())) {
      place++;
    }
    if (place < records.size()) {
      records.set(place, launch);
    } else {
      records.add(launch);
    }
    write(new Content(records));
  }

  /**
   * Keeps how a job stands that somebody looked at, if its run is in the file. Where that is not
   * possible it says so and goes on: the provider knows better.
   */
  public void followed(Path folder, String run, Job job, Console console) {
    try {
      FolderLock.holding(
          folder,
          LOCK_PATIENCE,
          console,
          () -> {
            Optional<LaunchRecord> launch = last(known -> known.run().equals(run));
            launch.ifPresent(known -> save(known.with(job)));
            return launch;
          });
    } catch (LauncherException e) {
      console.tell("%s does not know how the job stands: %s".formatted(NAME, e.text()));
    }
  }

  private void write(Content content) {
    Path temporary = file.resolveSibling("." + NAME + ".new");
    try {
      byte[] bytes =
          JsonOutput.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(content);
      Files.write(temporary, bytes);
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new LauncherException(
          ExitCode.FAILED,
          "%s cannot be written, and without it a run could be paid for twice: %s"
              .formatted(file, IoReason.of(e)),
          e);
    }
  }

  /** What is wrong, without the names of classes. */
  private static String reason(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "unknown key '%s'; a newer version may have written it"
          .formatted(unknown.getPropertyName());
    }
    if (e instanceof ValueInstantiationException value && value.getCause() != null) {
      return String.valueOf(value.getCause().getMessage());
    }
    if (e instanceof MismatchedInputException mismatched && !mismatched.getPath().isEmpty()) {
      return "the value of '%s' is none of this version"
          .formatted(
              mismatched.getPath().stream()
                  .map(JsonMappingException.Reference::getFieldName)
                  .filter(Objects::nonNull)
                  .collect(Collectors.joining(".")));
    }
    return e.getOriginalMessage().lines().findFirst().orElse("");
  }

  private RuntimeException broken(String why) {
    return wrongUse(
        "%s is broken: %s. It remembers what was paid for. Move it away: what is at the provider is"
                .formatted(file, why)
            + " then found by its name and its metadata");
  }
}
