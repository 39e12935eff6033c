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

  private static final String HARDWARE =
      """
      [{"name":"cpu-basic","prettyName":"CPU Basic","cpu":"2 vCPU","ram":"16 GB","accelerator":null,
        "unitCostMicroUSD":167,"unitCostUSD":0.000167,"unitLabel":"minute"},
       {"name":"a100-large","prettyName":"Nvidia A100","cpu":"12 vCPU","ram":"142 GB",
        "accelerator":{"type":"gpu","model":"A100","quantity":"1","vram":"80 GB","manufacturer":"Nvidia"},
        "unitCostMicroUSD":41667,"unitCostUSD":0.041667,"unitLabel":"minute"},
       {"name":"h200","prettyName":"Nvidia H200","cpu":"23 vCPU","ram":"256 GB",
        "accelerator":{"type":"gpu","model":"H200","quantity":"1","vram":"141 GB","manufacturer":"Nvidia"},
        "unitCostMicroUSD":5000000,"unitCostUSD":5.00,"unitLabel":"hour"}]
      """;

  private static MockResponse answer(String body) {
    return new MockResponse.Builder().body(body).build();
  }

  @Test
  void whatProvidersSayTodayIsAFileForPrices() throws Exception {
    try (MockWebServer azure = new MockWebServer();
        MockWebServer hub = new MockWebServer()) {
      azure.start();
      hub.start();
      hub.enqueue(answer(HARDWARE));
      variables.put("HF_ENDPOINT", hub.url("/").toString());
      azure.enqueue(answer(NANO));
      azure.enqueue(answer(MINI));
      azure.enqueue(answer(FOUR_O));
      variables.put("AZURE_PRICES_ENDPOINT", azure.url("/").toString());
      variables.put("TOGETHER_BASE_URL", standIn.togetherUrl());
      variables.put("TOGETHER_API_KEY", standIn.key());
      variables.put("FIREWORKS_BASE_URL", standIn.fireworksUrl());
      variables.put("FIREWORKS_ACCOUNT_ID", standIn.fireworksAccount());
      variables.put("FIREWORKS_API_KEY", standIn.key());

      Ended end = fast("models", "--refresh=prices.yaml").with(ExitCode.SUCCEEDED);

      Path file = folder.resolve("prices.yaml");
      assertThat(end.out(), is(file + ": 22 models have news\n"));
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
                # meta-llama/Meta-Llama-3.1-8B-Instruct-Reference: at most 20 epochs, learning rate 0.000001 to 0.01, LoRA rank at most 64, batch size 8 to 96 (48 for preferences)
                - id: meta-llama/Llama-3.3-70B-Instruct-Reference
                  provider: together
                  lastTrainingDay: 2026-11-19
              """));
      assertThat(
          text, containsString("  # together also trains meta-llama/Llama-3.1-8B-Instruct\n"));
      assertThat(
          text,
          containsString(
              """
                - id: accounts/fireworks/models/qwen3p5-9b
                  provider: fireworks
                  contextTokens: 65536
              """));
      assertThat(
          text,
          containsString(
              """
                # fireworks also trains accounts/fireworks/models/new-model
                # Hugging Face Jobs: a100-large, 1 x Nvidia A100 (80 GB): $2.50 an hour
                # Hugging Face Jobs: h200, 1 x Nvidia H200 (141 GB): $5.00 an hour
              """));
      RecordedRequest hardware = hub.takeRequest();
      assertThat(hardware.getUrl().encodedPath(), is("/api/jobs/hardware"));
      assertThat(hardware.getHeaders().get("Authorization") == null, is(true));
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

  @Test
  void whoDoesNotAnswerIsSaidAndTheOthersAreAsked() throws Exception {
    variables.put("AZURE_PRICES_ENDPOINT", "http://127.0.0.1:1");
    try (MockWebServer hub = new MockWebServer()) {
      hub.start();
      hub.enqueue(answer(HARDWARE));
      variables.put("HF_ENDPOINT", hub.url("/").toString());
      Ended end = run("models", "--refresh=prices.yaml", "--patience=0ms").with(ExitCode.SUCCEEDED);
      assertThat(end.out(), is(folder.resolve("prices.yaml") + ": 0 models have news\n"));
      assertThat(end.err(), containsString("nothing of azure: "));
    }
    Path file = folder.resolve("prices.yaml");
    assertThat(
        Files.readString(file).replaceAll("(?m)(azure: ).*", "$1…"),
        is(
            """
            # For --prices: what providers said on 2026-11-20.
            models: []
              # nothing of azure: …
              # nothing of together: TOGETHER_API_KEY is not set
              # nothing of fireworks: FIREWORKS_API_KEY is not set
              # Hugging Face Jobs: a100-large, 1 x Nvidia A100 (80 GB): $2.50 an hour
              # Hugging Face Jobs: h200, 1 x Nvidia H200 (141 GB): $5.00 an hour
            """));
    assertThat(
        ModelCatalogue.standard().overriddenBy(file).models().size(),
        is(ModelCatalogue.standard().models().size()));
  }

  @Test
  void aListWithoutAnyModelThatWasKnownEndsNothingAndAPageThatRepeatsEndsTheList()
      throws Exception {
    variables.put("AZURE_PRICES_ENDPOINT", "http://127.0.0.1:1");
    variables.put("HF_TOKEN", "hf_token-of-a-test");
    variables.put("TOGETHER_API_KEY", standIn.key());
    variables.put("FIREWORKS_ACCOUNT_ID", "acme");
    variables.put("FIREWORKS_API_KEY", standIn.key());
    try (MockWebServer together = new MockWebServer();
        MockWebServer fireworks = new MockWebServer();
        MockWebServer hub = new MockWebServer()) {
      together.start();
      fireworks.start();
      hub.start();
      together.enqueue(answer("{\"models\":[\"string\"]}"));
      String page =
          "{\"models\":[{\"name\":\"string\",\"tunable\":true}],\"nextPageToken\":\"again\"}";
      fireworks.enqueue(answer(page));
      fireworks.enqueue(answer(page));
      hub.enqueue(answer(HARDWARE));
      variables.put("TOGETHER_BASE_URL", together.url("/").toString());
      variables.put("FIREWORKS_BASE_URL", fireworks.url("/").toString());
      variables.put("HF_ENDPOINT", hub.url("/").toString());
      run("models", "--refresh=prices.yaml", "--patience=0ms").with(ExitCode.SUCCEEDED);
      assertThat(fireworks.getRequestCount(), is(2));
      assertThat(
          hub.takeRequest().getHeaders().get("Authorization"), is("Bearer hf_token-of-a-test"));
    }
    String text = Files.readString(folder.resolve("prices.yaml"));
    assertThat(
        text,
        containsString(
            """
            models: []
            """));
    for (String provider : new String[] {"together", "fireworks"}) {
      assertThat(
          text,
          containsString(
              "  # nothing of %s: its list has none of the models that were known\n"
                  .formatted(provider)));
    }
  }
}
