package dev.tunebeam.transforms.inspect;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.row.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptsTest {

  private static Example pair(String prompt, String answer) {
    return Example.ofPair(new Source(0, 0, 1), "", "SYSTEM IN LATIN", prompt, answer, null);
  }

  @ParameterizedTest
  @CsvSource({
    "how, so, LATIN",
    "Été à Noël, œuf, LATIN",
    "как дела, OK, CYRILLIC",
    "τι είναι, ok, GREEK",
    "كيف, ok, ARABIC",
    "מה זה, ok, HEBREW",
    "क्या है यह, ok, DEVANAGARI",
    "อะไร, ok, THAI",
    "안녕하세요, ok, HANGUL",
    "龙井茶是一种, ok, HAN",
    "これは何ですか, 本, HAN",
    "தமிழ் மொழி, ok, OTHER_SCRIPT",
    "𝒽, 𠀀, HAN"
  })
  void theScriptIsThatOfMostLettersWithoutWhatTheSystemSays(
      String prompt, String answer, Trait script) {
    assertThat(Scripts.of(pair(prompt, answer)), equalTo(script));
  }

  @Test
  void digitsAndSignsAreInNoScript() {
    assertThat(Scripts.of(pair("1 + 1 =", "2 ✓ 🙂")), equalTo(null));
  }

  @Test
  void aLongTextIsJudgedByItsBeginning() {
    assertThat(Scripts.of(pair("ж".repeat(201) + "x".repeat(9_000), "1")), equalTo(Trait.CYRILLIC));
  }
}
