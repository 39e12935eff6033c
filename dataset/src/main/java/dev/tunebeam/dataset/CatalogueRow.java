package dev.tunebeam.dataset;

import static dev.tunebeam.dataset.Valid.that;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row of a catalogue file. In a row that overrides an existing model every key except id is
 * optional. The keys are those of {@link Model} and {@link Model.Prices}, flattened.
 */
record CatalogueRow(
    @JsonProperty(required = true) String id,
    @Nullable String provider,
    @Nullable List<String> aliases,
    @Nullable String encoding,
    @Nullable String tokenizer,
    @Nullable List<Format> formats,
    @Nullable Integer contextTokens,
    Model.@Nullable ChatTokens chat,
    Model.@Nullable ImageTokens images,
    @Nullable BigDecimal training,
    @Nullable BigDecimal trainingDpo,
    @Nullable BigDecimal input,
    @Nullable BigDecimal cachedInput,
    @Nullable BigDecimal output,
    @Nullable Boolean validationBilled,
    @Nullable BigDecimal minimumCharge,
    @Nullable BigDecimal hostingPerHour,
    @Nullable LocalDate pricesAsOf,
    @Nullable String source,
    @Nullable List<Model.TrainingOffer> trainingTypes,
    @Nullable List<DeploymentType> deploymentTypes,
    @Nullable LocalDate lastNewCustomerDay,
    @Nullable LocalDate lastTrainingDay,
    @Nullable LocalDate shutdownDay,
    @Nullable String notes) {

  /** The file: a list of rows under one key. */
  record Rows(@JsonProperty(required = true) List<CatalogueRow> models) {}

  /** Requires a date for prices. */
  CatalogueRow {
    List<BigDecimal> prices =
        Stream.of(training, trainingDpo, input, cachedInput, output, minimumCharge, hostingPerHour)
            .filter(price -> price != null)
            .toList();
    that(
        prices.isEmpty() || pricesAsOf != null,
        "pricesAsOf (the date of the prices) must be set if a price is set");
  }

  /** The required keys of a model that this row lacks. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (provider == null) {
      missing.add("provider");
    }
    if (encodingOrItsTokenizers() == null) {
      missing.add("encoding");
    }
    if (formats == null) {
      missing.add("formats");
    }
    if (pricesAsOf == null) {
      missing.add("pricesAsOf");
    }
    return missing;
  }

  /**
   * The model of a complete row.
   *
   * @param file the default source of the prices
   * @throws IllegalArgumentException if keys are missing or contradict each other
   */
  Model model(String file) {
    String ownEncoding = encodingOrItsTokenizers();
    if (provider == null || ownEncoding == null || formats == null || pricesAsOf == null) {
      throw new IllegalArgumentException(String.join(" and ", missing()) + " must be set");
    }
    return new Model(
        provider,
        id,
        or(aliases, List.of()),
        ownEncoding,
        tokenizer,
        formats,
        contextTokens,
        chat,
        images,
        new Model.Prices(
            training,
            trainingDpo,
            input,
            cachedInput,
            output,
            or(validationBilled, false),
            minimumCharge,
            hostingPerHour,
            pricesAsOf,
            or(source, file)),
        or(trainingTypes, List.of()),
        deploymentTypes,
        lastNewCustomerDay,
        lastTrainingDay,
        shutdownDay,
        or(notes, ""));
  }

  /**
   * The model, overridden by the keys of this row; provider and id are kept.
   *
   * @param file the default source of new prices
   */
  Model over(Model base, String file) {
    Model.Prices prices = base.prices();
    return new Model(
        base.provider(),
        base.id(),
        or(aliases, base.aliases()),
        or(encodingOrItsTokenizers(), base.encoding()),
        orNull(tokenizer, encoding == null ? base.tokenizer() : null),
        or(formats, base.formats()),
        orNull(contextTokens, base.contextTokens()),
        orNull(chat, base.chat()),
        orNull(images, base.images()),
        new Model.Prices(
            orNull(training, prices.training()),
            orNull(trainingDpo, training == null ? prices.trainingDpo() : dpoLike(base)),
            orNull(input, prices.input()),
            orNull(cachedInput, prices.cachedInput()),
            orNull(output, prices.output()),
            or(validationBilled, prices.validationBilled()),
            orNull(minimumCharge, prices.minimumCharge()),
            orNull(hostingPerHour, prices.hostingPerHour()),
            or(pricesAsOf, prices.asOf()),
            or(source, pricesAsOf == null ? prices.source() : file)),
        or(trainingTypes, base.trainingTypes()),
        orNull(deploymentTypes, base.deploymentTypes()),
        orNull(lastNewCustomerDay, base.lastNewCustomerDay()),
        orNull(lastTrainingDay, base.lastTrainingDay()),
        orNull(shutdownDay, base.shutdownDay()),
        or(notes, base.notes()));
  }

  /** The new price also counts for preference pairs where the old one did. */
  private @Nullable BigDecimal dpoLike(Model base) {
    BigDecimal dpo = base.prices().trainingDpo();
    BigDecimal old = base.prices().training();
    if (dpo == null) {
      return old == null ? training : null;
    }
    return old != null && dpo.compareTo(old) == 0 ? training : dpo;
  }

  /** A row with only a tokenizer is an open model. */
  private @Nullable String encodingOrItsTokenizers() {
    return encoding == null && tokenizer != null ? Model.OF_THE_MODEL : encoding;
  }

  private static <T> T or(@Nullable T own, T other) {
    return own == null ? other : own;
  }

  private static <T> @Nullable T orNull(@Nullable T own, @Nullable T other) {
    return own == null ? other : own;
  }
}
