package dev.tunebeam.transforms.read.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.json.JsonNumber;
import dev.tunebeam.transforms.json.JsonTree;
import dev.tunebeam.transforms.read.input.RowException;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses one JSON object into the fields of a row, see {@link Row#fields}; numbers keep their text,
 * NaN and the infinities are null. A list that begins with a text and holds no other list or object
 * is a row too, with the fields 0, 1 and so on. Refuses invalid JSON, duplicate keys in an object,
 * and nesting deeper than Jackson's limit of 1,000.
 */
public final class JsonObjectParser {

  /** References to Jackson's internal objects in its messages. */
  private static final Pattern LOCATION_NOISE =
      Pattern.compile("\\s*(\\(start marker at )?\\[Source:[^\\]]*\\]\\)?");

  /** Advice in its messages on settings of the parser. */
  private static final Pattern SETTING_NOISE =
      Pattern.compile(
          "\\s*[,(]? ?(from )?`?StreamReadConstraints\\.\\w+\\(\\)`?\\)?"
              + "| \\(or 'NaN'/'INF'/'\\+INF'\\)");

  private JsonObjectParser() {}

  /** Parses a text. */
  public static Map<String, Object> parse(String text) throws RowException {
    try (JsonParser parser = JsonTree.JSON.createParser(text)) {
      return object(parser);
    } catch (IllegalArgumentException e) {
      throw RowException.refused(Reason.MALFORMED_JSON, String.valueOf(e.getMessage()));
    } catch (StreamConstraintsException e) {
      throw RowException.refused(Reason.MALFORMED_JSON, sentence(e));
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw RowException.broken(
          Reason.MALFORMED_JSON,
          sentence(e),
          at == null ? 1 : at.getLineNr(),
          at == null ? 1 : at.getColumnNr());
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  /** The same from UTF-8, which is faster; {@code text} is the decoded text. */
  static Map<String, Object> parse(byte[] bytes, int offset, int length, String text)
      throws RowException {
    if (looksLikeWideCharacters(bytes, offset, length)) {
      return parse(text);
    }
    try (JsonParser parser = JsonTree.JSON.createParser(bytes, offset, length)) {
      return object(parser);
    } catch (IOException | IllegalArgumentException e) {
      // Parses again, since error positions in a text are counted in characters.
      return parse(text);
    }
  }

  /** Jackson takes a leading NUL for UTF-16 or UTF-32. */
  private static boolean looksLikeWideCharacters(byte[] bytes, int offset, int length) {
    for (int i = 0; i < Math.min(4, length); i++) {
      if (bytes[offset + i] == 0) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException, RowException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw RowException.broken(Reason.MALFORMED_JSON, "no JSON value", 1, 1);
    }
    if (first != JsonToken.START_OBJECT) {
      Object other = JsonTree.read(parser);
      refuseRest(parser);
      if (other instanceof List<?> list && isRow(list)) {
        return numbered(list);
      }
      throw RowException.refused(
          Reason.NOT_AN_OBJECT, "a JSON object is expected, this is " + kind(other));
    }
    Map<String, Object> fields = JsonTree.readObject(parser);
    refuseRest(parser);
    return fields;
  }

  /** Whether a list is a row of a table without names, such as {@code ["a text", "label"]}. */
  private static boolean isRow(List<?> list) {
    return list.size() > 1
        && list.get(0) instanceof String
        && list.stream().noneMatch(value -> value instanceof List || value instanceof Map);
  }

  /** The fields of such a row are named by their positions, from 0. */
  private static Map<String, Object> numbered(List<?> list) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < list.size(); i++) {
      fields.put(String.valueOf(i), list.get(i));
    }
    return fields;
  }

  private static void refuseRest(JsonParser parser) throws IOException, RowException {
    if (parser.nextToken() != null) {
      JsonLocation at = parser.getTokenLocation();
      throw RowException.broken(
          Reason.MALFORMED_JSON,
          "more text after the end of the JSON value",
          at.getLineNr(),
          at.getColumnNr());
    }
  }

  private static String kind(@Nullable Object value) {
    if (value instanceof List) {
      return "a list";
    }
    if (value instanceof String) {
      return "a text";
    }
    return value instanceof JsonNumber ? "a number" : String.valueOf(value);
  }

  private static String sentence(JsonProcessingException e) {
    String message = String.valueOf(e.getOriginalMessage());
    if (e instanceof StreamConstraintsException) {
      message = withAsciiDigits(message);
    }
    String plain = LOCATION_NOISE.matcher(message).replaceAll("");
    return Whitespace.strip(Whitespace.collapse(SETTING_NOISE.matcher(plain).replaceAll("")));
  }

  /** Jackson formats limits as the locale does. */
  private static String withAsciiDigits(String text) {
    StringBuilder ascii = new StringBuilder();
    text.chars()
        .forEach(
            c ->
                ascii.append(
                    Character.isDigit(c) ? (char) ('0' + Character.digit(c, 10)) : (char) c));
    return ascii.toString();
  }
}
