package dev.tunebeam.transforms.normalize;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.example.Task;
import dev.tunebeam.transforms.normalize.dialect.FieldMapping;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NormalizerTest {

  private static final FieldMapping NONE = FieldMapping.NONE;

  private static Example example(FieldMapping mapping, Task task, Format format, String json) {
    Normalizer normalizer = new Normalizer(mapping, task, format);
    List<Example> examples = normalizer.normalize(JsonRow.of(json));
    assertEquals(1, examples.size());
    return normalizer.fit(examples.get(0));
  }

  private static List<Message> pair(String json) {
    return example(NONE, Task.GENERATION, Format.COMPLETION, json).messages();
  }

  private static List<Message> chat(String json) {
    return example(NONE, Task.GENERATION, Format.CHAT, json).messages();
  }

  private static void assertRefused(
      FieldMapping mapping, Task task, Format format, String json, Reason reason, String message) {
    RejectException e =
        assertThrows(RejectException.class, () -> example(mapping, task, format, json));
    assertEquals(message, e.getMessage());
    assertEquals(reason, e.reason());
  }

  private static void assertRefused(String json, Reason reason, String message) {
    assertRefused(NONE, Task.GENERATION, Format.CHAT, json, reason, message);
  }

  private static Message user(String text) {
    return Message.of(Message.USER, text);
  }

  private static Message assistant(String text) {
    return Message.of(Message.ASSISTANT, text);
  }

  private static Message system(String text) {
    return Message.of(Message.SYSTEM, text);
  }

  // Pairs.

  @ParameterizedTest
  @EnumSource(value = Format.class, mode = EnumSource.Mode.EXCLUDE, names = "PREFERENCE")
  void aRowIsItsPromptAndCompletionWithoutTheBlanksAround(Format format) {
    String json =
        """
        {"id": 7, "prompt": " 2 + 2?\\r\\n", "completion": "\\t4 \\n"}
        """;
    assertEquals(
        new Example(
            JsonRow.SOURCE,
            0,
            json,
            List.of(user("2 + 2?"), assistant("4")),
            Map.of(),
            null,
            false,
            false),
        example(NONE, Task.GENERATION, format, json));
  }

  @Test
  void theNamesOfTheColumnsCountInAnyCase() {
    assertEquals(
        List.of(user("p"), assistant("c")), pair("{\"Prompt\": \"p\", \"COMPLETION\": \"c\"}"));
  }

  @Test
  void theTemplatesMakePromptCompletionSystemAndClass() {
    FieldMapping mapping =
        new FieldMapping(
            "{{subject}}: {{body}}", "{{reply.text}}", "You are {{who}}.", "{{queue}}");
    Example example =
        example(
            mapping,
            Task.GENERATION,
            Format.CHAT,
            """
            {"subject": "Hi", "body": "cold", "reply": {"text": " Wear a hat. "},
             "who": "kind", "queue": " Heating ", "prompt": "unused"}
            """);
    assertEquals(
        List.of(system("You are kind."), user("Hi: cold"), assistant("Wear a hat.")),
        example.messages());
    assertEquals("Heating", example.className());
  }

  @Test
  void whatTheRecipeDoesNotMapIsTheFieldOfThatName() {
    assertEquals(
        List.of(user("p"), assistant("a")),
        example(
                new FieldMapping(null, "{{answer}}", null, null),
                Task.GENERATION,
                Format.CHAT,
                "{\"prompt\": \"p\", \"answer\": \"a\"}")
            .messages());
    assertEquals(
        List.of(user("q"), assistant("c")),
        example(
                new FieldMapping("{{question}}", null, null, null),
                Task.GENERATION,
                Format.CHAT,
                "{\"question\": \"q\", \"completion\": \"c\"}")
            .messages());
  }

  @Test
  void theTemplatesWinOverMessages() {
    assertEquals(
        List.of(user("q"), assistant("a")),
        example(
                new FieldMapping("{{q}}", "{{a}}", null, null),
                Task.GENERATION,
                Format.CHAT,
                "{\"q\": \"q\", \"a\": \"a\", \"messages\": []}")
            .messages());
  }

  @ParameterizedTest
  @ValueSource(strings = {"NA", "N/A", "nan", "null", "None", "", "true", "0"})
  void aLabelThatLooksLikeNothingIsText(String label) {
    Example example =
        example(
            new FieldMapping("{{p}}", "x{{label}}", null, "{{label}}"),
            Task.CLASSIFICATION,
            Format.COMPLETION,
            "{\"p\": \"p\", \"label\": \"%s\"}".formatted(label));
    assertEquals(List.of(user("p"), assistant("x" + label)), example.messages());
    assertEquals(label, example.className());
  }

  @Test
  void numbersAndFlagsAreTheirJsonText() {
    assertEquals(
        List.of(user("12.5"), assistant("false")),
        pair("{\"prompt\": 12.5, \"completion\": false}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "null|is null, not a text; write {{completion?}} if it may be missing",
        "['a']|is a list, not a text; name an element, {{completion.0}}, or repeat a section for"
            + " each, {{#completion}}{{.}}{{/completion}}",
        "{'k': 1}|is an object, not a text; name one of its fields, {{completion.…}}",
      })
  void nullListsAndObjectsAreNoText(String value, String complaint) {
    assertRefused(
        "{'prompt': 'p', 'completion': %s}".formatted(value).replace('\'', '"'),
        Reason.NOT_TEXT,
        "completion: the field 'completion' " + complaint);
  }

  @Test
  void aMissingFieldIsNamed() {
    assertRefused(
        "{\"prompt\": \"p\", \"answer\": \"a\"}",
        Reason.MISSING_FIELD,
        "completion: the row has no field 'completion', only [prompt, answer]; correct"
            + " map.completion, or write {{completion?}} if it may be missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\\t\\n \\r", "\\u00a0"})
  void aBlankCompletionIsRefused(String blank) {
    assertRefused(
        "{\"prompt\": \"p\", \"completion\": \"%s\"}".formatted(blank),
        Reason.BLANK_COMPLETION,
        "the completion is blank");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\\t\\n \\r", "\\u00a0"})
  void aBlankPromptIsRefusedUnlessTheTextIsOpenEnded(String blank) {
    String json = "{\"prompt\": \"%s\", \"completion\": \"c\"}".formatted(blank);
    assertRefused(
        json,
        Reason.BLANK_PROMPT,
        "the prompt is blank; if this is text without prompts, set task: open-ended");
    assertEquals(
        List.of(assistant("c")),
        example(NONE, Task.OPEN_ENDED, Format.COMPLETION, json).messages());
  }

  @ParameterizedTest
  @CsvSource({"prompt", "completion", "class", "system"})
  void aTextWithNulIsRefused(String what) {
    String json = "{\"f\": \"a\\u0000b\", \"prompt\": \"p\", \"completion\": \"c\"}";
    assertRefused(
        new FieldMapping(
            what.equals("prompt") ? "{{f}}" : "p",
            what.equals("completion") ? "{{f}}" : "c",
            what.equals("system") ? "{{f}}" : null,
            what.equals("class") ? "{{f}}" : null),
        Task.GENERATION,
        Format.CHAT,
        json,
        Reason.NUL_CHARACTER,
        what + " holds the character U+0000; remove it from the data");
  }

  // Tasks and formats.

  @Test
  void theClassOfAClassificationIsItsCompletionUnlessMapped() {
    String json = "{\"prompt\": \"p\", \"completion\": \" yes\", \"kind\": \"k\"}";
    assertEquals("yes", example(NONE, Task.CLASSIFICATION, Format.COMPLETION, json).className());
    assertNull(example(NONE, Task.GENERATION, Format.COMPLETION, json).className());
    assertEquals(
        "k",
        example(
                new FieldMapping(null, null, null, "{{kind}}"),
                Task.CLASSIFICATION,
                Format.COMPLETION,
                json)
            .className());
  }

  @ParameterizedTest
  @ValueSource(strings = {"billing", "billing ", "billing\u00a0", "\ufeffbilling\u0085"})
  void whitespaceAroundAnAnswerMakesNoClassOfItsOwn(String answer) {
    String json =
        """
        {"messages": [{"role": "user", "content": "My card was charged twice."},
          {"role": "assistant", "content": "%s"}]}
        """
            .formatted(answer);
    for (Format format : List.of(Format.CHAT, Format.COMPLETION)) {
      assertEquals(
          "billing", example(NONE, Task.CLASSIFICATION, format, json).className(), format.name());
    }
  }

  @Test
  void openEndedTextNeedsNoPromptAndChatGetsAnEmptyTurnOfTheUser() {
    String json = "{\"completion\": \"Once upon a time\"}";
    Example text = example(NONE, Task.OPEN_ENDED, Format.COMPLETION, json);
    assertEquals(List.of(assistant("Once upon a time")), text.messages());
    assertFalse(text.hasPrompt());
    Example chat = example(NONE, Task.OPEN_ENDED, Format.CHAT, json);
    assertEquals(List.of(user(""), assistant("Once upon a time")), chat.messages());
    assertFalse(chat.hasPrompt());
  }

  @Test
  void openEndedTextWithAPromptKeepsIt() {
    Example example =
        example(
            NONE, Task.OPEN_ENDED, Format.COMPLETION, "{\"prompt\": \"p\", \"completion\": \"c\"}");
    assertEquals(List.of(user("p"), assistant("c")), example.messages());
    assertTrue(example.hasPrompt());
  }

  @Test
  void aSystemMessageGoesBeforeThePromptOfACompletion() {
    assertEquals(
        List.of(user("Be brief.\n\np"), assistant("c")),
        example(
                new FieldMapping(null, null, "Be brief.", null),
                Task.GENERATION,
                Format.COMPLETION,
                "{\"prompt\": \"p\", \"completion\": \"c\"}")
            .messages());
  }

  @Test
  void aBlankSystemMessageIsNone() {
    assertEquals(
        List.of(user("p"), assistant("c")),
        example(
                new FieldMapping(null, null, " {{about?}} ", null),
                Task.GENERATION,
                Format.CHAT,
                "{\"prompt\": \"p\", \"completion\": \"c\"}")
            .messages());
  }

  @Test
  void oneQuestionAndOneAnswerBecomeAPair() {
    Example example =
        example(
            NONE,
            Task.CLASSIFICATION,
            Format.COMPLETION,
            """
            {"messages": [{"role": "system", "content": "Be brief.\\n"},
                          {"role": "developer", "content": "In French."},
                          {"role": "user", "content": " Yes? ", "name": null},
                          {"role": "assistant", "content": " Oui.\\n"}]}
            """);
    assertEquals(
        List.of(user("Be brief.\n\nIn French.\n\nYes?"), assistant("Oui.")), example.messages());
    assertEquals("Oui.", example.className());
  }

  @Test
  void aConversationWithoutAQuestionBecomesTextWithoutAPrompt() {
    assertEquals(
        List.of(assistant("Once")),
        example(
                NONE,
                Task.OPEN_ENDED,
                Format.COMPLETION,
                """
                {"messages": [{"role": "user", "content": " "},
                              {"role": "assistant", "content": "Once"}]}
                """)
            .messages());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'role':'user','content':'a'},{'role':'user','content':'b'}|several questions",
        "{'role':'user','content':'a'},{'role':'assistant','content':'b'},{'role':'user','content':'c'}|several answers",
        "{'role':'user','content':'a','name':'Ada'}|a message with name",
        "{'role':'user','content':[{'type':'text','text':'a'}]}|a message in parts",
        "{'role':'user','content':'a'},{'role':'tool','content':'b','tool_call_id':'1'}|a message with tool_call_id",
      })
  void whatIsMoreThanAPairIsRefused(String turns, String what) {
    assertRefused(
        NONE,
        Task.GENERATION,
        Format.COMPLETION,
        "{'messages': [%s,{'role':'assistant','content':'z'}]}".formatted(turns).replace('\'', '"'),
        Reason.DOES_NOT_FIT_FORMAT,
        "prompt and completion cannot hold " + what + "; use format: chat");
  }

  @Test
  void toolsAreMoreThanAPair() {
    assertRefused(
        NONE,
        Task.GENERATION,
        Format.COMPLETION,
        """
        {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}],
         "tools": [{"type": "function", "function": {"name": "f"}}]}
        """,
        Reason.DOES_NOT_FIT_FORMAT,
        "prompt and completion cannot hold tools; use format: chat");
  }

  // Conversations.

  @Test
  void aConversationStaysAsItIs() {
    Example example =
        example(
            new FieldMapping(null, null, null, "{{topic}}"),
            Task.GENERATION,
            Format.CHAT,
            """
            {"Messages": [{"content": " Be brief. ", "role": "system"},
                          {"role": "user", "content": [{"type": "text", "text": "Who?"}],
                           "name": "ada"},
                          {"role": "assistant", "content": "I\\n", "weight": 0},
                          {"role": "user", "content": ""},
                          {"role": "assistant", "content": null,
                           "tool_calls": [{"id": "1", "type": "function",
                                           "function": {"name": "f", "arguments": "{}"}}],
                           "refusal": null}],
             "parallel_tool_calls": false, "functions": null,
             "tools": [{"type": "function", "function": {"name": "f"}}],
             "topic": "t"}
            """);
    assertEquals(
        List.of(
            system(" Be brief. "),
            new Message(
                "user", List.of(Map.of("type", "text", "text", "Who?")), Map.of("name", "ada")),
            new Message(
                "assistant", "I\n", Map.of("weight", JsonRow.fields("{\"n\": 0}").get("n"))),
            user(""),
            new Message(
                "assistant",
                null,
                Map.of(
                    "tool_calls",
                    List.of(
                        Map.of(
                            "id",
                            "1",
                            "type",
                            "function",
                            "function",
                            Map.of("name", "f", "arguments", "{}")))))),
        example.messages());
    assertEquals(
        Map.of(
            "tools",
            List.of(Map.of("type", "function", "function", Map.of("name", "f"))),
            "parallel_tool_calls",
            false),
        example.other());
    assertEquals("t", example.className());
    assertTrue(example.hasPrompt());
  }

  @Test
  void theSystemMessageOfTheRecipeOpensAConversationThatHasNone() {
    FieldMapping mapping = new FieldMapping(null, null, "Be {{how}}.", null);
    assertEquals(
        List.of(system("Be kind."), user("a"), assistant("b")),
        example(
                mapping,
                Task.GENERATION,
                Format.CHAT,
                """
                {"how": "kind", "messages": [{"role": "user", "content": "a"},
                                             {"role": "assistant", "content": "b"}]}
                """)
            .messages());
    assertEquals(
        List.of(system("Be brief."), user("a"), assistant("b")),
        example(
                mapping,
                Task.GENERATION,
                Format.CHAT,
                """
                {"how": "kind", "messages": [{"role": "system", "content": "Be brief."},
                                             {"role": "user", "content": "a"},
                                             {"role": "assistant", "content": "b"}]}
                """)
            .messages());
  }

  @Test
  void aBlankLastTurnOfTheAssistantIsRefusedUnlessItDoesSomethingElse() {
    String turn = "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}, %s]}";
    String refused = "the last message of the assistant is blank";
    assertRefused(
        turn.formatted("{\"role\": \"assistant\", \"content\": \" \"}"),
        Reason.BLANK_COMPLETION,
        refused);
    assertRefused(
        turn.formatted("{\"role\": \"assistant\", \"content\": \" \", \"weight\": 1}"),
        Reason.BLANK_COMPLETION,
        refused);
    assertRefused(
        turn.formatted(
            "{\"role\": \"assistant\", \"content\": [{\"type\": \"text\", \"text\": \"\"}]}"),
        Reason.BLANK_COMPLETION,
        refused);
    assertEquals(
        2,
        chat(turn.formatted(
                "{\"role\": \"assistant\", \"content\": \"\", \"function_call\":"
                    + " {\"name\": \"f\", \"arguments\": \"\"}}"))
            .size());
    assertEquals(
        2,
        chat(turn.formatted(
                "{\"role\": \"assistant\", \"content\": [{\"type\": \"refusal\", \"refusal\":"
                    + " \"No.\"}]}"))
            .size());
  }

  @Test
  void aConversationOfBlankQuestionsIsRefusedUnlessTheTextIsOpenEnded() {
    String json =
        """
        {"messages": [{"role": "user", "content": [{"type": "text", "text": " "}]},
                      {"role": "assistant", "content": "b"}]}
        """;
    assertRefused(
        json,
        Reason.BLANK_PROMPT,
        "every message of the user is blank; for text without prompts, set task: open-ended");
    assertFalse(example(NONE, Task.OPEN_ENDED, Format.CHAT, json).hasPrompt());
    assertTrue(
        example(
                NONE,
                Task.GENERATION,
                Format.CHAT,
                """
                {"messages": [{"role": "user", "content": [{"type": "image_url",
                                                           "image_url": {"url": "x"}}]},
                              {"role": "assistant", "content": "b"}]}
                """)
            .hasPrompt());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'role':'user','content':'a\\u0000'}",
        "{'role':'user','content':[{'type':'text','text':'\\u0000'}]}",
        "{'role':'user','content':'a','name':'\\u0000'}",
      })
  void aConversationWithNulIsRefused(String turn) {
    assertRefused(
        "{'messages': [%s,{'role':'assistant','content':'b'}]}".formatted(turn).replace('\'', '"'),
        Reason.NUL_CHARACTER,
        "a message of the role user holds the character U+0000; remove it from the data");
  }

  @Test
  void toolsWithNulAreRefused() {
    assertRefused(
        """
        {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}],
         "tools": [{"type": "function",
                    "function": {"name": "f", "parameters": {"na\\u0000me": 1}}}]}
        """,
        Reason.NUL_CHARACTER,
        "the conversation holds the character U+0000; remove it from the data");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"[]\"", "{}", "1"})
  void messagesThatAreNoListAreRefusedAsThat(String messages) {
    assertRefused(
        "{\"messages\": %s}".formatted(messages),
        Reason.BAD_MESSAGES,
        "messages is not a list of objects with role and content");
    assertEquals(
        List.of(user("p"), assistant("c")),
        chat("{\"messages\": %s, \"prompt\": \"p\", \"completion\": \"c\"}".formatted(messages)));
  }

  @Test
  void aTemplateThatIsNoneIsRefusedBeforeAnyRow() {
    assertTemplateRefused(new FieldMapping("{{#p}}", "c", null, null), "map.prompt");
    assertTemplateRefused(new FieldMapping("p", "{{#c}}", null, null), "map.completion");
    assertTemplateRefused(new FieldMapping("p", "c", "{{#s}}", null), "map.system");
    assertTemplateRefused(new FieldMapping("p", "c", null, "{{#k}}"), "map.class");
  }

  private static void assertTemplateRefused(FieldMapping mapping, String key) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Normalizer(mapping, Task.GENERATION, Format.CHAT));
    assertThat(e.getMessage(), containsString(key + " is not a valid template"));
  }
}
