package dev.tunebeam.pipelines;

import dev.tunebeam.dataset.DashedNames;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Model;
import dev.tunebeam.pipelines.recipe.Recipe;
import dev.tunebeam.transforms.count.ChatArithmetic;
import dev.tunebeam.transforms.count.CountTokens;
import dev.tunebeam.transforms.count.LengthLimit;
import dev.tunebeam.transforms.delimit.Delimiters;
import dev.tunebeam.transforms.normalize.Mapping;
import dev.tunebeam.transforms.normalize.Normalizer;
import dev.tunebeam.transforms.normalize.Task;
import dev.tunebeam.transforms.read.InputFiles;
import dev.tunebeam.transforms.read.InputFormat;
import dev.tunebeam.transforms.read.ReadOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a job decided, before it starts: what the recipe says, what was concluded from
 * the first rows, what the model asks for. A function of the recipe, the catalogue and the input.
 *
 * @param recipe what the user asked for
 * @param model the model that is counted and priced for
 * @param encoding how its tokens are counted
 * @param input the files
 * @param names what the files are called
 * @param readOptions how they are read
 * @param format the shape of the lines
 * @param task what is learned
 * @param delimiters around the texts of the format completion
 * @param limit the most tokens of an example
 * @param columns the fields of the first rows, in order, and the characters in each
 * @param inferred what the recipe left open, by its key, with the reason
 */
record PreparePlan(
    Recipe recipe,
    Model model,
    ModelEncoding encoding,
    InputFiles input,
    InputNames names,
    ReadOptions readOptions,
    Format format,
    Task task,
    Delimiters delimiters,
    LengthLimit limit,
    Map<String, Long> columns,
    Map<String, String> inferred) {

  /** Lines of chat models have no limit in the catalogue for some; then this is it. */
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  /** A shard is to come out at about half of its largest size, so that few need a second file. */
  private static final int SHARDS_IN_A_FILE = 2;

  /**
   * The plan for a recipe over an input.
   *
   * @throws IllegalArgumentException if the recipe's templates or delimiters cannot be used; the
   *     message is for the user
   */
  static PreparePlan of(
      Recipe recipe,
      Model model,
      ModelEncoding encoding,
      InputFiles input,
      InputNames names,
      ReadOptions readOptions) {
    Map<String, String> inferred =
        new TreeMap<>(input.inferred(path -> names.fromWorkingFolder(names.name(path))));
    FirstRows rows = FirstRows.of(input);
    Format format = recipe.format();
    if (format == null) {
      boolean mapped = recipe.map().prompt() != null || recipe.map().completion() != null;
      boolean chat = !mapped && rows.haveMessages();
      format = chat ? Format.CHAT : Format.COMPLETION;
      inferred.put(
          "format",
          format + ": " + (chat ? "the rows have messages" : "the rows have no messages"));
    }
    Task task = recipe.task();
    if (task == null) {
      boolean openEnded = rows.haveNoPrompt(recipe.map());
      task = openEnded ? Task.OPEN_ENDED : Task.GENERATION;
      inferred.put(
          "task",
          openEnded ? "open-ended: no row has a prompt" : "generation: the recipe names no other");
    }
    Integer modelLimit = model.contextTokens();
    Integer limit = recipe.maxTokens() != null ? recipe.maxTokens() : modelLimit;
    PreparePlan plan =
        new PreparePlan(
            recipe,
            model,
            encoding,
            input,
            names,
            readOptions,
            format,
            task,
            delimiters(recipe, format, task),
            new LengthLimit(limit == null ? NO_LIMIT : limit, recipe.tooLong()),
            rows.columns(),
            inferred);
    // Refuses a template that is none here rather than on every worker.
    new Normalizer(plan.mapping(), task, format);
    return plan;
  }

  private static Delimiters delimiters(Recipe recipe, Format format, Task task) {
    if (format == Format.CHAT) {
      return Delimiters.NONE;
    }
    String stop = recipe.stop();
    return new Delimiters(
        recipe.separator(),
        stop != null ? stop : task == Task.CLASSIFICATION ? "" : Delimiters.DEFAULT_STOP,
        recipe.leadingSpace(),
        recipe.delimiterInText());
  }

  /** The templates, for the transform. */
  Mapping mapping() {
    var map = recipe.map();
    return new Mapping(map.prompt(), map.completion(), map.system(), map.classTemplate());
  }

  /** How tokens are counted. */
  CountTokens.Settings counting() {
    Model.ChatTokens chat = model.chat();
    return new CountTokens.Settings(
        format,
        delimiters,
        encoding.encoding(),
        chat == null
            ? ChatArithmetic.GPT_4O
            : new ChatArithmetic(
                chat.perMessage(),
                chat.perName(),
                chat.perFunction(),
                Objects.requireNonNull(chat.perExample())),
        limit,
        recipe.shardBytes());
  }

  /** Whether the split is stratified by class, and the manifest counts them. */
  boolean hasClasses() {
    return task == Task.CLASSIFICATION || recipe.map().classTemplate() != null;
  }

  /** The most tokens of an example that are billed. */
  int billedLimit() {
    Integer modelLimit = model.contextTokens();
    return modelLimit == null ? NO_LIMIT : modelLimit;
  }

  /** How many shards: by the size of the input alone. */
  int shards() {
    long shardBytes = Math.max(1, recipe.shardBytes() / SHARDS_IN_A_FILE);
    long shards = (input.estimatedBytes() + shardBytes - 1) / shardBytes;
    return (int) Math.max(1, Math.min(shards, 1 << 20));
  }

  /** Names of the input files by index, as they are known to the user. */
  List<String> fileNames() {
    return input.files().stream().map(file -> names.name(file.path())).toList();
  }

  /** The recipe with nothing left open, for the manifest. */
  Map<String, Object> effectiveRecipe(@Nullable Integer epochs) {
    Map<String, Object> effective = new LinkedHashMap<>(recipe.effective());
    put(effective, "sheet", input.commonPart(InputFormat.XLSX));
    put(effective, "rows", input.commonPart(InputFormat.JSON));
    effective.put("format", format.toString());
    effective.put("task", DashedNames.of(task));
    effective.put("stop", delimiters.stop());
    if (limit.maxTokens() != NO_LIMIT) {
      effective.put("maxTokens", limit.maxTokens());
    }
    if (epochs != null) {
      effective.put("epochs", epochs);
    }
    return effective;
  }

  private static void put(Map<String, Object> effective, String key, @Nullable String value) {
    if (value != null) {
      effective.put(key, value);
    }
  }
}
