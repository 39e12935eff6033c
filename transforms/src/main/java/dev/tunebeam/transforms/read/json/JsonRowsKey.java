package dev.tunebeam.transforms.read.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The candidates for the array with the rows, in the beginning of a JSON file that is one object.
 * Nested arrays belong to a row and are not searched.
 *
 * @param paths the arrays of objects, or of lists that begin with a text, each by its keys joined
 *     by dots, in file order
 * @param isExample whether the object is a row itself: it has a prompt, a completion or a
 *     conversation
 * @param isAlone whether no other value follows; also true if the beginning ends before
 */
public record JsonRowsKey(List<String> paths, boolean isExample, boolean isAlone) {

  private static final JsonFactory JSON = new JsonFactory();

  /** Field names of an example, as opposed to a document with examples. */
  private static final Set<String> EXAMPLE =
      Set.of("prompt", "completion", "messages", "conversations");

  /** Pairs of field names of a message, by dialect. */
  private static final List<Set<String>> MESSAGE =
      List.of(Set.of("role", "content"), Set.of("from", "value"));

  /** Prefix of the name of an array with messages. */
  private static final String CONVERSATION = "[]";

  /** Searches {@code head}, which may end anywhere. */
  public static JsonRowsKey find(String head) {
    return find(new StringReader(head));
  }

  /** Searches a text, which may end anywhere. */
  public static JsonRowsKey find(Reader text) {
    List<String> paths = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    boolean isAlone = true;
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        lookThrough(parser, "", paths, names);
        isAlone = parser.nextToken() == null;
      }
    } catch (IOException e) {
      // The end of the head, or broken syntax, which the reader reports.
    }
    return new JsonRowsKey(
        List.copyOf(paths),
        names.stream().anyMatch(name -> EXAMPLE.contains(name) || name.startsWith(CONVERSATION)),
        isAlone);
  }

  /** Whether the rows are under a key. */
  public boolean isDocument() {
    return isAlone && !isExample && !paths.isEmpty();
  }

  private static void lookThrough(
      JsonParser parser, String prefix, List<String> paths, Set<String> names) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.getCurrentName();
      names.add(prefix + name);
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT) {
        lookThrough(parser, prefix + name + ".", paths, names);
      } else if (token == JsonToken.START_ARRAY) {
        lookIntoArray(parser, prefix + name, paths, names);
      }
    }
  }

  private static void lookIntoArray(
      JsonParser parser, String path, List<String> paths, Set<String> names) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_OBJECT) {
      paths.add(path);
      Set<String> fields = new LinkedHashSet<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        fields.add(parser.getCurrentName());
        parser.nextToken();
        parser.skipChildren();
      }
      if (MESSAGE.stream().anyMatch(fields::containsAll)) {
        names.add(CONVERSATION + path);
      }
      token = parser.nextToken();
    } else if (token == JsonToken.START_ARRAY) {
      if (parser.nextToken() == JsonToken.VALUE_STRING
          && parser.nextToken() != null
          && parser.currentToken().isScalarValue()) {
        paths.add(path);
      }
      while (parser.currentToken() != null && parser.currentToken() != JsonToken.END_ARRAY) {
        parser.skipChildren();
        parser.nextToken();
      }
      token = parser.nextToken();
    }
    while (token != null && token != JsonToken.END_ARRAY) {
      parser.skipChildren();
      token = parser.nextToken();
    }
  }
}
