package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.tunebeam.dataset.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** OpenAI's JSON Schema of training lines, where it lies beside the project. */
final class TrainingLines {

  private static final Path SCHEMA = Path.of("../../shared/openai/training-lines.schema.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<Format, String> DEFINITIONS =
      Map.of(
          Format.COMPLETION, "FineTuneCompletionRequestInput",
          Format.CHAT, "FineTuneChatRequestInput",
          Format.PREFERENCE, "FineTunePreferenceRequestInput");

  private TrainingLines() {}

  /** Fails if one of the lines is no line of that format; says nothing without the schema. */
  static void assertValid(Format format, List<String> lines) throws IOException {
    JsonSchema schema = schema(format);
    if (schema == null) {
      return;
    }
    for (String line : lines) {
      Set<ValidationMessage> complaints = schema.validate(JSON.readTree(line));
      assertThat(line, complaints, empty());
    }
  }

  private static @Nullable JsonSchema schema(Format format) throws IOException {
    if (!Files.exists(SCHEMA)) {
      return null;
    }
    JsonNode file = JSON.readTree(SCHEMA.toFile());
    ObjectNode schema = JSON.createObjectNode();
    schema.set("$schema", file.get("$schema"));
    schema.set("$defs", file.get("$defs"));
    schema.put("$ref", "#/$defs/" + DEFINITIONS.get(format));
    return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema);
  }
}
