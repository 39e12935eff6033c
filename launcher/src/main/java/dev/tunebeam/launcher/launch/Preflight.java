package dev.tunebeam.launcher.launch;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Model;
import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.provider.TrainingSettings;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what the provider would reject before anything is sent. */
public final class Preflight {

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
    long examples = manifest.rows().train();
    if (examples < FEWEST_EXAMPLES) {
      throw wrongUse(
          "the training split has %s; %s requires at least %d"
              .formatted(
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

  /** The models that can be trained today instead, as text. */
  String alternatives(Format format) {
    String names =
        catalogue.models().stream()
            .filter(model -> model.trainableOn(today))
            .filter(model -> model.formats().contains(format))
            .map(
                model ->
                    model.lastDay() == null
                        ? model.name()
                        : "%s (until %s)".formatted(model.name(), model.lastDay()))
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "the catalogue has no alternative" : "trainable today: " + names;
  }

  private static String names(List<Format> formats) {
    return formats.stream().map(Format::toString).collect(Collectors.joining(" or "));
  }
}
