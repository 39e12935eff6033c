package dev.tunebeam.transforms.fingerprint;

import java.text.Normalizer;

/** Unicode's normalization form C. */
public final class Nfc {

  /** The first character that combines with another. */
  private static final int FIRST_COMBINING = 0x300;

  private Nfc() {}

  /** The text in this form; the text itself if it is in it already. */
  public static String of(String text) {
    return isSurely(text) || Normalizer.isNormalized(text, Normalizer.Form.NFC)
        ? text
        : Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private static boolean isSurely(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= FIRST_COMBINING) {
        return false;
      }
    }
    return true;
  }
}
