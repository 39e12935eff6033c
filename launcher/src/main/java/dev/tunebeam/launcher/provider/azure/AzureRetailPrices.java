package dev.tunebeam.launcher.provider.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.TrainingType;
import dev.tunebeam.launcher.http.ApiRequest;
import dev.tunebeam.launcher.http.Authorization;
import dev.tunebeam.launcher.http.BaseUrl;
import dev.tunebeam.launcher.http.Http;
import dev.tunebeam.launcher.http.Secret;
import dev.tunebeam.launcher.provider.Connection;
import dev.tunebeam.launcher.provider.Fields;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Azure's retail prices of fine-tuning in a region, which need no login. The names of meters vary
 * ({@code gpt-4.1-nano FT Training global}, {@code gpt 4.1 nano dev ft training glbl}, {@code
 * gpt-4o-mini-0718-FT-Trng-glbl}), so they are read by their words; a price that two meters give
 * differently is unknown.
 *
 * <p>Source: Microsoft, "Azure Retail Prices" ({@code Items}, {@code NextPageLink}).
 */
public final class AzureRetailPrices {

  private static final String HOST = "AZURE_PRICES_ENDPOINT";
  private static final int MOST_PAGES = 100;
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  /** Models by the words of their meters, the longer names first. */
  private static final List<String> MODELS =
      List.of("gpt-4.1-nano", "gpt-4.1-mini", "gpt-4.1", "gpt-4o-mini", "gpt-4o");

  private static final Pattern GLOBAL = Pattern.compile("\\b(global|glbl)\\b");
  private static final Pattern REGIONAL = Pattern.compile("\\b(regional|regnl)\\b");
  private static final Pattern DEVELOPER = Pattern.compile("\\b(dev|developer)\\b");
  private static final Pattern TRAINING = Pattern.compile("\\b(training|trng)\\b");

  private AzureRetailPrices() {}

  /** What a price is for; {@code type} is null for an hour of a deployment. */
  public record Slot(String model, @Nullable TrainingType type) {}

  /**
   * Dollars for 1M tokens of training, and for an hour of a deployment.
   *
   * @param connection for its client; no key is sent
   * @param region Azure's name of the region, {@code eastus2}
   */
  public static Map<Slot, BigDecimal> of(Connection connection, String region) {
    Secret none = new Secret("no-key-is-needed", "the prices");
    Http http =
        connection
            .at(
                BaseUrl.of(
                    connection.variables().getOrDefault(HOST, "https://prices.azure.com"), HOST))
            .http("", Authorization.without(none, "the prices"));
    Map<Slot, BigDecimal> prices = new TreeMap<>(java.util.Comparator.comparing(Slot::toString));
    Set<Slot> ambiguous = new HashSet<>();
    for (String family : List.of("4.1", "4o")) {
      ApiRequest page =
          ApiRequest.get("api/retail/prices")
              .with(
                  "$filter",
                  "contains(skuName,'%s') and armRegionName eq '%s'"
                      .formatted(family, region.replace("'", "''")));
      for (int number = 0; number < MOST_PAGES; number++) {
        JsonNode answer =
            http.json(
                page,
                json -> {
                  Fields.list(json, "Items", item -> item);
                  return json;
                });
        answer.path("Items").forEach(item -> add(item, prices, ambiguous));
        HttpUrl next = HttpUrl.parse(Fields.text(answer, "NextPageLink"));
        if (next == null) {
          break;
        }
        page = ApiRequest.get("api/retail/prices");
        for (String name : next.queryParameterNames()) {
          page = page.with(name, next.queryParameter(name));
        }
      }
    }
    prices.keySet().removeAll(ambiguous);
    return prices;
  }

  private static void add(JsonNode item, Map<Slot, BigDecimal> prices, Set<Slot> ambiguous) {
    String words =
        Fields.text(item, "meterName").toLowerCase(Locale.ROOT).replaceAll("[-_ ]+", " ");
    JsonNode retail = item.path("retailPrice");
    String kind = Fields.text(item, "type");
    if (!words.matches(".*\\bft\\b.*")
        || !retail.isNumber()
        || !(kind.isEmpty() || kind.equals("Consumption"))) {
      return;
    }
    String model =
        MODELS.stream()
            .filter(name -> words.contains(name.replaceFirst("gpt-", "").replace('-', ' ')))
            .findFirst()
            .orElse(null);
    BigDecimal usd = retail.decimalValue();
    String unit = Fields.text(item, "unitOfMeasure");
    Slot slot = null;
    if (model != null && TRAINING.matcher(words).find() && !unit.equals("1 Hour")) {
      TrainingType type = type(words);
      slot = type == null ? null : new Slot(model, type);
      usd = unit.equals("1K") ? usd.multiply(THOUSAND) : unit.equals("1M") ? usd : null;
    } else if (model != null && words.contains("hosting") && unit.equals("1 Hour")) {
      slot = REGIONAL.matcher(words).find() ? new Slot(model, null) : null;
    }
    if (slot != null && usd != null) {
      BigDecimal before = prices.putIfAbsent(slot, usd.stripTrailingZeros());
      if (before != null && before.compareTo(usd) != 0) {
        ambiguous.add(slot);
      }
    }
  }

  /** Null for a data zone, and where the name does not say. */
  private static @Nullable TrainingType type(String words) {
    if (DEVELOPER.matcher(words).find()) {
      return TrainingType.DEVELOPER;
    }
    if (GLOBAL.matcher(words).find()) {
      return TrainingType.GLOBAL_STANDARD;
    }
    return REGIONAL.matcher(words).find() ? TrainingType.STANDARD : null;
  }
}
