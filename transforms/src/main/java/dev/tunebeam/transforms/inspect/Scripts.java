package dev.tunebeam.transforms.inspect;

import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Detects the script of most letters of an example, by Java's Unicode tables. Chinese and Japanese
 * count as one, since they share characters. Pure functions.
 */
final class Scripts {

  /** Maximum number of letters per text to look at. */
  private static final int LETTERS = 200;

  private static final Map<UnicodeScript, Trait> TRAITS =
      Map.ofEntries(
          Map.entry(UnicodeScript.LATIN, Trait.LATIN),
          Map.entry(UnicodeScript.CYRILLIC, Trait.CYRILLIC),
          Map.entry(UnicodeScript.GREEK, Trait.GREEK),
          Map.entry(UnicodeScript.ARABIC, Trait.ARABIC),
          Map.entry(UnicodeScript.HEBREW, Trait.HEBREW),
          Map.entry(UnicodeScript.DEVANAGARI, Trait.DEVANAGARI),
          Map.entry(UnicodeScript.THAI, Trait.THAI),
          Map.entry(UnicodeScript.HANGUL, Trait.HANGUL),
          Map.entry(UnicodeScript.HAN, Trait.HAN),
          Map.entry(UnicodeScript.HIRAGANA, Trait.HAN),
          Map.entry(UnicodeScript.KATAKANA, Trait.HAN),
          Map.entry(UnicodeScript.BOPOMOFO, Trait.HAN));

  private Scripts() {}

  /** The script of an example's prompt and answer; null if they have no letters. */
  static @Nullable Trait of(Example example) {
    EnumMap<Trait, Integer> letters = new EnumMap<>(Trait.class);
    for (Message turn : example.messages()) {
      if (!turn.isSystem()) {
        for (String text : turn.texts()) {
          count(text, letters);
        }
      }
    }
    Trait most = null;
    for (Map.Entry<Trait, Integer> script : letters.entrySet()) {
      if (most == null || script.getValue() > letters.getOrDefault(most, 0)) {
        most = script.getKey();
      }
    }
    return most;
  }

  private static void count(String text, Map<Trait, Integer> letters) {
    int latin = 0;
    int seen = 0;
    for (int i = 0; i < text.length() && seen < LETTERS; ) {
      char unit = text.charAt(i);
      if (unit < 0x80) {
        int isLetter = (unit | 0x20) >= 'a' && (unit | 0x20) <= 'z' ? 1 : 0;
        latin += isLetter;
        seen += isLetter;
        i++;
        continue;
      }
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isLetter(c)) {
        UnicodeScript script = UnicodeScript.of(c);
        if (script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED) {
          letters.merge(TRAITS.getOrDefault(script, Trait.OTHER_SCRIPT), 1, Integer::sum);
          seen++;
        }
      }
    }
    if (latin > 0) {
      letters.merge(Trait.LATIN, latin, Integer::sum);
    }
  }
}
