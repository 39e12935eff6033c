package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Validates content parts against OpenAI's training lines. Pure functions. */
final class ContentParts {

  private static final Map<String, Set<String>> TYPES_BY_ROLE =
      Map.of(
          Message.USER,
          Set.of("text", "image_url", "input_audio", "file"),
          Message.ASSISTANT,
          Set.of("text", "refusal"));

  private static final Set<String> TEXT_ALONE = Set.of("text");

  private ContentParts() {}

  /** Throws {@link RejectException} for parts that the role may not have. */
  static void check(int number, String role, List<?> parts) {
    for (Object part : parts) {
      if (!(part instanceof Map<?, ?> map) || !(map.get("type") instanceof String type)) {
        throw bad(number, "has a content part without a type");
      }
      Set<String> allowed = TYPES_BY_ROLE.getOrDefault(role, TEXT_ALONE);
      if (role.equals("function") || !allowed.contains(type)) {
        throw bad(number, "(%s) has a content part of the type %s".formatted(role, type));
      }
      checkPart(number, type, map);
    }
  }

  private static void checkPart(int number, String type, Map<?, ?> part) {
    switch (type) {
      case "text", "refusal" -> text(number, type, part, type);
      case "image_url" -> {
        Map<?, ?> image = object(number, type, part);
        text(number, type, image, "url");
        among(number, type, image.get("detail"), "auto", "low", "high");
      }
      case "input_audio" -> {
        Map<?, ?> audio = object(number, type, part);
        text(number, type, audio, "data");
        text(number, type, audio, "format");
        among(number, type, audio.get("format"), "wav", "mp3");
      }
      default -> object(number, type, part);
    }
  }

  private static void text(int number, String type, Map<?, ?> map, String key) {
    if (!(map.get(key) instanceof String)) {
      throw bad(
          number,
          "has a content part of the type %s without a %s"
              .formatted(type, key.equals("refusal") ? "text" : key));
    }
  }

  private static Map<?, ?> object(int number, String type, Map<?, ?> part) {
    if (part.get(type) instanceof Map<?, ?> map) {
      return map;
    }
    throw bad(number, "has a content part of the type %s without its object".formatted(type));
  }

  private static void among(int number, String type, @Nullable Object value, String... known) {
    if (value != null && !List.of(known).contains(value)) {
      throw bad(
          number,
          "has a content part of the type %s with %s, not %s"
              .formatted(type, value, String.join(" or ", known)));
    }
  }

  private static RejectException bad(int number, String what) {
    return new RejectException(Reason.BAD_MESSAGES, "message %s %s".formatted(number, what));
  }
}
