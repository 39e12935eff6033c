package dev.tunebeam.pipelines.recipe;

import dev.tunebeam.dataset.StrictYaml;
import dev.tunebeam.dataset.StrictYaml.BadYamlException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.jspecify.annotations.Nullable;

/** Makes one recipe of the recipe file and the flags. */
public final class RecipeOptions {

  private static final Pattern REASON = Pattern.compile(".*\\((.*)\\)");

  private RecipeOptions() {}

  /**
   * The recipe file, if one is named, with the flags laid over it, checked. Paths in the file are
   * seen from the file's folder, those in flags from the working folder.
   *
   * @throws UsageException with one line for the user, that names the flag or the line of the file
   */
  public static ResolvedRecipe resolve(PrepareOptions options) {
    String file = options.getRecipe();
    Map<String, Object> flags = flags(options);
    try {
      Recipe written = file == null ? Recipe.of(Map.of()) : read(file, options);
      Recipe recipe = flags.isEmpty() ? written : overlay(written, flags);
      String from = file == null ? "" : file;
      List<String> input =
          flags.containsKey("input")
              ? recipe.input()
              : recipe.input().stream().map(path -> ResolvedRecipe.relativeTo(from, path)).toList();
      if (input.isEmpty()) {
        throw new UsageException("no input: give --input=FILES or a recipe that has input");
      }
      String output = located(recipe.output(), flags.containsKey("output"), from);
      if (output == null && !options.isDryRun()) {
        throw new UsageException("no output folder: give --output=FOLDER, or --dryRun");
      }
      String prices = located(recipe.prices(), flags.containsKey("prices"), from);
      String tokenizer = located(recipe.tokenizer(), flags.containsKey("tokenizer"), from);
      return new ResolvedRecipe(recipe, input, tokenizer, prices, output);
    } catch (BadYamlException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable String located(@Nullable String path, boolean isFlag, String from) {
    return path == null || isFlag ? path : ResolvedRecipe.relativeTo(from, path);
  }

  private static Recipe read(String file, PrepareOptions options) {
    FileSystems.setDefaultPipelineOptions(options);
    try (InputStream in =
        Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(file, false)))) {
      return StrictYaml.read(in, file, Recipe.class);
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new UsageException("--recipe: %s: %s".formatted(file, whyNotFound(e)));
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException("--recipe: %s cannot be read: %s".formatted(file, firstLine(e)));
    }
  }

  /** Java says it of a missing file, of a folder and of one that is not allowed to be read. */
  private static String whyNotFound(IOException e) {
    Matcher reason = REASON.matcher(firstLine(e));
    return reason.matches() ? reason.group(1) : "No such file";
  }

  /** The first line of what a library says; it may say nothing. */
  static String firstLine(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }

  private static Recipe overlay(Recipe written, Map<String, Object> flags) {
    Map<String, Object> values = written.values();
    for (RecipeKey key : RecipeKey.all()) {
      Object flag = flags.get(String.valueOf(key.flag()));
      if (flag != null) {
        int dot = key.path().indexOf('.');
        Map<String, Object> place =
            dot < 0 ? values : section(values, key.path().substring(0, dot));
        place.put(key.path().substring(dot + 1), flag);
      }
    }
    try {
      return StrictYaml.convert(values, "flags", Recipe.class);
    } catch (BadYamlException e) {
      throw new UsageException(namingTheFlag(e));
    }
  }

  /** The keys below the one of that name, put there if there were none. */
  private static Map<String, Object> section(Map<String, Object> values, String name) {
    Map<String, Object> section = new LinkedHashMap<>();
    if (values.get(name) instanceof Map<?, ?> written) {
      written.forEach((key, value) -> section.put(String.valueOf(key), value));
    }
    values.put(name, section);
    return section;
  }

  /** The recipe file was checked before, so what is wrong now came from a flag. */
  private static String namingTheFlag(BadYamlException e) {
    return RecipeKey.all().stream()
        .filter(key -> key.flag() != null)
        .filter(key -> e.key().equals(key.path()) || e.key().startsWith(key.path() + "["))
        .findFirst()
        .map(key -> "--" + key.flag() + e.problem().substring(key.path().length()))
        .orElse(e.problem());
  }

  /** The flags that were given, by name. */
  private static Map<String, Object> flags(PrepareOptions options) {
    Map<String, Object> flags = new HashMap<>();
    put(flags, "input", options.getInput());
    put(flags, "inputFormat", options.getInputFormat());
    put(flags, "charset", options.getCharset());
    put(flags, "fieldSeparator", options.getFieldSeparator());
    put(flags, "sheet", options.getSheet());
    put(flags, "rows", options.getRows());
    put(flags, "maxRowBytes", options.getMaxRowBytes());
    put(flags, "prompt", options.getPrompt());
    put(flags, "completion", options.getCompletion());
    put(flags, "system", options.getSystem());
    put(flags, "classTemplate", options.getClassTemplate());
    put(flags, "messages", options.getMessages());
    put(flags, "tools", options.getTools());
    put(flags, "roles", options.getRoles());
    put(flags, "chosen", options.getChosen());
    put(flags, "rejected", options.getRejected());
    put(flags, "dialect", options.getDialect());
    put(flags, "remove", options.getRemove());
    put(flags, "cutPromptPrefix", unescaped("cutPromptPrefix", options.getCutPromptPrefix()));
    put(flags, "cutPromptSuffix", unescaped("cutPromptSuffix", options.getCutPromptSuffix()));
    put(
        flags,
        "cutCompletionPrefix",
        unescaped("cutCompletionPrefix", options.getCutCompletionPrefix()));
    put(
        flags,
        "cutCompletionSuffix",
        unescaped("cutCompletionSuffix", options.getCutCompletionSuffix()));
    put(flags, "lowerCase", options.getLowerCase());
    put(flags, "examples", options.getExamples());
    put(flags, "speakers", options.getSpeakers());
    put(flags, "format", options.getFormat());
    put(flags, "task", options.getTask());
    put(flags, "separator", unescaped("separator", options.getSeparator()));
    put(flags, "stop", unescaped("stop", options.getStop()));
    put(flags, "leadingSpace", options.getLeadingSpace());
    put(flags, "delimiterInText", options.getDelimiterInText());
    put(flags, "dedupBy", options.getDedupBy());
    put(flags, "conflicts", options.getConflicts());
    put(flags, "maxRejected", options.getMaxRejected());
    put(flags, "shardBytes", options.getShardBytes());
    put(flags, "output", options.getOutput());
    put(flags, "model", options.getModel());
    put(flags, "tokenizer", options.getTokenizer());
    put(flags, "maxTokens", options.getMaxTokens());
    put(flags, "tooLong", options.getTooLong());
    put(flags, "epochs", options.getEpochs());
    put(flags, "prices", options.getPrices());
    put(flags, "validation", options.getValidation());
    put(flags, "seed", options.getSeed());
    return flags;
  }

  private static @Nullable String unescaped(String flag, @Nullable String text) {
    return text == null ? null : Escapes.replace(flag, text);
  }

  private static void put(Map<String, Object> flags, String name, @Nullable Object value) {
    if (value != null) {
      flags.put(name, value);
    }
  }
}
