package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Azure's management API of one resource: its deployments; and the login of Entra ID, which gives a
 * token for each scope. A deployment is ready at its second GET, and gone at the second after its
 * DELETE.
 */
final class AzureManagement implements Dialect {
  static final String PREFIX = "/azure/";
  static final String RESOURCE =
      "/subscriptions/sub/resourceGroups/group/providers/Microsoft.CognitiveServices/accounts/acme";
  static final String DATA_TOKEN = "entra-token-for-data-0123456789";
  private static final String TOKEN = "entra-token-for-management-0123456789";
  private static final Map<String, String> SCOPES =
      Map.of(
          "https://ai.azure.com/.default", DATA_TOKEN,
          "https://management.azure.com/.default", TOKEN);
  private static final Set<String> SKUS =
      Set.of("Standard", "GlobalStandard", "DataZoneStandard", "DeveloperTier");

  /** A deployment; it costs from its creation until it is deleted. */
  static final class Deployed {
    private final String name;
    private final ObjectNode body;
    private final long createdAt;
    private int looks;
    private boolean deleted;

    private Deployed(String name, ObjectNode body, long createdAt) {
      this.name = name;
      this.body = body;
      this.createdAt = createdAt;
    }

    String model() {
      return body.path("properties").path("model").path("name").asText();
    }
  }

  private final Routes routes = new Routes();
  private final Store store;
  private final String secret;
  private final Map<String, Deployed> deployed = new LinkedHashMap<>();
  private int created;
  private int notReady;
  private int logins;

  AzureManagement(Store store, String secret) {
    this.store = store;
    this.secret = secret;
    String all = RESOURCE.substring(1) + "/deployments";
    routes.add("GET", all, this::list);
    routes.add("GET", all + "/{}", this::get);
    routes.add("PUT", all + "/{}", this::put);
    routes.add("DELETE", all + "/{}", this::delete);
    routes.add("POST", "tenant/oauth2/v2.0/token", this::login);
  }

  /** The names of what is deployed and not being deleted. */
  List<String> names() {
    return deployed.values().stream().filter(one -> !one.deleted).map(one -> one.name).toList();
  }

  /** How many deployments there have been: each begins a bill. */
  int created() {
    return created;
  }

  int logins() {
    return logins;
  }

  /** That many questions are answered DeploymentNotReady. */
  void notReady(int questions) {
    notReady = questions;
  }

  /** One that somebody else has made. */
  void add(String name, String model) {
    ObjectNode body = Json.object();
    body.putObject("sku").put("name", "Standard").put("capacity", 1);
    body.putObject("properties").putObject("model").put("name", model);
    Deployed one = new Deployed(name, body, store.now());
    one.looks = 2;
    deployed.put(name, one);
  }

  /** The model that answers for a name; a refusal where none does. */
  String modelOf(String name) {
    Deployed one = deployed.get(name);
    if (one == null || one.deleted || one.looks < 2) {
      throw new Refusal(
          404,
          "invalid_request_error",
          "DeploymentNotFound",
          null,
          "The API deployment for this resource does not exist.");
    }
    if (notReady > 0) {
      notReady--;
      throw new Refusal(
          404,
          "invalid_request_error",
          "DeploymentNotReady",
          null,
          "The deployment is not ready yet.");
    }
    return one.model();
  }

  private Answer login(Call call, List<String> ids) {
    Map<String, List<String>> form = Call.parseQuery(call.body().utf8());
    String scope = form.getOrDefault("scope", List.of("")).get(0);
    String token = SCOPES.get(scope);
    if (!form.getOrDefault("client_secret", List.of("")).get(0).equals(secret)
        || !form.getOrDefault("client_id", List.of("")).get(0).equals("client")
        || !form.getOrDefault("grant_type", List.of("")).get(0).equals("client_credentials")) {
      return Answer.json(
          401,
          Json.object()
              .put("error", "invalid_client")
              .put("error_description", "AADSTS7000215: Invalid client secret provided."));
    }
    if (token == null) {
      return Answer.json(400, Json.object().put("error", "invalid_scope"));
    }
    logins++;
    return Answer.ok(
        Json.object()
            .put("token_type", "Bearer")
            .put("expires_in", 3599)
            .put("access_token", token));
  }

