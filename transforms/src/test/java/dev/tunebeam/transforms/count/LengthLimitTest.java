package dev.tunebeam.transforms.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.tokens.TokenCounter;
import dev.tunebeam.tokens.TokenCounters;
import dev.tunebeam.transforms.count.LengthLimit.Counted;
import dev.tunebeam.transforms.delimit.DelimiterInText;
import dev.tunebeam.transforms.delimit.Delimiters;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.normalize.JsonRow;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens are UTF-16 units here, so that sums are done by hand. */
final class LengthLimitTest {

  private static int units(Example example) {
    return example.messages().stream().mapToInt(turn -> turn.text().length()).sum();
  }

  private static Counted limit(int maxTokens, TooLong tooLong, Example example) {
    return new LengthLimit(maxTokens, tooLong).apply(example, LengthLimitTest::units);
  }

  private static Example pair(@Nullable String prompt, String completion) {
    return Example.ofPair(JsonRow.SOURCE, "", null, prompt, completion, null);
  }

  private static Example cutPair(@Nullable String prompt, String completion) {
    Example example = pair(prompt, completion);
    return example.withMessages(example.messages(), false, true);
  }

  private static Example chat(Message... turns) {
    return pair("", "").withMessages(List.of(turns), false, false);
  }

  private static Example cutChat(Message... turns) {
    return pair("", "").withMessages(List.of(turns), false, true);
  }

  private static void assertRefused(
      int maxTokens, TooLong tooLong, Example example, String message) {
    RejectException e =
        assertThrows(RejectException.class, () -> limit(maxTokens, tooLong, example));
    assertEquals(message, e.getMessage());
    assertEquals(Reason.TOO_LONG, e.reason());
  }

  @ParameterizedTest
  @EnumSource(TooLong.class)
  void anExampleAtTheLimitStaysTheSame(TooLong tooLong) {
    Example example = pair(" prompt ", "answer");
    Counted counted = limit(14, tooLong, example);
    assertSame(example, counted.example());
    assertEquals(14, counted.tokens());
  }

  @Test
  void anExampleAboveTheLimitIsRejectedInTheSameWordsEverywhere() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertRefused(
          1_006,
          TooLong.REJECT,
          pair("p".repeat(1_001), "answer"),
          "1,007 tokens, the limit is 1,006; cut the text or set tooLong: truncate-right");
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TRUNCATE_RIGHT, 16, one two th",
    "TRUNCATE_RIGHT, 14, one two",
    "TRUNCATE_RIGHT, 7, o",
    "TRUNCATE_LEFT, 17, e two three",
    "TRUNCATE_LEFT, 16, two three",
    "TRUNCATE_LEFT, 7, e",
  })
  void thePromptIsCutToWhatFitsWithoutBlanksAtItsEnds(TooLong tooLong, int limit, String kept) {
    assertEquals(
        new Counted(cutPair(kept, "answer"), kept.length() + 6),
        limit(limit, tooLong, pair("one two three", "answer")));
  }

  @ParameterizedTest
  @CsvSource({
    "TRUNCATE_RIGHT, 6",
    "TRUNCATE_RIGHT, 5",
    "TRUNCATE_RIGHT, 1",
    "TRUNCATE_LEFT, 6",
  })
  void theAnswerIsNeverCutForAPrompt(TooLong tooLong, int limit) {
    assertRefused(
        limit,
        tooLong,
        pair("prompt", "answer"),
        "12 tokens, the limit is %s; what must stay whole leaves no room for the prompt"
            .formatted(limit));
  }

  @Test
  void textWithoutAPromptIsCutItself() {
    assertEquals(
        new Counted(cutPair(null, "Once"), 4),
        limit(5, TooLong.TRUNCATE_RIGHT, pair(null, "Once upon")));
    assertEquals(
        new Counted(cutPair("", "upon"), 4),
        limit(5, TooLong.TRUNCATE_LEFT, pair("", "Once upon")));
  }

  @Test
  void theLongestTurnThatIsNeitherSystemNorAssistantIsCut() {
    Message system = Message.of(Message.SYSTEM, "a long system message");
    Message developer = Message.of(Message.DEVELOPER, "a long developer message");
    Message said = Message.of(Message.ASSISTANT, "a long earlier answer");
    Message asked = Message.of(Message.USER, "short");
    Message answer = Message.of(Message.ASSISTANT, "a long last answer");
    Map<String, Object> name = Map.of("name", "ada");
    int others = units(chat(system, developer, said, asked, answer));
    assertEquals(
        new Counted(
            cutChat(system, developer, asked, said, new Message("user", "longer", name), answer),
            others + 6),
        limit(
            others + 6,
            TooLong.TRUNCATE_RIGHT,
            chat(
                system,
                developer,
                asked,
                said,
                new Message("user", "longer by far", name),
                answer)));
  }

  @Test
  void aPromptInPartsIsNotCutAndNeitherIsItsAnswer() {
    Example example =
        chat(
            new Message("user", List.of(Map.of("type", "text", "text", "question")), Map.of()),
            Message.of(Message.ASSISTANT, "answer"));
    assertRefused(
        10,
        TooLong.TRUNCATE_RIGHT,
        example,
        "14 tokens, the limit is 10; its prompt has no plain text to cut");
  }

  @Test
  void aCallOfAToolIsNotCut() {
    Message call = new Message("assistant", null, Map.of("tool_calls", List.of()));
    RejectException e =
        assertThrows(
            RejectException.class,
            () -> new LengthLimit(1, TooLong.TRUNCATE_LEFT).apply(chat(call), example -> 2));
    assertEquals("2 tokens, the limit is 1; its prompt has no plain text to cut", e.getMessage());
  }

  @Test
  void aCutDoesNotLeaveTheBeginningOfADelimiter() {
    Delimiters delimiters = new Delimiters("\n\n###\n\n", " END", true, DelimiterInText.REJECT);
    LengthLimit right = new LengthLimit(9, TooLong.TRUNCATE_RIGHT);
    assertEquals(
        "a",
        right
            .apply(pair("a\n\n### Title", "abc"), LengthLimitTest::units, delimiters)
            .example()
            .context()
            .get(0)
            .text());
    LengthLimit left = new LengthLimit(6, TooLong.TRUNCATE_LEFT);
    assertEquals(
        "of",
        left.apply(pair(null, "theEND of"), LengthLimitTest::units, delimiters)
            .example()
            .answer()
            .text());
  }

  @Test
  void aWholeWordThatIsFewerTokensThanItsBeginningIsKept() {
    TokenCounter counter = TokenCounters.forEncoding("o200k_base");
    assertEquals(3, counter.count("la livrai"));
    assertEquals(2, counter.count("la livraison"));
    Counted counted =
        new LengthLimit(2, TooLong.TRUNCATE_RIGHT)
            .apply(
                pair("la livraison tard", "yes"),
                example -> counter.count(example.context().get(0).text()));
    assertEquals(new Counted(cutPair("la livraison", "yes"), 2), counted);
  }

  @Test
  void aLimitBelowOneIsRefused() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new LengthLimit(0, TooLong.REJECT));
    assertEquals("maxTokens must be at least 1, not 0", e.getMessage());
  }
}
