package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.DataFolder;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Manifest.ClassCount;
import dev.tunebeam.dataset.Manifest.Rows;
import dev.tunebeam.dataset.Manifest.Shard;
import dev.tunebeam.dataset.Sha256;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.pipelines.recipe.CardSection;
import dev.tunebeam.pipelines.recipe.Recipe;
import dev.tunebeam.pipelines.recipe.RecipeWriter;
import dev.tunebeam.transforms.inspect.secrets.Secrets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The dataset card: a README.md whose head tells Hugging Face which files are which split, and
 * whose text has the figures and the recipe. A pure function of the manifest, without a date, so
 * that the same dataset has the same card.
 */
final class DatasetCard {

  private static final int MOST_CLASSES = 50;

  /** Hugging Face's size categories, by the first number that is too large for one. */
  private static final Map<Long, String> SIZES = sizes();

  private final Manifest manifest;
  private final CardSection section;
  private final StringBuilder text = new StringBuilder();

  private DatasetCard(Manifest manifest) {
    this.manifest = manifest;
    this.section = Recipe.of(manifest.recipe()).card();
  }

  /** The text of the card of a dataset, which may have one already. */
  static String of(Manifest manifest) {
    return new DatasetCard(manifest).text();
  }

  /** The path of a card in the dataset's folder: like data, below a hash of its content. */
  static String path(String card) {
    return DataFolder.of(Sha256.of(card)) + "/" + Manifest.CARD_NAME;
  }

  /** Whether a README.md is the unchanged card of a dataset with files in these folders. */
  static boolean isIn(Set<String> folders, byte[] readme) {
    return folders.contains(DataFolder.of(Sha256.of(readme)));
  }

  private String text() {
    text.append("---\n").append(RecipeWriter.yaml(head())).append("\n---\n");
    String name = section.cardName();
    line("");
    line("# " + (name == null ? "Fine-tuning dataset" : name));
    line("");
    line("Prepared by tunebeam %s for %s.".formatted(manifest.version(), manifest.cost().model()));
    figures();
    rows();
    if (!manifest.classes().isEmpty() && manifest.classes().size() <= MOST_CLASSES) {
      classes();
    }
    recipe();
    return text.toString();
  }

  private Map<String, Object> head() {
    Map<String, Object> head = new LinkedHashMap<>();
    if (section.cardName() != null) {
      head.put("pretty_name", section.cardName());
    }
    if (section.cardLicense() != null) {
      head.put("license", section.cardLicense());
    }
    if (section.cardLanguage() != null) {
      head.put("language", section.cardLanguage());
    }
    boolean isClassification = "classification".equals(manifest.recipe().get("task"));
    head.put(
        "task_categories", List.of(isClassification ? "text-classification" : "text-generation"));
    head.put("size_categories", List.of(size(manifest.rows().train() + validation())));
    head.put(
        "configs",
        List.of(
            ordered(
                "config_name",
                "default",
                "data_files",
                manifest.shards().stream()
                    .map(Shard::split)
                    .distinct()
                    .map(split -> ordered("split", split, "path", split + "-*.jsonl"))
                    .toList())));
    return head;
  }

  private static Map<String, Object> ordered(String one, Object first, String two, Object second) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(one, first);
    map.put(two, second);
    return map;
  }

  private static Map<Long, String> sizes() {
    Map<Long, String> sizes = new LinkedHashMap<>();
    sizes.put(1_000L, "n<1K");
    sizes.put(10_000L, "1K<n<10K");
    sizes.put(100_000L, "10K<n<100K");
    sizes.put(1_000_000L, "100K<n<1M");
    sizes.put(10_000_000L, "1M<n<10M");
    sizes.put(100_000_000L, "10M<n<100M");
    sizes.put(1_000_000_000L, "100M<n<1B");
    return sizes;
  }

  private static String size(long examples) {
    return SIZES.entrySet().stream()
        .filter(size -> examples < size.getKey())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("n>1B");
  }

  private long validation() {
    return manifest.rows().validation();
  }

  private void figures() {
    Manifest.Tokens tokens = manifest.tokens();
    line("");
    line("| | train | validation |");
    line("|---|---|---|");
    row("examples", manifest.rows().train(), validation());
    row("tokens", tokens.train(), tokens.validation());
    row("bytes", bytes(Manifest.TRAIN), bytes(Manifest.VALIDATION));
    line("");
    line(
        "An example has %s tokens in the median, %s at the 95th percentile, and at most %s (%s)."
            .formatted(
                Figures.count(tokens.perExample().p50()),
                Figures.count(tokens.perExample().p95()),
                Figures.count(tokens.perExample().max()),
                tokens.encoding()));
    Manifest.Cost cost = manifest.cost();
    line(
        "To train %s at %s for %s costs %s, by prices of %s."
            .formatted(
                cost.model(),
                cost.provider(),
                Figures.counted(cost.epochs(), "epoch", "epochs"),
                cost.usd() == null ? "what is not known here" : Figures.dollars(cost.usd()),
                cost.pricesAsOf()));
  }

  private long bytes(String split) {
    return manifest.shards().stream()
        .filter(shard -> shard.split().equals(split))
        .mapToLong(Shard::bytes)
        .sum();
  }

  private void rows() {
    Rows rows = manifest.rows();
    heading("Rows");
    line("| | rows |");
    line("|---|---|");
    row("read", rows.read());
    row("rejected", rows.rejected().total());
    row("duplicates", rows.duplicates());
    rowIfAny("filtered", rows.filtered());
    rowIfAny("near copies", rows.nearCopies());
    rowIfAny("contaminated", rows.contaminated());
    rowIfAny("on both sides of the split", rows.bothSides());
    rowIfAny("not sampled", rows.sampledOut());
    rowIfAny("unchanged since the dataset before", rows.unchangedCount());
    row("train", rows.train());
    row("validation", rows.validation());
  }

  private void classes() {
    heading("Classes");
    line("| class | train | validation |");
    line("|---|---|---|");
    for (Map.Entry<String, ClassCount> one : manifest.classes().entrySet()) {
      row(cell(one.getKey()), one.getValue().train(), one.getValue().validation());
    }
  }

  private void recipe() {
    heading("Recipe");
    line("Each line of `train-*.jsonl` and `validation-*.jsonl` is an example in the format");
    line(
        "`%s`%s. The same rows and this recipe give the same bytes."
            .formatted(manifest.format(), manifest.format() == Format.CHAT ? " of OpenAI" : ""));
    line("");
    String recipe =
        Secrets.mask(RecipeWriter.yaml(RecipeWriter.withoutDefaults(manifest.recipe())));
    String fence = "```";
    while (recipe.contains(fence)) {
      fence += "`";
    }
    line(fence + "yaml");
    line(recipe);
    line(fence);
    line("");
    line("Digest: `%s`".formatted(manifest.digest()));
  }

  /** A class name as the cell of a table. */
  private static String cell(String name) {
    return Secrets.mask(TerminalText.oneLine(name))
        .replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("<", "&lt;");
  }

  private void heading(String title) {
    line("");
    line("## " + title);
    line("");
  }

  private void rowIfAny(String name, long count) {
    if (count > 0) {
      row(name, count);
    }
  }

  private void row(String name, long... counts) {
    text.append("| ").append(name).append(" |");
    for (long count : counts) {
      text.append(String.format(Locale.ROOT, " %,d |", count));
    }
    text.append('\n');
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
