package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's own description of its API, and what requests and answers say against it. The
 * description lies beside the repository, or not at all.
 */
public final class OpenApiContract {
  private static final String SCHEMAS = "#/components/schemas/";
  private final JsonNode document;
  private final JsonSchemaFactory factory =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private final Map<String, JsonSchema> schemas = new TreeMap<>();

  private OpenApiContract(JsonNode document) {
    this.document = document;
  }

  /** The description in {@code shared/openai/openapi.json} beside this repository, where it is. */
  public static Optional<OpenApiContract> find() throws IOException {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null) {
      Path file = folder.resolveSibling("shared").resolve("openai").resolve("openapi.json");
      if (Files.isRegularFile(file)) {
        JsonNode document = Json.parse(ByteString.of(Files.readAllBytes(file)));
        if (document == null) {
          throw new IOException(file + " is not JSON");
        }
        return Optional.of(new OpenApiContract(document));
      }
      folder = folder.getParent();
    }
    return Optional.empty();
  }

  /**
   * What is wrong with a request to OpenAI, Azure or Nebius and its answer; empty where all is
   * right. An answer that a fault made up is not looked at.
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
    if (!contents.isMissingNode()) {
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
    JsonNode schema =
        recorded.status() == 200
            ? operation
                .path("responses")
                .path("200")
                .path("content")
                .path("application/json")
                .path("schema")
            : Json.object().put("$ref", SCHEMAS + "ErrorResponse");
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

  private @Nullable JsonNode operation(Recorded recorded) {
    String asked = recorded.path().replaceFirst("^/(openai|nebius)/v1/", "/v1/");
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
              return factory.getSchema(whole);
            });
    compiled.validate(json).stream()
        .map(message -> what + ": " + message.getMessage())
        .distinct()
        .forEach(complaints::add);
  }
}
