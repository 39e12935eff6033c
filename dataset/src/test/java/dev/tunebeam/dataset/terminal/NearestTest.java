package dev.tunebeam.dataset.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestTest {

  private static final List<String> KNOWN = List.of("seed", "stop", "separator", "classTemplate");

  @Test
  void aWordWithALetterWrongIsFound() {
    assertEquals(Optional.of("separator"), Nearest.of("seperator", KNOWN));
    assertEquals(Optional.of("seed"), Nearest.of("SEED", KNOWN));
  }

  @Test
  void theBeginningOfAWordIsFound() {
    assertEquals(Optional.of("classTemplate"), Nearest.of("class", KNOWN));
  }

  @Test
  void ofEquallyNearWordsTheFirstByAlphabetIsTaken() {
    assertEquals(Optional.of("a1"), Nearest.of("a", List.of("a2", "a1")));
  }

  @Test
  void aWordLikeNoneIsNotGuessedAt() {
    assertEquals(Optional.empty(), Nearest.of("vegetable", KNOWN));
  }
}
