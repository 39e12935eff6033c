package dev.tunebeam.launcher.registry;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.IoReason;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.LockFile;
import dev.tunebeam.launcher.process.OwnFile;
import dev.tunebeam.launcher.process.Waiting;
import dev.tunebeam.launcher.terminal.JsonOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * {@code registry.json}: which model has which name. Each change is atomic and synced to disk, and
 * one process at a time makes one. It contains no key; mode 0600.
 */
public final class RegistryFile {

  /** Its usual name. */
  public static final String NAME = "registry.json";

  /** Stands for the model of the run before, so it is no name. */
  public static final String LAST = "last";

  private static final int VERSION = 1;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Path file;

  private record Content(int version, SortedMap<String, NamedModels> names) {}

  /** A file; it need not exist yet. */
  public RegistryFile(Path file) {
    this.file = file;
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** The folder with the answers of the models that have names here, or are compared with them. */
  public Path answers() {
    return file.resolveSibling("answers");
  }

  /**
   * A name that can be given.
   *
   * @param flag that it is the value of
   * @throws LauncherException if it cannot
   */
  public static String checked(String flag, String name) {
    if (!name.matches("[a-z][a-z0-9_-]{0,62}") || name.equals(LAST)) {
      throw wrongUse(
          "%s: a name has 1 to 63 lower-case letters, digits, - and _, the first a letter, and is not '%s': '%s' cannot be one"
              .formatted(flag, LAST, name));
    }
    return name;
  }

  /** All names; empty if there is no file. */
  public SortedMap<String, NamedModels> names() {
    try {
      Content content = JsonOutput.mapper().readValue(Files.readAllBytes(file), Content.class);
      if (content == null || content.names == null) {
        throw broken("the key 'names' is missing");
      }
      if (content.version != VERSION) {
        throw broken("it has another version, so another tunebeam wrote it");
      }
      if (content.names.containsValue(null)) {
        throw broken("a name has no model");
      }
      return content.names;
    } catch (NoSuchFileException e) {
      return new TreeMap<>();
    } catch (ValueInstantiationException e) {
      throw broken(
          String.valueOf(
              e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage()));
    } catch (JsonProcessingException e) {
      throw broken(e.getOriginalMessage().lines().findFirst().orElse(""));
    } catch (IOException e) {
      throw wrongUse("%s cannot be read: %s".formatted(file, IoReason.of(e)));
    }
  }

  /** The models of a name. */
  public Optional<NamedModels> find(String name) {
    return Optional.ofNullable(names().get(name));
  }

  /**
   * A folder as it is written into the file: from the file's own folder, where that is possible.
   */
  public String relative(Path folder) {
    Path own = Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
    Path other = folder.toAbsolutePath().normalize();
    Path path = Objects.equals(own.getRoot(), other.getRoot()) ? own.relativize(other) : other;
    return path.toString().isEmpty() ? "." : path.toString();
  }

  /** The folder of the dataset that the model of a name was trained on, if it is there. */
  public Optional<Path> dataset(String name) {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    return find(name)
        .map(models -> models.current().dataset())
        .map(path -> folder.resolve(path).normalize())
        .filter(path -> Files.isRegularFile(path.resolve(Manifest.FILE_NAME)));
  }

  /**
   * Gives a name to a model; no effect if it has it.
   *
   * @param instead the model that must have the name, null if none may have it
   * @throws LauncherException with {@code TRY_LATER} if another one has it
   */
  public NamedModels promote(
      String name, PromotedModel model, @Nullable PromotedModel instead, Waiting waiting) {
    return change(
        name,
        waiting,
        before -> {
          if (before != null && before.current().isSameAs(model)) {
            return before;
          }
          boolean asExpected =
              before == null
                  ? instead == null
                  : instead != null && before.current().isSameAs(instead);
          if (!asExpected) {
            throw new LauncherException(
                ExitCode.TRY_LATER,
                "%s is %s by now, in %s; run the same command again"
                    .formatted(name, before == null ? "gone" : before.current().model(), file));
          }
          return NamedModels.promoted(model, before);
        });
  }

  /**
   * Gives a name back to the model that had it before.
   *
   * @throws LauncherException if there is none
   */
  public NamedModels rollBack(String name, Instant now, Waiting waiting) {
    return change(
        name,
        waiting,
        before -> {
          if (before == null) {
            throw unknown(name);
          }
          if (before.previous().isEmpty()) {
            throw wrongUse(
                "%s is the first model that was %s: there is none before it, in %s"
                    .formatted(before.current().model(), name, file));
          }
          return before.back(now);
        });
  }

  /** Remembers where the model of a name is registered too. */
  public NamedModels registered(
      String name, PromotedModel model, PromotedModel.MlflowVersion version, Waiting waiting) {
    return change(
        name,
        waiting,
        before -> {
          if (before == null || !before.current().isSameAs(model)) {
            throw new LauncherException(
                ExitCode.TRY_LATER,
                "%s has changed meanwhile, in %s; run the same command again"
                    .formatted(name, file));
          }
          return before.with(before.current().with(version));
        });
  }

  /** That no model has a name. */
  public LauncherException unknown(String name) {
    SortedMap<String, NamedModels> names = names();
    return wrongUse(
        "no model is called %s in %s%s"
            .formatted(
                name,
                file,
                names.isEmpty() ? "" : "; it has " + String.join(", ", names.keySet())));
  }

  private NamedModels change(
      String name, Waiting waiting, UnaryOperator<@Nullable NamedModels> change) {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    if (!Files.isDirectory(folder)) {
      throw wrongUse("--registry: there is no folder %s".formatted(folder));
    }
    return LockFile.holding(
        folder.resolve("." + file.getFileName() + ".lock"),
        file.getFileName().toString(),
        PATIENCE,
        waiting,
        "changing " + file,
        () -> {
          SortedMap<String, NamedModels> names = new TreeMap<>(names());
          NamedModels before = names.get(name);
          NamedModels after = Objects.requireNonNull(change.apply(before));
          if (!after.equals(before)) {
            names.put(name, after);
            write(new Content(VERSION, names));
          }
          return after;
        });
  }

  private void write(Content content) {
    try {
      OwnFile.write(
          file, JsonOutput.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
    } catch (IOException e) {
      throw new LauncherException(
          ExitCode.FAILED,
          "%s cannot be written, so no name has changed: %s".formatted(file, IoReason.of(e)),
          e);
    }
  }

  private LauncherException broken(String why) {
    return wrongUse(
        ("%s is broken: %s. It says which model is in use: restore it from a backup, or move it away"
                + " and promote that model again")
            .formatted(file, why));
  }
}
