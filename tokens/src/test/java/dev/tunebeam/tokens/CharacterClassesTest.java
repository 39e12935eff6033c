package dev.tunebeam.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CharacterClassesTest {

  /** By the value of {@link Character#getType(int)}. */
  private static final String[] CATEGORIES = {
    "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc",
    "Cf", "", "Co", "Cs", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf"
  };

  @Test
  void theTableSaysWhatThisJvmKnows() {
    List<String> different = new ArrayList<>();
    int[] end = {0};
    UnicodeCategories.forEach(
        (first, after, category) -> {
          assertThat(first, equalTo(end[0]));
          end[0] = after;
          for (int c = first; c < after; c++) {
            if (Character.isDefined(c) && !CATEGORIES[Character.getType(c)].equals(category)) {
              different.add(String.format(Locale.ROOT, "U+%04X %s", c, category));
            }
          }
        });

    assertThat(end[0], equalTo(Character.MAX_CODE_POINT + 1));
    // Two that changed their category after Unicode 13.
    different.removeAll(List.of("U+1734 Mc", "U+1171E Mc"));
    assertThat(different, equalTo(List.of()));
  }

  @Test
  void whiteSpaceIsTheUnicodeProperty() {
    List<Integer> spaces = new ArrayList<>();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if ((CharacterClasses.of(c) & CharacterClasses.SPACE) != 0) {
        spaces.add(c);
      }
    }

    assertThat(
        spaces,
        contains(
            0x9, 0xA, 0xB, 0xC, 0xD, 0x20, 0x85, 0xA0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003,
            0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
            0x3000));
  }

  @Test
  void classAndWidthAreReadFromUtf8() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (Character.getType(c) == Character.SURROGATE) {
        continue;
      }
      byte[] utf8 = Character.toString(c).getBytes(UTF_8);
      int read = CharacterClasses.at(utf8, 0);
      if ((read & 0xFF) != CharacterClasses.of(c) || CharacterClasses.width(read) != utf8.length) {
        throw new AssertionError(String.format(Locale.ROOT, "U+%04X is read as %x", c, read));
      }
    }
  }
}
