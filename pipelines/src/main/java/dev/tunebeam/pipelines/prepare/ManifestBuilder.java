package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.DatasetDigest;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Manifest.ClassCount;
import dev.tunebeam.dataset.Manifest.Shard;
import dev.tunebeam.dataset.TrainingCost;
import dev.tunebeam.dataset.Version;
import dev.tunebeam.transforms.example.Task;
import dev.tunebeam.transforms.write.JobReport;
import dev.tunebeam.transforms.write.WrittenFile;
import dev.tunebeam.transforms.write.WrittenFile.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds the manifest from the plan and the report of a job. A pure function of both. */
public final class ManifestBuilder {

  /** The training APIs reject fewer examples. Source: OpenAI's fine-tuning guide. */
  private static final int FEWEST_EXAMPLES = 10;

  private final PreparePlan plan;
  private final JobReport report;
  private final @Nullable PreviousDataset previous;
  private final boolean dryRun;
  private final boolean hasLines;
  private final DataFiles files;
  private final int answerTokens;

  private ManifestBuilder(
      PreparePlan plan,
      JobReport report,
      @Nullable PreviousDataset previous,
      boolean dryRun,
      boolean hasLines) {
    this.hasLines = hasLines;
    this.previous = previous;
    this.plan = plan;
    this.report = report;
    this.dryRun = dryRun;
    this.files = DataFiles.of(report);
    this.answerTokens = answersAreClasses() ? answerTokens(plan.delimiters().leadingSpace()) : 1;
  }

  /**
   * The manifest.
   *
   * @param previous the dataset that it continues; null for none
   * @param dryRun whether shards were not written
   * @throws IllegalArgumentException if the numbers do not add up: a bug, and nothing is published
   */
  static Manifest build(
      PreparePlan plan, JobReport report, @Nullable PreviousDataset previous, boolean dryRun) {
    return new ManifestBuilder(plan, report, previous, dryRun, true).build();
  }

  /** The manifest of an inspection, which keeps notes on examples instead of their lines. */
  public static Manifest ofInspection(PreparePlan plan, JobReport report) {
    return new ManifestBuilder(plan, report, null, true, false).build();
  }

  private Manifest build() {
    long train = report.records(Kind.TRAIN);
    Integer asked = plan.recipe().epochs();
    int epochs = asked != null ? asked : TrainingCost.defaultEpochs(train);
    List<Shard> shards = dryRun ? List.of() : shards();
    return new Manifest(
        plan.format(),
        DatasetDigest.of(shards),
        new Manifest.Rows(
            report.read(),
            report.filtered(),
            new Manifest.Rejected(report.rejectedTotal(), report.rejected()),
            report.duplicates(),
            Manifest.Removed.of(report.nearCopies(), report.contaminated(), report.bothSides()),
            report.sampledOut(),
            report.unchanged() == 0 ? null : report.unchanged(),
            train,
            report.records(Kind.VALIDATION)),
        report.cleaned(),
        report.prompts(),
        report.conflicts(),
        ManifestNear.of(plan, report),
        dryRun && previous == null ? null : ManifestSides.of(files, previous, dryRun),
        plan.hasClasses() ? classes() : new TreeMap<>(),
        new Manifest.Tokens(
            plan.encoding().encoding().name(),
            tokens(Kind.TRAIN),
            tokens(Kind.VALIDATION),
            Percentiles.ofTokens(report.tokenCounts()),
            Manifest.Images.of(report.images(), report.unsizedImages())),
        hasLines ? Percentiles.ofLines(report.lineLengths()) : null,
        TrainingCost.of(
            plan.model().pricedFor(plan.format()),
            epochs,
            billableTokens(Kind.TRAIN),
            billableTokens(Kind.VALIDATION),
            report.unsizedImages()),
        shards,
        dryRun
            ? new Manifest.Files(List.of(), List.of())
            : new Manifest.Files(
                files.paths(Kind.REJECTED),
                files.paths(Kind.CONFLICTS),
                files.paths(Kind.REMOVED),
                files.paths(Kind.SIMILAR),
                null),
        inference(),
        plan.inferredTexts(),
        List.of(),
        warnings(train),
        plan.effectiveRecipe(epochs),
        Version.current());
  }

