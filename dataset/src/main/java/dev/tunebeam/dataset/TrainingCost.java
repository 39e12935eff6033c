package dev.tunebeam.dataset;

import static dev.tunebeam.dataset.Valid.notNegative;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Computes the price of a training run. Stateless, exact decimal arithmetic; prices are in dollars
 * per 1M tokens.
 *
 * <p>Billed tokens are, per epoch, the tokens of each training example up to the model's limit.
 * Some providers also bill validation ({@link Model.Prices#validationBilled}): one evaluation per
 * epoch is assumed.
 */
public final class TrainingCost {

  /** Decimals of an amount in dollars, rounded half up. */
  static final int DECIMALS = 6;

  private static final int USUAL_EPOCHS = 3;
  private static final long FEW_EXAMPLES = 100;
  private static final long MANY_EXAMPLES = 25_000;
  private static final int MOST_EPOCHS = 25;
  private static final int DECIMALS_OF_A_MILLION = 6;

  private TrainingCost() {}

  /**
   * OpenAI's default number of epochs: 3, increased to reach 100 examples in total (at most 25
   * epochs) or reduced to stay within 25,000 (at least 1 epoch). Divisions round down. Source: the
   * OpenAI cookbook, Chat_finetuning_data_prep.
   *
   * @param examples of the training split
   * @return 0 for no examples
   */
  public static int defaultEpochs(long examples) {
    notNegative("examples", examples);
    if (examples == 0) {
      return 0;
    }
    if (examples * USUAL_EPOCHS < FEW_EXAMPLES) {
      return (int) Math.min(MOST_EPOCHS, FEW_EXAMPLES / examples);
    }
    if (examples * USUAL_EPOCHS > MANY_EXAMPLES) {
      return (int) Math.max(1, MANY_EXAMPLES / examples);
    }
    return USUAL_EPOCHS;
  }

  /**
   * The billed tokens of one example per epoch.
   *
   * @param limit maximum tokens of an example, null if there is no limit
   */
  static long billedTokens(long tokens, @Nullable Integer limit) {
    return limit == null ? tokens : Math.min(tokens, limit);
  }

  /**
   * The billed tokens of a run.
   *
   * @param train the sum of {@link #billedTokens(long, Integer)} over the training split
   * @param validation the same over the validation split
   */
  public static long billedTokens(Model model, int epochs, long train, long validation) {
    notNegative("epochs", epochs);
    notNegative("train", train);
    notNegative("validation", validation);
    long epoch = model.prices().validationBilled() ? Math.addExact(train, validation) : train;
    return Math.multiplyExact(epoch, epochs);
  }

  /**
   * The price of a run.
   *
   * @param billedTokens over all epochs
   * @return dollars, rounded half up to {@link #DECIMALS} decimals; at least the model's minimum
   *     charge; 0 for no tokens, since nothing is started; null if the catalogue has no price
   */
  public static @Nullable BigDecimal dollars(Model model, long billedTokens) {
    notNegative("billedTokens", billedTokens);
    BigDecimal price = model.prices().training();
    if (price == null) {
      return null;
    }
    if (billedTokens == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal dollars =
        price
            .multiply(BigDecimal.valueOf(billedTokens))
            .movePointLeft(DECIMALS_OF_A_MILLION)
            .setScale(DECIMALS, RoundingMode.HALF_UP);
    BigDecimal minimum = model.prices().minimumCharge();
    return minimum == null ? dollars : dollars.max(minimum);
  }

  /**
   * The cost entry of the manifest for examples whose tokens are all counted.
   *
   * @param train the sum of {@link #billedTokens(long, Integer)} over the training split
   * @param validation the same over the validation split; counted if the provider bills it
   */
  public static Manifest.Cost of(Model model, int epochs, long train, long validation) {
    return of(model, epochs, train, validation, 0);
  }

  /**
   * The cost entry of the manifest.
   *
   * @param unsizedImages images whose tokens are not counted: with any of them, the price is
   *     unknown
   */
  public static Manifest.Cost of(
      Model model, int epochs, long train, long validation, long unsizedImages) {
    long billed = billedTokens(model, epochs, train, validation);
    return new Manifest.Cost(
        model.id(),
        model.provider(),
        epochs,
        billed,
        unsizedImages > 0 ? null : dollars(model, billed),
        model.prices().asOf());
  }
}