  private Answer list(Call call, List<String> ids) {
    checkVersion(call);
    List<JsonNode> all = new ArrayList<>();
    for (Deployed one : List.copyOf(deployed.values())) {
      all.add(json(one));
    }
    ObjectNode answer = Json.object();
    answer.putArray("value").addAll(all);
    return Answer.ok(answer);
  }

  private Answer get(Call call, List<String> ids) {
    checkVersion(call);
    Deployed one = deployed.get(ids.get(0));
    if (one == null) {
      throw missing(ids.get(0));
    }
    one.looks++;
    if (one.deleted && one.looks > 1) {
      deployed.remove(one.name);
      throw missing(one.name);
    }
    return Answer.ok(json(one));
  }

  private Answer put(Call call, List<String> ids) {
    checkVersion(call);
    ObjectNode body = call.json();
    String name = ids.get(0);
    JsonNode model = body.path("properties").path("model");
    if (!name.matches("[A-Za-z0-9-]{1,64}")
        || !SKUS.contains(body.path("sku").path("name").asText())
        || body.path("sku").path("capacity").asInt() < 1
        || !model.path("version").asText().equals("1")) {
      throw Refusal.badRequest(null, "InvalidResourceProperties", "The deployment is invalid.");
    }
    if (!model.path("format").asText().equals("OpenAI")) {
      return Answer.text(500, "text/plain", "");
    }
    if (store.model(model.path("name").asText()) == null) {
      throw Refusal.badRequest(null, "DeploymentModelNotSupported", "The model does not exist.");
    }
    Deployed before = deployed.get(name);
    if (before != null && !before.deleted) {
      return Answer.ok(json(before));
    }
    created++;
    Deployed one = new Deployed(name, body, store.now());
    deployed.put(name, one);
    return Answer.json(201, json(one));
  }

  private Answer delete(Call call, List<String> ids) {
    checkVersion(call);
    Deployed one = deployed.get(ids.get(0));
    if (one == null) {
      return new Answer(204, Map.of(), okio.ByteString.EMPTY);
    }
    one.deleted = true;
    one.looks = 0;
    return new Answer(202, Map.of(), okio.ByteString.EMPTY);
  }

  private static void checkVersion(Call call) {
    if (!"2024-10-01".equals(call.query("api-version"))) {
      throw Refusal.badRequest(
          null, "MissingApiVersionParameter", "The api-version query parameter is required.");
    }
  }

  private static Refusal missing(String name) {
    return new Refusal(
        404, "", "ResourceNotFound", null, "The deployment '" + name + "' was not found.");
  }

  private static ObjectNode json(Deployed one) {
    ObjectNode json = one.body.deepCopy();
    json.put("id", RESOURCE + "/deployments/" + one.name)
        .put("name", one.name)
        .put("type", "Microsoft.CognitiveServices/accounts/deployments");
    ((ObjectNode) json.path("properties"))
        .put(
            "provisioningState",
            one.deleted ? "Deleting" : one.looks < 2 ? "Creating" : "Succeeded");
    json.putObject("systemData").put("createdAt", Instant.ofEpochSecond(one.createdAt).toString());
    return json;
  }

  @Override
  public String prefix() {
    return PREFIX;
  }

  @Override
  public boolean authorized(Call call, String key) {
    return call.path().endsWith("/token") || Dialect.bearer(call, TOKEN);
  }

  @Override
  public Answer answer(Call call) {
    return routes.answer(call);
  }

  @Override
  public Answer refuse(Refusal refusal) {
    ObjectNode json = Json.object();
    json.putObject("error")
        .put("code", refusal.code() == null ? String.valueOf(refusal.status()) : refusal.code())
        .put("message", refusal.text());
    return Answer.json(refusal.status(), json);
  }
}
