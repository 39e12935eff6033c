package dev.tunebeam.launcher.provider.azure;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.launcher.http.ApiRequest;
import dev.tunebeam.launcher.http.Authorization;
import dev.tunebeam.launcher.http.BaseUrl;
import dev.tunebeam.launcher.http.Http;
import dev.tunebeam.launcher.http.Secret;
import dev.tunebeam.launcher.provider.Connection;
import dev.tunebeam.launcher.provider.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import okhttp3.FormBody;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of Microsoft Entra ID for one scope: given in a variable, or for an application with a
 * secret, and then renewed before they expire. Nothing is sent before the first request that needs
 * a token. Thread-safe.
 *
 * <p>Source: Microsoft, "OAuth 2.0 client credentials flow" (v2.0/token); the variables are those
 * of the Azure SDKs.
 */
final class EntraLogin {

  /** Of the API for files, jobs and questions. */
  static final String DATA_SCOPE = "https://ai.azure.com/.default";

  /** Of the API for deployments. */
  static final String MANAGEMENT_SCOPE = "https://management.azure.com/.default";

  private static final String TENANT = "AZURE_TENANT_ID";
  private static final String CLIENT = "AZURE_CLIENT_ID";
  private static final String CLIENT_SECRET = "AZURE_CLIENT_SECRET";
  private static final String AUTHORITY = "AZURE_AUTHORITY_HOST";

  /** A token is renewed when it would expire within this time. */
  private static final Duration EARLY = Duration.ofMinutes(5);

  private final Connection connection;
  private final String scope;
  private @Nullable Secret token;
  private Instant renewal = Instant.MIN;

  private EntraLogin(Connection connection, String scope) {
    this.connection = connection;
    this.scope = scope;
  }

  /**
   * The authorization for a scope.
   *
   * @param variable the variable that may hold a token
   * @param otherwise other ways to log in, for the message if there is none
   * @throws dev.tunebeam.launcher.process.LauncherException if no login is set
   */
  static Authorization of(Connection connection, String scope, String variable, String otherwise) {
    Map<String, String> variables = connection.variables();
    String given = variables.get(variable);
    if (given != null && !given.isBlank()) {
      String source = "the variable " + variable + "; a token expires after about an hour";
      return new Authorization(
          "Authorization", "Bearer ", new Secret(given, "the variable " + variable), source);
    }
    for (String name : new String[] {TENANT, CLIENT, CLIENT_SECRET}) {
      String value = variables.get(name);
      if (value == null || value.isBlank()) {
        throw wrongUse(
            "no login: set %s%s, or %s, %s and %s"
                .formatted(otherwise, variable, TENANT, CLIENT, CLIENT_SECRET));
      }
    }
    String source = "the variables %s, %s and %s".formatted(TENANT, CLIENT, CLIENT_SECRET);
    return new Authorization(
        "Authorization", "Bearer ", new EntraLogin(connection, scope)::token, source);
  }

  private synchronized Secret token() {
    Instant now = connection.clock().instant();
    if (token == null || !now.isBefore(renewal)) {
      Map<String, String> variables = connection.variables();
      String tenant = variables.getOrDefault(TENANT, "").strip();
      Secret secret =
          new Secret(variables.getOrDefault(CLIENT_SECRET, ""), "the variable " + CLIENT_SECRET);
      String host = variables.getOrDefault(AUTHORITY, "https://login.microsoftonline.com").strip();
      Http login =
          connection
              .at(BaseUrl.of(host, AUTHORITY))
              .http("", Authorization.without(secret, "the variable " + CLIENT_SECRET));
      FormBody.Builder form =
          new FormBody.Builder()
              .add("grant_type", "client_credentials")
              .add("client_id", variables.getOrDefault(CLIENT, "").strip())
              .add("scope", scope);
      secret.use(value -> form.add("client_secret", value));
      Token answer =
          login.json(
              ApiRequest.post(tenant + "/oauth2/v2.0/token", form.build()),
              json ->
                  new Token(
                      Fields.required(json, "access_token"),
                      Duration.ofSeconds(json.path("expires_in").asLong())));
      token = new Secret(answer.text, "the answer of the login");
      renewal = now.plus(answer.lifetime).minus(EARLY);
    }
    return token;
  }

  private record Token(String text, Duration lifetime) {}
}
