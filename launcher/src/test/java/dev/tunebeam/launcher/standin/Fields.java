package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON request; what is missing or of a wrong type is a 400 that names it. */
record Fields(ObjectNode json, String path) {

  Fields(ObjectNode json) {
    this(json, "");
  }

  void only(String... names) {
    Set<String> known = Set.of(names);
    for (Iterator<String> given = json.fieldNames(); given.hasNext(); ) {
      String name = given.next();
      if (!known.contains(name)) {
        throw Refusal.badRequest(
            path + name, "unknown_parameter", "Unknown parameter: '" + path + name + "'.");
      }
    }
  }

  /** True where the field is there and not null. */
  boolean has(String name) {
    return json.hasNonNull(name);
  }

  String text(String name) {
    String text = optionalText(name);
    if (text == null) {
      throw Refusal.badRequest(
          path + name,
          "missing_required_parameter",
          "Missing required parameter: '" + path + name + "'.");
    }
    return text;
  }

  @Nullable String optionalText(String name) {
    JsonNode node = json.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isTextual()) {
      throw wrong(name, "a string");
    }
    return node.asText();
  }

  long whole(String name, long least, long most) {
    JsonNode node = json.path(name);
    if (!node.isIntegralNumber() || node.asLong() < least || node.asLong() > most) {
      throw wrong(name, "an integer from " + least + " to " + most);
    }
    return node.asLong();
  }

  /** As {@link #whole}; {@code otherwise} where the field is missing or null. */
  long whole(String name, long least, long most, long otherwise) {
    return has(name) ? whole(name, least, most) : otherwise;
  }

  /** Checks a field that is {@code "auto"}, missing, or a number in the range. */
  void autoOr(String name, boolean whole, double least, boolean leastIncluded, double most) {
    JsonNode node = json.path(name);
    if (node.isMissingNode() || node.isNull() || node.asText().equals("auto")) {
      return;
    }
    boolean fits = node.isNumber() && (!whole || node.isIntegralNumber());
    double number = node.asDouble();
    if (!fits || number > most || (leastIncluded ? number < least : number <= least)) {
      throw wrong(name, "'auto' or a number of the allowed range");
    }
  }

  /** An object within; empty where it is missing or null. */
  Fields object(String name) {
    JsonNode node = json.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return new Fields(Json.object(), path + name + ".");
    }
    if (node instanceof ObjectNode object) {
      return new Fields(object, path + name + ".");
    }
    throw wrong(name, "an object");
  }

  Refusal wrong(String name, String expected) {
    return Refusal.badRequest(
        path + name,
        "invalid_type",
        "Invalid value for '"
            + path
            + name
            + "': expected "
            + expected
            + ", but got "
            + json.path(name)
            + ".");
  }
}
