package dev.tunebeam.transforms.count;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.tokens.TokenCounter;
import dev.tunebeam.tokens.TokenCounters;
import dev.tunebeam.transforms.delimit.DelimiterInText;
import dev.tunebeam.transforms.delimit.Delimiters;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.example.Task;
import dev.tunebeam.transforms.normalize.JsonRow;
import dev.tunebeam.transforms.normalize.Normalizer;
import dev.tunebeam.transforms.normalize.dialect.FieldMapping;
import dev.tunebeam.transforms.render.LineRenderer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures of the OpenAI cookbook, "How to count tokens with tiktoken". */
final class ExampleTokensTest {

  /** An empty turn of the assistant ends an example: 3 and its role. */
  private static final int EMPTY_ANSWER = 4;

  private static final String ANSWER = "{\"role\": \"assistant\", \"content\": \"replaced\"}";

  private static final String JARGON =
      """
      {"role": "system", "content": "You are a helpful, pattern-following assistant that translates corporate jargon into plain English."},
      {"role": "system", "name": "example_user", "content": "New synergies will help drive top-line growth."},
      {"role": "system", "name": "example_assistant", "content": "Things working well together will increase revenue."},
      {"role": "system", "name": "example_user", "content": "Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage."},
      {"role": "system", "name": "example_assistant", "content": "Let's talk later when we're less busy about how to do better."},
      {"role": "user", "content": "This late pivot means we don't have time to boil the ocean for the client deliverable."}
      """;

  private static final String WEATHER =
      """
      {"role": "system", "content": "You are a helpful assistant that can answer to questions about the weather."},
      {"role": "user", "content": "What's the weather like in San Francisco?"}
      """;

  private static final String GET_CURRENT_WEATHER =
      """
      {"name": "get_current_weather",
       "description": "Get the current weather in a given location",
       "parameters": {
         "type": "object",
         "properties": {
           "location": {"type": "string", "description": "The city and state, e.g. San Francisco, CA"},
           "unit": {"type": "string", "description": "The unit of temperature to return",
                    "enum": ["celsius", "fahrenheit"]}},
         "required": ["location"]}}
      """;

  /** Messages and what stands beside them, with an empty answer. */
  private static Example chat(String messages, String beside) {
    Example read =
        new Normalizer(FieldMapping.NONE, Task.GENERATION, Format.CHAT)
            .normalize(
                JsonRow.of("{\"messages\": [" + messages + "," + ANSWER + "]" + beside + "}"))
            .get(0);
    List<Message> turns = new ArrayList<>(read.context());
    turns.add(Message.of(Message.ASSISTANT, ""));
    return read.withMessages(turns, false, false);
  }

  @Test
  void ofTwoAnswersBothCountEachAsOneMessage() {
    ExampleTokens tokens = tokens("o200k_base");
    Example one = chat(JARGON, "");
    Message other = Message.of(Message.ASSISTANT, "Let us talk later.");
    Example pair =
        new Example(one.source(), 0, "", one.messages(), one.other(), null, false, false, other);
    // 3 for the message, 1 for its role, 5 for the text.
    assertEquals(tokens.count(one) + 9, tokens.count(pair));
  }

  private static ExampleTokens tokens(String encoding) {
    ChatArithmetic chat =
        encoding.equals("o200k_base") ? ChatArithmetic.GPT_4O : ChatArithmetic.GPT_4;
    return new ExampleTokens(
        Format.CHAT,
        new LineRenderer(Format.CHAT, Delimiters.NONE),
        chat,
        TokenCounters.forEncoding(encoding));
  }

  @ParameterizedTest
  @CsvSource({"cl100k_base, 129", "o200k_base, 124"})
  void theCookbooksConversationHasTheCookbooksTokens(String encoding, int expected) {
    assertEquals(expected + EMPTY_ANSWER, tokens(encoding).count(chat(JARGON, "")));
  }

  @ParameterizedTest
  @CsvSource({"cl100k_base, 105", "o200k_base, 101"})
  void theCookbooksToolHasTheCookbooksTokens(String encoding, int expected) {
    String tools = ",\"tools\": [{\"type\": \"function\", \"function\": %s}]";
    assertEquals(
        expected + EMPTY_ANSWER,
        tokens(encoding).count(chat(WEATHER, tools.formatted(GET_CURRENT_WEATHER))));
    assertEquals(
        expected + EMPTY_ANSWER,
        tokens(encoding)
            .count(chat(WEATHER, ",\"functions\": [%s]".formatted(GET_CURRENT_WEATHER))));
  }

