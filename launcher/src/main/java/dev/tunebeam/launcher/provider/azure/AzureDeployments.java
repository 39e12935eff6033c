package dev.tunebeam.launcher.provider.azure;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.dataset.DeploymentType;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.launcher.http.ApiRequest;
import dev.tunebeam.launcher.http.BaseUrl;
import dev.tunebeam.launcher.http.Http;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.http.RefusedException;
import dev.tunebeam.launcher.http.UnexpectedAnswerException;
import dev.tunebeam.launcher.provider.Connection;
import dev.tunebeam.launcher.provider.Deployment;
import dev.tunebeam.launcher.provider.Deployment.State;
import dev.tunebeam.launcher.provider.Deployments;
import dev.tunebeam.launcher.provider.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * The deployments of an Azure OpenAI resource, through Azure's management API, which knows Entra ID
 * tokens only. Idempotent by name.
 *
 * <p>Sources: Azure's REST API Cognitive Services, Deployments (api-version 2024-10-01), "Deploy a
 * fine-tuned model" of February 2026: skus, formats, version 1. Newer pages describe the portal
 * only.
 */
final class AzureDeployments implements Deployments {

  /** The id of the resource. */
  static final String RESOURCE = "AZURE_OPENAI_RESOURCE_ID";

  private static final String TOKEN = "AZURE_MANAGEMENT_TOKEN";
  private static final String HOST = "AZURE_MANAGEMENT_ENDPOINT";

  /** In the names of fine-tuned models: {@code BASE.ft-JOB-SUFFIX}. */
  private static final String TUNED = ".ft-";

  /** Source: quotas-limits.md of February 2026. */
  private static final int MOST_TUNED = 10;

  private static final String VERSION = "2024-10-01";

  private static final Pattern RESOURCE_ID =
      Pattern.compile(
          "/?subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.CognitiveServices"
              + "/accounts/[^/]+/?",
          Pattern.CASE_INSENSITIVE);

  private static final Map<DeploymentType, String> SKUS =
      Map.of(
          DeploymentType.STANDARD, "Standard",
          DeploymentType.GLOBAL_STANDARD, "GlobalStandard",
          DeploymentType.DATA_ZONE_STANDARD, "DataZoneStandard",
          DeploymentType.DEVELOPER, "DeveloperTier");

  /**
   * The publisher by the beginning of a base model's name; a wrong one is a 500 without a reason.
   */
  private static final List<Map.Entry<String, String>> FORMATS =
      List.of(
          Map.entry("gpt-oss", "Microsoft"),
          Map.entry("gpt-", "OpenAI"),
          Map.entry("ministral", "Mistral AI"),
          Map.entry("llama", "Meta"),
          Map.entry("qwen", "Alibaba"));

  private static final Map<String, State> STATES =
      Map.of(
          "Succeeded", State.READY,
          "Failed", State.FAILED,
          "Canceled", State.FAILED,
          "Disabled", State.FAILED,
          "Deleting", State.DELETING);

  private final Http http;
  private final String resource;
  private final String path;

  private AzureDeployments(Http http, String resource) {
    this.http = http;
    this.resource = resource;
    this.path = resource + "/deployments";
  }

  /**
   * Those of a resource.
   *
   * @param resource its id
   * @throws dev.tunebeam.launcher.process.LauncherException if a variable is missing or wrong
   */
  static AzureDeployments of(Connection connection, String resource) {
    String id = resource.strip();
    if (!RESOURCE_ID.matcher(id).matches()) {
      throw wrongUse(
          ("%s must be set to the id of the resource, /subscriptions/…/accounts/NAME;"
                  + " 'az cognitiveservices account show --query id' shows it")
              .formatted(RESOURCE));
    }
    String host = connection.variables().getOrDefault(HOST, "https://management.azure.com").strip();
    Http http =
        connection
            .at(BaseUrl.of(host, HOST))
            .http("", EntraLogin.of(connection, EntraLogin.MANAGEMENT_SCOPE, TOKEN, ""));
    return new AzureDeployments(http, id.replaceAll("^/|/$", ""));
  }

  @Override
  public String place() {
    return resource;
  }

  @Override
  public List<Deployment> list() {
    List<Deployment> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    ApiRequest page = request(ApiRequest.get(path));
    while (true) {
      String next =
          http.json(
              page,
              json -> {
                all.addAll(Fields.list(json, "value", AzureDeployments::deployment));
                return Fields.text(json, "nextLink");
              });
      HttpUrl link = HttpUrl.parse(next);
      if (link == null || !seen.add(next)) {
        return all;
      }
      // Only its query: the token goes to no other address.
      page = ApiRequest.get(path);
      for (String name : link.queryParameterNames()) {
        page = page.with(name, link.queryParameter(name));
      }
    }
  }

  @Override
  public Optional<Deployment> find(String name) {
    try {
      return Optional.of(
          http.json(request(ApiRequest.get(path(name))), json -> deployment(json, name)));
    } catch (RefusedException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void checkRoom() {
    long tuned = list().stream().filter(one -> one.model().contains(TUNED)).count();
    if (tuned >= MOST_TUNED) {
      throw wrongUse(
          "%s are deployed at %s, the most that a resource may have; %s lists them, and with a NAME takes one down"
              .formatted(
                  Figures.counted(tuned, "fine-tuned model", "fine-tuned models"),
                  AzureOpenAi.PROFILE.title(),
                  ShellCommand.tunebeam("undeploy", "--provider=azure")));
    }
  }

  @Override
  public Deployment create(Request request) {
    ObjectNode body = Json.object();
    body.putObject("sku")
        .put("name", Objects.requireNonNull(SKUS.get(request.type())))
        .put("capacity", request.capacity());
    body.putObject("properties")
        .putObject("model")
        .put("format", format(request.base()))
        .put("name", request.model())
        .put("version", "1");
    return http.json(
        request(ApiRequest.put(path(request.name()), body)),
        json -> deployment(json, request.name()));
  }

  @Override
  public void delete(String name) {
    http.delete(request(ApiRequest.delete(path(name))));
  }

  @Override
  public String unit() {
    return "1,000 tokens a minute";
  }

  private String path(String name) {
    return path + "/" + name;
  }

  private static ApiRequest request(ApiRequest request) {
    return request.with("api-version", VERSION);
  }

  private static String format(String base) {
    String name = base.toLowerCase(Locale.ROOT);
    return FORMATS.stream()
        .filter(format -> name.startsWith(format.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(
            () ->
                wrongUse(
                    "the publisher of %s is unknown, so it cannot be deployed here: deploy it in"
                            .formatted(base)
                        + " the Azure portal"));
  }

  private static Deployment deployment(JsonNode json, String name) {
    Deployment deployment = deployment(json);
    if (!deployment.name().equalsIgnoreCase(name)) {
      throw new UnexpectedAnswerException("the response is about another deployment than " + name);
    }
    return deployment;
  }

  private static Deployment deployment(JsonNode json) {
    JsonNode properties = json.path("properties");
    String state = Fields.required(properties, "provisioningState");
    return new Deployment(
        Fields.required(json, "name"),
        Fields.text(properties.path("model"), "name"),
        Fields.text(json.path("sku"), "name"),
        STATES.getOrDefault(state, State.CREATING),
        state,
        Fields.instant(json.path("systemData"), "createdAt"));
  }
}
