package dev.tunebeam.dataset.terminal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TerminalTextTest {

  @ParameterizedTest
  @CsvSource({"'', 0", "abc, 3", "退款, 4", "é, 1", "e\u0301, 1", "한글, 4", "😀, 2", "ｱ, 1"})
  void aTextIsAsWideAsATerminalShowsIt(String text, int width) {
    assertThat(TerminalText.width(text), is(width));
  }

  @Test
  void aTextIsCutBetweenCharactersNeverBeyondTheWidth() {
    assertThat(TerminalText.cut("abcdef", 6), is("abcdef"));
    assertThat(TerminalText.cut("abcdefg", 6), is("abcde…"));
    assertThat(TerminalText.cut("退款退款", 6), is("退款…"));
    assertThat(TerminalText.cut("😀😀😀😀", 4), is("😀…"));
  }

  @Test
  void whatWouldMoveTheCursorIsShownInstead() {
    assertThat(
        TerminalText.oneLine("a\nb\r\tc\u001b[2Jd\u202ee\u2028f\ud800"),
        is("a\\nb\\r\\tc\\u001b[2Jd\\u202ee\\u2028f\\ud800"));
  }

  @Test
  void aTextIsWrappedBetweenWordsAndALongWordStaysWhole() {
    assertThat(
        TerminalText.wrapped("one two three https://example.com/long four", 12, "- ", "  "),
        contains("- one two", "  three", "  https://example.com/long", "  four"));
  }

  @Test
  void columnsAlignLeftAndRightAndEndWithoutBlanks() {
    Columns table = new Columns("lrl");
    table.row("退款", "1", "x");
    table.row("a", "1,000");
    assertThat(table.lines("> "), contains("> 退款      1  x", "> a     1,000"));
  }

  @Test
  void aRowWithTooManyCellsIsAnError() {
    assertThrows(IllegalArgumentException.class, () -> new Columns("l").row("a", "b"));
  }
}