  @ParameterizedTest
  @CsvSource({"cl100k_base", "o200k_base"})
  void theEndOfTheFunctionsIsCountedOnce(String encoding) {
    ExampleTokens tokens = tokens(encoding);
    String tool = "{\"type\": \"function\", \"function\": %s}".formatted(GET_CURRENT_WEATHER);
    int none = tokens.count(chat(WEATHER, ",\"tools\": []"));
    int one = tokens.count(chat(WEATHER, ",\"tools\": [%s]".formatted(tool)));
    int two = tokens.count(chat(WEATHER, ",\"tools\": [%s,%s]".formatted(tool, tool)));
    assertEquals(2 * (one - none) - 12, two - none);
    assertEquals(tokens.count(chat(WEATHER, "")), none);
  }

  @Test
  void aFunctionNeedsNeitherParametersNorADescription() {
    ExampleTokens tokens = tokens("o200k_base");
    int none = tokens.count(chat(WEATHER, ""));
    // "now:" is two tokens.
    assertEquals(
        none + 7 + 2 + 12, tokens.count(chat(WEATHER, ",\"functions\": [{\"name\": \"now\"}]")));
  }

  // A counter of characters from here on: sums that are done by hand.

  private static int characters(Format format, Delimiters delimiters, Example example) {
    TokenCounter characters = CharSequence::length;
    return new ExampleTokens(
            format,
            new LineRenderer(format, delimiters),
            new ChatArithmetic(1_000, 10_000, 100_000, 3),
            characters)
        .count(example);
  }

  private static Example pair(@Nullable String prompt, String completion) {
    return Example.ofPair(JsonRow.SOURCE, "", null, prompt, completion, null);
  }

  @Test
  void theTokensOfAnExampleAreThoseOfTheModel() {
    TokenCounter characters = CharSequence::length;
    Example chat = Example.ofPair(JsonRow.SOURCE, "", null, "abc", "de", null);
    assertEquals(
        500 + "user".length() + 3 + "assistant".length() + 2,
        new ExampleTokens(
                Format.CHAT,
                new LineRenderer(Format.CHAT, Delimiters.NONE),
                new ChatArithmetic(0, 0, 0, 500),
                characters)
            .count(chat));
  }

  @Test
  void aPairIsItsPromptAndItsCompletionWithWhatIsAroundThem() {
    Delimiters delimiters = new Delimiters("--", "!!!", true, DelimiterInText.CLEAN);
    assertEquals(
        "abc--".length() + " de!!!".length(),
        characters(Format.COMPLETION, delimiters, pair("abc", "de")));
    assertEquals(" de!!!".length(), characters(Format.COMPLETION, delimiters, pair(null, "de")));
  }

  @Test
  void promptAndCompletionAreCountedEachForItself() {
    TokenCounter calls = text -> 1;
    assertEquals(
        2,
        new ExampleTokens(
                Format.COMPLETION,
                new LineRenderer(Format.COMPLETION, Delimiters.NONE),
                ChatArithmetic.GPT_4O,
                calls)
            .count(pair("a", "b")));
  }

  @Test
  void aConversationIsRolesTextsNamesPartsAndCallsAsJson() {
    Message user =
        new Message(
            "user",
            List.of(
                Map.of("type", "text", "text", "abc"),
                Map.of("type", "image_url"),
                Map.of("type", "text", "text", "de")),
            Map.of("name", "ada"));
    Message call = new Message("assistant", null, Map.of("tool_calls", List.of(Map.of("id", "x"))));
    Message answer =
        new Message("assistant", "yes", Map.of("weight", JsonRow.fields("{\"n\":1}").get("n")));
    int expected =
        3
            + (1_000 + "user".length() + "abc".length() + "de".length() + 10_000 + "ada".length())
            + (1_000 + "assistant".length() + "[{\"id\":\"x\"}]".length())
            + (1_000 + "assistant".length() + "yes".length());
    assertEquals(
        expected,
        characters(
            Format.CHAT,
            Delimiters.NONE,
            pair("", "").withMessages(List.of(user, call, answer), false, false)));
  }
}
