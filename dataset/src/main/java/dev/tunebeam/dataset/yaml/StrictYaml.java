package dev.tunebeam.dataset.yaml;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.AnnotationIntrospectorPair;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads hand-written YAML into a record and rejects everything unexpected: an unknown key, a wrong
 * type, an unknown enum name, a duplicate key, an alias, a second document, an empty file. No
 * coercion between strings and numbers. Each error is a {@link BadYamlException} with a one-line
 * message for the author of the file: {@code recipe.yaml, line 3: unknown key vaildation; did you
 * mean validation?}
 *
 * <p>A missing or empty key is null in the record's constructor; a missing primitive is an error,
 * and so is a missing key with {@code @JsonProperty(required = true)}. A record rejects a value
 * with an {@link IllegalArgumentException}; if its message begins with the key ({@code validation
 * must be below 1, not 1.5}), the line of that key is added. Enum constants are named as in {@link
 * DashedNames}; dates are ISO 8601.
 *
 * <p>The document is held in memory. Thread-safe.
 */
public final class StrictYaml {

  /** Maximum size of a file, 4 MiB: names for ten thousand labels need a quarter of it. */
  private static final int MOST_BYTES = 4 << 20;

  private static final YAMLMapper MAPPER = mapper();

  private StrictYaml() {}

  /** An error in a YAML file. The message is complete and for the user. */
  public static final class BadYamlException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String key;
    private final String problem;

    /** A problem of a file; line 0 if it is not about one line. */
    public BadYamlException(String name, int line, String key, String problem) {
      super((line > 0 ? name + ", line " + line : name) + ": " + problem);
      this.key = key;
      this.problem = problem;
    }

    /** The key, {@code map.prompt}; empty if the error is not about one key. */
    public String key() {
      return key;
    }

    /** The message without file and line; begins with the key if there is one. */
    public String problem() {
      return problem;
    }
  }

  /**
   * Reads a file; messages contain the path as given.
   *
   * @throws BadYamlException also if the file does not exist or cannot be read
   */
  public static <T> T read(Path file, Class<T> type) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString(), type);
    } catch (NoSuchFileException e) {
      throw new BadYamlException(file.toString(), 0, "", "no such file");
    } catch (IOException e) {
      throw new BadYamlException(file.toString(), 0, "", "cannot be read: " + e.getMessage());
    }
  }

  /** Reads a UTF-8 stream, with or without BOM, named {@code name} in messages. */
  public static <T> T read(InputStream in, String name, Class<T> type) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new BadYamlException(
          name, 0, "", "the file is larger than 4 MiB, the most for settings");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return read(text, name, type);
    } catch (CharacterCodingException e) {
      throw new BadYamlException(name, 0, "", "the file is not UTF-8 text");
    }
  }

  /** Reads a text named {@code name} in messages. */
  public static <T> T read(String yaml, String name, Class<T> type) {
    try {
      return readNested(yaml, name, type);
    } catch (StackOverflowError e) {
      throw new BadYamlException(name, 0, "", "lists or keys are nested too deeply");
    }
  }

  private static <T> T readNested(String yaml, String name, Class<T> type) {
    String text = yaml.startsWith("\uFEFF") ? yaml.substring(1) : yaml;
    YamlPositions positions;
    try (YAMLParser parser = MAPPER.getFactory().createParser(text)) {
      positions = YamlPositions.of(parser);
    } catch (YamlPositions.BadDocumentException e) {
      throw new BadYamlException(name, e.line, "", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new YamlErrors(MAPPER, name, YamlPositions.of(MAPPER.getNodeFactory().nullNode()))
          .syntax(e, text);
    }
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new YamlErrors(MAPPER, name, positions).about(e);
    }
  }

  /**
   * Converts a map to a record, as strictly as {@link #read}: the inverse of {@link #toMap}.
   * Messages begin with {@code name}.
   */
  public static <T> T convert(Map<String, ?> values, String name, Class<T> type) {
    JsonNode tree = MAPPER.valueToTree(values);
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw new YamlErrors(MAPPER, name, YamlPositions.of(tree)).about(e);
    }
  }

  /** Converts a record to a map, in the order of its components, without nulls. */
  public static Map<String, Object> toMap(Record values) {
    return MAPPER.convertValue(values, new TypeReference<LinkedHashMap<String, Object>>() {});
  }

  private static YAMLMapper mapper() {
    YAMLMapper mapper =
        YAMLMapper.builder()
            .addModule(new JavaTimeModule())
            // YAML 1.1 reads yes, no, on and off as booleans; users mean strings.
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .annotationIntrospector(
                new AnnotationIntrospectorPair(
                    new DashedNames(), new JacksonAnnotationIntrospector()))
            .build();
    mapper
        .coercionConfigDefaults()
        .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
    mapper
        .coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    return mapper;
  }
}
