package dev.tunebeam.pipelines;

import dev.tunebeam.transforms.json.JsonText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Rows with near copies and with what only looks like one, the same for each seed. */
final class NearRows {

  private static final String[] SYLLABLES = {
    "ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu"
  };

  private final Random random;

  NearRows(long seed) {
    random = new Random(seed);
  }

  /** A word of three to four syllables: none of the list of decisive ones. */
  String word() {
    StringBuilder word = new StringBuilder("x");
    for (int i = 3 + random.nextInt(2); i > 0; i--) {
      word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
    }
    return word.toString();
  }

  String[] words(int count) {
    String[] words = new String[count];
    Arrays.setAll(words, i -> word());
    return words;
  }

  String text(int words) {
    return String.join(" ", words(words));
  }

  /** The text with one word within it replaced, dropped or added, or in another spelling. */
  String nearCopy(String text) {
    List<String> words = new ArrayList<>(List.of(text.split(" ", 0)));
    int at = 1 + random.nextInt(words.size() - 2);
    switch (random.nextInt(4)) {
      case 0 -> words.set(at, word());
      case 1 -> words.remove(at);
      case 2 -> words.add(at, word());
      default -> words.replaceAll(word -> word.toUpperCase(java.util.Locale.ROOT) + "  ");
    }
    return String.join(" ", words);
  }

  /** One of the texts. */
  String any(String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  int number(int below) {
    return random.nextInt(below);
  }

  static String row(String... fields) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      row.put(fields[i], fields[i + 1]);
    }
    return JsonText.of(row);
  }
}
