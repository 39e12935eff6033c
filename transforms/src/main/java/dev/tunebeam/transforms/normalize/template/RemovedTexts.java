package dev.tunebeam.transforms.normalize.template;

import java.util.List;

/**
 * Texts to remove from the data, such as a separator within the texts.
 *
 * @param texts in the order in which they are searched; none of them empty
 */
public record RemovedTexts(List<String> texts) {

  static final RemovedTexts NONE = new RemovedTexts(List.of());

  /** Refuses an empty text. */
  public RemovedTexts {
    texts = List.copyOf(texts);
    if (texts.contains("")) {
      throw new IllegalArgumentException("remove contains an empty text; name the text to remove");
    }
  }

  /**
   * Removes them from a text, also where one is only formed by an earlier removal. What is kept
   * never ends with one of them, so one pass is enough.
   */
  public String outOf(String text) {
    if (!isIn(text)) {
      return text;
    }
    StringBuilder kept = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      kept.append(text.charAt(i));
      for (String removed : texts) {
        int from = kept.length() - removed.length();
        if (from >= 0 && kept.indexOf(removed, from) == from) {
          kept.setLength(from);
          break;
        }
      }
    }
    return kept.toString();
  }

  private boolean isIn(String text) {
    for (String removed : texts) {
      if (text.contains(removed)) {
        return true;
      }
    }
    return false;
  }
}