  private List<Shard> shards() {
    List<Shard> shards = new ArrayList<>();
    for (Kind kind : List.of(Kind.TRAIN, Kind.VALIDATION)) {
      List<String> paths = files.paths(kind);
      List<WrittenFile> written = files.files(kind);
      for (int i = 0; i < written.size(); i++) {
        WrittenFile file = written.get(i);
        shards.add(
            new Shard(kind.toString(), paths.get(i), file.records(), file.bytes(), file.sha256()));
      }
    }
    return shards;
  }

  private SortedMap<String, ClassCount> classes() {
    TreeMap<String, ClassCount> classes = new TreeMap<>();
    for (WrittenFile file : report.files()) {
      boolean train = file.kind() == Kind.TRAIN;
      for (Map.Entry<String, Long> count : file.classes().entrySet()) {
        ClassCount before = classes.getOrDefault(count.getKey(), new ClassCount(0, 0));
        classes.put(
            count.getKey(),
            new ClassCount(
                before.train() + (train ? count.getValue() : 0),
                before.validation() + (train ? 0 : count.getValue())));
      }
    }
    return classes;
  }

  private long tokens(Kind kind) {
    return DataFiles.files(report, kind).stream().mapToLong(WrittenFile::tokens).sum();
  }

  private long billableTokens(Kind kind) {
    return DataFiles.files(report, kind).stream().mapToLong(WrittenFile::billableTokens).sum();
  }

  private Manifest.Inference inference() {
    return new Manifest.Inference(
        plan.delimiters().separator(),
        plan.delimiters().stop(),
        plan.delimiters().leadingSpace(),
        answersAreClasses() ? answerTokens : null);
  }

  private boolean answersAreClasses() {
    return plan.format() == Format.COMPLETION && plan.task() == Task.CLASSIFICATION;
  }

  /** Tokens to generate for a class; one if the recipe's classes are not the answers. */
  private int answerTokens(boolean leadingSpace) {
    return plan.recipe().map().classTemplate() != null
        ? 1
        : AnswerTokens.of(classes().keySet(), leadingSpace, plan.encoding().encoding());
  }

  private String otherFormat() {
    String model = plan.model().id();
    if (!plan.format().isUploaded()) {
      return "no provider takes %s lines; they are for training on your own machines"
          .formatted(plan.format());
    }
    if (plan.format() == Format.PREFERENCE) {
      return "the catalogue does not say that %s trains on preference pairs; look it up first"
          .formatted(model);
    }
    return "%s trains on %s lines only; to train it, set format: %s"
        .formatted(model, plan.model().formats().get(0), plan.model().formats().get(0));
  }

  private String shorterAnswers() {
    if (plan.delimiters().leadingSpace() && answerTokens(false) == 1) {
      return "with leadingSpace: false one is enough";
    }
    return (plan.delimiters().stop().isEmpty() ? "set stop, so that shorter ones end, or " : "")
        + "give them names that begin in different ways";
  }

  private List<String> warnings(long train) {
    List<String> warnings = new ArrayList<>();
    long written = plan.recipe().since() == null ? train + report.records(Kind.VALIDATION) : train;
    if (written < FEWEST_EXAMPLES) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "only %s; the APIs refuse fewer than %d",
              written == 1 ? "1 example" : written + " examples",
              FEWEST_EXAMPLES));
    }
    boolean heldOut = plan.recipe().givesValidation() || plan.recipe().validationShare() > 0;
    if (train > 0 && report.records(Kind.VALIDATION) == 0 && heldOut) {
      warnings.add("the validation split is empty: there are too few different prompts");
    }
    if (!plan.model().formats().contains(plan.format())) {
      warnings.add(otherFormat());
    }
    warnings.addAll(plan.encoding().warnings());
    if (previous != null) {
      warnings.addAll(previous.warnings(report));
    }
    warnings.addAll(ReportWarnings.of(report, plan.recipe().conflicts(), plan.limit().maxTokens()));
    if (answerTokens > 1) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "some classes begin with the same token, so %d are asked for at inference; %s",
              answerTokens,
              shorterAnswers()));
    }
    for (String file : report.emptyFiles()) {
      warnings.add("%s holds no rows".formatted(file));
    }
    return warnings;
  }
}
