package dev.tunebeam.transforms.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.transforms.delimit.DelimiterInText;
import dev.tunebeam.transforms.delimit.Delimiters;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.example.Task;
import dev.tunebeam.transforms.json.JsonNumber;
import dev.tunebeam.transforms.json.JsonText;
import dev.tunebeam.transforms.normalize.JsonRow;
import dev.tunebeam.transforms.normalize.Normalizer;
import dev.tunebeam.transforms.normalize.dialect.FieldMapping;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LineRendererTest {

  private static final Delimiters DEFAULTS =
      new Delimiters(
          Delimiters.DEFAULT_SEPARATOR, Delimiters.DEFAULT_STOP, true, DelimiterInText.CLEAN);

  private static String line(Format format, Example example) {
    Delimiters delimiters = format == Format.CHAT ? Delimiters.NONE : DEFAULTS;
    return new String(new LineRenderer(format, delimiters).render(example), UTF_8);
  }

  private static Example pair(@Nullable String prompt, String completion) {
    return Example.ofPair(JsonRow.SOURCE, "raw", null, prompt, completion, "class");
  }

  private static Example chat(String json) {
    return new Normalizer(FieldMapping.NONE, Task.GENERATION, Format.CHAT)
        .normalize(JsonRow.of(json))
        .get(0);
  }

  @Test
  void aPairIsItsPromptAndCompletionWithTheirDelimiters() {
    assertEquals(
        "{\"prompt\":\"2 + 2?\\n\\n###\\n\\n\",\"completion\":\" 4 END\"}",
        line(Format.COMPLETION, pair("2 + 2?", "4")));
  }

  @Test
  void textWithoutAPromptHasNoSeparatorEither() {
    assertEquals(
        "{\"prompt\":\"\",\"completion\":\" Once END\"}",
        line(Format.COMPLETION, pair(null, "Once")));
  }

  @Test
  void aConversationHasRoleAndContentFirstAndTheOtherKeysAsTheyWereRead() {
    String line =
        "{\"messages\":["
            + "{\"role\":\"system\",\"content\":\"Be brief.\"},"
            + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Rain?\"}],"
            + "\"name\":\"ada\"},"
            + "{\"role\":\"assistant\",\"content\":null,\"weight\":0,\"tool_calls\":"
            + "[{\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":\"f\","
            + "\"arguments\":\"{}\",\"z\":1.5,\"a\":[true,null,{}]}}]},"
            + "{\"role\":\"tool\",\"content\":\"\",\"tool_call_id\":\"1\"},"
            + "{\"role\":\"assistant\",\"content\":\"No.\"}],"
            + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"parallel_tool_calls\":false}";
    assertEquals(line, line(Format.CHAT, chat(line)));
    assertEquals(
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
            + "{\"role\":\"assistant\",\"content\":\"b\"}]}",
        line(
            Format.CHAT,
            chat(
                """
                {"id": 1, "messages": [{"content": "a", "role": "user"},
                                       {"content": "b", "role": "assistant", "name": null}]}
                """)));
  }

  @Test
  void aNumberKeepsItsText() {
    Map<String, Object> call = JsonRow.fields("{\"n\": 12345678901234567890, \"m\": 0.10}");
    assertEquals("{\"n\":12345678901234567890,\"m\":0.1}", JsonText.of(call));
    assertEquals("1.0e5", JsonText.of(new JsonNumber("1.0e5")));
  }

  @Test
  void everyCharacterIsItselfInUtf8AndTheLineIsOne() {
    String text = "\"\\/\b\f\n\r\t\u0001\u007f é 漢 \u2028 😀";
    byte[] line =
        new LineRenderer(Format.CHAT, Delimiters.NONE).render(pair(text, "\ufeff\uffff𝄞"));
    assertArrayEquals(
        ("{\"messages\":[{\"role\":\"user\",\"content\":"
                + "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\u007f é 漢 \u2028 😀\"},"
                + "{\"role\":\"assistant\",\"content\":\"\ufeff\uffff𝄞\"}]}")
            .getBytes(UTF_8),
        line);
  }

  @Test
  void aTextMayBeLongerThanAnyBuffer() {
    String text = "a\n😀".repeat(100_000);
    assertEquals(
        "{\"prompt\":\"p\\n\\n###\\n\\n\",\"completion\":\" "
            + text.replace("\n", "\\n")
            + " END\"}",
        line(Format.COMPLETION, pair("p", text)));
  }

  // Reports cannot hold these texts either.
  @ParameterizedTest(name = "{index}")
  @ValueSource(strings = {"\ud83d", "a\ud83d", "\ude00a", "\ud83d\ud83d\ude00", "\ude00\ud83d"})
  void halfOfASurrogatePairIsRefusedWhereverItIs(String text) {
    assertRefused(Format.COMPLETION, pair(text, "c"));
    assertRefused(Format.COMPLETION, pair("p", text));
    assertRefused(Format.CHAT, pair("p", text));
    Message calls = new Message("assistant", null, Map.of("tool_calls", List.of(text)));
    assertRefused(Format.CHAT, pair("p", "c").withMessages(List.of(calls), false, false));
    Message key = new Message("assistant", "c", Map.of("tool_calls", Map.of(text, "x")));
    assertRefused(Format.CHAT, pair("p", "c").withMessages(List.of(key), false, false));
  }

  private static void assertRefused(Format format, Example example) {
    RejectException e = assertThrows(RejectException.class, () -> line(format, example));
    assertEquals(
        "the text holds half of a surrogate pair; correct the escape in it", e.getMessage());
    assertEquals(Reason.BAD_ENCODING, e.reason());
  }

  @Test
  void whatIsNoJsonIsAMistakeOfTheProgram() {
    assertThrows(IllegalArgumentException.class, () -> JsonText.of(1));
  }
}
