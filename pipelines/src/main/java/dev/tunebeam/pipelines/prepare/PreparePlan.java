package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Inferred;
import dev.tunebeam.dataset.Model;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.yaml.DashedNames;
import dev.tunebeam.pipelines.findings.TaskInference;
import dev.tunebeam.pipelines.recipe.Recipe;
import dev.tunebeam.pipelines.recipe.ResolvedRecipe;
import dev.tunebeam.pipelines.recipe.Since;
import dev.tunebeam.transforms.count.ChatArithmetic;
import dev.tunebeam.transforms.count.CountTokens;
import dev.tunebeam.transforms.count.ImageTokens;
import dev.tunebeam.transforms.count.LengthLimit;
import dev.tunebeam.transforms.deduplicate.DeduplicateShards;
import dev.tunebeam.transforms.delimit.Delimiters;
import dev.tunebeam.transforms.example.Task;
import dev.tunebeam.transforms.near.Contaminated;
import dev.tunebeam.transforms.near.EvaluationSets;
import dev.tunebeam.transforms.near.NearAction;
import dev.tunebeam.transforms.near.NearSettings;
import dev.tunebeam.transforms.normalize.Examples;
import dev.tunebeam.transforms.normalize.Labels;
import dev.tunebeam.transforms.normalize.Normalizer;
import dev.tunebeam.transforms.normalize.dialect.Dialect;
import dev.tunebeam.transforms.normalize.dialect.FieldMapping;
import dev.tunebeam.transforms.normalize.dialect.Shape;
import dev.tunebeam.transforms.read.ElementLines;
import dev.tunebeam.transforms.read.InputFiles;
import dev.tunebeam.transforms.read.input.InputFile;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.InputRange;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.render.Transcript;
import dev.tunebeam.transforms.shard.ExampleEntries;
import dev.tunebeam.transforms.sides.PreviousSides;
import dev.tunebeam.transforms.split.Sampling;
import dev.tunebeam.transforms.write.WriteSplits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a job, with everything decided before it starts: from the recipe, the first rows and
 * the model. A function of the recipe, the catalogue and the input.
 *
 * <p>One file because each decision depends on the ones before it.
 *
 * @param job the user's recipe and the files
 * @param model the model to count and price for
 * @param encoding counts its tokens
 * @param evaluation the evaluation sets; null for none
 * @param readOptions how to read the files
 * @param shapes the shape of each file, by index
 * @param dialect the inferred dialect of all files, null if not inferred
 * @param mapping the mapping of all files, null if they differ
 * @param format the format of the lines
 * @param inferredTask what the model learns, and why
 * @param delimiters of the format completion
 * @param limit the maximum number of tokens per example
 * @param columns the fields of the first rows, in order, with their number of characters
 * @param proposals what was chosen by values of the first rows or by names of files, for the user
 *     to confirm; not by common names of fields
 * @param inferred settings that were inferred, by recipe key
 */
