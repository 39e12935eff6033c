package dev.tunebeam.launcher.provider.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.launcher.http.ApiRequest;
import dev.tunebeam.launcher.http.Authorization;
import dev.tunebeam.launcher.http.BaseUrl;
import dev.tunebeam.launcher.http.Http;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.http.Secret;
import dev.tunebeam.launcher.provider.Connection;
import dev.tunebeam.launcher.provider.Fields;
import java.math.BigDecimal;
import java.util.List;

/**
 * What an hour on a GPU costs at Hugging Face Jobs, for training with {@code --provider=local}.
 * Sends the token in {@code HF_TOKEN} if it is set.
 *
 * <p>Source: Hugging Face, Hub API, {@code GET /api/jobs/hardware}.
 *
 * @param name of the hardware, {@code a100-large}
 * @param gpus such as {@code 1 x Nvidia A100 (80 GB)}
 * @param usdPerHour dollars
 */
public record HuggingFaceHardware(String name, String gpus, BigDecimal usdPerHour) {

  private static final String HOST = "HF_ENDPOINT";
  private static final String TOKEN = "HF_TOKEN";
  private static final BigDecimal MINUTES = BigDecimal.valueOf(60);

  /**
   * The hardware with GPUs.
   *
   * @param connection for its client and variables; its key is not sent
   */
  public static List<HuggingFaceHardware> of(Connection connection) {
    String token = connection.variables().get(TOKEN);
    Authorization login =
        token == null
            ? Authorization.without(new Secret("no-key-is-needed", TOKEN), TOKEN)
            : new Authorization("Authorization", "Bearer ", new Secret(token, TOKEN), TOKEN);
    Http http =
        connection
            .at(
                BaseUrl.of(
                    connection.variables().getOrDefault(HOST, "https://huggingface.co"), HOST))
            .http("", login);
    return http.json(
        ApiRequest.get("api/jobs/hardware"),
        json ->
            Fields.list(Json.object().set("hardware", json), "hardware", item -> item).stream()
                .filter(item -> item.path("accelerator").isObject())
                .map(HuggingFaceHardware::of)
                .toList());
  }

  private static HuggingFaceHardware of(JsonNode item) {
    JsonNode gpu = item.path("accelerator");
    BigDecimal usd = item.path("unitCostUSD").decimalValue();
    boolean perMinute = Fields.text(item, "unitLabel").startsWith("min");
    return new HuggingFaceHardware(
        Fields.required(item, "name"),
        "%s x %s %s (%s)"
            .formatted(
                Fields.text(gpu, "quantity"),
                Fields.text(gpu, "manufacturer"),
                Fields.text(gpu, "model"),
                Fields.text(gpu, "vram")),
        (perMinute ? usd.multiply(MINUTES) : usd).stripTrailingZeros());
  }
}
