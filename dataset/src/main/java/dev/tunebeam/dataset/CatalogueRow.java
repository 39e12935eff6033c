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
 * A row as it stands in a catalogue file: every key but id may be left out where the row changes
 * one that is there. The keys are those of {@link Model}, with its prices beside the rest.
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
    @Nullable BigDecimal training,
    @Nullable BigDecimal input,
    @Nullable BigDecimal cachedInput,
    @Nullable BigDecimal output,
    @Nullable Boolean validationBilled,
    @Nullable BigDecimal minimumCharge,
    @Nullable BigDecimal hostingPerHour,
    @Nullable LocalDate pricesAsOf,
    @Nullable String source,
    @Nullable LocalDate lastTrainingDay,
    @Nullable LocalDate shutdownDay,
    @Nullable String notes) {

  /** The file: a list of rows under one key. */
  record Rows(@JsonProperty(required = true) List<CatalogueRow> models) {}

  /** A price without its day is no fact. */
  CatalogueRow {
    List<BigDecimal> prices =
        Stream.of(training, input, cachedInput, output, minimumCharge, hostingPerHour)
            .filter(price -> price != null)
            .toList();
    that(
        prices.isEmpty() || pricesAsOf != null,
        "pricesAsOf must be set where a price is: the day on which it was true");
  }

  /** The keys that a model must have and this row has not. */
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
   * @param file names the source of the prices where the row does not
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
        new Model.Prices(
            training,
            input,
            cachedInput,
            output,
            or(validationBilled, false),
            minimumCharge,
            hostingPerHour,
            pricesAsOf,
            or(source, file)),
        lastTrainingDay,
        shutdownDay,
        or(notes, ""));
  }

  /**
   * The model with the keys of this row in place of its own; provider and id stay.
   *
   * @param file names the source of the prices where the row does not, but has new ones
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
        new Model.Prices(
            orNull(training, prices.training()),
            orNull(input, prices.input()),
            orNull(cachedInput, prices.cachedInput()),
            orNull(output, prices.output()),
            or(validationBilled, prices.validationBilled()),
            orNull(minimumCharge, prices.minimumCharge()),
            orNull(hostingPerHour, prices.hostingPerHour()),
            or(pricesAsOf, prices.asOf()),
            or(source, pricesAsOf == null ? prices.source() : file)),
        orNull(lastTrainingDay, base.lastTrainingDay()),
        orNull(shutdownDay, base.shutdownDay()),
        or(notes, base.notes()));
  }

  /** A row with a tokenizer alone is that of an open model. */
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
