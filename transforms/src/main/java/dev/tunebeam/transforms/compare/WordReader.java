package dev.tunebeam.transforms.compare;

import static java.lang.Character.UnicodeScript.HAN;
import static java.lang.Character.UnicodeScript.HIRAGANA;
import static java.lang.Character.UnicodeScript.KATAKANA;
import static java.lang.Character.UnicodeScript.KHMER;
import static java.lang.Character.UnicodeScript.LAO;
import static java.lang.Character.UnicodeScript.MYANMAR;
import static java.lang.Character.UnicodeScript.THAI;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.fingerprint.Nfc;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Reads texts as words for comparing: Unicode NFC, without case, whitespace and punctuation. A
 * number is a word; an operator is one too, as it matters in code; in scripts without spaces each
 * character is one. A text of punctuation alone is one word.
 *
 * <p>One reader for each thread: it holds the words that it has read.
 */
final class WordReader {

  private static final Set<Character.UnicodeScript> WITHOUT_SPACES =
      EnumSet.of(HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR);

  private static final int FIRST_WITHOUT_SPACES = 0xE00;
  private static final String ENDS_OF_SENTENCES = ".!?:;\n\"“•";

  private int[] words = new int[256];
  private int size;
  private final Letters letters = new Letters();

  // State of the text that is read:
  private String text = "";
  private int at;
  private boolean opensSentence;

  /** The number of words so far. */
  int size() {
    return size;
  }

  /** The words so far. */
  int[] words() {
    return Arrays.copyOf(words, size);
  }

  /** Forgets all words. */
  void clear() {
    size = 0;
  }

  /** Reads a text; its words follow those before it. */
  void read(String original) {
    read(original, Integer.MAX_VALUE);
  }

  /** Reads a text, until there are so many words in total. */
  void read(String original, int most) {
    text = Nfc.of(original);
    int before = size;
    opensSentence = true;
    at = 0;
    while (at < text.length() && size < most) {
      step();
    }
    if (size == before && size < most && !Whitespace.isBlank(text)) {
      letters.clear();
      letters.append(Whitespace.strip(text));
      add(Word.FIXED);
    }
  }

  private void step() {
    int c = text.codePointAt(at);
    int width = Character.charCount(c);
    if (c == ' ') {
      at++;
    } else if (isLowerCase(c)) {
      word();
    } else if (isNumeric(c)) {
      number();
    } else if (isDense(c)) {
      letters.clear();
      letters.append(c);
      at += width;
      add(Word.DENSE);
    } else if (Character.isLetter(c)) {
      word();
    } else if (isOperator(c, width) || isSymbol(c)) {
      letters.clear();
      letters.append(c);
      at += width;
      add(Word.FIXED);
    } else {
      opensSentence |= ENDS_OF_SENTENCES.indexOf(c) >= 0;
      at += width;
    }
  }

  private void number() {
    letters.clear();
    while (at < text.length()) {
      int c = text.codePointAt(at);
      int width = Character.charCount(c);
      boolean joins = (c == '.' || c == ',') && isNumeric(codePoint(at + 1));
      if (!isNumeric(c) && !joins) {
        break;
      }
      letters.append(Character.isDigit(c) ? '0' + Character.digit(c, 10) : c);
      at += width;
    }
    add(Word.FIXED);
  }

  private void word() {
    letters.clear();
    int first = text.codePointAt(at);
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (isLowerCase(c)) {
        letters.append(c);
        at++;
        continue;
      }
      if (c == '\'' || c == '’') {
        if (!Character.isLetter(codePoint(at + 1))) {
          break;
        }
        letters.append('\'');
      } else if ((Character.isLetter(c) && !isDense(c)) || isMark(c) || c == '_') {
        letters.append(Character.toLowerCase(c));
      } else {
        break;
      }
      at += Character.charCount(c);
    }
    int flags = 0;
    if (Character.isUpperCase(first)) {
      flags = opensSentence ? Word.OPENING : Word.NAME;
    }
    long hash = letters.hash();
    if (DecisiveWords.contain(hash) || letters.endsWithNot()) {
      flags |= Word.DECISIVE;
    }
    add(hash, flags);
  }

  private void add(int flags) {
    add(letters.hash(), flags);
  }

  private void add(long hash, int flags) {
    if (size == words.length) {
      words = Arrays.copyOf(words, 2 * size);
    }
    words[size++] = Word.of(hash, flags);
    opensSentence = false;
  }

  private int codePoint(int index) {
    return index < text.length() ? text.codePointAt(index) : -1;
  }

  /** Most letters are; of these nothing else has to be asked. */
  private static boolean isLowerCase(int c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isNumeric(int c) {
    if (c < 0x80) {
      return c >= '0' && c <= '9';
    }
    int type = Character.getType(c);
    return type == Character.DECIMAL_DIGIT_NUMBER
        || type == Character.OTHER_NUMBER
        || type == Character.LETTER_NUMBER;
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean isDense(int c) {
    return c >= FIRST_WITHOUT_SPACES
        && Character.isLetter(c)
        && WITHOUT_SPACES.contains(Character.UnicodeScript.of(c));
  }

  /** Of arithmetic, of comparisons and of logic; a hyphen within a word and a bullet are none. */
  private boolean isOperator(int c, int width) {
    return switch (c) {
      case '+', '*', '/', '%', '<', '>', '=', '&', '|', '^', '~', '$' -> true;
      case '-' -> !(at > 0 && Character.isLetter(text.charAt(at - 1)) && isLetterAt(at + width));
      case '!' -> isLetterAt(at + width) || "=(".indexOf(codePoint(at + width)) >= 0;
      default -> false;
    };
  }

  private boolean isLetterAt(int index) {
    return Character.isLetter(codePoint(index));
  }

  /** Emoji, currencies, signs. */
  private static boolean isSymbol(int c) {
    if (c < 0x80) {
      return false;
    }
    int type = Character.getType(c);
    return type == Character.OTHER_SYMBOL
        || type == Character.CURRENCY_SYMBOL
        || type == Character.MATH_SYMBOL;
  }
}
