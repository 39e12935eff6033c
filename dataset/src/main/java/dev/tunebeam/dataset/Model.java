package dev.tunebeam.dataset;

import static dev.tunebeam.dataset.Valid.notBlank;
import static dev.tunebeam.dataset.Valid.that;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the model catalogue: a model, or a class of models with one price, at one provider.
 *
 * @param provider who trains it, in lower case
 * @param id the provider's name of it
 * @param aliases other names that a recipe may use
 * @param encoding one of {@link #COUNTABLE_ENCODINGS}, or {@link #OF_THE_MODEL}, or the name of
 *     another tokenizer
 * @param tokenizer the Hugging Face repository whose tokenizer.json counts the tokens exactly; null
 *     where the encoding does, or where it is not known
 * @param formats the lines that it trains on
 * @param contextTokens the most tokens of a training example, the rest is cut; null where unknown
 * @param chat what messages cost beside their texts; null for a model without chat
 * @param prices with their date and source
 * @param lastTrainingDay the last day on which a job can be created, null where none is announced
 * @param shutdownDay the first day on which neither the model nor its fine-tunes answer, null where
 *     none is announced
 * @param notes what else to know, in a sentence or two; may be empty
 */
public record Model(
    String provider,
    String id,
    List<String> aliases,
    String encoding,
    @Nullable String tokenizer,
    List<Format> formats,
    @Nullable Integer contextTokens,
    @Nullable ChatTokens chat,
    Prices prices,
    @Nullable LocalDate lastTrainingDay,
    @Nullable LocalDate shutdownDay,
    String notes) {

  /** The encodings that tokens can be counted with exactly. */
  public static final List<String> COUNTABLE_ENCODINGS =
      List.of("r50k_base", "p50k_base", "cl100k_base", "o200k_base");

  /** The encoding of an open model, which brings a tokenizer of its own. */
  static final String OF_THE_MODEL = "of-the-model";

  private static final String STAND_IN_ENCODING = "o200k_base";

  /** Refuses a row that contradicts itself. */
  public Model {
    notBlank("provider", provider);
    notBlank("id", id);
    notBlank("encoding", encoding);
    aliases = List.copyOf(aliases);
    formats = List.copyOf(formats);
    that(!formats.isEmpty(), "formats is empty: name chat, completion or both");
    if (tokenizer != null) {
      notBlank("tokenizer", tokenizer);
      that(
          !COUNTABLE_ENCODINGS.contains(encoding),
          "tokenizer is set, but %s counts exactly; leave one of them out".formatted(encoding));
    }
    that(
        contextTokens == null || contextTokens > 0,
        "contextTokens is %s, not a number above 0".formatted(contextTokens));
    that(
        lastTrainingDay == null || shutdownDay == null || lastTrainingDay.isBefore(shutdownDay),
        "lastTrainingDay %s is not before shutdownDay %s".formatted(lastTrainingDay, shutdownDay));
  }

  /**
   * What a chat example costs beside the tokens of its texts.
   *
   * @param perMessage tokens of each message
   * @param perName tokens of each name that a message has
   * @param perFunction tokens that begin the definition of a function
   * @param perExample tokens of each example; 3, which begin the answer, where it is null
   */
  public record ChatTokens(
      int perMessage, int perName, int perFunction, @Nullable Integer perExample) {

    private static final int REPLY = 3;

    /** Fills in the default. */
    public ChatTokens {
      perExample = perExample == null ? Integer.valueOf(REPLY) : perExample;
    }

    /** With 3 tokens for the answer's beginning. */
    ChatTokens(int perMessage, int perName, int perFunction) {
      this(perMessage, perName, perFunction, REPLY);
    }
  }

  /**
   * Dollars, each null where unknown.
   *
   * @param training for 1M tokens
   * @param input for 1M tokens sent to the tuned model
   * @param cachedInput for 1M tokens that were sent before
   * @param output for 1M tokens of its answers
   * @param validationBilled whether an evaluation of the validation split costs as much as training
   *     on it
   * @param minimumCharge for a training run
   * @param hostingPerHour for a deployed tuned model, whether it is used or not
   * @param asOf the day on which the prices were read
   * @param source where
   */
  public record Prices(
      @Nullable BigDecimal training,
      @Nullable BigDecimal input,
      @Nullable BigDecimal cachedInput,
      @Nullable BigDecimal output,
      boolean validationBilled,
      @Nullable BigDecimal minimumCharge,
      @Nullable BigDecimal hostingPerHour,
      LocalDate asOf,
      String source) {

    /** Refuses negative prices and prices without a source. */
    public Prices {
      notNegative("training", training);
      notNegative("input", input);
      notNegative("cachedInput", cachedInput);
      notNegative("output", output);
      notNegative("minimumCharge", minimumCharge);
      notNegative("hostingPerHour", hostingPerHour);
      notBlank("source", source);
    }

    private static void notNegative(String name, @Nullable BigDecimal price) {
      that(price == null || price.signum() >= 0, "%s is negative: %s".formatted(name, price));
    }
  }

  /** {@code provider/id}: unique in a catalogue, and a name that it is found by. */
  public String name() {
    return provider + "/" + id;
  }

  /**
   * The encoding to count this model's tokens with. For a model with a tokenizer of its own that is
   * o200k_base, and the counts are approximate.
   */
  public String countingEncoding() {
    return COUNTABLE_ENCODINGS.contains(encoding) ? encoding : STAND_IN_ENCODING;
  }

  /**
   * Whether the row stands for any open model of a size: its id is none that the provider knows.
   */
  public boolean isClass() {
    return encoding.equals(OF_THE_MODEL) && tokenizer == null;
  }

  /**
   * Whether this model would count a dataset's tokens otherwise than they were counted: with
   * another encoding or tokenizer, or in lines of another format. Its figures are then approximate.
   */
  public boolean isApproximate(Manifest manifest) {
    return !hasCounted(manifest) || !formats.contains(manifest.format());
  }

  /**
   * Whether a dataset's tokens were counted with this model's own encoding or tokenizer. A
   * tokenizer.json that was given for the model that the dataset is priced for is its own, whatever
   * it is called.
   */
  public boolean hasCounted(Manifest manifest) {
    String counted = manifest.tokens().encoding();
    boolean isGiven = isPricedIn(manifest) && !COUNTABLE_ENCODINGS.contains(counted);
    return isGiven || isCountedBy(counted);
  }

  /**
   * Whether counts that were made with an encoding are this model's own.
   *
   * @param counted the {@code tokens.encoding} of a manifest: one of {@link #COUNTABLE_ENCODINGS},
   *     or a tokenizer and the beginning of its file's SHA-256, {@code owner/name@0123456789ab}
   */
  boolean isCountedBy(String counted) {
    return encoding.equals(counted) || (tokenizer != null && counted.startsWith(tokenizer + "@"));
  }

  /** Whether a dataset's price is this model's. */
  public boolean isPricedIn(Manifest manifest) {
    return id.equals(manifest.cost().model()) && provider.equals(manifest.cost().provider());
  }

  /** The last day on which training makes sense, null where no end is announced. */
  public @Nullable LocalDate lastDay() {
    if (lastTrainingDay != null || shutdownDay == null) {
      return lastTrainingDay;
    }
    return shutdownDay.minusDays(1);
  }

  /** Whether a training job can be created on this day, as far as is announced. */
  public boolean trainableOn(LocalDate day) {
    LocalDate last = lastDay();
    return last == null || !day.isAfter(last);
  }
}
