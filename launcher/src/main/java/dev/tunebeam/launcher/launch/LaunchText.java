package dev.tunebeam.launcher.launch;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.launcher.provider.ProviderProfile;
import dev.tunebeam.launcher.provider.ProviderProfile.Offer;
import dev.tunebeam.launcher.provider.TrainingSettings;
import java.util.List;

/** The messages of a launch. */
public final class LaunchText {

  private LaunchText() {}

  /** A summary of the dataset. */
  public static String dataset(Dataset dataset) {
    Manifest manifest = dataset.manifest();
    return "Dataset %s: %s, %s in train, %s in validation, digest %s"
        .formatted(
            dataset.folder(),
            manifest.format(),
            Figures.counted(manifest.rows().train(), "example", "examples"),
            Figures.count(manifest.rows().validation()),
            manifest.digest().substring(0, 12));
  }

  /**
   * Hints about the settings.
   *
   * @param further whether the model has a name in the registry, so that it is fine-tuned
   */
  static List<String> hints(ProviderProfile provider, TrainingSettings settings, boolean further) {
    boolean tuned = further || settings.model().startsWith("ft:");
    String flag =
        provider.offers(Offer.LEARNING_RATE_MULTIPLIER)
            ? "--learningRateMultiplier"
            : "--learningRate";
    return tuned && settings.learningRateMultiplier() == null && settings.learningRate() == null
        ? List.of(
            ("Hint: %s is already fine-tuned. If the new dataset is much smaller than the"
                        + " previous one, use a")
                    .formatted(settings.model())
                + " learning rate 2 to 4 times lower (%s).".formatted(flag))
        : List.of();
  }

  /** Says why the price of a dataset with images is unknown; empty if all are counted. */
  static List<String> images(Manifest manifest) {
    long unsized = manifest.tokens().unsizedImages();
    return unsized == 0
        ? List.of()
        : List.of(
            "%s of unknown size: the tokens are not counted, so the price is unknown"
                .formatted(Figures.counted(unsized, "image is", "images are")));
  }

  /** The price line. */
  static List<String> price(ProviderProfile provider, String model, RunPrice price) {
    String about = price.approximate() && price.usd() != null ? "about " : "";
    return List.of(
        "Training %s at %s, %s of %s tokens: %s%s%s"
            .formatted(
                model,
                provider.title(),
                Figures.counted(price.epochs(), "epoch", "epochs"),
                Figures.count(price.epochs() == 0 ? 0 : price.billedTokens() / price.epochs()),
                about,
                price.usd() == null ? "price unknown" : Figures.dollars(price.usd()),
                price.minimum() ? " (the minimum charge)" : ""));
  }
}
