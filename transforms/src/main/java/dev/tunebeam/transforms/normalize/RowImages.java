package dev.tunebeam.transforms.normalize;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.normalize.template.RowFields;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the images of a row where its texts say {@code <image>}, as in the data of LLaVA and
 * LLaMA-Factory: the field images is a list of URLs, or image a single one. The text becomes
 * content parts of OpenAI's chat lines. Throws {@link RejectException} unless every image has its
 * place. A pure function.
 */
final class RowImages {

  private static final String PLACE = "<image>";

  private RowImages() {}

  /** The turns with the images of the row; the same turns if it has none. */
  static List<Message> place(Map<String, Object> fields, List<Message> turns) {
    List<String> urls = urls(fields);
    if (urls.isEmpty()) {
      return turns;
    }
    int places = turns.stream().mapToInt(RowImages::places).sum();
    if (places == 0 && !(RowFields.get(fields, "images") instanceof List)) {
      return turns;
    }
    if (places != urls.size()) {
      throw bad(
          String.format(
              Locale.ROOT,
              "the row has %s, and its texts hold %s %d times; each image needs its place",
              urls.size() == 1 ? "1 image" : urls.size() + " images",
              PLACE,
              places));
    }
    List<Message> placed = new ArrayList<>(turns.size());
    int next = 0;
    for (Message turn : turns) {
      int here = places(turn);
      placed.add(here == 0 ? turn : withParts(turn, urls.subList(next, next + here)));
      next += here;
    }
    return placed;
  }

  private static List<String> urls(Map<String, Object> fields) {
    Object value = RowFields.get(fields, "images");
    if (value == null) {
      value = RowFields.get(fields, "image");
    }
    List<?> list = value instanceof List<?> several ? several : listOf(value);
    List<String> urls = new ArrayList<>(list.size());
    for (Object element : list) {
      if (!(element instanceof String url)) {
        throw bad("an image of the row is not text: a URL or a data URL is needed");
      }
      urls.add(url);
    }
    return urls;
  }

  private static List<?> listOf(@Nullable Object value) {
    return value instanceof String text && !text.isEmpty() ? List.of(text) : List.of();
  }

  private static int places(Message turn) {
    int places = 0;
    if (turn.content() instanceof String text) {
      for (int at = text.indexOf(PLACE); at >= 0; at = text.indexOf(PLACE, at + PLACE.length())) {
        places++;
      }
    }
    return places;
  }

  private static Message withParts(Message turn, List<String> urls) {
    if (!turn.role().equals(Message.USER)) {
      throw bad(
          "a message of the role %s holds an image; only those of the user may"
              .formatted(turn.role()));
    }
    List<Object> parts = new ArrayList<>();
    String text = turn.text();
    int from = 0;
    for (String url : urls) {
      int at = text.indexOf(PLACE, from);
      addText(parts, text.substring(from, at));
      parts.add(part("image_url", Map.of("url", url)));
      from = at + PLACE.length();
    }
    addText(parts, text.substring(from));
    return new Message(turn.role(), parts, turn.other());
  }

  private static void addText(List<Object> parts, String text) {
    String stripped = Whitespace.strip(text);
    if (!stripped.isEmpty()) {
      parts.add(part("text", stripped));
    }
  }

  private static Map<String, Object> part(String type, Object value) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("type", type);
    part.put(type, value);
    return part;
  }

  private static RejectException bad(String message) {
    return new RejectException(Reason.UNUSABLE_IMAGE, message);
  }
}
