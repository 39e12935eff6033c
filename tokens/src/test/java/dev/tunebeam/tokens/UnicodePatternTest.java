package dev.tunebeam.tokens;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class UnicodePatternTest {

  @Test
  void categoriesAreThoseOfUnicode16InAndOutOfBrackets() {
    Map<String, Integer> classes =
        Map.of(
            "\\p{L}", CharacterClasses.LETTER,
            "[\\p{L}]", CharacterClasses.LETTER,
            "\\p{N}", CharacterClasses.NUMBER,
            "[\\p{M}\\p{N}]", CharacterClasses.MARK | CharacterClasses.NUMBER,
            "[^\\S]", CharacterClasses.SPACE,
            "\\s", CharacterClasses.SPACE,
            "[\\p{Ll}]", CharacterClasses.LOWER,
            "\\p{^M}", 0xFF & ~CharacterClasses.MARK,
            "\\P{L}", 0xFF & ~CharacterClasses.LETTER,
            "[^\\s\\p{L}\\p{N}]", CharacterClasses.MARK | CharacterClasses.OTHER);
    classes.forEach(
        (expression, mask) -> {
          Pattern pattern = UnicodePattern.compile(expression);
          for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            boolean expected = (CharacterClasses.of(c) & mask) != 0;
            String known = KnownCharacters.of(Character.toString(c));
            if (pattern.matcher(known).matches() != expected) {
              throw new AssertionError(String.format(Locale.ROOT, "%s and U+%04X", expression, c));
            }
          }
        });
  }

  @Test
  void aTextThatTheJvmKnowsStaysAsItIsAndOtherCharactersKeepTheirLength() {
    String known = "naïve 漢字 😀";
    String newer = "a\uA7DBb\uD803\uDD50c";

    assertThat(KnownCharacters.of(known), sameInstance(known));
    assertThat(KnownCharacters.of(newer).length(), equalTo(newer.length()));
    assertThat(
        KnownCharacters.of(newer).codePoints().map(Character::getType).toArray(),
        equalTo(
            new int[] {
              Character.LOWERCASE_LETTER,
              Character.LOWERCASE_LETTER,
              Character.LOWERCASE_LETTER,
              Character.UPPERCASE_LETTER,
              Character.LOWERCASE_LETTER
            }));
  }

  @Test
  void theRestOfAnExpressionStaysAsItIs() {
    Pattern pattern = UnicodePattern.compile("(?i:'s|'t)|[^\\r\\n\\]]?a+(?!\\S)|[一-龥]+|\\d");

    assertThat(pattern.matcher("'S").matches(), is(true));
    assertThat(pattern.matcher("-aa").matches(), is(true));
    assertThat(pattern.matcher("]aa").matches(), is(false));
    assertThat(pattern.matcher("漢字").matches(), is(true));
    assertThat(pattern.matcher("٣").matches(), is(true));
  }

  @Test
  void whatJavaAndOnigurumaReadDifferentlyIsRefused() {
    assertThat(
        assertThrows(UnsupportedTokenizerException.class, () -> UnicodePattern.compile("\\w+"))
            .getMessage(),
        equalTo("the pre-tokenizer's pattern \\w+ is not understood: \\w means different things"));
    assertThrows(UnsupportedTokenizerException.class, () -> UnicodePattern.compile("\\p{Xx}"));
    assertThrows(UnsupportedTokenizerException.class, () -> UnicodePattern.compile("\\p{Klingon}"));
    assertThrows(UnsupportedTokenizerException.class, () -> UnicodePattern.compile("\\pL"));
  }
}
