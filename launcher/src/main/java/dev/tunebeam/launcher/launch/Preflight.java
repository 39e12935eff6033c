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

/** What would make a provider refuse a run, found before a byte is sent. */
public final class Preflight {

  /** Fewer examples no provider takes. Source: OpenAI's guide; Azure and Together say the same. */
  private static final long FEWEST_EXAMPLES = 10;

  private final ModelCatalogue catalogue;
  private final LocalDate today;

  /** Checks with the dates and limits of a catalogue. */
  public Preflight(ModelCatalogue catalogue, LocalDate today) {
    this.catalogue = catalogue;
    this.today = today;
  }

  /**
   * Returns if nothing is wrong.
   *
   * @param model null where the catalogue does not know it
   * @throws dev.tunebeam.launcher.process.LauncherException that says what is wrong and what to do
   */
  void check(Dataset dataset, Provider provider, @Nullable Model model, TrainingSettings settings) {
    Manifest manifest = dataset.manifest();
    provider.check(settings);
    dataset.files().forEach(provider::check);
    long examples = manifest.rows().train();
    if (examples < FEWEST_EXAMPLES) {
      throw wrongUse(
          "the training split has %s; %s takes at least %d"
              .formatted(
                  Figures.counted(examples, "example", "examples"),
                  provider.profile().title(),
                  FEWEST_EXAMPLES));
    }
    boolean pairs = manifest.format() == Format.PREFERENCE;
    if (pairs != (settings.method() == Method.DPO)) {
      throw wrongUse(
          pairs
              ? "the dataset holds preference pairs, which --method=dpo learns from"
              : "--method=dpo learns from preference pairs; this dataset's format is "
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
          "%s trains on %s lines, this dataset's format is %s; prepare it with --format=%s"
              .formatted(
                  model.id(), names(model.formats()), manifest.format(), model.formats().get(0)));
    }
    Integer limit = model.contextTokens();
    long longest = manifest.tokens().perExample().max();
    if (limit != null && longest > limit) {
      throw wrongUse(
          "the longest example has %s tokens, %s takes %s; prepare the dataset with --model=%s"
              .formatted(Figures.count(longest), model.id(), Figures.count(limit), model.name()));
    }
    if (!model.trainableOn(today)) {
      throw wrongUse(
          "%s cannot be trained since %s; %s"
              .formatted(model.name(), model.lastDay(), alternatives(manifest.format())));
    }
  }

  /** Which models can be trained today instead, in a sentence. */
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
    return names.isEmpty() ? "the catalogue knows no other" : "trainable today: " + names;
  }

  private static String names(List<Format> formats) {
    return formats.stream().map(Format::toString).collect(Collectors.joining(" or "));
  }
}
