package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.TrainingType;
import dev.tunebeam.dataset.terminal.ExitCode;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;

/** {@code models --refresh}: a price file of what providers say today. */
class PriceRefreshTest extends StandInTest {

  private static final String NANO =
      """
      {"Items":[
        {"meterName":"gpt-4.1-nano FT Training global","unitOfMeasure":"1M","retailPrice":1.6,"type":"Consumption"},
        {"meterName":"gpt-4.1-nano FT Training regional","unitOfMeasure":"1K","retailPrice":0.00175,"type":"Consumption"},
        {"meterName":"gpt 4.1 nano dev ft training glbl","unitOfMeasure":"1M","retailPrice":0.8,"type":"Consumption"},
        {"meterName":"gpt-4.1-nano-ft hosting regional","unitOfMeasure":"1 Hour","retailPrice":1.9,"type":"Consumption"},
        {"meterName":"gpt-4.1-nano-ft input regional","unitOfMeasure":"1M","retailPrice":9,"type":"Consumption"},
        {"meterName":"gpt-4.1-nano input global","unitOfMeasure":"1M","retailPrice":9,"type":"Consumption"},
        {"meterName":"4.1 ft training Dz","unitOfMeasure":"1M","retailPrice":27.5,"type":"Consumption"},
        {"meterName":"4.1 ft training glbl","unitOfMeasure":"1M","retailPrice":25,"type":"Reservation"}],
       "NextPageLink":"https://prices.azure.com:443/api/retail/prices?$filter=x&$skip=1000"}
      """;

  private static final String MINI =
      """
      {"Items":[
        {"meterName":"gpt-4.1-mini FT Training global","unitOfMeasure":"1M","retailPrice":5,"type":"Consumption"},
        {"meterName":"4.1-mini-FT-Trng-glbl","unitOfMeasure":"1M","retailPrice":6,"type":"Consumption"}],
       "NextPageLink":null}
      """;

  private static final String FOUR_O =
      """
      {"Items":[
        {"meterName":"gpt-4o-mini-0718-FT-Trng-glbl","unitOfMeasure":"1M","retailPrice":2.75,"type":"Consumption"}]}
      """;

  private static MockResponse answer(String body) {
    return new MockResponse.Builder().body(body).build();
  }

  @Test
  void whatProvidersSayTodayIsAFileForPrices() throws Exception {
    try (MockWebServer azure = new MockWebServer()) {
      azure.start();
      azure.enqueue(answer(NANO));
      azure.enqueue(answer(MINI));
      azure.enqueue(answer(FOUR_O));
      variables.put("AZURE_PRICES_ENDPOINT", azure.url("/").toString());
      variables.put("TOGETHER_BASE_URL", standIn.togetherUrl());
      variables.put("TOGETHER_API_KEY", standIn.key());

      Ended end = fast("models", "--refresh=prices.yaml").with(ExitCode.SUCCEEDED);

      Path file = folder.resolve("prices.yaml");
      assertThat(end.out(), is(file + ": 13 models have news\n"));
      RecordedRequest asked = azure.takeRequest();
      assertThat(
          asked.getUrl().queryParameter("$filter"),
          is("contains(skuName,'4.1') and armRegionName eq 'eastus2'"));
      assertThat(asked.getHeaders().get("Authorization") == null, is(true));
      assertThat(azure.takeRequest().getUrl().queryParameter("$skip"), is("1000"));
      String text = Files.readString(file);
      assertThat(
          text,
          startsWith(
              """
              # For --prices: what providers said on 2026-11-20.
              models:
                - id: gpt-4.1-nano-2025-04-14
                  provider: azure
                  training: 1.75
                  hostingPerHour: 1.9
                  trainingTypes:
                    - {type: standard, training: 1.75}
                    - {type: global-standard, training: 1.6}
                    - {type: developer, training: 0.8}
                  pricesAsOf: 2026-11-20
                  source: Azure retail prices of eastus2
                - id: gpt-4o-mini-2024-07-18
                  provider: azure
                  trainingTypes:
                    - {type: standard}
                    - {type: global-standard, training: 2.75}
                    - {type: developer}
                  pricesAsOf: 2026-11-20
                  source: Azure retail prices of eastus2
                - id: meta-llama/Llama-3.3-70B-Instruct-Reference
                  provider: together
                  lastTrainingDay: 2026-11-19
              """));
      assertThat(
          text, containsString("  # together also trains meta-llama/Llama-3.1-8B-Instruct\n"));
      ModelCatalogue fresh = ModelCatalogue.standard().overriddenBy(file);
      assertThat(
          fresh
              .find("azure/gpt-4.1-nano")
              .trainedAs(TrainingType.GLOBAL_STANDARD)
              .prices()
              .training(),
          is(new BigDecimal("1.6")));
      assertThat(
          fresh.find("together/Qwen/Qwen3-8B").trainableOn(LocalDate.of(2026, 11, 20)), is(false));
      assertThat(
          fresh
              .find("together/meta-llama/Llama-3.1-8B-Instruct")
              .trainableOn(LocalDate.of(2026, 11, 20)),
          is(true));
    }
  }
}
