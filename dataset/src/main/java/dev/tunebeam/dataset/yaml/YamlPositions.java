package dev.tunebeam.dataset.yaml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The line and the original value of each key in a YAML document, for error messages. Paths are
 * written {@code models[2].price}.
 */
final class YamlPositions {

  private static final int LONGEST_SHOWN = 60;

  /**
   * The content at a path: the line (0 = unknown), the value as shown in messages, and the keys of
   * a mapping in order.
   */
  record Place(int line, String shown, List<String> keys) {
    Place(int line, String shown) {
      this(line, shown, List.of());
    }
  }

  /** A document that must not be parsed further; the message contains no file name. */
  static final class BadDocumentException extends Exception {
    private static final long serialVersionUID = 1L;
    final int line;

    BadDocumentException(int line, String message) {
      super(message);
      this.line = line;
    }
  }

  private final Map<String, Place> places = new HashMap<>();

  private YamlPositions() {}

  /** The positions of a tree without a file: no line numbers. */
  static YamlPositions of(JsonNode tree) {
    YamlPositions positions = new YamlPositions();
    positions.addTree("", tree);
    return positions;
  }

  /**
   * Scans the document once. Rejects what Jackson would silently accept: a duplicate key, an alias,
   * a second document, an empty file.
   */
  static YamlPositions of(YAMLParser parser) throws IOException, BadDocumentException {
    YamlPositions positions = new YamlPositions();
    if (parser.nextToken() == null) {
      throw new BadDocumentException(0, "the file is empty");
    }
    positions.addValue("", line(parser), parser);
    if (parser.nextToken() != null) {
      throw new BadDocumentException(
          line(parser), "a second document starts here; only one is allowed");
    }
    return positions;
  }

  /** The content at a path, null if there is none. */
  @Nullable Place at(String path) {
    return places.get(path);
  }

  /** The line of a path, or of its nearest ancestor with a line; 0 for the whole file. */
  int line(String path) {
    for (String at = path; !at.isEmpty(); at = at.substring(0, parentEnd(at))) {
      Place place = places.get(at);
      if (place != null) {
        return place.line();
      }
    }
    return 0;
  }

  private static int parentEnd(String path) {
    return Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('[')));
  }

  /** The path of Jackson's references. */
  static String path(List<JsonMappingException.Reference> references) {
    String path = "";
    for (JsonMappingException.Reference reference : references) {
      String field = reference.getFieldName();
      path = field == null ? item(path, reference.getIndex()) : key(path, field);
    }
    return path;
  }

  /** The path of a key within the mapping at {@code parent}. */
  static String key(String parent, String name) {
    return parent.isEmpty() ? name : parent + "." + name;
  }

  private static String item(String parent, int index) {
    return parent + "[" + index + "]";
  }

  private void addValue(String path, int line, YAMLParser parser)
      throws IOException, BadDocumentException {
    if (parser.isCurrentAlias()) {
      throw new BadDocumentException(
          line(parser), "aliases (*%s) are not supported".formatted(parser.getText()));
    }
    switch (parser.currentToken()) {
      case START_OBJECT -> addMapping(path, line, parser);
      case START_ARRAY -> {
        places.put(path, new Place(line, "a list"));
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
          addValue(item(path, i), line(parser), parser);
        }
      }
      case VALUE_NULL -> places.put(path, new Place(line, "empty"));
      case VALUE_STRING -> places.put(path, new Place(line, quoted(parser.getText())));
      default -> places.put(path, new Place(line, parser.getText()));
    }
  }

  private void addMapping(String path, int line, YAMLParser parser)
      throws IOException, BadDocumentException {
    List<String> keys = new ArrayList<>();
    places.put(path, new Place(line, "keys with values", keys));
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      keys.add(parser.currentName());
      String name = key(path, parser.currentName());
      int keyLine = line(parser);
      Place before = places.get(name);
      if (before != null) {
        throw new BadDocumentException(
            keyLine,
            String.format(
                Locale.ROOT, "duplicate key %s, first set in line %d", name, before.line()));
      }
      parser.nextToken();
      addValue(name, keyLine, parser);
    }
  }

  private void addTree(String path, JsonNode node) {
    if (node.isObject()) {
      List<String> keys = new ArrayList<>();
      node.fieldNames().forEachRemaining(keys::add);
      places.put(path, new Place(0, "keys with values", keys));
      node.fields().forEachRemaining(e -> addTree(key(path, e.getKey()), e.getValue()));
    } else if (node.isArray()) {
      places.put(path, new Place(0, "a list"));
      for (int i = 0; i < node.size(); i++) {
        addTree(item(path, i), node.get(i));
      }
    } else if (node.isNull()) {
      places.put(path, new Place(0, "empty"));
    } else {
      String shown = node.isTextual() ? quoted(node.textValue()) : node.asText();
      places.put(path, new Place(0, shown));
    }
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  /** The quoted text on one line, truncated. */
  private static String quoted(String text) {
    String oneLine = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
    return oneLine.length() > LONGEST_SHOWN
        ? '"' + oneLine.substring(0, LONGEST_SHOWN) + "…\""
        : '"' + oneLine + '"';
  }
}
