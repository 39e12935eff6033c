package dev.tunebeam.transforms.inspect;

import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.inspect.secrets.SecretKind;
import dev.tunebeam.transforms.inspect.secrets.Secrets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Detects secrets in everything that is trained on: texts, names, arguments of tool calls and tool
 * definitions. Pure functions.
 */
final class SecretTraits {

  /** Embedded images and sound: random matches would be likely. */
  private static final Pattern EMBEDDED =
      Pattern.compile("data:[^\\s,]{0,200};base64,[A-Za-z0-9+/=_%\\r\\n-]*+");

  private SecretTraits() {}

  /** The bits of the kinds of secrets in an example. */
  static long of(Example example) {
    long bits = in(example.other());
    for (Message turn : example.messages()) {
      bits |= in(turn);
    }
    Message other = example.nonPreferred();
    return other == null ? bits : bits | in(other);
  }

  private static long in(Message turn) {
    return in(turn.content()) | in(turn.other());
  }

  /** Searches a JSON value; its depth is limited by the reader. */
  private static long in(@Nullable Object value) {
    long bits = 0;
    if (value instanceof String text) {
      if (!text.startsWith("data:") || !EMBEDDED.matcher(text).matches()) {
        for (SecretKind kind : Secrets.kinds(text)) {
          bits |= trait(kind).bit();
        }
      }
    } else if (value instanceof List<?> list) {
      for (Object element : list) {
        bits |= in(element);
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        bits |= in(entry.getKey()) | in(entry.getValue());
      }
    }
    return bits;
  }

  private static Trait trait(SecretKind kind) {
    return switch (kind) {
      case EMAIL -> Trait.EMAIL;
      case PHONE -> Trait.PHONE;
      case CARD -> Trait.CARD;
      case IBAN -> Trait.IBAN;
      case API_KEY -> Trait.API_KEY;
    };
  }
}
