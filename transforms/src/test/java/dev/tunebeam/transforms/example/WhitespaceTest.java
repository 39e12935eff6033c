package dev.tunebeam.transforms.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WhitespaceTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ", "\t\r\n", "\u00a0", "\u2007", "\u202f", "\u3000", "\u2028", "\u200b", "\ufeff"
      })
  void whatNobodySeesGoesFromTheEndsOfATextAndIsBlankAlone(String blank) {
    assertTrue(Whitespace.isBlank(blank + blank));
    assertEquals("a" + blank + "b", Whitespace.strip(blank + "a" + blank + "b" + blank));
    assertEquals("", Whitespace.strip(blank + blank));
  }

  @Test
  void marksThatChangeHowALetterLooksStay() {
    assertEquals("❤\ufe0f", Whitespace.strip("❤\ufe0f"));
    assertEquals("می\u200c", Whitespace.strip(" می\u200c "));
    assertEquals("👩\u200d", Whitespace.strip("👩\u200d"));
  }
}
