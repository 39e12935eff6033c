package dev.tunebeam.dataset;

import static dev.tunebeam.dataset.Valid.notBlank;
import static dev.tunebeam.dataset.Valid.that;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tunebeam.dataset.terminal.Figures;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of the model catalogue: a model, or a class of models with one price, at one provider.
 *
 * <p>One file because a row is one record, with the records that it is made of.
 *
 * @param provider the provider's name, in lower case
 * @param id the provider's model id
 * @param aliases other names that a recipe may use
 * @param encoding one of {@link #COUNTABLE_ENCODINGS}, or {@link #OF_THE_MODEL}, or the name of
 *     another tokenizer
 * @param tokenizer the Hugging Face repository with the tokenizer.json for exact counts; null if
 *     the encoding is exact, or if unknown
 * @param formats the supported dataset formats
 * @param contextTokens maximum tokens of a training example, which the provider truncates to; null
 *     if unknown
 * @param chat token overhead of chat messages; null for a model without chat
 * @param images tokens and limits of images; null for a model that does not train on them, as far
 *     as is known
 * @param prices with their date and source
 * @param trainingTypes the types of training with their prices, the default first; empty if the
 *     provider has only one
 * @param deploymentTypes how a fine-tuned model can be deployed, the usual one first; empty if not
 *     at all; null if unknown, or if the provider does not deploy through an API
 * @param lastNewCustomerDay the last day on which accounts that have never trained it can begin;
 *     null if none is announced
 * @param lastTrainingDay the last day on which a job can be created, null if none is announced
 * @param shutdownDay the first day on which the model and its fine-tunes are no longer served, null
 *     if none is announced
 * @param notes remarks in a sentence or two; may be empty
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
    @Nullable ImageTokens images,
    Prices prices,
    List<TrainingOffer> trainingTypes,
    @Nullable List<DeploymentType> deploymentTypes,
    @Nullable LocalDate lastNewCustomerDay,
    @Nullable LocalDate lastTrainingDay,
    @Nullable LocalDate shutdownDay,
    String notes) {

  /** The encodings that tokens can be counted with exactly. */
  public static final List<String> COUNTABLE_ENCODINGS =
      List.of("r50k_base", "p50k_base", "cl100k_base", "o200k_base");

  /** The encoding of an open model, which has its own tokenizer. */
  static final String OF_THE_MODEL = "of-the-model";

  /** From here on a last day is near. */
  private static final int NEAR_DAYS = 90;

  private static final String STAND_IN_ENCODING = "o200k_base";

  /** Rejects an inconsistent row. */
  public Model {
    notBlank("provider", provider);
    notBlank("id", id);
    notBlank("encoding", encoding);
    aliases = List.copyOf(aliases);
    formats = List.copyOf(formats);
    trainingTypes = List.copyOf(trainingTypes);
    deploymentTypes = deploymentTypes == null ? null : List.copyOf(deploymentTypes);
    that(!formats.isEmpty(), "formats is empty: set chat, completion or both");
    if (tokenizer != null) {
      notBlank("tokenizer", tokenizer);
      that(
          !COUNTABLE_ENCODINGS.contains(encoding),
          "tokenizer is set, but %s is already exact; remove one of them".formatted(encoding));
    }
    that(
        contextTokens == null || contextTokens > 0,
        "contextTokens is %s, not a number above 0".formatted(contextTokens));
    that(
        lastTrainingDay == null || shutdownDay == null || lastTrainingDay.isBefore(shutdownDay),
        "lastTrainingDay %s is not before shutdownDay %s".formatted(lastTrainingDay, shutdownDay));
  }

  /**
   * The token overhead of a chat example.
   *
   * @param perMessage tokens per message
   * @param perName tokens per message name
   * @param perFunction tokens at the start of a function definition
   * @param perExample tokens per example; null for 3, the start of the answer
   */
  public record ChatTokens(
      int perMessage, int perName, int perFunction, @Nullable Integer perExample) {

    private static final int REPLY = 3;

    /** Fills in the default. */
    public ChatTokens {
      perExample = perExample == null ? Integer.valueOf(REPLY) : perExample;
    }

    /** With the default {@code perExample}. */
    ChatTokens(int perMessage, int perName, int perFunction) {
      this(perMessage, perName, perFunction, REPLY);
    }
  }

  /**
   * The tokens of images, and how many of them a training example may have.
   *
   * @param base tokens of every image
   * @param perTile tokens of each tile of 512 x 512 pixels
   * @param perExample the largest number of images in an example
   */
  public record ImageTokens(int base, int perTile, int perExample) {

    /** Rejects negative tokens. */
    public ImageTokens {
      that(
          base >= 0 && perTile >= 0 && perExample > 0,
          String.format(
              Locale.ROOT,
              "images is {base: %d, perTile: %d, perExample: %d}, not numbers above 0",
              base,
              perTile,
              perExample));
    }
  }

  /**
   * A type of training.
   *
   * @param type as the setting names it
   * @param training dollars per 1M tokens, null if unknown
   */
  public record TrainingOffer(
      @JsonProperty(required = true) TrainingType type, @Nullable BigDecimal training) {

    /** Rejects a negative price. */
    public TrainingOffer {
      Prices.notNegative("training", training);
    }
  }

  /**
   * Prices in dollars, each null if unknown.
   *
   * @param training per 1M tokens
   * @param trainingDpo per 1M tokens of preference pairs
   * @param input per 1M input tokens of the fine-tuned model
   * @param cachedInput per 1M cached input tokens
   * @param output per 1M output tokens
   * @param validationBilled whether validation tokens are billed at the training price
   * @param minimumCharge per training run
   * @param hostingPerHour for a deployed fine-tuned model, used or not
   * @param asOf the date of the prices
   * @param source the source of the prices
   */
  public record Prices(
      @Nullable BigDecimal training,
      @Nullable BigDecimal trainingDpo,
      @Nullable BigDecimal input,
      @Nullable BigDecimal cachedInput,
      @Nullable BigDecimal output,
      boolean validationBilled,
      @Nullable BigDecimal minimumCharge,
      @Nullable BigDecimal hostingPerHour,
      LocalDate asOf,
      String source) {

    /** Rejects negative prices and prices without a source. */
    public Prices {
      notNegative("training", training);
      notNegative("trainingDpo", trainingDpo);
      notNegative("input", input);
      notNegative("cachedInput", cachedInput);
      notNegative("output", output);
      notNegative("minimumCharge", minimumCharge);
      notNegative("hostingPerHour", hostingPerHour);
      notBlank("source", source);
    }

    Prices withTraining(@Nullable BigDecimal price, @Nullable BigDecimal dpo) {
      return new Prices(
          price,
          dpo,
          input,
          cachedInput,
          output,
          validationBilled,
          minimumCharge,
          hostingPerHour,
          asOf,
          source);
    }

    private static void notNegative(String name, @Nullable BigDecimal price) {
      that(PlainNumber.is(price), name + PlainNumber.RULE);
      that(price == null || price.signum() >= 0, "%s is negative: %s".formatted(name, price));
    }
  }

  /** The qualified name {@code provider/id}, unique in a catalogue. */
  public String name() {
    return provider + "/" + id;
  }

  /** The id without the owner or account prefix of open models. */
  public String shortName() {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  /**
   * The encoding for counting this model's tokens: o200k_base for a model with its own tokenizer,
   * where the counts are approximate.
   */
  public String countingEncoding() {
    return COUNTABLE_ENCODINGS.contains(encoding) ? encoding : STAND_IN_ENCODING;
  }

  /**
   * Whether the row is a price class for open models of a size; its id is not a model id of the
   * provider.
   */
  public boolean isClass() {
    return encoding.equals(OF_THE_MODEL) && tokenizer == null;
  }

  /**
   * Whether this model counts tokens differently from the dataset's counts: with another encoding
   * or tokenizer, or in another format. Its counts and price are then approximate.
   */
  public boolean isApproximate(Manifest manifest) {
    return !hasCounted(manifest) || !formats.contains(manifest.format());
  }

  /**
   * Whether a dataset's tokens were counted with this model's own encoding or tokenizer. A
   * tokenizer.json set for the priced model counts as its own, under any name.
   */
  public boolean hasCounted(Manifest manifest) {
    String counted = manifest.tokens().encoding();
    boolean isGiven = isPricedIn(manifest) && !COUNTABLE_ENCODINGS.contains(counted);
    return isGiven || isCountedBy(counted);
  }

  /**
   * Whether counts with the given encoding are exact for this model.
   *
   * @param counted the {@code tokens.encoding} of a manifest: one of {@link #COUNTABLE_ENCODINGS},
   *     or a tokenizer and a prefix of its file's SHA-256, {@code owner/name@0123456789ab}
   */
  boolean isCountedBy(String counted) {
    return encoding.equals(counted) || (tokenizer != null && counted.startsWith(tokenizer + "@"));
  }

  /** Whether a dataset was priced for this model. */
  public boolean isPricedIn(Manifest manifest) {
    return id.equals(manifest.cost().model()) && provider.equals(manifest.cost().provider());
  }

  /** This model with the price of training on datasets of a format as its training price. */
  public Model pricedFor(Format format) {
    return format == Format.PREFERENCE
        ? with(prices.withTraining(prices.trainingDpo, prices.trainingDpo))
        : this;
  }

  /**
   * This model with the price of a type of training as its training price; that of preference pairs
   * is known for the default type only.
   *
   * @param type null for the default
   */
  public Model trainedAs(@Nullable TrainingType type) {
    if (type == null || trainingTypes.isEmpty() || type == trainingTypes.get(0).type) {
      return this;
    }
    return trainingTypes.stream()
        .filter(offer -> offer.type == type)
        .findFirst()
        .map(offer -> with(prices.withTraining(offer.training, null)))
        .orElseGet(() -> with(prices.withTraining(null, null)));
  }

  /** The type of training to ask for if none is set; null where it is the provider's default. */
  public @Nullable TrainingType usualTrainingType() {
    TrainingType first = trainingTypes.isEmpty() ? null : trainingTypes.get(0).type;
    return first == TrainingType.STANDARD ? null : first;
  }

  private Model with(Prices other) {
    return new Model(
        provider,
        id,
        aliases,
        encoding,
        tokenizer,
        formats,
        contextTokens,
        chat,
        images,
        other,
        trainingTypes,
        deploymentTypes,
        lastNewCustomerDay,
        lastTrainingDay,
        shutdownDay,
        notes);
  }

  /** The last day on which training makes sense, null if no end is announced. */
  public @Nullable LocalDate lastDay() {
    if (lastTrainingDay != null || shutdownDay == null) {
      return lastTrainingDay;
    }
    return shutdownDay.minusDays(1);
  }

  /** Whether a training job can be created on this day, according to announced dates. */
  public boolean trainableOn(LocalDate day) {
    LocalDate last = lastDay();
    return last == null || !day.isAfter(last);
  }

  /** Whether also an account that has never trained this model can create a job on this day. */
  public boolean trainableByAnyoneOn(LocalDate day) {
    return trainableOn(day) && (lastNewCustomerDay == null || !day.isAfter(lastNewCustomerDay));
  }

  /**
   * Says on a day that the model's end is near or past, or that it is closed to new accounts.
   *
   * @return one line; empty if no end is announced for the next {@value #NEAR_DAYS} days
   */
  public Optional<String> ending(LocalDate day) {
    LocalDate last = lastDay();
    boolean closed = lastNewCustomerDay != null && day.isAfter(lastNewCustomerDay);
    boolean near = last != null && ChronoUnit.DAYS.between(day, last) < NEAR_DAYS;
    if (!near && !closed) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder("%s (%s): training ".formatted(id, provider));
    if (!trainableOn(day)) {
      text.append("ended on ").append(last);
    } else if (last != null) {
      long days = ChronoUnit.DAYS.between(day, last);
      text.append("ends on ").append(last);
      text.append(days == 0 ? ", today" : ", in " + Figures.counted(days, "day", "days"));
    }
    if (trainableOn(day) && closed) {
      text.append(last == null ? "is" : ";").append(" closed to new accounts");
    }
    return Optional.of(text.toString());
  }
}
