package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A provider's description of its API, and what requests and answers say against it. The
 * description lies beside the repository, or not at all.
 */
public final class OpenApiContract {
  private static final String SCHEMAS = "#/components/schemas/";

  /** Where there is no English bundle, Java would take that of the default locale. */
  private static final ResourceBundle MESSAGES =
      ResourceBundle.getBundle(
          "jsv-messages",
          Locale.ROOT,
          ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));

  private static final SchemaValidatorsConfig ENGLISH =
      SchemaValidatorsConfig.builder()
          .pathType(PathType.LEGACY)
          .messageSource(
              (key, standard, locale, arguments) ->
                  new MessageFormat(MESSAGES.getString(key), Locale.ROOT).format(arguments))
          .build();

  private final JsonNode document;
  private final JsonSchemaFactory factory =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private final Map<String, JsonSchema> schemas = new TreeMap<>();

  private final UnaryOperator<String> described;

  private OpenApiContract(JsonNode document, UnaryOperator<String> described) {
    this.document = document;
    this.described = described;
  }

  /** The description in {@code shared/openai/openapi.json} beside this repository, where it is. */
  public static Optional<OpenApiContract> find() throws IOException {
    return find("openai/openapi.json", path -> path.replaceFirst("^/(openai|nebius)/v1/", "/v1/"));
  }

  /**
   * A description in {@code shared} beside this repository, where it is.
   *
   * @param name its path in that folder
   * @param described the path of a request as the description has it
   */
  public static Optional<OpenApiContract> find(String name, UnaryOperator<String> described)
      throws IOException {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null) {
      Path file = folder.resolveSibling("shared").resolve(name);
      if (Files.isRegularFile(file)) {
        JsonNode document = Json.parse(ByteString.of(Files.readAllBytes(file)));
        if (document == null) {
          throw new IOException(file + " is not JSON");
        }
        return Optional.of(new OpenApiContract(document, described));
      }
      folder = folder.getParent();
    }
    return Optional.empty();
  }

  /**
   * What is wrong with a request and its answer; empty where all is right. An answer that a fault
   * made up is not looked at.
   */
  public List<String> complaints(Recorded recorded) {
    JsonNode operation = operation(recorded);
    if (operation == null) {
      return List.of(recorded.line() + " is not in the description");
    }
    List<String> complaints = new ArrayList<>();
    for (String name : recorded.query().keySet()) {
      String bare = name.replaceFirst("\\[.*", "");
      boolean known = false;
      for (JsonNode parameter : operation.path("parameters")) {
        known |=
            parameter.path("in").asText().equals("query")
                && parameter.path("name").asText().equals(bare);
      }
      if (!known) {
        complaints.add(recorded.line() + ": no query parameter " + name);
      }
    }
    JsonNode contents = operation.path("requestBody").path("content");
    boolean left =
        recorded.bodyLength() == 0
            && !operation.path("requestBody").path("required").asBoolean(true);
    if (!contents.isMissingNode() && !left) {
      String type = contents.fieldNames().next();
      if (recorded.json() == null) {
        complaints.add(recorded.line() + ": the body is not " + type);
      } else {
        check(
            recorded.line() + " request",
            contents.path(type).path("schema"),
            recorded.json(),
            complaints);
      }
    } else if (recorded.bodyLength() > 0) {
      complaints.add(recorded.line() + ": has a body of " + recorded.bodyLength() + " bytes");
    }
    if (recorded.fault() == null || recorded.fault().instead() == null) {
      answer(recorded, operation, complaints);
    }
    return complaints;
  }

  private void answer(Recorded recorded, JsonNode operation, List<String> complaints) {
    if (recorded.status() == 0) {
      return;
    }
    JsonNode responses = operation.path("responses");
    JsonNode schema = schema(responses.path(String.valueOf(recorded.status())));
    if (schema.isMissingNode() && recorded.status() >= 400) {
      schema =
          document.path("components").path("schemas").has("ErrorResponse")
              ? Json.object().put("$ref", SCHEMAS + "ErrorResponse")
              : schema(responses.path("default"));
    }
    if (schema.isMissingNode()
        && recorded.status() < 400
        && !responses.has(String.valueOf(recorded.status()))) {
      complaints.add(recorded.line() + ": no answer " + recorded.status());
    }
    JsonNode answer = recorded.answerJson();
    if (schema.isMissingNode()) {
      return;
    }
    if (answer == null) {
      complaints.add(recorded.line() + " " + recorded.status() + ": the answer is not JSON");
    } else {
      check(recorded.line() + " answer " + recorded.status(), schema, answer, complaints);
    }
  }

  private static JsonNode schema(JsonNode response) {
    return response.path("content").path("application/json").path("schema");
  }

  private @Nullable JsonNode operation(Recorded recorded) {
    String asked = described.apply(recorded.path());
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      String pattern =
          path.getKey().endsWith("{model}")
              ? Pattern.quote(path.getKey().replace("{model}", "")) + ".+"
              : Pattern.quote(path.getKey()).replaceAll("\\{[^}]*\\}", "\\\\E[^/]+\\\\Q");
      if (asked.matches(pattern)) {
        JsonNode operation = path.getValue().get(recorded.method().toLowerCase(Locale.ROOT));
        if (operation != null) {
          return operation;
        }
      }
    }
    return null;
  }

  private void check(String what, JsonNode schema, JsonNode json, List<String> complaints) {
    JsonSchema compiled =
        schemas.computeIfAbsent(
            schema.toString(),
            any -> {
              ObjectNode whole = schema.deepCopy();
              whole.set("components", document.path("components"));
              return factory.getSchema(whole, ENGLISH);
            });
    compiled.validate(json).stream()
        .map(message -> what + ": " + message.getMessage())
        .distinct()
        .forEach(complaints::add);
  }
}
