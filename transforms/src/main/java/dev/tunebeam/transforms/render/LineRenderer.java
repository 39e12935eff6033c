package dev.tunebeam.transforms.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.transforms.delimit.Delimiters;
import dev.tunebeam.transforms.normalize.Example;
import dev.tunebeam.transforms.normalize.Message;
import dev.tunebeam.transforms.reject.Reason;
import dev.tunebeam.transforms.reject.RejectException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An example as one line of a shard: UTF-8 JSON without a line end. The same example gives the same
 * bytes.
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
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
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
    } catch (JsonGenerationException e) {
      throw new RejectException(
          Reason.BAD_ENCODING, "the text holds half of a surrogate pair; correct the escape in it");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
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
