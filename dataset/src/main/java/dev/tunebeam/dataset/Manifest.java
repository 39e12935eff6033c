package dev.tunebeam.dataset;

import static dev.tunebeam.dataset.Valid.notBlank;
import static dev.tunebeam.dataset.Valid.notNegative;
import static dev.tunebeam.dataset.Valid.that;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a dataset. Written last, it makes the folder valid; the launcher needs nothing
 * else to price, validate and start a training run. Deterministic: independent of time, machine and
 * runner, so that the same input and recipe give the same bytes ({@link ManifestFile}).
 *
 * <p>Every record rejects inconsistent numbers with an {@link IllegalArgumentException} that names
 * them. Maps are copied and sorted by key. After a dry run there are no shards, and {@link #digest}
 * is the digest of no shards.
 *
 * <p>One file because the records of manifest.json are read side by side.
 *
 * @param format the format of the lines
 * @param digest {@link DatasetDigest} of the shards; identifies the dataset
 * @param rows the funnel: read = filtered + rejected + duplicates + removed + sampledOut +
 *     unchanged + train + validation
 * @param cleaned written examples from whose text a separator or stop sequence was removed
 * @param prompts distinct prompts, of rejected conflicts too; null, and left out, by earlier
 *     versions
 * @param conflicts prompts with different completions
 * @param near what was found when texts were compared; null, and left out, if they were not
 * @param sides the sides of all prompts, which the next dataset continues; null, and left out,
 *     after a dry run that continues none
 * @param classes examples of each class by split; empty if there are no classes
 * @param tokens exact token counts with the model's encoding
 * @param lengths how long the lines are; null, and left out, by earlier versions and by inspect
 * @param cost the price of training for {@link Cost#epochs}
 * @param shards the files, train first, in order
 * @param files the files that hold rejected rows and conflicts
 * @param inference parameters for inference on the fine-tuned model
 * @param inferred values inferred from the data because the recipe does not set them, by recipe key
 * @param gates what the gates of the recipe measured; left out if it has none
 * @param warnings warnings to read before launching; deterministic
 * @param recipe the effective recipe, defaults filled in
 * @param version the version of tunebeam that wrote it
 */
public record Manifest(
    Format format,
    String digest,
    Rows rows,
    long cleaned,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long prompts,
    long conflicts,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Near near,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sides sides,
    SortedMap<String, ClassCount> classes,
    Tokens tokens,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Lengths lengths,
    Cost cost,
    List<Shard> shards,
    Files files,
    Inference inference,
    Map<String, String> inferred,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Gate> gates,
    List<String> warnings,
    @JsonSetter(contentNulls = Nulls.SET) Map<String, Object> recipe,
    String version) {

  /** The name of the manifest in a dataset's folder. */
  public static final String FILE_NAME = "manifest.json";

  /** The name of the dataset card in a dataset's folder, as Hugging Face reads it. */
  public static final String CARD_NAME = "README.md";

  /** The name of the training split. */
  public static final String TRAIN = "train";

  /** What a key is that may be left out. */
  static final String LEFT_OUT = "left out";

  /** The name of the validation split. */
  public static final String VALIDATION = "validation";

  /**
   * Copies, sorts and validates consistency. Not compact, so that only the parameter may be left
   * out.
   */
  public Manifest(
      Format format,
      String digest,
      Rows rows,
      long cleaned,
      @JacksonInject(LEFT_OUT) @Nullable Long prompts,
      long conflicts,
      @JacksonInject(LEFT_OUT) @Nullable Near near,
      @JacksonInject(LEFT_OUT) @Nullable Sides sides,
      SortedMap<String, ClassCount> classes,
      Tokens tokens,
      @JacksonInject(LEFT_OUT) @Nullable Lengths lengths,
      Cost cost,
      List<Shard> shards,
      Files files,
      Inference inference,
      Map<String, String> inferred,
      @JacksonInject(LEFT_OUT) @Nullable List<Gate> gates,
      List<String> warnings,
      @JsonSetter(contentNulls = Nulls.SET) Map<String, Object> recipe,
      String version) {
    notNegative("cleaned", cleaned);
    notNegative("conflicts", conflicts);
    that(
        prompts == null || prompts >= conflicts,
        "conflicts is %s, and prompts %s".formatted(conflicts, prompts));
    notBlank("version", version);
    this.format = format;
    this.digest = digest;
    this.rows = rows;
    this.cleaned = cleaned;
    this.prompts = prompts;
    this.conflicts = conflicts;
    this.near = near;
    this.sides = sides;
    this.classes = sorted(classes);
    this.tokens = tokens;
    this.lengths = lengths;
    this.cost = cost;
    this.shards = List.copyOf(shards);
    this.files = files;
    this.inference = inference;
    this.inferred = sorted(inferred);
    this.gates = gates == null ? List.of() : List.copyOf(gates);
    this.warnings = List.copyOf(warnings);
    this.recipe = sorted(recipe);
    this.version = version;
    String expected = DatasetDigest.of(shards);
    that(
        digest.equals(expected),
        "digest is %s, but the shards give %s: shards or digest were changed"
            .formatted(digest, expected));
    if (!shards.isEmpty()) {
      sameSum("shards", TRAIN, rows.train, examples(shards, TRAIN));
      sameSum("shards", VALIDATION, rows.validation, examples(shards, VALIDATION));
    }
    if (!classes.isEmpty()) {
      var counts = classes.values();
      sameSum("classes", TRAIN, rows.train, counts.stream().mapToLong(ClassCount::train).sum());
      sameSum(
          "classes",
          VALIDATION,
          rows.validation,
          counts.stream().mapToLong(ClassCount::validation).sum());
    }
  }

  /** A manifest of a dataset whose texts were not compared, and without sides. */
  public Manifest(
      Format format,
      String digest,
      Rows rows,
      long cleaned,
      long conflicts,
      SortedMap<String, ClassCount> classes,
      Tokens tokens,
      Cost cost,
      List<Shard> shards,
      Files files,
      Inference inference,
      Map<String, String> inferred,
      List<String> warnings,
      Map<String, Object> recipe,
      String version) {
    this(
        format, digest, rows, cleaned, null, conflicts, null, null, classes, tokens, null, cost,
        shards, files, inference, inferred, null, warnings, recipe, version);
  }

  /** The same with the path of its card. */
  public Manifest withCard(String card) {
    Files named = new Files(files.rejected, files.conflicts, files.removed, files.similar, card);
    return new Manifest(
        format, digest, rows, cleaned, prompts, conflicts, near, sides, classes, tokens, lengths,
        cost, shards, named, inference, inferred, gates, warnings, recipe, version);
  }

  /** The same with what its gates measured. */
  public Manifest withGates(List<Gate> measured) {
    return new Manifest(
        format, digest, rows, cleaned, prompts, conflicts, near, sides, classes, tokens, lengths,
        cost, shards, files, inference, inferred, measured, warnings, recipe, version);
  }

  /**
   * What was found when texts were compared.
   *
   * @param pairs pairs of near copies
   * @param kept near copies that stay
   * @param conflicts pairs with similar prompts and another class or answer; all stay
   * @param crowded texts that are similar to so many others that they were compared with a few
   * @param undecided near copies that stay because the rounds ended before they were decided
   * @param leaks validation examples with a near copy in train
   * @param evaluation examples that share a long phrase with an evaluation set, by its file;
   *     removed or not
   */
  public record Near(
      long pairs,
      long kept,
      long conflicts,
      long crowded,
      long undecided,
      long leaks,
      SortedMap<String, Long> evaluation) {

    /** Rejects negative counts. */
    public Near {
      notNegative("near.pairs", pairs);
      notNegative("near.kept", kept);
      notNegative("near.conflicts", conflicts);
      notNegative("near.crowded", crowded);
      notNegative("near.undecided", undecided);
      notNegative("near.leaks", leaks);
      evaluation = sorted(evaluation);
      evaluation.forEach((file, count) -> notNegative("near.evaluation." + file, count));
    }
  }

  /**
   * On which side of the split each prompt is, also of those that datasets before had: files of
   * entries of 16 bytes, sorted by fingerprint.
   *
   * @param layout the version of the entries
   * @param files the files in order
   * @param since how the prompts differ from those of the dataset that it continues; null, and left
   *     out, if it continues none
   */
  public record Sides(
      int layout,
      List<SidesFile> files,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Since since) {

    /** The layout that this version writes and reads. */
    public static final int LAYOUT = 1;

    /** Makes an immutable copy. Not compact, so that a parameter may be left out. */
    public Sides(
        int layout, List<SidesFile> files, @JacksonInject(LEFT_OUT) @Nullable Since since) {
      this.layout = layout;
      this.files = List.copyOf(files);
      this.since = since;
    }
  }

  /**
   * A file of sides.
   *
   * @param file its path in the dataset's folder
   * @param entries their number: prompts, and groups of rows
   * @param sha256 in hex
   */
  public record SidesFile(String file, long entries, String sha256) {

    /** Rejects a path, no entries or an invalid hash. */
    public SidesFile {
      that(DataFolder.isFile(file), "sides.files: '%s' is not a file name".formatted(file));
      that(entries > 0, "sides.files: %s has no entries".formatted(file));
      that(
          sha256.matches("[0-9a-f]{64}"),
          "sha256 of %s is not a SHA-256: '%s'".formatted(file, sha256));
    }
  }

  /**
   * How the prompts of a dataset differ from those of the one that it continues. A conversation of
   * which each answer is an example counts as one prompt.
   *
   * @param previous the digest of that dataset
   * @param unchanged prompts with the same examples
   * @param changed prompts with other examples
   * @param added prompts never seen before
   * @param back prompts that the dataset before did not have, but one before it
   * @param gone prompts that are no longer there
   */
  public record Since(
      String previous, long unchanged, long changed, long added, long back, long gone) {

    /** Rejects negative counts. */
    public Since {
      notBlank("sides.since.previous", previous);
      notNegative("sides.since.unchanged", unchanged);
      notNegative("sides.since.changed", changed);
      notNegative("sides.since.added", added);
      notNegative("sides.since.back", back);
      notNegative("sides.since.gone", gone);
    }
  }

  /**
   * Examples removed because of what they are similar to.
   *
   * @param nearCopies near copies of examples that stay
   * @param contaminated examples that share a long phrase with an evaluation set
   * @param bothSides examples that belong to others which are on both sides of the split; null, and
   *     left out, for none
   */
  public record Removed(
      long nearCopies,
      long contaminated,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long bothSides) {

    /** Rejects negative counts. Not compact, so that a parameter may be left out. */
    public Removed(
        long nearCopies, long contaminated, @JacksonInject(LEFT_OUT) @Nullable Long bothSides) {
      notNegative("rows.removed.nearCopies", nearCopies);
      notNegative("rows.removed.contaminated", contaminated);
      notNegative("rows.removed.bothSides", bothSides == null ? 0 : bothSides);
      this.nearCopies = nearCopies;
      this.contaminated = contaminated;
      this.bothSides = bothSides;
    }

    /** The counts, null for none. */
    public static @Nullable Removed of(long nearCopies, long contaminated, long bothSides) {
      return nearCopies + contaminated + bothSides == 0
          ? null
          : new Removed(nearCopies, contaminated, bothSides == 0 ? null : bothSides);
    }
  }

  /**
   * The funnel, counted in examples: {@code read} is the sum of the others.
   *
   * @param filtered rows that the recipe's {@code where} leaves out
   * @param removed examples that are similar to others; null, and left out, for none
   * @param sampledOut examples that {@code limit} or {@code sample} leaves out
   * @param unchanged training examples that {@code since} leaves out, since the dataset before has
   *     them; null, and left out, for none
   */
  public record Rows(
      long read,
      long filtered,
      Rejected rejected,
      long duplicates,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Removed removed,
      long sampledOut,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long unchanged,
      long train,
      long validation) {

    /** A funnel of which nothing was left out on demand. */
    public Rows(long read, Rejected rejected, long duplicates, long train, long validation) {
      this(read, 0, rejected, duplicates, null, 0, null, train, validation);
    }

    /** A funnel of which nothing was removed. */
    public Rows(
        long read,
        long filtered,
        Rejected rejected,
        long duplicates,
        long sampledOut,
        long train,
        long validation) {
      this(read, filtered, rejected, duplicates, null, sampledOut, null, train, validation);
    }

    /** Rejects a funnel that does not add up. Not compact, so that a parameter may be left out. */
    public Rows(
        long read,
        long filtered,
        Rejected rejected,
        long duplicates,
        @JacksonInject(LEFT_OUT) @Nullable Removed removed,
        long sampledOut,
        @JacksonInject(LEFT_OUT) @Nullable Long unchanged,
        long train,
        long validation) {
      this.read = read;
      this.filtered = filtered;
      this.rejected = rejected;
      this.duplicates = duplicates;
      this.removed = removed;
      this.sampledOut = sampledOut;
      this.unchanged = unchanged;
      this.train = train;
      this.validation = validation;
      notNegative("rows.read", read);
      notNegative("rows.filtered", filtered);
      notNegative("rows.duplicates", duplicates);
      notNegative("rows.sampledOut", sampledOut);
      notNegative("rows.unchanged", unchangedCount());
      notNegative("rows.train", train);
      notNegative("rows.validation", validation);
      that(
          read
              == filtered
                  + rejected.total()
                  + duplicates
                  + nearCopies()
                  + contaminated()
                  + bothSides()
                  + sampledOut
                  + unchangedCount()
                  + train
                  + validation,
          String.format(
                  Locale.ROOT,
                  "rows do not add up: %d read, %d train + %d validation + %d duplicates + %d rejected + %d filtered + %d sampledOut%s",
                  read,
                  train,
                  validation,
                  duplicates,
                  rejected.total(),
                  filtered,
                  sampledOut,
                  removed == null
                      ? ""
                      : String.format(
                          Locale.ROOT,
                          " + %d nearCopies + %d contaminated + %d bothSides",
                          nearCopies(),
                          contaminated(),
                          bothSides()))
              + (unchanged == null ? "" : " + " + unchanged + " unchanged"));
    }

    /** Training examples left out since the dataset before has them. */
    public long unchangedCount() {
      return unchanged == null ? 0 : unchanged;
    }

    /** Examples removed as near copies. */
    public long nearCopies() {
      return removed == null ? 0 : removed.nearCopies;
    }

    /** Examples removed because of an evaluation set. */
    public long contaminated() {
      return removed == null ? 0 : removed.contaminated;
    }

    /** Examples removed because what they belong to is on both sides of the split. */
    public long bothSides() {
      return removed == null || removed.bothSides == null ? 0 : removed.bothSides;
    }
  }

  /** Rejected examples, in total and by reason. */
  public record Rejected(long total, SortedMap<String, Long> byReason) {

    /** Rejects a total that is not the sum. */
    public Rejected {
      byReason = sorted(byReason);
      byReason.forEach((reason, count) -> notNegative("rows.rejected." + reason, count));
      long sum = byReason.values().stream().mapToLong(Long::longValue).sum();
      that(
          total == sum,
          String.format(
              Locale.ROOT, "rows.rejected.total is %d, but the reasons sum up to %d", total, sum));
    }
  }

  /** Examples of one class. */
  public record ClassCount(long train, long validation) {

    /** Rejects negative counts. */
    public ClassCount {
      notNegative("classes.train", train);
      notNegative("classes.validation", validation);
    }
  }

  /**
   * Token counts; {@code train} and {@code validation} are sums over the split's examples.
   *
   * @param images the images of the examples; null, and left out, if there are none
   * @param encoding r50k_base, p50k_base, cl100k_base or o200k_base; or the tokenizer of an open
   *     model and a prefix of its file's SHA-256, {@code owner/name@0123456789ab}
   */
  public record Tokens(
      String encoding,
      long train,
      long validation,
      PerExample perExample,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Images images) {

    /** Rejects negative sums. Not compact, so that only the parameter may be left out. */
    public Tokens(
        String encoding,
        long train,
        long validation,
        PerExample perExample,
        @JacksonInject(LEFT_OUT) @Nullable Images images) {
      notBlank("tokens.encoding", encoding);
      notNegative("tokens.train", train);
      notNegative("tokens.validation", validation);
      this.encoding = encoding;
      this.train = train;
      this.validation = validation;
      this.perExample = perExample;
      this.images = images;
    }

    /** Counts of examples without images. */
    public Tokens(String encoding, long train, long validation, PerExample perExample) {
      this(encoding, train, validation, perExample, null);
    }

    /** The number of images whose tokens are not counted, since their size is not known. */
    public long unsizedImages() {
      return images == null ? 0 : images.unsized;
    }
  }

  /**
   * The images of all written examples.
   *
   * @param count their number
   * @param unsized how many are of unknown size; their tokens are not counted
   */
  public record Images(long count, long unsized) {

    /** Rejects more unknown images than there are. */
    public Images {
      notNegative("tokens.images.unsized", unsized);
      that(
          unsized <= count,
          String.format(
              Locale.ROOT, "tokens.images.unsized is %d, more than all %d images", unsized, count));
    }

    /** The images, null for none. */
    public static @Nullable Images of(long count, long unsized) {
      return count == 0 ? null : new Images(count, unsized);
    }
  }

  /**
   * The distribution of tokens over all written examples; nearest-rank percentiles. All 0 if there
   * are no examples.
   */
  public record PerExample(long min, long p50, long p95, long max) {

    /** Rejects percentiles that are not ascending. */
    public PerExample {
      that(
          0 <= min && min <= p50 && p50 <= p95 && p95 <= max,
          String.format(
              Locale.ROOT,
              "tokens.perExample is not ascending: min %d, p50 %d, p95 %d, max %d",
              min,
              p50,
              p95,
              max));
    }
  }

  /**
   * How long the lines of all examples are, in bytes to within 1 %; nearest-rank percentiles. All 0
   * if there are no examples.
   */
  public record Lengths(long p50, long p95) {

    /** Rejects percentiles that are not ascending. */
    public Lengths {
      that(
          0 <= p50 && p50 <= p95,
          String.format(Locale.ROOT, "lengths is not ascending: p50 %d, p95 %d", p50, p95));
    }
  }

  /**
   * The price of the training run.
   *
   * @param model the catalogue id of the priced model
   * @param provider the provider of the model
   * @param epochs number of epochs; 0 if there are no training examples
   * @param billedTokens tokens of the training split, and of the validation split if the provider
   *     bills it, each example truncated at the model's limit, times epochs
   * @param usd dollars, at most {@link TrainingCost#DECIMALS} decimals, null if the catalogue has
   *     no price, or if there are images of unknown size
   * @param pricesAsOf the date of the catalogue row
   */
  public record Cost(
      String model,
      String provider,
      int epochs,
      long billedTokens,
      @JsonSetter(nulls = Nulls.SET) @Nullable BigDecimal usd,
      LocalDate pricesAsOf) {

    /** Normalizes dollars, so that equal amounts are equal. */
    public Cost {
      notBlank("cost.model", model);
      notBlank("cost.provider", provider);
      notNegative("cost.epochs", epochs);
      notNegative("cost.billedTokens", billedTokens);
      if (usd != null) {
        that(usd.signum() >= 0, "cost.usd is negative: %s".formatted(usd));
        usd = plain(usd.setScale(TrainingCost.DECIMALS, RoundingMode.HALF_UP));
      }
    }
  }

  /**
   * One file of the dataset.
   *
   * @param split train or validation
   * @param file its path in the dataset's folder: a name, below a {@link DataFolder} or not
   * @param sha256 in hex
   */
  public record Shard(String split, String file, long examples, long bytes, String sha256) {

    /** Rejects an unknown split, a path, or an invalid hash. */
    public Shard {
      that(split.equals(TRAIN) || split.equals(VALIDATION), "unknown split: '%s'".formatted(split));
      that(DataFolder.isFile(file), "a shard's file must be a file name, not '%s'".formatted(file));
      notNegative("shards.examples", examples);
      notNegative("shards.bytes", bytes);
      that(
          sha256.matches("[0-9a-f]{64}"),
          "sha256 of %s is not a SHA-256: '%s'".formatted(file, sha256));
    }

    /** The name of the file, without its folder. */
    public String name() {
      return FilePath.name(file);
    }
  }

  /**
   * Paths of the files other than shards, in the dataset's folder.
   *
   * @param removed of examples removed because of what they are similar to; left out for none
   * @param similar of examples that are similar to others and stay; left out for none
   * @param card the README.md with the dataset card; null, and left out, by earlier versions
   */
  public record Files(
      List<String> rejected,
      List<String> conflicts,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> removed,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> similar,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String card) {

    /** Copies. Not compact, so that only parameters may be left out. */
    public Files(
        List<String> rejected,
        List<String> conflicts,
        @JacksonInject(LEFT_OUT) @Nullable List<String> removed,
        @JacksonInject(LEFT_OUT) @Nullable List<String> similar,
        @JacksonInject(LEFT_OUT) @Nullable String card) {
      this.rejected = List.copyOf(rejected);
      this.conflicts = List.copyOf(conflicts);
      this.removed = removed == null ? List.of() : List.copyOf(removed);
      this.similar = similar == null ? List.of() : List.copyOf(similar);
      areFiles("rejected", this.rejected);
      areFiles("conflicts", this.conflicts);
      areFiles("removed", this.removed);
      areFiles("similar", this.similar);
      areFiles("card", card == null ? List.of() : List.of(card));
      this.card = card;
    }

    private static void areFiles(String kind, List<String> files) {
      for (String file : files) {
        that(DataFolder.isFile(file), "files.%s: '%s' is not a file name".formatted(kind, file));
      }
    }

    /** Files of a dataset whose texts were not compared. */
    public Files(List<String> rejected, List<String> conflicts) {
      this(rejected, conflicts, List.of(), List.of(), null);
    }
  }

  /**
   * Parameters for inference on the fine-tuned model; empty strings for chat and if not set.
   *
   * @param separator the text at the end of each prompt
   * @param stop the stop sequence
   * @param leadingSpace whether completions start with a space
   * @param maxTokens maximum tokens of an answer: the minimum that distinguishes the classes, null
   *     for free text
   */
  public record Inference(
      String separator,
      String stop,
      boolean leadingSpace,
      @JsonSetter(nulls = Nulls.SET) @Nullable Integer maxTokens) {}

  /**
   * What a gate of the recipe measured. Shares are from 0 to 1, prices in dollars.
   *
   * @param gate its key in the recipe's section gates
   * @param figure what was measured; null, and left out, if there was nothing to measure
   * @param threshold what the recipe allows
   * @param passed whether the dataset may be published
   * @param note what the figure stands for, or why there is none; null, and left out, for nothing
   */
  public record Gate(
      String gate,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BigDecimal figure,
      BigDecimal threshold,
      boolean passed,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String note) {

    /** Rejects a blank name. Not compact, so that parameters may be left out. */
    public Gate(
        String gate,
        @JacksonInject(LEFT_OUT) @Nullable BigDecimal figure,
        BigDecimal threshold,
        boolean passed,
        @JacksonInject(LEFT_OUT) @Nullable String note) {
      notBlank("gates.gate", gate);
      this.gate = gate;
      this.figure = figure == null ? null : plain(figure);
      this.threshold = plain(threshold);
      this.passed = passed;
      this.note = note;
    }
  }

  /** Equal numbers are equal, and written without an exponent. */
  private static BigDecimal plain(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0, RoundingMode.UNNECESSARY) : plain;
  }

  /** The paths of all files in the dataset's folder, shards first. */
  public List<String> allFiles() {
    List<String> all = new ArrayList<>(shards.size());
    shards.forEach(shard -> all.add(shard.file));
    all.addAll(files.rejected);
    all.addAll(files.conflicts);
    all.addAll(files.removed);
    all.addAll(files.similar);
    if (files.card != null) {
      all.add(files.card);
    }
    return all;
  }

  private static long examples(List<Shard> shards, String split) {
    return shards.stream()
        .filter(shard -> shard.split.equals(split))
        .mapToLong(Shard::examples)
        .sum();
  }

  private static void sameSum(String what, String split, long rows, long sum) {
    that(
        rows == sum,
        String.format(
            Locale.ROOT, "rows.%s is %d, but the %s sum up to %d", split, rows, what, sum));
  }

  private static <V> SortedMap<String, V> sorted(Map<String, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
