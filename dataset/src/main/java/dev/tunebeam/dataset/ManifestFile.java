package dev.tunebeam.dataset;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Manifest} as JSON: UTF-8, indented by two spaces, line feeds, keys of records in the
 * order of their components, keys of maps sorted, a trailing newline. Deterministic on every
 * machine.
 */
public final class ManifestFile {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
          .defaultPrettyPrinter(new Pretty())
          .build()
          .setInjectableValues(new InjectableValues.Std().addValue(Manifest.LEFT_OUT, null));

  private static final Pattern MISSING = Pattern.compile("Missing creator property '([^']+)'");

  private ManifestFile() {}

  /** The bytes of the file; with a million shards some hundred MB, which are in memory twice. */
  public static byte[] bytes(Manifest manifest) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder()) {
      JSON.writerWithDefaultPrettyPrinter().writeValue((OutputStream) bytes, manifest);
      bytes.append('\n');
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new IllegalArgumentException("the recipe cannot be written as JSON: " + e, e);
    }
  }

  /**
   * Reads a manifest.
   *
   * @throws BrokenManifestException if it is invalid: not JSON, a missing or unknown key, a wrong
   *     type, inconsistent numbers
   * @throws IOException if the file does not exist or cannot be read
   */
  public static Manifest read(Path file) throws IOException {
    return parse(Files.readAllBytes(file), file.toString());
  }

  /**
   * Reads a manifest from its bytes, for files on other file systems.
   *
   * @param name the file name for messages
   * @throws BrokenManifestException as {@link #read}
   */
  public static Manifest parse(byte[] bytes, String name) {
    try {
      Manifest manifest = JSON.readValue(bytes, Manifest.class);
      if (manifest == null) {
        throw broken(name, "it is null", null);
      }
      return manifest;
    } catch (JsonParseException e) {
      throw broken(name, at(e) + e.getOriginalMessage().lines().findFirst().orElse(""), e);
    } catch (JsonMappingException e) {
      throw broken(name, reason(e), e);
    } catch (IOException e) {
      throw broken(name, String.valueOf(e.getMessage()), e);
    }
  }

  private static BrokenManifestException broken(
      String name, String why, @Nullable Throwable cause) {
    return new BrokenManifestException(
        "%s is not a valid manifest of this version: %s. Prepare the dataset again with --overwrite."
            .formatted(name, why),
        cause);
  }

  /** The message of a record's constructor if there is one, else Jackson's message with the key. */
  private static String reason(JsonMappingException e) {
    if (e.getCause() instanceof IllegalArgumentException refused) {
      return String.valueOf(refused.getMessage());
    }
    if (e instanceof UnrecognizedPropertyException) {
      return "unknown key '" + path(e) + "'";
    }
    if (e instanceof InvalidNullException) {
      return "'" + path(e) + "' is null";
    }
    Matcher missing = MISSING.matcher(e.getOriginalMessage());
    if (missing.lookingAt()) {
      return "the key '" + missing.group(1) + "' is missing";
    }
    String message = e.getOriginalMessage().lines().findFirst().orElse("");
    if (message.startsWith("Trailing token")) {
      return "it has content after its end";
    }
    if (message.startsWith("No content")) {
      return "it is empty";
    }
    // Jackson's advice in brackets is for programmers.
    message = message.replaceFirst(" \\(but could .*", "");
    return path(e).isEmpty() ? message : "'" + path(e) + "': " + message;
  }

  private static String at(JsonParseException e) {
    JsonLocation location = e.getLocation();
    if (location == null || location.getLineNr() < 1) {
      return "";
    }
    return String.format(
        Locale.ROOT, "line %d, column %d: ", location.getLineNr(), location.getColumnNr());
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  /** Like Jackson's default, but with line feeds on every system and {@code "key": value}. */
  private static final class Pretty extends DefaultPrettyPrinter {

    private static final long serialVersionUID = 1L;

    Pretty() {
      DefaultIndenter lines = new DefaultIndenter("  ", "\n");
      indentObjectsWith(lines);
      indentArraysWith(lines);
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
      return new Pretty();
    }

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator json) throws IOException {
      json.writeRaw(": ");
    }

    @Override
    public void writeEndArray(JsonGenerator json, int values) throws IOException {
      end(json, values, "]");
    }

    @Override
    public void writeEndObject(JsonGenerator json, int values) throws IOException {
      end(json, values, "}");
    }

    /** Jackson writes a space into empty arrays and objects. */
    private void end(JsonGenerator json, int values, String bracket) throws IOException {
      _nesting--;
      if (values > 0) {
        _objectIndenter.writeIndentation(json, _nesting);
      }
      json.writeRaw(bracket);
    }
  }
}
