package dev.tunebeam.dataset;

import static dev.tunebeam.dataset.Valid.notNegative;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a training run costs. Exact arithmetic without state; prices are dollars a million tokens.
 *
 * <p>Billed are, for every epoch, the tokens of each training example up to the model's limit. Some
 * providers bill validation examples as well ({@link Model.Prices#validationBilled}): one
 * evaluation an epoch is assumed.
 */
public final class TrainingCost {

  /** Decimals of an amount in dollars; it is rounded half up. */
  static final int DECIMALS = 6;

  private static final int USUAL_EPOCHS = 3;
  private static final long FEW_EXAMPLES = 100;
  private static final long MANY_EXAMPLES = 25_000;
  private static final int MOST_EPOCHS = 25;
  private static final int DECIMALS_OF_A_MILLION = 6;

  private TrainingCost() {}

  /**
   * The epochs that OpenAI trains when none are asked for: 3, but so many that at least 100
   * examples are seen (at most 25 epochs), and so few that at most 25,000 are seen (at least 1).
   * Divisions round down. Source: the OpenAI cookbook, Chat_finetuning_data_prep.
   *
   * @param examples of the training split
   * @return 0 for no examples: there is nothing to train on
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
   * The tokens of one example that are billed in one epoch.
   *
   * @param limit the most tokens of an example that the model sees, null where there is no limit
   */
  static long billedTokens(long tokens, @Nullable Integer limit) {
    return limit == null ? tokens : Math.min(tokens, limit);
  }

  /**
   * The tokens that a run is billed.
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
   * @return dollars, rounded half up to {@link #DECIMALS} decimals; the model's minimum charge
   *     where that is more; 0 for no tokens, because nothing is started; null where the catalogue
   *     has no price
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
   * The manifest's account of a run.
   *
   * @param train the sum of {@link #billedTokens(long, Integer)} over the training split
   * @param validation the same over the validation split; counts where the model's provider bills
   *     it
   */
  public static Manifest.Cost of(Model model, int epochs, long train, long validation) {
    long billed = billedTokens(model, epochs, train, validation);
    return new Manifest.Cost(
        model.id(),
        model.provider(),
        epochs,
        billed,
        dollars(model, billed),
        model.prices().asOf());
  }
}
