package dev.tunebeam.pipelines.recipe;

import static dev.tunebeam.pipelines.recipe.Checks.atLeastOne;
import static dev.tunebeam.pipelines.recipe.Checks.check;
import static dev.tunebeam.pipelines.recipe.Checks.notBlank;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.StrictYaml;
import dev.tunebeam.transforms.count.TooLong;
import dev.tunebeam.transforms.deduplicate.Conflicts;
import dev.tunebeam.transforms.deduplicate.DedupBy;
import dev.tunebeam.transforms.delimit.DelimiterInText;
import dev.tunebeam.transforms.delimit.Delimiters;
import dev.tunebeam.transforms.example.Task;
import dev.tunebeam.transforms.normalize.Examples;
import dev.tunebeam.transforms.normalize.LowerCase;
import dev.tunebeam.transforms.normalize.dialect.Dialect;
import dev.tunebeam.transforms.read.input.FieldSeparator;
import dev.tunebeam.transforms.read.input.InputFormat;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides what a dataset holds. Made by {@link #parse} and {@link #of}; the
 * constructor takes null for every default. Each component is described by its {@link Setting},
 * from which the reference, the JSON Schema and the help come; it is null only where it is marked
 * so, and then the job decides. Paths are as the user wrote them.
 *
 * <p>One file because each of its components is a key with its description.
 */
public record Recipe(
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Setting(
            group = Group.INPUT,
            value = "FILES",
            text = "Files to read, paths and globs, on any file system of Beam; .gz, .bz2, .zst.",
            unset = "must be set")
        List<String> input,
    @Setting(
            group = Group.INPUT,
            value = "FORMAT",
            text = "How the files hold their rows; auto goes by name, then by content.")
        InputFormat inputFormat,
    @Setting(group = Group.INPUT, value = "NAME", text = "Character set of the files.")
        String charset,
    @Setting(
            group = Group.INPUT,
            value = "NAME",
            text = "What stands between the fields of CSV files.",
            unset = "by the header of each")
        @Nullable FieldSeparator fieldSeparator,
    @Setting(
            group = Group.INPUT,
            value = "SHEET",
            text = "Sheet of a workbook, by its name or its number from 1.",
            unset = "the first that is not hidden")
        @Nullable String sheet,
    @Setting(
            group = Group.INPUT,
            value = "KEYS",
            text =
                "Keys to the array with the rows in a JSON file that is one object, such as data or"
                    + " result.items; a dot alone if the object is a row.",
            unset = "the only array of objects")
        @Nullable String rows,
    @Setting(group = Group.INPUT, value = "BYTES", text = "A longer row is rejected.")
        Long maxRowBytes,
    @Setting(
            group = Group.MAPPING,
            value = "DIALECT",
            text = "How the rows say what an example is; auto goes by the first rows of each file.")
        Dialect dialect,
    MapSection map,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Setting(
            group = Group.MAPPING,
            value = "TEXTS",
            text = "Texts to take out of the fields, such as \"###\".",
            unset = "none")
        @Nullable List<String> remove,
    CutSection cut,
    @Setting(
            group = Group.MAPPING,
            value = "TEXTS",
            text =
                "Which texts are put into lower case, in conversations those of user and assistant.")
        LowerCase lowerCase,
    @Setting(
            group = Group.MAPPING,
            value = "EXAMPLES",
            text = "What a conversation gives: one example, or one for each answer in it.",
            unset = "whole")
        @Nullable Examples examples,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Setting(
            group = Group.MAPPING,
            value = "NAMES",
            text =
                "Who speaks in the prompts of each-answer in the format completion:"
                    + " \"user=Customer\", \"assistant=Agent\".",
            unset = "User and Assistant")
        @Nullable List<String> speakers,
    @Setting(
            group = Group.MAPPING,
            value = "FORMAT",
            text = "Shape of the dataset's lines.",
            unset = "the shape of the rows")
        @Nullable Format format,
    @Setting(
            group = Group.MAPPING,
            value = "TASK",
            text = "What the model learns.",
            unset = "generation, or open-ended where no row has a prompt")
        @Nullable Task task,
    @Setting(
            group = Group.DATASET,
            value = "TEXT",
            text = "Ends each prompt of the format completion; empty for none.")
        String separator,
    @Setting(
            group = Group.DATASET,
            value = "TEXT",
            text = "Ends each completion of the format completion; empty for none.",
            unset = "END after a space; none for classification")
        @Nullable String stop,
    @Setting(
            group = Group.DATASET,
            value = "BOOLEAN",
            text = "Completions of the format completion begin with a space.")
        Boolean leadingSpace,
    @Setting(
            group = Group.DATASET,
            value = "ACTION",
            text = "When separator or stop stand within a text: take them out or reject the row.")
        DelimiterInText delimiterInText,
    @Setting(
            group = Group.DATASET,
            value = "PART",
            text = "What two duplicates have in common; the first by file and position stays.")
        DedupBy dedupBy,
    @Setting(
            group = Group.DATASET,
            value = "ACTION",
            text = "When a prompt has different completions: keep or reject all, or majority.")
        Conflicts conflicts,
    @Setting(
            group = Group.DATASET,
            value = "SHARE",
            text = "If a larger share of rows is rejected, 0 to 1, nothing is published.")
        Double maxRejected,
    @Setting(group = Group.DATASET, value = "BYTES", text = "Largest size of a shard.")
        Long shardBytes,
    @Setting(
            group = Group.DATASET,
            value = "FOLDER",
            text = "Folder of the dataset; a dry run needs none.",
            unset = "must be set")
        @Nullable String output,
    @Setting(
            group = Group.TOKENS,
            value = "NAME",
            text = "Model to train: its encoding, its limit and its price.")
        String model,
    @Setting(
            group = Group.TOKENS,
            value = "FILE",
            text = "The tokenizer.json of an open model, to count its tokens exactly.",
            unset = "none; an open model's tokens are estimated")
        @Nullable String tokenizer,
    @Setting(
            group = Group.TOKENS,
            value = "N",
            text = "An example with more tokens is too long.",
            unset = "the model's limit")
        @Nullable Integer maxTokens,
    @Setting(
            group = Group.TOKENS,
            value = "ACTION",
            text = "What becomes of it: rejected, or its prompt cut at the left or right end.")
        TooLong tooLong,
    @Setting(
            group = Group.TOKENS,
            value = "N",
            text = "Passes over the training split that are priced.",
            unset = "the provider's rule")
        @Nullable Integer epochs,
    @Setting(
            group = Group.TOKENS,
            value = "FILE",
            text = "Models and prices that add to the catalogue or replace its rows.",
            unset = "the catalogue alone")
        @Nullable String prices,
    @Setting(
            group = Group.SPLIT,
            value = "SHARE",
            text = "Share of the examples for validation, 0 to below 1; 0 for no such split.")
        Double validation,
    @Setting(
            group = Group.SPLIT,
            value = "N",
            text = "Another seed gives another split, the same seed the same one.")
        Long seed,
    LaunchSection launch) {

  /** Fills in the defaults and checks. Each message begins with the key. */
  public Recipe {
    input = input == null ? List.of() : input;
    inputFormat = inputFormat == null ? InputFormat.AUTO : inputFormat;
    charset = charset == null ? "UTF-8" : charset;
    maxRowBytes = maxRowBytes == null ? Long.valueOf(16_000_000) : maxRowBytes;
    dialect = dialect == null ? Dialect.AUTO : dialect;
    map = map == null ? MapSection.NONE : map;
    remove = texts("remove", remove);
    cut = cut == null ? CutSection.NONE : cut;
    lowerCase = lowerCase == null ? LowerCase.NONE : lowerCase;
    speakers = texts("speakers", speakers);
    separator = separator == null ? Delimiters.DEFAULT_SEPARATOR : separator;
    leadingSpace = leadingSpace == null ? Boolean.TRUE : leadingSpace;
    delimiterInText = delimiterInText == null ? DelimiterInText.CLEAN : delimiterInText;
    dedupBy = dedupBy == null ? DedupBy.EXAMPLE : dedupBy;
    conflicts = conflicts == null ? Conflicts.KEEP : conflicts;
    maxRejected = maxRejected == null ? Double.valueOf(0.05) : maxRejected;
    launch = launch == null ? LaunchSection.NONE : launch;
    model = model == null ? launch.catalogueName() : model;
    model = model == null ? "gpt-4.1-mini-2025-04-14" : model;
    epochs = epochs == null ? launch.epochs() : epochs;
    tooLong = tooLong == null ? TooLong.REJECT : tooLong;
    validation = validation == null ? Double.valueOf(0.1) : validation;
    seed = seed == null ? Long.valueOf(42) : seed;
    shardBytes = shardBytes == null ? Long.valueOf(64_000_000) : shardBytes;

    for (@Nullable String file : input) {
      notBlank("input", file == null ? "" : file);
    }
    input = List.copyOf(input);
    check(
        isCharset(charset),
        "charset must be one that Java knows, such as UTF-8 or windows-1252, not " + charset);
    notBlank("sheet", sheet);
    notBlank("rows", rows);
    atLeastOne("maxRowBytes", maxRowBytes);
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
        validation >= 0 && validation < 1,
        "validation must be at least 0 and below 1, not " + validation);
    atLeastOne("shardBytes", shardBytes);
    notBlank("output", output);
  }

  /**
   * The recipe that a YAML text holds.
   *
   * @param name what messages call the text
   * @throws StrictYaml.BadYamlException with a message for the user
   */
  static Recipe parse(String yaml, String name) {
    return StrictYaml.read(yaml, name, Recipe.class);
  }

  /**
   * The recipe of values by key, as {@link #effective} gives them; defaults for the rest.
   *
   * @throws StrictYaml.BadYamlException with a message for the user
   */
  public static Recipe of(Map<String, ?> values) {
    return StrictYaml.convert(values, "recipe", Recipe.class);
  }

  /** All values by key in the order of the components, without those that are not set. */
  public Map<String, Object> values() {
    Map<String, Object> values = StrictYaml.toMap(this);
    if (map.equals(MapSection.NONE)) {
      values.remove("map");
    }
    if (cut.equals(CutSection.NONE)) {
      values.remove("cut");
    }
    if (launch.equals(LaunchSection.NONE)) {
      values.remove("launch");
    }
    return values;
  }

  /**
   * The recipe for the manifest: {@link #values} without the output folder, which says nothing
   * about the dataset. Paths are as the user wrote them, so it is the same on every machine.
   */
  public Map<String, Object> effective() {
    Map<String, Object> effective = values();
    effective.remove("output");
    return effective;
  }

  private static @Nullable List<String> texts(String key, @Nullable List<String> texts) {
    if (texts == null) {
      return null;
    }
    for (@Nullable String text : texts) {
      check(text != null && !text.isEmpty(), key + " must not hold an empty text");
    }
    return List.copyOf(texts);
  }

  /** {@code separator: \n} without double quotes is a backslash and an n to YAML. */
  private static void noLettersForLineBreaks(String key, @Nullable String value) {
    check(
        value == null || !value.contains("\\n"),
        key + " holds a backslash and an n instead of a line break; put it in double quotes");
  }

  private static boolean isCharset(String name) {
    try {
      return Charset.isSupported(name);
    } catch (IllegalCharsetNameException e) {
      return false;
    }
  }
}
