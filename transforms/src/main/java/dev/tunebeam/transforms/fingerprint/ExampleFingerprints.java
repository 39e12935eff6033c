package dev.tunebeam.transforms.fingerprint;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.json.JsonText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fingerprints of an example: XXH3-128 over its normalized content. Normalized are: Unicode to
 * NFC, all line endings to {@code \n}, leading and trailing whitespace of texts. Roles and the
 * other keys of a message count too.
 *
 * @param prompt of all turns but the last; without a prompt, of the whole example
 * @param whole of the whole example
 */
public record ExampleFingerprints(Fingerprint prompt, Fingerprint whole) {

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  /** The fingerprints of an example; a pure function of its content. */
  public static ExampleFingerprints of(Example example) {
    HashStream128 stream = Hashing.xxh3_128().hashStream();
    put(stream, example.context());
    put(stream, example.other());
    Fingerprint context = fingerprint(stream);
    put(stream, List.of(example.answer()));
    Message nonPreferred = example.nonPreferred();
    if (nonPreferred != null) {
      put(stream, List.of(nonPreferred));
    }
    Fingerprint whole = fingerprint(stream);
    // Without a prompt, only whole examples can be equal.
    return new ExampleFingerprints(example.hasPrompt() ? context : whole, whole);
  }

  /**
   * The fingerprint of the turns before the first answer. Equal prompts have equal openings, and
   * all examples of one conversation have one.
   */
  public static Fingerprint opening(Example example) {
    List<Message> context = example.context();
    boolean asked = false;
    int end = 0;
    while (end < context.size() && !(asked && context.get(end).isAssistant())) {
      asked |= !context.get(end).isAssistant() && !context.get(end).isSystem();
      end++;
    }
    if (!example.hasPrompt()) {
      return of(example).prompt();
    }
    HashStream128 stream = Hashing.xxh3_128().hashStream();
    put(stream, context.subList(0, end));
    put(stream, example.other());
    return fingerprint(stream);
  }

  /** The same with both fingerprints {@linkplain Fingerprint#shuffled shuffled}. */
  public ExampleFingerprints shuffled(long seed) {
    return new ExampleFingerprints(prompt.shuffled(seed), whole.shuffled(seed));
  }

  /** Counts precede variable parts, so that different examples never give the same stream. */
  private static void put(HashStream128 stream, List<Message> turns) {
    stream.putInt(turns.size());
    for (Message turn : turns) {
      put(stream, turn.role());
      if (turn.content() instanceof List<?> parts) {
        stream.putInt(1);
        put(stream, JsonText.of(parts.stream().map(part -> normalize(part)).toList()));
      } else {
        stream.putInt(0);
        put(stream, normalize(turn.text()));
      }
      put(stream, turn.other());
    }
  }

  private static void put(HashStream128 stream, Map<String, Object> other) {
    stream.putInt(other.size());
    if (!other.isEmpty()) {
      put(stream, JsonText.of(other));
    }
  }

  /**
   * As {@link HashStream128#putString}, which takes twice the time, since it reads char by char.
   */
  static void put(HashStream128 stream, String text) {
    Scratch scratch = SCRATCH.get();
    int length = text.length();
    for (int from = 0; from < length; from += Scratch.CHARS) {
      int count = Math.min(Scratch.CHARS, length - from);
      text.getChars(from, from + count, scratch.chars, 0);
      scratch.view.clear().put(scratch.chars, 0, count);
      stream.putBytes(scratch.bytes, 0, count * Character.BYTES);
    }
    stream.putInt(length);
  }

  /** Holds a piece of a text on its way into a stream, one a thread. */
  private static final class Scratch {

    static final int CHARS = 1024;

    final char[] chars = new char[CHARS];
    final byte[] bytes = new byte[CHARS * Character.BYTES];
    final CharBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer();
  }

  /** A content part with normalized text. */
  private static Object normalize(Object part) {
    if (part instanceof Map<?, ?> fields && fields.get("text") instanceof String text) {
      Map<Object, Object> normalized = new LinkedHashMap<>(fields);
      normalized.put("text", normalize(text));
      return normalized;
    }
    return part;
  }

  private static Fingerprint fingerprint(HashStream128 stream) {
    HashValue128 value = stream.get();
    return new Fingerprint(value.getMostSignificantBits(), value.getLeastSignificantBits());
  }

  /** The normalized text: NFC, {@code \n}, no leading or trailing whitespace. */
  static String normalize(String text) {
    String canonical = Nfc.of(text);
    if (canonical.indexOf('\r') >= 0) {
      canonical = canonical.replace("\r\n", "\n").replace('\r', '\n');
    }
    return Whitespace.strip(canonical);
  }
}
