package dev.tunebeam.pipelines.recipe;

import static dev.tunebeam.dataset.settings.Checks.atLeastOne;
import static dev.tunebeam.dataset.settings.Checks.check;
import static dev.tunebeam.dataset.settings.Checks.notBlank;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.dataset.settings.Group;
import dev.tunebeam.dataset.settings.LaunchSettings;
import dev.tunebeam.dataset.settings.Setting;
import dev.tunebeam.dataset.settings.SettingKey;
import dev.tunebeam.dataset.yaml.StrictYaml;
import dev.tunebeam.transforms.compare.NearBy;
import dev.tunebeam.transforms.count.TooLong;
import dev.tunebeam.transforms.deduplicate.Conflicts;
import dev.tunebeam.transforms.deduplicate.DedupBy;
import dev.tunebeam.transforms.delimit.DelimiterInText;
import dev.tunebeam.transforms.delimit.Delimiters;
import dev.tunebeam.transforms.example.Task;
import dev.tunebeam.transforms.near.Contaminated;
import dev.tunebeam.transforms.near.NearAction;
import dev.tunebeam.transforms.normalize.Examples;
import dev.tunebeam.transforms.normalize.LowerCase;
import dev.tunebeam.transforms.normalize.dialect.Dialect;
import dev.tunebeam.transforms.read.input.FieldSeparator;
import dev.tunebeam.transforms.read.input.InputFile;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.read.input.RowChanges;
import dev.tunebeam.transforms.split.Sampling;
import dev.tunebeam.transforms.where.Condition;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The recipe: all settings that determine the content of a dataset. Created by {@link #parse} and
 * {@link #of}; the constructor takes null for every default. Each component is described by its
 * {@link Setting}, from which the reference, the JSON Schema and the help are generated. Only
 * components marked nullable may be null; the job then decides. Paths are as the user wrote them.
 *
 * <p>One file because each of its components is a key with its description.
 */
public record Recipe(
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Setting(
            group = Group.INPUT,
            value = "FILES",
            text =
                "Input files: paths or globs on any file system of Beam; .gz, .bz2 and .zst are read.",
            unset = "must be set")
        List<String> input,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Setting(
            group = Group.INPUT,
            value = "FILES",
            text =
                "Files of a given validation split; their prompts are held out instead of a share of"
                    + " input.",
            unset = "none")
        @Nullable List<String> validationInput,
    @Setting(
            group = Group.INPUT,
            value = "FORMAT",
            text = "File format; auto infers it from the name, then from the content.")
        InputFormat inputFormat,
    @Setting(
            group = Group.INPUT,
            value = "NAME",
            text = "Character encoding of the files.",
            unset = "UTF-8, or inferred from the content of each file")
        @Nullable String charset,
    @Setting(
            group = Group.INPUT,
            value = "NAME",
            text = "Field delimiter of CSV files.",
            unset = "inferred from each header")
        @Nullable FieldSeparator fieldSeparator,
    @Setting(
            group = Group.INPUT,
            value = "SHEET",
            text = "Sheet of an Excel workbook: its name, or its number from 1.",
            unset = "the first visible one")
        @Nullable String sheet,
    @Setting(
            group = Group.INPUT,
            value = "KEYS",
            text =
                "Path to the array of rows in a JSON file that is one object, such as data or"
                    + " result.items; a single dot if the object itself is the row.",
            unset = "the only array of objects")
        @Nullable String rows,
    @Setting(
            group = Group.INPUT,
            value = "KEYS",
            text =
                "The same path in the files of the validation split, which may be those of input.",
            unset = "as rows")
        @Nullable String validationRows,
    @Setting(
            group = Group.INPUT,
            value = "BYTES",
            text = "Maximum size of a row; larger rows are rejected.")
        Long maxRowBytes,
    @Setting(
            group = Group.INPUT,
            value = "N",
            text =
                "Line of a CSV file, or row of a workbook's sheet, with the column names; what is"
                    + " above is skipped. 0 for none: column_1, column_2.",
            unset = "the first that is not blank, or the one below a title")
        @Nullable Integer headerRow,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Setting(
            group = Group.INPUT,
            value = "COLUMNS",
            text =
                "Columns of CSV files and workbooks in which a blank cell takes the value above it, as"
                    + " for merged cells.",
            unset = "none")
        @Nullable List<String> fillDown,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Setting(
            group = Group.INPUT,
            value = "TEXTS",
            text = "Values of fields that stand for null, such as NaN or NA.",
            unset = "none")
        @Nullable List<String> nullValues,
    @Setting(
            group = Group.INPUT,
            value = "CONDITION",
            text =
                "Which rows to use, by their fields: \"score >= 0.5 and label in ('a', 'b')\"; see"
                    + " docs/read.md.",
            unset = "all")
        @Nullable String where,
    @Setting(
            group = Group.MAPPING,
            value = "DIALECT",
            text = "Layout of the rows; auto infers it from the first rows of each file.")
        Dialect dialect,
    MapSection map,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Setting(
            group = Group.MAPPING,
            value = "TEXTS",
            text = "Strings to remove from the fields, such as \"###\".",
            unset = "none")
        @Nullable List<String> remove,
    CutSection cut,
    @Setting(
            group = Group.MAPPING,
            value = "TEXTS",
            text = "Which texts are lowercased; in conversations those of user and assistant.")
        LowerCase lowerCase,
    @Setting(
            group = Group.MAPPING,
            value = "LABELS",
            text =
                "Other names for completions and classes that are a label: pos: positive; as a flag"
                    + " pos=positive.",
            unset = "none")
        @Nullable Map<String, String> labels,
    @Setting(
            group = Group.MAPPING,
            value = "EXAMPLES",
            text = "Examples per conversation: one, or one for each answer in it.",
            unset = "whole")
        @Nullable Examples examples,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Setting(
            group = Group.MAPPING,
            value = "NAMES",
            text =
                "Speaker names in prompts made by each-answer, in the format completion:"
                    + " \"user=Customer\", \"assistant=Agent\".",
            unset = "User and Assistant")
        @Nullable List<String> speakers,
    @Setting(
            group = Group.MAPPING,
            value = "FORMAT",
            text = "Output format of the dataset.",
            unset = "inferred from the rows and the model")
        @Nullable Format format,
    @Setting(
            group = Group.MAPPING,
            value = "TASK",
            text = "Task that the model is trained for.",
            unset = "inferred from the first rows")
        @Nullable Task task,
    @Setting(
            group = Group.DATASET,
            value = "TEXT",
            escapes = true,
            text = "Separator at the end of each prompt, in the format completion; empty for none.")
        String separator,
    @Setting(
            group = Group.DATASET,
            value = "TEXT",
            escapes = true,
            text =
                "Stop sequence at the end of each completion, in the format completion; empty for none.",
            unset = "\" END\"; none for classification")
        @Nullable String stop,
    @Setting(
            group = Group.DATASET,
            value = "BOOLEAN",
            text = "Start each completion with a space, in the format completion.")
        Boolean leadingSpace,
    @Setting(
            group = Group.DATASET,
            value = "ACTION",
            text = "Separator or stop sequence inside a text: remove it, or reject the row.")
        DelimiterInText delimiterInText,
    @Setting(
            group = Group.DATASET,
            value = "PART",
            text = "Deduplication key; the first occurrence is kept.")
        DedupBy dedupBy,
    @Setting(
            group = Group.DATASET,
            value = "ACTION",
            text =
                "Prompts with different completions: keep all, reject all, or keep the majority.")
        Conflicts conflicts,
    NearSection near,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Setting(
            group = Group.DATASET,
            value = "FILES",
            text =
                "Evaluation sets, files or folders: examples that share 13 words in a row with one are"
                    + " contaminated.",
            unset = "none")
        @Nullable List<String> decontaminate,
    @Setting(
            group = Group.DATASET,
            value = "ACTION",
            text = "Contaminated examples: drop or report them.",
            unset = "drop")
        @Nullable Contaminated contaminated,
    @Setting(
            group = Group.DATASET,
            value = "SHARE",
            text =
                "Share of the examples to use, above 0 to 1, drawn by seed; each class keeps its share.",
            unset = "all")
        @Nullable Double sample,
    @Setting(
            group = Group.DATASET,
            value = "N",
            text = "Maximum number of examples, drawn by seed; each class keeps its share.",
            unset = "none")
        @Nullable Long limit,
    @Setting(
            group = Group.DATASET,
            value = "SHARE",
            text = "Maximum share of rejected rows, 0 to 1; above it no dataset is written.")
        Double maxRejected,
    @Setting(group = Group.DATASET, value = "BYTES", text = "Maximum size of a shard.")
        Long shardBytes,
    @Setting(
            group = Group.DATASET,
            value = "FOLDER",
            text = "Output folder of the dataset; not needed for a dry run.",
            unset = "must be set")
        @Nullable String output,
    @Setting(
            group = Group.TOKENS,
            value = "NAME",
            text = "Model to train: sets the tokenizer, the context limit and the price.")
        String model,
    @Setting(
            group = Group.TOKENS,
            value = "FILE",
            text = "tokenizer.json of an open model, for exact token counts.",
            unset = "none, token counts of open models are estimated")
        @Nullable String tokenizer,
    @Setting(
            group = Group.TOKENS,
            value = "N",
            text = "Maximum tokens per example.",
            unset = "the model's context limit")
        @Nullable Integer maxTokens,
    @Setting(
            group = Group.TOKENS,
            value = "ACTION",
            text = "Over-long examples: reject, or truncate the prompt from the left or right.")
        TooLong tooLong,
    @Setting(
            group = Group.TOKENS,
            value = "N",
            text = "Epochs to price.",
            unset = "the provider's default")
        @Nullable Integer epochs,
    @Setting(
            group = Group.TOKENS,
            value = "FILE",
            text = "YAML file with models and prices that extend or override the catalogue.",
            unset = "none")
        @Nullable String prices,
    @Setting(
            group = Group.SPLIT,
            value = "SHARE",
            text = "Share of examples in the validation split, 0 to below 1; 0 for no split.",
            unset = "0.1, or a split that the names of the files give")
        @Nullable Double validation,
    @Setting(
            group = Group.SPLIT,
            value = "TEMPLATE",
            text =
                "Template of what stays on one side of the split, such as a customer or a document:"
                    + " \"{{customer_id}}\".",
            unset = "none; the examples of one conversation with examples: each-answer")
        @Nullable String group,
    @Setting(group = Group.SPLIT, value = "N", text = "Random seed of the split.") Long seed,
    @Setting(
            group = Group.SPLIT,
            value = "FOLDER",
            text =
                "Dataset of the night before: its prompts keep their sides of the split, see"
                    + " docs/nightly.md.",
            unset = "none; in run the dataset in the output folder")
        @Nullable String previous,
    @Setting(
            group = Group.SPLIT,
            value = "DATASET",
            text =
                "Train only on examples that are new or have changed since the dataset in previous;"
                    + " validation is that of all rows. See docs/nightly.md.",
            unset = "all examples")
        @Nullable Since since,
    CardSection card,
    GatesSection gates,
    LaunchSettings launch) {

  private static final double DEFAULT_VALIDATION = 0.1;

  /** Fills in the defaults and validates. Each message begins with the key. */
  public Recipe {
    input = input == null ? List.of() : input;
    inputFormat = inputFormat == null ? InputFormat.AUTO : inputFormat;
    maxRowBytes =
        maxRowBytes == null ? Long.valueOf(ReadOptions.DEFAULT_MAX_ROW_BYTES) : maxRowBytes;
    dialect = dialect == null ? Dialect.AUTO : dialect;
    map = map == null ? MapSection.NONE : map;
    fillDown = texts("fillDown", fillDown);
    nullValues = texts("nullValues", nullValues);
    remove = texts("remove", remove);
    cut = cut == null ? CutSection.NONE : cut;
    lowerCase = lowerCase == null ? LowerCase.NONE : lowerCase;
    labels = labels == null ? null : names(labels);
    speakers = texts("speakers", speakers);
    separator = separator == null ? Delimiters.DEFAULT_SEPARATOR : separator;
    leadingSpace = leadingSpace == null ? Boolean.TRUE : leadingSpace;
    delimiterInText = delimiterInText == null ? DelimiterInText.CLEAN : delimiterInText;
    dedupBy = dedupBy == null ? DedupBy.EXAMPLE : dedupBy;
    conflicts = conflicts == null ? Conflicts.KEEP : conflicts;
    near = near == null ? NearSection.NONE : near;
    maxRejected = maxRejected == null ? Double.valueOf(0.05) : maxRejected;
    card = card == null ? CardSection.NONE : card;
    gates = gates == null ? GatesSection.NONE : gates;
    launch = launch == null ? LaunchSettings.NONE : launch;
    model = model == null ? launch.catalogueName() : model;
    model = model == null ? ModelCatalogue.DEFAULT_MODEL : model;
    epochs = epochs == null ? launch.epochs() : epochs;
    tooLong = tooLong == null ? TooLong.REJECT : tooLong;
    seed = seed == null ? Long.valueOf(42) : seed;
    shardBytes = shardBytes == null ? Long.valueOf(64_000_000) : shardBytes;

    for (@Nullable String file : input) {
      notBlank("input", file == null ? "" : file);
    }
    input = List.copyOf(input);
    validationInput = texts("validationInput", validationInput);
    decontaminate = texts("decontaminate", decontaminate);
    notBlank("validationRows", validationRows);
    check(
        charset == null || isCharset(charset),
        "charset must be one that Java knows, such as UTF-8 or windows-1252, not " + charset);
    notBlank("sheet", sheet);
    notBlank("rows", rows);
    check(
        maxRowBytes >= 1 && maxRowBytes <= ReadOptions.LARGEST_MAX_ROW_BYTES,
        String.format(
            Locale.ROOT,
            "maxRowBytes must be at least 1 and at most %d, not %d",
            ReadOptions.LARGEST_MAX_ROW_BYTES,
            maxRowBytes));
    check(headerRow == null || headerRow >= 0, "headerRow must be at least 0, not " + headerRow);
    condition(where);
    check(
        sample == null || (sample > 0 && sample <= 1),
        "sample must be above 0 and at most 1, not " + sample);
    atLeastOne("limit", limit);
    noLettersForLineBreaks("separator", separator);
    noLettersForLineBreaks("stop", stop);
    check(
        maxRejected >= 0 && maxRejected <= 1,
        "maxRejected must be at least 0 and at most 1, not " + maxRejected);
    notBlank("model", model);
    notBlank("tokenizer", tokenizer);
    atLeastOne("maxTokens", maxTokens);
    atLeastOne("epochs", epochs);
    notBlank("prices", prices);
    check(
        validation == null || (validation >= 0 && validation < 1),
        "validation must be at least 0 and below 1, not " + validation);
    notBlank("group", group);
    notBlank("previous", previous);
    checkDrop(near, dedupBy, conflicts);
    check(
        gates.gatesMaxNearCopies() == null || near.nearAction() != null,
        "gates.maxNearCopies needs near.action: report, drop or keep-together; without it near copies"
            + " are not looked for");
    atLeastOne("shardBytes", shardBytes);
    notBlank("output", output);
  }

  /**
   * Parses a recipe from YAML.
   *
   * @param name the name of the text in messages
   * @throws StrictYaml.BadYamlException with a message for the user
   */
  static Recipe parse(String yaml, String name) {
    return StrictYaml.read(yaml, name, Recipe.class);
  }

  /**
   * Builds a recipe from values by key, as {@link #effective} returns them; defaults for the rest.
   *
   * @throws StrictYaml.BadYamlException with a message for the user
   */
  public static Recipe of(Map<String, ?> values) {
    return StrictYaml.convert(values, "recipe", Recipe.class);
  }

  /** Whether nothing is set about the validation split, so that the files may give it. */
  public boolean leavesValidationOpen() {
    return !givesValidation() && validation == null;
  }

  /** The share of examples to hold out by fingerprint: 0 if the validation split is given. */
  public double validationShare() {
    return givesValidation() ? 0 : validation == null ? DEFAULT_VALIDATION : validation;
  }

  /** Whether the validation split is given, and no share of the input. */
  public boolean givesValidation() {
    return validationInput != null || validationRows != null;
  }

  /** All keys with descriptions and defaults, by group, then in component order. */
  static List<SettingKey> keys() {
    Map<String, Object> presets = of(Map.of()).values();
    presets.remove("input");
    return SettingKey.of(Recipe.class, presets);
  }

  /** All values by key in component order, without those that are not set. */
  public Map<String, Object> values() {
    Map<String, Object> values = StrictYaml.toMap(this);
    if (map.equals(MapSection.NONE)) {
      values.remove("map");
    }
    if (cut.equals(CutSection.NONE)) {
      values.remove("cut");
    }
    if (near.equals(NearSection.NONE)) {
      values.remove("near");
    }
    if (card.equals(CardSection.NONE)) {
      values.remove("card");
    }
    if (gates.equals(GatesSection.NONE)) {
      values.remove("gates");
    }
    if (launch.equals(LaunchSettings.NONE)) {
      values.remove("launch");
    }
    return values;
  }

  /**
   * The recipe for the manifest: {@link #values} without the output folder, which does not affect
   * the dataset, and the dataset before, which the manifest names by its digest. Paths are as the
   * user wrote them, so it is the same on every machine.
   */
  public Map<String, Object> effective() {
    Map<String, Object> filled = values();
    filled.putIfAbsent("validation", DEFAULT_VALIDATION);
    // By the order of the components.
    Map<String, Object> effective = of(filled).values();
    effective.remove("output");
    effective.remove("previous");
    return effective;
  }

  /** How many of the examples are used. */
  public Sampling sampling() {
    return new Sampling(sample == null ? 1 : sample, limit == null ? Long.MAX_VALUE : limit);
  }

  /** What is changed in the rows while they are read. */
  public RowChanges changes() {
    String templates = map + (where == null ? "" : where) + (group == null ? "" : group);
    return new RowChanges(
        where == null ? null : Condition.parse(where),
        templates.contains("_file") || templates.contains("_folder"),
        nullValues == null ? Set.of() : Set.copyOf(nullValues),
        headerRow == null ? 0 : headerRow == 0 ? InputFile.NO_HEADER : headerRow,
        fillDown == null ? List.of() : fillDown);
  }

  /** A near copy goes because of a row that stays, so that row must not go for another reason. */
  private static void checkDrop(NearSection near, DedupBy dedupBy, Conflicts conflicts) {
    if (near.nearAction() != NearAction.DROP) {
      return;
    }
    check(
        conflicts == Conflicts.KEEP,
        "near.action: drop goes with conflicts: keep only; the row that a near copy goes for could be"
            + " rejected as a conflict. Set near.action: keep-together, or prepare twice");
    check(
        dedupBy != DedupBy.PROMPT || near.comparison().by() == NearBy.PROMPT,
        "near.by must be prompt with dedupBy: prompt and near.action: drop");
  }

  private static Map<String, String> names(Map<String, String> labels) {
    labels.forEach(
        (raw, label) ->
            check(
                label != null && !Whitespace.isBlank(label),
                "labels must give each label a name, and %s has none".formatted(raw)));
    return Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  private static @Nullable List<String> texts(String key, @Nullable List<String> texts) {
    if (texts == null) {
      return null;
    }
    for (@Nullable String text : texts) {
      check(text != null && !text.isEmpty(), key + " must not contain an empty text");
    }
    return List.copyOf(texts);
  }

  /**
   * Refuses a literal backslash and n: {@code separator: \n} without double quotes is not a line
   * break in YAML.
   */
  private static void noLettersForLineBreaks(String key, @Nullable String value) {
    check(
        value == null || !value.contains("\\n"),
        key + " holds a backslash and an n instead of a line break; put it in double quotes");
  }

  private static void condition(@Nullable String where) {
    try {
      if (where != null) {
        Condition.parse(where);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("where must be a condition: " + e.getMessage(), e);
    }
  }

  private static boolean isCharset(String name) {
    try {
      return Charset.isSupported(name);
    } catch (IllegalCharsetNameException e) {
      return false;
    }
  }
}
