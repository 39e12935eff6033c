package dev.tunebeam.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WhitespaceTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ", "\t\r\n", "\u0085", "\u00a0", "\u2007", "\u202f", "\u3000", "\u2028", "\u200b",
        "\ufeff"
      })
  void whatNobodySeesGoesFromTheEndsOfATextAndIsBlankAlone(String blank) {
    assertTrue(Whitespace.isBlank(blank + blank));
    assertEquals("a" + blank + "b", Whitespace.strip(blank + "a" + blank + "b" + blank));
    assertEquals("", Whitespace.strip(blank + blank));
    assertEquals("a b", Whitespace.collapse("a" + blank + blank + "b"));
  }

  @Test
  void marksThatChangeHowALetterLooksStay() {
    assertEquals("❤\ufe0f", Whitespace.strip("❤\ufe0f"));
    assertEquals("می\u200c", Whitespace.strip(" می\u200c "));
    assertEquals("👩\u200d", Whitespace.strip("👩\u200d"));
  }

  @Test
  void itIsUnicodesWhitespaceAndTheSeparatorsAndTwoSignsOfNoWidthInTextsAndPatternsAlike() {
    Pattern expected = Pattern.compile("[\\p{IsWhite_Space}\\x1c-\\x1f\\u200b\\ufeff]");
    Pattern pattern = Pattern.compile("[" + Whitespace.CHARACTERS + "]");
    List<String> all = IntStream.rangeClosed(0, 0x10ffff).mapToObj(Character::toString).toList();

    List<String> wanted = all.stream().filter(c -> expected.matcher(c).matches()).toList();
    assertEquals(wanted, all.stream().filter(Whitespace::isBlank).toList());
    assertEquals(wanted, all.stream().filter(c -> pattern.matcher(c).matches()).toList());
  }
}
