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
import dev.tunebeam.launcher.process.OwnFile;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.terminal.Console;
import dev.tunebeam.launcher.terminal.JsonOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * {@code launch.json} next to the manifest: the runs started from this folder, in order. Each write
 * is atomic and synced to disk, so a killed process leaves either the old or the new version.
 */
public final class LaunchFile implements LaunchStore {

  /** Its name in the dataset's folder. */
  public static final String NAME = "launch.json";

  private static final Duration LOCK_PATIENCE = Duration.ofMinutes(1);

  private final Path file;

  /** The file of a folder; it need not exist yet. */
  public LaunchFile(Path folder) {
    this.file = folder.resolve(NAME);
  }

  private record Content(List<LaunchRecord> launches) {}

  /** The runs in order; empty if there is no file. */
  public List<LaunchRecord> records() {
    try {
      Content content = JsonOutput.mapper().readValue(Files.readAllBytes(file), Content.class);
      if (content == null || content.launches == null || content.launches.contains(null)) {
        throw broken("the key 'launches' is missing");
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

  /** Saves a run: replaces the one with the same name, or appends it. */
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
   * Saves the status of a job if its run is in the file. A failure is only reported: the provider
   * has the authoritative status.
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
      console.tell("the job's status was not saved in %s: %s".formatted(NAME, e.text()));
    }
  }

  private void write(Content content) {
    try {
      OwnFile.write(
          file, JsonOutput.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
    } catch (IOException e) {
      throw new LauncherException(
          ExitCode.FAILED,
          "cannot write %s, which prevents paying for a run twice: %s"
              .formatted(file, IoReason.of(e)),
          e);
    }
  }

  /** The reason without Java class names. */
  private static String reason(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "unknown key '%s'; it may have been written by a newer version"
          .formatted(unknown.getPropertyName());
    }
    if (e instanceof ValueInstantiationException value && value.getCause() != null) {
      return String.valueOf(value.getCause().getMessage());
    }
    if (e instanceof MismatchedInputException mismatched && !mismatched.getPath().isEmpty()) {
      return "invalid value for '%s'; it may have been written by a newer version"
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