public record PreparePlan(
    JobInput job,
    Model model,
    ModelEncoding encoding,
    @Nullable InputFiles evaluation,
    ReadOptions readOptions,
    List<Shape> shapes,
    @Nullable Dialect dialect,
    @Nullable FieldMapping mapping,
    Format format,
    TaskInference.OfFirstRows inferredTask,
    Delimiters delimiters,
    LengthLimit limit,
    Map<String, Long> columns,
    List<Proposal> proposals,
    SortedMap<String, List<Inferred>> inferred) {

  private static final Map<Format, String> FORMAT_BECAUSE =
      Map.of(
          Format.COMPLETION, "the rows have no messages",
          Format.CHAT, "the rows have messages",
          Format.PREFERENCE, "the rows have two answers");

  /** The limit for models without one in the catalogue. */
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  /** A shard should have about half of its maximum size, so that few need a second file. */
  private static final int SHARDS_IN_A_FILE = 2;

  /**
   * Plans a recipe over an input.
   *
   * @throws IllegalArgumentException if the recipe's templates or delimiters are invalid; the
   *     message is for the user
   */
  static PreparePlan of(JobInput job, Model model, ModelEncoding encoding) {
    Recipe recipe = job.resolved().recipe();
    InputFiles input = job.files();
    InputNames names = job.names();
    List<String> sets = job.resolved().evaluation();
    InputShapes shapes = InputShapes.of(recipe, input);
    List<String> files = input.files().stream().map(file -> names.name(file.path())).toList();
    SortedMap<String, List<Inferred>> inferred = new TreeMap<>(shapes.inferred(recipe, files));
    inferred.putAll(input.inferred(names::name));
    inferred.putAll(job.inferred());
    Format format = recipe.format();
    if (format == null) {
      format = shapes.format();
      boolean toChat =
          format == Format.COMPLETION && trainsOnChatOnly(model) && !hasDelimiters(recipe);
      put(
          inferred,
          "format",
          (toChat ? Format.CHAT : format).toString(),
          toChat ? model.shortName() + " trains on chat lines only" : FORMAT_BECAUSE.get(format));
      format = toChat ? Format.CHAT : format;
    }
    Task asked = recipe.task();
    TaskInference.OfFirstRows task;
    if (asked == null) {
      task = shapes.task(normalizing(recipe, Task.GENERATION, format));
      put(inferred, "task", DashedNames.of(task.task()), task.because());
    } else {
      task = new TaskInference.OfFirstRows(asked, "set in the recipe", false);
    }
    Integer modelLimit = model.contextTokens();
    Integer limit = recipe.maxTokens() != null ? recipe.maxTokens() : modelLimit;
    PreparePlan plan =
        new PreparePlan(
            job,
            model,
            encoding,
            sets.isEmpty() ? null : InputFiles.find(sets, ReadOptions.defaults()),
            shapes.namesFolders()
                ? job.options().withChanges(job.options().changes().withNames())
                : job.options(),
            shapes.shapes(),
            shapes.dialect(),
            shapes.mapping(),
            format,
            task,
            delimiters(recipe, format, task.task()),
            new LengthLimit(limit == null ? NO_LIMIT : limit, recipe.tooLong()),
            shapes.rows().columns(),
            Stream.concat(job.proposals().stream(), shapes.proposals().stream()).toList(),
            inferred);
    // Fails on an invalid template here rather than on every worker.
    plan.shapes().stream().distinct().forEach(shape -> new Normalizer(shape, plan.normalizing()));
    plan.transcript();
    MappedFields.check(recipe.map().forRows(), input);
    return plan;
  }

  private static boolean trainsOnChatOnly(Model model) {
    return !model.formats().contains(Format.COMPLETION) && model.formats().contains(Format.CHAT);
  }

  /** Whether the recipe sets a delimiter, which no other format than completion has. */
  private static boolean hasDelimiters(Recipe recipe) {
    return recipe.stop() != null || !recipe.separator().equals(Delimiters.DEFAULT_SEPARATOR);
  }

  private static void put(
      Map<String, List<Inferred>> inferred, String key, String value, @Nullable String reason) {
    inferred.put(key, List.of(Inferred.of(value, String.valueOf(reason))));
  }

  private static Delimiters delimiters(Recipe recipe, Format format, Task task) {
    if (format != Format.COMPLETION) {
      return Delimiters.NONE;
    }
    String stop = recipe.stop();
    return new Delimiters(
        recipe.separator(),
        stop != null ? stop : task == Task.CLASSIFICATION ? "" : Delimiters.DEFAULT_STOP,
        recipe.leadingSpace(),
        recipe.delimiterInText());
  }

  /** The recipe; if the files give the validation split, with that. */
  public Recipe recipe() {
    return job.resolved().recipe();
  }

  /** The same with its paths. */
  public ResolvedRecipe resolved() {
    return job.resolved();
  }

  /** The files. */
  public InputFiles input() {
    return job.files();
  }

  /** Names of the files. */
  public InputNames names() {
    return job.names();
  }

  /** What the model learns. */
  public Task task() {
    return inferredTask.task();
  }

  /** How rows become examples, in all files. */
  public Normalizer.Settings normalizing() {
    return normalizing(recipe(), task(), format);
  }

  private static Normalizer.Settings normalizing(Recipe recipe, Task task, Format format) {
    List<String> remove = recipe.remove();
    Map<String, String> labels = recipe.labels();
    return new Normalizer.Settings(
        task,
        format,
        examples(recipe),
        remove == null ? List.of() : remove,
        recipe.cut().edits(recipe.lowerCase()),
        labels == null ? Labels.NONE : new Labels(labels),
        recipe.group());
  }

  private static Examples examples(Recipe recipe) {
    Examples examples = recipe.examples();
    return examples == null ? Examples.WHOLE : examples;
  }

  /** How prompts of the format completion render conversations; null if they do not. */
  @Nullable Transcript transcript() {
    if (format != Format.COMPLETION || examples(recipe()) == Examples.WHOLE) {
      return null;
    }
    List<String> speakers = recipe().speakers();
    return Transcript.named(speakers == null ? List.of() : speakers);
  }

  /** How to count tokens. */
  public CountTokens.Settings counting() {
    Model.ChatTokens chat = model.chat();
    return new CountTokens.Settings(
        format,
        delimiters,
        transcript(),
        encoding.encoding(),
        chat == null
            ? ChatArithmetic.GPT_4O.with(images())
            : new ChatArithmetic(
                chat.perMessage(),
                chat.perName(),
                chat.perFunction(),
                Objects.requireNonNull(chat.perExample()),
                images()),
        limit,
        recipe().shardBytes());
  }

  /** How to count images. A class of open models may have members that see, and others. */
  private ImageTokens images() {
    Model.ImageTokens known = model.images();
    return new ImageTokens(
        model.id(),
        known != null || model.isClass(),
        known == null
            ? null
            : new ImageTokens.Rule(known.base(), known.perTile(), known.perExample()));
  }

  /** How to split the examples. */
  public WriteSplits.Settings splitting() {
    List<String> files = new ArrayList<>(fileNames());
    if (evaluation != null) {
      evaluation.files().forEach(file -> files.add(names().name(file.path())));
    }
    return new WriteSplits.Settings(
        files,
        recipe().sampling(),
        recipe().validationShare(),
        billedLimit(),
        recipe().near().nearAction() != null,
        shards(),
        recipe().since() == Since.PREVIOUS && recipe().sampling().equals(Sampling.ALL));
  }

  /** How examples are sharded. */
  public ExampleEntries.Settings sharding() {
    return new ExampleEntries.Settings(
        shards(),
        recipe().seed(),
        examples(recipe()) == Examples.EACH_ANSWER,
        input().firstGiven(),
        recipe().near().nearAction() == null && evaluation == null
            ? null
            : recipe().near().comparison().by(),
        recipe().group() != null,
        joins());
  }

  /** Whether units with several prompts may arise. */
  private boolean joins() {
    return recipe().group() != null || recipe().near().nearAction() == NearAction.KEEP_TOGETHER;
  }

  /** How shards are deduplicated. */
  DeduplicateShards.Settings deduplicating(PreviousSides before) {
    return new DeduplicateShards.Settings(
        recipe().dedupBy(),
        recipe().conflicts(),
        input().firstGiven(),
        shards(),
        before,
        joins(),
        recipe().shardBytes());
  }

  /** How near copies are found, null if they are not. */
  public @Nullable NearSettings near() {
    NearAction action = recipe().near().nearAction();
    return action == null
        ? null
        : new NearSettings(
            action,
            recipe().near().comparison(),
            recipe().seed(),
            shards(),
            input().estimatedBytes());
  }

  /** Whether the split is stratified by class, and the manifest counts the classes. */
  boolean hasClasses() {
    return task() == Task.CLASSIFICATION || recipe().map().classTemplate() != null;
  }

  /** Whether another plan makes examples of the same fields of each file. */
  public boolean readsTheSameFields(PreparePlan other) {
    return shapes.stream()
        .map(Shape::templates)
        .toList()
        .equals(other.shapes.stream().map(Shape::templates).toList());
  }

  /** The maximum number of billed tokens per example. */
  public int billedLimit() {
    Integer modelLimit = model.contextTokens();
    return modelLimit == null ? NO_LIMIT : modelLimit;
  }

  /** The paths of all files that the job reads. */
  List<String> filesRead() {
    Stream<String> paths = input().files().stream().map(InputFile::path);
    EvaluationSets sets = evaluationSets();
    return sets == null
        ? paths.toList()
        : Stream.concat(paths, sets.ranges().stream().map(InputRange::path)).toList();
  }

  /** The evaluation sets that no example may share a long phrase with; null for none. */
  public @Nullable EvaluationSets evaluationSets() {
    Contaminated action = recipe().contaminated();
    return evaluation == null
        ? null
        : new EvaluationSets(
            evaluation.wholeFiles(input().files().size()),
            ReadOptions.defaults(),
            action == null ? Contaminated.DROP : action);
  }

  /** The number of shards; depends on the size of the input alone. */
  public int shards() {
    long shardBytes = Math.max(1, recipe().shardBytes() / SHARDS_IN_A_FILE);
    long shards = (input().estimatedBytes() + shardBytes - 1) / shardBytes;
    return (int) Math.max(1, Math.min(shards, 1 << 20));
  }

  /** What was inferred, as text, by recipe key, for the manifest. */
  public SortedMap<String, String> inferredTexts() {
    return Inferred.texts(inferred, UnaryOperator.identity());
  }

  /** Names of the input files by index, as the user wrote them. */
  public List<String> fileNames() {
    return input().files().stream().map(file -> names().name(file.path())).toList();
  }

  /**
   * Refuses input that changed since it was found: some rows may be of the version before.
   *
   * @throws JobFailedException if it did
   */
  public void requireSameInput() {
    List<String> changed = input().changed();
    if (!changed.isEmpty()) {
      throw new JobFailedException(
          ExitCode.FAILED,
          "%s was written, replaced or removed while it was read%s; nothing was published; run again when it is complete"
              .formatted(
                  names().fromWorkingFolder(names().name(changed.get(0))),
                  changed.size() == 1
                      ? ""
                      : ", and so were "
                          + Figures.counted(changed.size() - 1, "other file", "other files")));
    }
  }

  /** The lines of elements in JSON files. */
  ElementLines lines() {
    return new ElementLines(input(), readOptions);
  }

  /** The recipe with all values filled in, for the manifest. */
  public Map<String, Object> effectiveRecipe(@Nullable Integer epochs) {
    Map<String, Object> effective = new LinkedHashMap<>(recipe().effective());
    if (recipe().charset() == null) {
      put(effective, "charset", input().commonCharset());
    }
    if (input().commonHeader() != 0) {
      effective.put("headerRow", Math.max(0, input().commonHeader()));
    }
    put(effective, "fieldSeparator", input().commonPart(InputFormat.CSV, false));
    put(effective, "sheet", input().commonPart(InputFormat.XLSX, false));
    put(effective, "rows", input().commonPart(InputFormat.JSON, false));
    put(effective, "validationRows", input().commonPart(InputFormat.JSON, true));
    if (recipe().dialect() == Dialect.AUTO) {
      effective.remove("dialect");
      if (dialect != null) {
        effective.put("dialect", DashedNames.of(dialect));
      }
    }
    putTemplates(effective);
    effective.put("format", format.toString());
    effective.put("task", DashedNames.of(task()));
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

  /** Adds the templates that follow from common field names. */
  private void putTemplates(Map<String, Object> effective) {
    if (mapping == null || recipe().map().forRows().hasTemplates()) {
      return;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    if (effective.get("map") instanceof Map<?, ?> written) {
      written.forEach((key, value) -> map.put(String.valueOf(key), value));
    }
    put(map, "prompt", mapping.prompt());
    put(map, "completion", mapping.completion());
    put(map, "system", mapping.system());
    if (!map.isEmpty()) {
      effective.put("map", map);
    }
  }
}
