package dev.tunebeam.dataset;

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
 * Reads YAML that people write into a record, and takes nothing that it does not understand: an
 * unknown key, a wrong type, an unknown name of an enum, a key given twice, an alias, a second
 * document, an empty file. Texts are not made of numbers, nor numbers of texts. Each mistake is a
 * {@link BadYamlException} whose message is one line for the person who wrote the file: {@code
 * recipe.yaml, line 3: unknown key vaildation; did you mean validation?}
 *
 * <p>A key that is left out or empty is null in the record's constructor, a missing primitive is a
 * mistake, and so is a missing key that {@code @JsonProperty(required = true)} asks for. A record
 * that refuses a value throws an {@link IllegalArgumentException}; if its message begins with the
 * name of the key ({@code validation must be below 1, not 1.5}), the line of that key is put before
 * it. Enum constants have the names of {@link DashedNames}; dates are ISO 8601.
 *
 * <p>The document is held in memory as a whole. Thread-safe.
 */
public final class StrictYaml {

  private static final YAMLMapper MAPPER = mapper();

  private StrictYaml() {}

  /** A mistake in a YAML file. The message is the whole text for the user. */
  public static final class BadYamlException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String key;
    private final String problem;

    BadYamlException(String name, int line, String key, String problem) {
      super((line > 0 ? name + ", line " + line : name) + ": " + problem);
      this.key = key;
      this.problem = problem;
    }

    /** The key in question, {@code map.prompt}; empty where it is not about one key. */
    public String key() {
      return key;
    }

    /** The message without file and line; begins with the key where there is one. */
    public String problem() {
      return problem;
    }
  }

  /**
   * Reads a file; messages name it as the path is given.
   *
   * @throws BadYamlException also if there is no such file or it cannot be read
   */
  public static <T> T read(Path file, Class<T> type) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString(), type);
    } catch (NoSuchFileException e) {
      throw new BadYamlException(file.toString(), 0, "", "there is no such file");
    } catch (IOException e) {
      throw new BadYamlException(file.toString(), 0, "", "cannot be read: " + e.getMessage());
    }
  }

  /** Reads a stream of UTF-8, with or without BOM, that messages call {@code name}. */
  public static <T> T read(InputStream in, String name, Class<T> type) throws IOException {
    byte[] bytes = in.readAllBytes();
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return read(text, name, type);
    } catch (CharacterCodingException e) {
      throw new BadYamlException(name, 0, "", "the file is not UTF-8 text");
    }
  }

  /** Reads a text that messages call {@code name}. */
  public static <T> T read(String yaml, String name, Class<T> type) {
    String text = yaml.startsWith("\uFEFF") ? yaml.substring(1) : yaml;
    YamlPositions positions;
    try (YAMLParser parser = MAPPER.getFactory().createParser(text)) {
      positions = YamlPositions.of(parser);
    } catch (YamlPositions.BadDocumentException e) {
      throw new BadYamlException(name, e.line, "", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new YamlComplaint(MAPPER, name, YamlPositions.of(MAPPER.getNodeFactory().nullNode()))
          .syntax(e, text);
    }
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new YamlComplaint(MAPPER, name, positions).about(e);
    }
  }

  /**
   * Makes a record of values by key, as strictly as {@link #read}: the opposite of {@link #toMap}.
   * Messages begin with {@code name}.
   */
  public static <T> T convert(Map<String, ?> values, String name, Class<T> type) {
    JsonNode tree = MAPPER.valueToTree(values);
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw new YamlComplaint(MAPPER, name, YamlPositions.of(tree)).about(e);
    }
  }

  /** A record's values by key, in the order of its components, without those that are null. */
  public static Map<String, Object> toMap(Record values) {
    return MAPPER.convertValue(values, new TypeReference<LinkedHashMap<String, Object>>() {});
  }

  private static YAMLMapper mapper() {
    YAMLMapper mapper =
        YAMLMapper.builder()
            .addModule(new JavaTimeModule())
            // YAML 1.1 reads yes, no, on and off as booleans; people mean the words.
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
