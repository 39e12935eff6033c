package dev.tunebeam.transforms.delimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.transforms.delimit.Delimiters.Cleaned;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DelimitersTest {

  private static final Delimiters DEFAULTS = defaults(DelimiterInText.CLEAN);

  private static Delimiters defaults(DelimiterInText inText) {
    return new Delimiters(Delimiters.DEFAULT_SEPARATOR, Delimiters.DEFAULT_STOP, true, inText);
  }

  @Test
  void theSeparatorFollowsThePromptAndABlankAndTheStopGoAroundTheCompletion() {
    assertEquals("2 + 2?\n\n###\n\n", DEFAULTS.delimitPrompt("2 + 2?"));
    assertEquals(" 4 END", DEFAULTS.delimitCompletion("4"));
    assertEquals("4", new Delimiters("", "", false, DelimiterInText.CLEAN).delimitCompletion("4"));
  }

  @Test
  void withoutDelimitersATextStaysAsItIs() {
    assertEquals(" a\n\n###\n\n", Delimiters.NONE.delimitPrompt(" a\n\n###\n\n"));
    assertEquals("4 END ", Delimiters.NONE.delimitCompletion("4 END "));
    assertEquals(new Cleaned(" 4 END ", false), Delimiters.NONE.cleanCompletion(" 4 END "));
    assertEquals(new Cleaned("", false), Delimiters.NONE.cleanPrompt(""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      emptyValue = "",
      value = {
        "a~~###~~b|a~~b",
        "a~~###~~~~###~~b|a~~~~b",
        "a ~~###~~|a",
        "~~###~~a|a",
        "a~~###|a",
        "a~~###~|a",
        "a~~##~~###~~#~~b|a~~##~~#~~b",
        "~~###~~|\"\"",
      })
  void aSeparatorIsTakenOutOfThePromptAndItsBlanksStay(String prompt, String clean) {
    assertEquals(
        new Cleaned(clean.replace('~', '\n'), true),
        DEFAULTS.cleanPrompt(prompt.replace('~', '\n')));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "the END of it|the  of it",
        "END of it|of it",
        "in the END|in the",
        "a END END b|a   b",
        "a EN ENDD b|a EN D b",
        "Over END.|Over .",
      })
  void aStopSequenceIsTakenOutOfTheCompletion(String completion, String clean) {
    assertEquals(new Cleaned(clean, true), DEFAULTS.cleanCompletion(completion));
  }

  @ParameterizedTest
  @CsvSource({"FRIEND", "the end", "a EN", "SEND ENVELOPE", "###"})
  void whatOnlyLooksLikeADelimiterStays(String text) {
    assertEquals(new Cleaned(text, false), DEFAULTS.cleanCompletion(text));
    assertEquals(new Cleaned(text, false), DEFAULTS.cleanPrompt(text));
  }

  @Test
  void aDelimiterOfBlanksBecomesOneBlank() {
    Delimiters lines = new Delimiters("\n", "  ", true, DelimiterInText.CLEAN);
    assertEquals(new Cleaned("a b c", true), lines.cleanPrompt("a\nb\nc"));
    assertEquals(new Cleaned("a b", true), lines.cleanCompletion("a     b"));
    assertEquals(new Cleaned("a", true), lines.cleanCompletion(" a"));
    assertEquals(new Cleaned("", true), lines.cleanCompletion(""));
    assertEquals(new Cleaned("", true), lines.cleanCompletion("   "));
  }

  @Test
  void aRejectedTextIsToldWhereTheDelimiterIs() {
    Delimiters strict = defaults(DelimiterInText.REJECT);
    RejectException e =
        assertThrows(RejectException.class, () -> strict.cleanPrompt("a\n\n###\n\nb"));
    assertEquals(
        "the prompt holds the separator \"\\n\\n###\\n\\n\" at character 2; choose another"
            + " separator or set delimiterInText: clean",
        e.getMessage());
    assertEquals(Reason.DELIMITER_IN_TEXT, e.reason());
    e = assertThrows(RejectException.class, () -> strict.cleanCompletion("END of it"));
    assertEquals(
        "the completion holds the stop sequence \" END\" at character 1; choose another stop"
            + " sequence or set delimiterInText: clean",
        e.getMessage());
    assertFalse(strict.cleanCompletion("the end").changed());
  }

  @Test
  void aSingleBlankCannotBeTheStopWhereCompletionsBeginWithOne() {
    assertThrows(
        IllegalArgumentException.class, () -> new Delimiters("", " ", true, DelimiterInText.CLEAN));
    Delimiters words = new Delimiters("", " ", false, DelimiterInText.CLEAN);
    assertEquals(new Cleaned("ab", true), words.cleanCompletion("a b"));
  }

  /** Would take hours if every line were a round through the text. */
  @Test
  void aBookOfAMillionLinesIsCleanedInOnePass() {
    Delimiters lines = new Delimiters("\n", "\n ", false, DelimiterInText.CLEAN);
    String book = "line\n".repeat(1_000_000) + "the end";
    assertEquals("line ".repeat(1_000_000) + "the end", lines.cleanPrompt(book).text());
    assertEquals("a b", lines.cleanCompletion("a" + "\n".repeat(1_000_000) + " b").text());
  }
}
