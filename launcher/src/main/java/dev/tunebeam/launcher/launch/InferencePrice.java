package dev.tunebeam.launcher.launch;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Model;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What it costs to ask the questions of a validation split, about: in goes what the examples have
 * in tokens, and out comes as much again at most, since an answer is a part of its example.
 *
 * @param usd dollars, null where no price is known
 */
public record InferencePrice(@Nullable BigDecimal usd, long inputTokens, long outputTokens) {

  private static final int DECIMALS = 6;

  /**
   * The price of some of the questions.
   *
   * @param model null where the catalogue does not know it
   * @param questions how many of the split's examples are asked
   */
  public static InferencePrice of(Manifest manifest, @Nullable Model model, long questions) {
    long examples = Math.max(1, manifest.rows().validation());
    long tokens = Math.multiplyExact(manifest.tokens().validation(), questions) / examples;
    if (model == null || model.prices().input() == null || model.prices().output() == null) {
      return new InferencePrice(null, tokens, tokens);
    }
    BigDecimal usd =
        model
            .prices()
            .input()
            .add(model.prices().output())
            .multiply(BigDecimal.valueOf(tokens))
            .movePointLeft(DECIMALS)
            .setScale(DECIMALS, RoundingMode.HALF_UP);
    return new InferencePrice(usd, tokens, tokens);
  }
}
