package dev.tunebeam.transforms.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.transforms.delimit.Delimiters;
import dev.tunebeam.transforms.example.AlpacaLine;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.example.ShareGptLine;
import dev.tunebeam.transforms.json.JsonText;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.io.CharArrayWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Renders an example as one line of a shard: UTF-8 JSON without a line ending, keys in a fixed
 * order, only characters escaped that JSON requires. The same example gives the same bytes.
 */
public final class LineRenderer {

  private static final JsonFactory JSON = new JsonFactory();

  private final Format format;
  private final Delimiters delimiters;
  private final @Nullable Transcript transcript;

  /** Creates a renderer for prompts of one question. */
  public LineRenderer(Format format, Delimiters delimiters) {
    this(format, delimiters, null);
  }

  /**
   * Creates a renderer.
   *
   * @param transcript how prompts of the format completion render the turns of a conversation; null
   *     if each is one question
   */
  public LineRenderer(Format format, Delimiters delimiters, @Nullable Transcript transcript) {
    this.format = format;
    this.delimiters = delimiters;
    this.transcript = transcript;
  }

  /** Renders a line; throws {@link RejectException} for a text that UTF-8 cannot represent. */
  public byte[] render(Example example) {
    // Via characters: writing bytes, the generator would escape what is beyond U+FFFF as two
    // escapes, and an unpaired surrogate as one.
    CharArrayWriter text = new CharArrayWriter(512);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      writeLine(json, example);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String line = text.toString();
    byte[] bytes = line.getBytes(UTF_8);
    // Half of a surrogate pair became a question mark.
    if (!new String(bytes, UTF_8).equals(line)) {
      throw new RejectException(
          Reason.BAD_ENCODING, "the text holds half of a surrogate pair; correct the escape in it");
    }
    return bytes;
  }

  private void writeLine(JsonGenerator json, Example example) throws IOException {
    switch (format) {
      case COMPLETION -> {
        json.writeStringField("prompt", prompt(example));
        json.writeStringField("completion", completion(example));
      }
      case CHAT -> writeConversation(json, example.messages(), example.other());
      case PREFERENCE -> {
        json.writeObjectFieldStart("input");
        writeConversation(json, example.context(), example.other());
        json.writeEndObject();
        write(json, "preferred_output", List.of(example.answer()));
        Message other = example.nonPreferred();
        write(json, "non_preferred_output", other == null ? List.of() : List.of(other));
      }
      case ALPACA -> JsonText.writeFields(json, AlpacaLine.of(example));
      case SHAREGPT -> JsonText.writeFields(json, ShareGptLine.of(example));
    }
  }

  private static void writeConversation(
      JsonGenerator json, List<Message> turns, Map<String, Object> other) throws IOException {
    write(json, "messages", turns);
    JsonText.writeFields(json, other);
  }

  private static void write(JsonGenerator json, String name, List<Message> turns)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Message turn : turns) {
      write(json, turn);
    }
    json.writeEndArray();
  }

  /** The prompt with its separator; empty for text without a prompt. */
  public String prompt(Example example) {
    String text =
        transcript != null
            ? transcript.of(example.context())
            : example.hasPrompt() ? example.context().get(0).text() : "";
    return text.isEmpty() ? "" : delimiters.delimitPrompt(text);
  }

  /** The completion with leading space and stop sequence. */
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
