package dev.tunebeam.pipelines.recipe;

import dev.tunebeam.dataset.yaml.StrictYaml;
import dev.tunebeam.dataset.yaml.StrictYaml.BadYamlException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.jspecify.annotations.Nullable;

/**
 * A recipe with its paths resolved from the working folder. Open these; write the recipe's own
 * paths into the manifest.
 *
 * @param recipe the recipe, with flags applied
 * @param input the files and globs to read, at least one
 * @param validationInput those of the given validation split; empty for none
 * @param evaluation the evaluation sets; empty for none
 * @param tokenizer the tokenizer.json, if any
 * @param prices the price file, if any
 * @param previous the dataset whose sides are kept, if any
 * @param output the folder of the dataset; null only if none is needed
 */
public record ResolvedRecipe(
    Recipe recipe,
    List<String> input,
    List<String> validationInput,
    List<String> evaluation,
    @Nullable String tokenizer,
    @Nullable String prices,
    @Nullable String previous,
    @Nullable String output) {

  private static final Pattern ABSOLUTE =
      Pattern.compile("(/|\\\\|[A-Za-z][A-Za-z0-9+.-]*:[/\\\\]).*");

  private static final Pattern REASON = Pattern.compile(".*\\((.*)\\)");

  /** Makes an immutable copy. */
  public ResolvedRecipe {
    input = List.copyOf(input);
    validationInput = List.copyOf(validationInput);
    evaluation = List.copyOf(evaluation);
  }

  /**
   * Reads the recipe file, if one is given, applies the flags and validates. Paths in the file are
   * relative to its folder, those in flags to the working folder.
   *
   * @param needsOutput whether an output folder is required
   * @throws UsageException with a one-line message for the user, which names the flag or the line
   *     of the file
   */
  public static ResolvedRecipe of(Arguments arguments, boolean needsOutput) {
    String file = arguments.run().recipe();
    Map<String, Object> flags = arguments.recipe();
    try {
      Recipe written = file == null ? Recipe.of(Map.of()) : read(file, arguments);
      Recipe recipe = flags.isEmpty() ? written : overlay(written, flags);
      String from = file == null ? "" : file;
      List<String> input = located(recipe.input(), flags.containsKey("input"), from);
      List<String> given = recipe.validationInput();
      List<String> evaluation = recipe.decontaminate();
      if (input.isEmpty()) {
        throw new UsageException("no input: give --input=FILES or a recipe that has input");
      }
      String output = located(recipe.output(), flags.containsKey("output"), from);
      if (output == null && needsOutput) {
        throw new UsageException("no output folder: give --output=FOLDER, or --dryRun");
      }
      String prices = located(recipe.prices(), flags.containsKey("prices"), from);
      String tokenizer = located(recipe.tokenizer(), flags.containsKey("tokenizer"), from);
      return new ResolvedRecipe(
          recipe,
          input,
          given != null
              ? located(given, flags.containsKey("validationInput"), from)
              : recipe.givesValidation() ? input : List.of(),
          evaluation == null
              ? List.of()
              : located(evaluation, flags.containsKey("decontaminate"), from),
          tokenizer,
          prices,
          located(recipe.previous(), flags.containsKey("previous"), from),
          output);
    } catch (BadYamlException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** Another recipe for the same files. */
  public ResolvedRecipe with(Recipe changed) {
    return with(changed, input, validationInput);
  }

  /** Another recipe for other files. */
  public ResolvedRecipe with(
      Recipe changed, List<String> newInput, List<String> newValidationInput) {
    return new ResolvedRecipe(
        changed, newInput, newValidationInput, evaluation, tokenizer, prices, previous, output);
  }

  private static List<String> located(List<String> paths, boolean areFlag, String from) {
    return areFlag ? paths : paths.stream().map(path -> relativeTo(from, path)).toList();
  }

  private static @Nullable String located(@Nullable String path, boolean isFlag, String from) {
    return path == null || isFlag ? path : relativeTo(from, path);
  }

  /**
   * Resolves a path against the folder of the file {@code from}; absolute paths and URLs are
   * unchanged.
   */
  static String relativeTo(String from, String path) {
    int folder = Math.max(from.lastIndexOf('/'), from.lastIndexOf('\\'));
    return ABSOLUTE.matcher(path).matches() ? path : from.substring(0, folder + 1) + path;
  }

  private static Recipe read(String file, Arguments arguments) {
    FileSystems.setDefaultPipelineOptions(arguments.options());
    try (InputStream in =
        Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(file, false)))) {
      return StrictYaml.read(in, file, Recipe.class);
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new UsageException("--recipe: %s: %s".formatted(file, whyNotFound(e)));
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException("--recipe: %s cannot be read: %s".formatted(file, firstLine(e)));
    }
  }

  /**
   * Java's exception is the same for a missing file, a folder and a file without read permission.
   */
  private static String whyNotFound(IOException e) {
    Matcher reason = REASON.matcher(firstLine(e));
    return reason.matches() ? reason.group(1) : "No such file";
  }

  /** The first line of a library's message, which may be missing. */
  static String firstLine(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }

  private static Recipe overlay(Recipe written, Map<String, Object> flags) {
    Map<String, Object> values = written.values();
    flags.forEach(
        (path, value) -> {
          int dot = path.indexOf('.');
          Map<String, Object> place = dot < 0 ? values : section(values, path.substring(0, dot));
          place.put(path.substring(dot + 1), value);
        });
    try {
      return StrictYaml.convert(values, "flags", Recipe.class);
    } catch (BadYamlException e) {
      throw new UsageException(namingTheFlag(e));
    }
  }

  /** The section of that name; added if missing. */
  private static Map<String, Object> section(Map<String, Object> values, String name) {
    Map<String, Object> section = new LinkedHashMap<>();
    if (values.get(name) instanceof Map<?, ?> written) {
      written.forEach((key, value) -> section.put(String.valueOf(key), value));
    }
    values.put(name, section);
    return section;
  }

  /** The recipe file is already validated, so the error comes from a flag. */
  private static String namingTheFlag(BadYamlException e) {
    return Recipe.keys().stream()
        .filter(key -> e.key().equals(key.path()) || e.key().startsWith(key.path() + "["))
        .findFirst()
        .map(key -> "--" + key.flag() + e.problem().substring(key.path().length()))
        .orElse(e.problem());
  }
}
