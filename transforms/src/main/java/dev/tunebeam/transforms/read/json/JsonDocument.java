package dev.tunebeam.transforms.read.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.tunebeam.transforms.read.input.RowDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scans one JSON object for the array with the rows, and after the rows to its end. Everything
 * beside the array is skipped by its brackets and quotes and never held, whatever its size.
 *
 * <p>Problems are returned as the second half of a sentence about a position in the file.
 */
final class JsonDocument {

  /** Maximum depth of objects that are searched for another array of objects. */
  private static final int DEEPEST = 100;

  private static final JsonFactory JSON = new JsonFactory();

  private final JsonValueScanner scanner;
  private final RowDecoder decoder;
  private final String path;
  private final boolean only;

  /** Paths of the objects that enclose the rows, outermost first. */
  private final List<String> open = new ArrayList<>();

  /**
   * @param path the keys to the array, joined by dots; a key may contain dots itself
   * @param only whether a second array of objects is an error, because the path was inferred
   */
  JsonDocument(JsonValueScanner scanner, RowDecoder decoder, String path, boolean only) {
    this.decoder = decoder;
    this.scanner = scanner;
    this.path = path;
    this.only = only;
  }

  /** Moves past the opening bracket of the array; returns the problem if there is no such array. */
  @Nullable String enter() throws IOException {
    if (!scanner.take('{')) {
      return "an object with the rows under " + quoted(path) + " is expected" + advice();
    }
    open.add("");
    String rest = path;
    boolean first = true;
    while (true) {
      if (scanner.take('}')) {
        if (open.size() == 1) {
          return "the object ends here and has no " + quoted(path) + advice();
        }
        open.remove(open.size() - 1);
        rest = path.substring(prefix().length());
        first = false;
        continue;
      }
      if (!first && !scanner.take(',')) {
        return "a comma or the end of the object is expected";
      }
      first = false;
      String key = key();
      if (key == null) {
        return "a name in quotes and a colon are expected";
      }
      if (key.equals(rest)) {
        return scanner.take('[') ? null : "there is no array under " + quoted(path) + advice();
      }
      if (rest.startsWith(key + ".") && scanner.take('{')) {
        rest = rest.substring(key.length() + 1);
        open.add(prefix() + key);
        first = true;
      } else {
        String problem = pass(prefix() + key, 0);
        if (problem != null) {
          return problem;
        }
      }
    }
  }

  /**
   * Moves from the end of the array to the end of the file; returns the problem if there is one.
   */
  @Nullable String leave() throws IOException {
    while (!open.isEmpty()) {
      String problem = passMembers(false, prefix(), 0);
      if (problem != null) {
        return problem;
      }
      open.remove(open.size() - 1);
    }
    if (scanner.atEnd()) {
      return null;
    }
    return "more text after the end of the object"
        + (only ? "; if each object of the file is a row, set rows: ." : "");
  }

  /** Skips the members of an object, to its end. */
  private @Nullable String passMembers(boolean atStart, String prefix, int depth)
      throws IOException {
    boolean first = atStart;
    while (!scanner.take('}')) {
      if (scanner.atEnd()) {
        return "the object is not closed, the file seems to be cut off";
      }
      if (!first && !scanner.take(',')) {
        return "a comma or the end of the object is expected";
      }
      first = false;
      String key = key();
      if (key == null) {
        return "a name in quotes and a colon are expected";
      }
      if ((prefix + key).equals(path)) {
        return "the name " + quoted(path) + " occurs twice";
      }
      String problem = pass(prefix + key, depth);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private @Nullable String pass(String name, int depth) throws IOException {
    if (only && depth < DEEPEST) {
      if (scanner.take('{')) {
        return passMembers(true, name + ".", depth + 1);
      }
      if (scanner.take('[')) {
        return passArray(name);
      }
    }
    return passValue();
  }

  private @Nullable String passArray(String name) throws IOException {
    boolean first = true;
    while (!scanner.take(']')) {
      if (scanner.atEnd()) {
        return "the array is not closed, the file seems to be cut off";
      }
      if (!first && !scanner.take(',')) {
        return "a comma or the end of the array is expected";
      }
      if (first && scanner.take('{')) {
        return "%s is an array of objects as well as %s; choose the one with the rows, rows: %s"
            .formatted(quoted(name), quoted(path), path);
      }
      first = false;
      String problem = passValue();
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private @Nullable String passValue() throws IOException {
    return switch (scanner.scan()) {
      case NOTHING -> "a JSON value is expected";
      case CUT_OFF -> "the value that begins here does not end, the file seems to be cut off";
      case VALUE, TOO_LONG -> null;
    };
  }

  /** The key of the next member, up to its value; null if there is none. */
  private @Nullable String key() throws IOException {
    JsonValueScanner.Found found = scanner.scan();
    boolean text =
        found == JsonValueScanner.Found.VALUE && scanner.bytes()[scanner.offset()] == '"';
    if (!text && found != JsonValueScanner.Found.TOO_LONG) {
      return null;
    }
    // A key longer than the maximum row size cannot match.
    String name = text ? unquoted() : "…";
    return name != null && scanner.take(':') ? name : null;
  }

  private @Nullable String unquoted() {
    String json = decoder.lenient(scanner.bytes(), scanner.offset(), scanner.length());
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException e) {
      return null;
    }
  }

  private String prefix() {
    String name = open.get(open.size() - 1);
    return name.isEmpty() ? "" : name + ".";
  }

  private static String quoted(String name) {
    return '"' + name + '"';
  }

  private String advice() {
    return "; correct the setting rows, or leave it out where a file is an array itself";
  }
}
