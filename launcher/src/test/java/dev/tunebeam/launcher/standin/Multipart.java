package dev.tunebeam.launcher.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** multipart/form-data (RFC 7578), read strictly: what is not of the form is a 400. */
final class Multipart {
  private static final Pattern BOUNDARY =
      Pattern.compile("multipart/form-data;\\s*boundary=\"?([^\";]{1,70})\"?");
  private static final Pattern DISPOSITION =
      Pattern.compile("form-data; name=\"([^\"]*)\"(?:; filename=\"([^\"]*)\")?");

  /**
   * One part.
   *
   * @param name of the form's field
   * @param filename null where the part is not a file
   */
  record Part(
      String name, @Nullable String filename, ByteString body, int contentFrom, int contentEnd) {
    /** Copied at each call: files are large. */
    ByteString content() {
      return body.substring(contentFrom, contentEnd);
    }

    int size() {
      return contentEnd - contentFrom;
    }
  }

  private static final ByteString BLANK_LINE = ByteString.encodeUtf8("\r\n\r\n");

  private final List<Part> parts;

  private Multipart(List<Part> parts) {
    this.parts = parts;
  }

  /** All parts, in order. */
  List<Part> parts() {
    return parts;
  }

  /** The only part of that name; a 400 where there is none or more than one. */
  Part one(String name) {
    Part found = optional(name);
    if (found == null) {
      throw Refusal.badRequest(name, null, "'" + name + "' is a required property");
    }
    return found;
  }

  @Nullable Part optional(String name) {
    List<Part> found = parts.stream().filter(part -> part.name.equals(name)).toList();
    if (found.size() > 1) {
      throw Refusal.badRequest(name, null, "'" + name + "' is given " + found.size() + " times");
    }
    return found.isEmpty() ? null : found.get(0);
  }

  /** Refuses fields that are not of the form. */
  void only(String... names) {
    for (Part part : parts) {
      if (!List.of(names).contains(part.name)) {
        throw Refusal.badRequest(
            part.name, "unknown_parameter", "Unknown parameter: '" + part.name + "'.");
      }
    }
  }

  static Multipart of(Call call) {
    String type = call.header("Content-Type");
    Matcher matcher = BOUNDARY.matcher(type == null ? "" : type);
    if (!matcher.matches()) {
      throw broken("the Content-Type is " + type);
    }
    ByteString body = call.body();
    ByteString dash = ByteString.encodeUtf8("--" + matcher.group(1));
    ByteString delimiter = ByteString.encodeUtf8("\r\n--" + matcher.group(1));
    if (!body.startsWith(dash)) {
      throw broken("the body does not begin with its boundary");
    }
    List<Part> parts = new ArrayList<>();
    int at = dash.size();
    while (!body.rangeEquals(at, ByteString.encodeUtf8("--\r\n"), 0, 4)
        && !(body.rangeEquals(at, ByteString.encodeUtf8("--"), 0, 2) && at + 2 == body.size())) {
      if (!body.rangeEquals(at, ByteString.encodeUtf8("\r\n"), 0, 2)) {
        throw broken("no line end after the boundary at byte " + at);
      }
      int end = body.indexOf(delimiter, at + 2);
      if (end < 0) {
        throw broken("the closing boundary is missing");
      }
      parts.add(part(body, at, end));
      at = end + delimiter.size();
    }
    return new Multipart(parts);
  }

  private static Part part(ByteString body, int from, int end) {
    int blank = body.indexOf(BLANK_LINE, from);
    if (blank < 0 || blank + 4 > end) {
      throw broken("a part has no blank line after its headers");
    }
    String headers = body.substring(from, blank).utf8();
    int contentFrom = blank + 4;
    for (String line : headers.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0
          && line.substring(0, colon).equalsIgnoreCase("Content-Length")
          && !line.substring(colon + 1).trim().equals(String.valueOf(end - contentFrom))) {
        throw broken("a part's Content-Length is not its length");
      }
    }
    for (String line : headers.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).equalsIgnoreCase("Content-Disposition")) {
        Matcher disposition = DISPOSITION.matcher(line.substring(colon + 1).trim());
        if (disposition.matches()) {
          return new Part(disposition.group(1), disposition.group(2), body, contentFrom, end);
        }
      }
    }
    throw broken("a part has no Content-Disposition: form-data with a name");
  }

  private static Refusal broken(String how) {
    return Refusal.badRequest(null, null, "Could not parse multipart form: " + how + ".");
  }
}
