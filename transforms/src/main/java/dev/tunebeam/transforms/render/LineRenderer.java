package dev.tunebeam.transforms.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.transforms.delimit.Delimiters;
import dev.tunebeam.transforms.normalize.Example;
import dev.tunebeam.transforms.normalize.Message;
import dev.tunebeam.transforms.reject.Reason;
import dev.tunebeam.transforms.reject.RejectException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * An example as one line of a shard: UTF-8 JSON without a line end, keys in a fixed order, only
 * those characters escaped that JSON wants escaped. The same example gives the same bytes.
 */
public final class LineRenderer {

  private static final JsonFactory JSON = new JsonFactory();

  private final Format format;
  private final Delimiters delimiters;

  public LineRenderer(Format format, Delimiters delimiters) {
    this.format = format;
    this.delimiters = delimiters;
  }

  /** The line; throws {@link RejectException} for a text that UTF-8 cannot hold. */
  public byte[] render(Example example) {
    // By way of characters: to bytes, the generator writes what is beyond U+FFFF as two escapes,
    // and half of a pair as one.
    StringWriter text = new StringWriter(512);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      if (format == Format.COMPLETION) {
        json.writeStringField("prompt", prompt(example));
        json.writeStringField("completion", completion(example));
      } else {
        json.writeArrayFieldStart("messages");
        for (Message turn : example.messages()) {
          write(json, turn);
        }
        json.writeEndArray();
        JsonText.writeFields(json, example.other());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String line = text.toString();
    if (hasHalfAPair(line)) {
      throw new RejectException(
          Reason.BAD_ENCODING, "the text holds half of a surrogate pair; correct the escape in it");
    }
    return line.getBytes(UTF_8);
  }

  private static boolean hasHalfAPair(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  /** The prompt with its separator; empty for text without a prompt. */
  public String prompt(Example example) {
    return example.hasPrompt() ? delimiters.delimitPrompt(example.context().get(0).text()) : "";
  }

  /** The completion with what is put around it. */
  public String completion(Example example) {
    return delimiters.delimitCompletion(example.answer().text());
  }

  private static void write(JsonGenerator json, Message turn) throws IOException {
    json.writeStartObject();
    json.writeStringField("role", turn.role());
    json.writeFieldName("content");
    JsonText.write(json, turn.content());
    JsonText.writeFields(json, turn.other());
    json.writeEndObject();
  }
}
