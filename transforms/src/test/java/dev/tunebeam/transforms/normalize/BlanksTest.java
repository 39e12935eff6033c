package dev.tunebeam.transforms.normalize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BlanksTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ", "\t\r\n", "\u00a0", "\u2007", "\u202f", "\u3000", "\u2028", "\u200b", "\ufeff"
      })
  void whatNobodySeesGoesFromTheEndsOfATextAndIsBlankAlone(String blank) {
    assertTrue(Blanks.isBlank(blank + blank));
    assertEquals("a" + blank + "b", Blanks.strip(blank + "a" + blank + "b" + blank));
    assertEquals("", Blanks.strip(blank + blank));
  }

  @Test
  void marksThatChangeHowALetterLooksStay() {
    assertEquals("❤\ufe0f", Blanks.strip("❤\ufe0f"));
    assertEquals("می\u200c", Blanks.strip(" می\u200c "));
    assertEquals("👩\u200d", Blanks.strip("👩\u200d"));
  }
}
