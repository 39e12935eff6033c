package dev.tunebeam.launcher.launch;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Model;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The estimated price of running inference on the validation split: input is about the tokens of
 * the examples, output at most as many, since an answer is part of its example.
 *
 * @param usd dollars, null if no price is known
 */
public record InferencePrice(@Nullable BigDecimal usd, long inputTokens, long outputTokens) {

  private static final int DECIMALS = 6;

  /**
   * The price of some of the requests.
   *
   * @param model null if it is not in the catalogue
   * @param requests how many of the split's examples are sent
   */
  public static InferencePrice of(Manifest manifest, @Nullable Model model, long requests) {
    long examples = Math.max(1, manifest.rows().validation());
    long tokens = Math.multiplyExact(manifest.tokens().validation(), requests) / examples;
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
