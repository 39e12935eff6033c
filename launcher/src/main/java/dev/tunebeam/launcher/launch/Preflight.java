package dev.tunebeam.launcher.launch;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Model;
import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.TrainingType;
import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.provider.TrainingSettings;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what the provider would reject before anything is sent. */
public final class Preflight {

  /** Of each provider. */
  private static final int MOST_ALTERNATIVES = 2;

  private static final Comparator<@Nullable BigDecimal> PRICES =
      Comparator.nullsLast(Comparator.<BigDecimal>naturalOrder());

  /** The minimum of all providers. Source: OpenAI's guide; the same at Azure and Together. */
  private static final long FEWEST_EXAMPLES = 10;

  private final ModelCatalogue catalogue;
  private final LocalDate today;

  /** Uses the dates and limits of a catalogue. */
  public Preflight(ModelCatalogue catalogue, LocalDate today) {
    this.catalogue = catalogue;
    this.today = today;
  }

  /**
   * Returns if all checks pass.
   *
   * @param model null if it is not in the catalogue
   * @throws dev.tunebeam.launcher.process.LauncherException with the problem and the fix
   */
  void check(Dataset dataset, Provider provider, @Nullable Model model, TrainingSettings settings) {
    Manifest manifest = dataset.manifest();
    provider.check(settings);
    dataset.files().forEach(provider::check);
    provider.check(manifest, settings);
    long examples = manifest.rows().train();
    if (examples < FEWEST_EXAMPLES) {
      throw wrongUse(
          String.format(
              Locale.ROOT,
              "the training split has %s; %s requires at least %d",
              Figures.counted(examples, "example", "examples"),
              provider.profile().title(),
              FEWEST_EXAMPLES));
    }
    boolean pairs = manifest.format() == Format.PREFERENCE;
    if (pairs != (settings.method() == Method.DPO)) {
      throw wrongUse(
          pairs
              ? "the dataset holds preference pairs, which need --method=dpo"
              : "--method=dpo needs preference pairs; this dataset's format is "
                  + manifest.format());
    }
    if (!pairs) {
      provider.check(manifest.format());
    }
    if (model == null) {
      return;
    }
    if (!model.formats().contains(manifest.format())) {
      throw wrongUse(
          "%s trains on the format %s; this dataset's format is %s; prepare it with --format=%s"
              .formatted(
                  model.id(), names(model.formats()), manifest.format(), model.formats().get(0)));
    }
    checkType(model, settings);
    Manifest.Images images = manifest.tokens().images();
    if (images != null && model.images() == null && !model.isClass()) {
      throw wrongUse(
          "the dataset holds %s, and the catalogue does not say that %s trains on images; choose another --model, or set images in --prices=FILE"
              .formatted(Figures.counted(images.count(), "image", "images"), model.name()));
    }
    Integer limit = model.contextTokens();
    long longest = manifest.tokens().perExample().max();
    if (limit != null && longest > limit) {
      throw wrongUse(
          ("the longest example has %s tokens, the maximum of %s is %s; prepare the dataset"
                  + " with --model=%s")
              .formatted(Figures.count(longest), model.id(), Figures.count(limit), model.name()));
    }
    if (!model.trainableOn(today)) {
      throw wrongUse(
          "%s can no longer be trained: its last day was %s; %s"
              .formatted(model.name(), model.lastDay(), alternatives(manifest.format())));
    }
  }

  /** Models that anyone can train today instead, the cheapest of each provider, as text. */
  String alternatives(Format format) {
    Map<String, List<Model>> cheapest =
        catalogue.pricedFor(format).models().stream()
            .filter(model -> model.trainableByAnyoneOn(today) && !model.isClass())
            .filter(model -> model.formats().contains(format))
            .sorted(Comparator.comparing(model -> model.prices().training(), PRICES))
            .collect(Collectors.groupingBy(Model::provider, TreeMap::new, Collectors.toList()));
    String names =
        cheapest.values().stream()
            .flatMap(models -> models.stream().limit(MOST_ALTERNATIVES))
            .map(Model::name)
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? "the catalogue has no alternative"
        : "trainable today, for example: %s; %s lists all"
            .formatted(names, ShellCommand.tunebeam("models"));
  }

  private static void checkType(Model model, TrainingSettings settings) {
    TrainingType type = settings.trainingType();
    List<TrainingType> known =
        model.trainingTypes().stream().map(Model.TrainingOffer::type).toList();
    if (type != null && !known.isEmpty() && !known.contains(type)) {
      throw wrongUse(
          "--trainingType=%s: %s is trained as %s"
              .formatted(
                  type,
                  model.name(),
                  known.stream().map(TrainingType::toString).collect(Collectors.joining(", "))));
    }
  }

  private static String names(List<Format> formats) {
    return formats.stream().map(Format::toString).collect(Collectors.joining(" or "));
  }
}
