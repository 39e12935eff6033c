package dev.tunebeam.transforms.inspect;

import org.jspecify.annotations.Nullable;

/** What can be said of one example with yes or no. Their order is that of bits in a note. */
public enum Trait {
  /** It is a choice between two answers. */
  PREFERENCE,
  /** The model is asked nothing: text to go on with. */
  NO_PROMPT,
  /** There is more than one answer in it. */
  SEVERAL_ANSWERS,
  /** It has definitions of tools, or calls them. */
  TOOLS,
  /** A turn sets the scene. */
  SYSTEM,
  /** Messages, and none of the user. */
  NO_USER,
  /** Two questions or two answers in a row, the assistant first, or a system message in between. */
  TURNS_OUT_OF_ORDER,
  /** A call of a tool that no turn answers, though the conversation goes on. */
  CALL_WITHOUT_ANSWER,
  /** What a tool answered, and nobody has called it. */
  ANSWER_WITHOUT_CALL,
  /** Most letters of the question are capitals. */
  UPPER_CASE_PROMPT,
  /** Most letters of the answer are capitals. */
  UPPER_CASE_ANSWER,
  /** Some text holds an e-mail address. */
  EMAIL,
  /** Some text holds a telephone number. */
  PHONE,
  /** Some text holds the number of a payment card. */
  CARD,
  /** Some text holds an international bank account number. */
  IBAN,
  /** Some text holds a key or token of a known shape. */
  API_KEY,
  /** The separator that the job uses stands within the prompt. */
  SEPARATOR_IN_PROMPT,
  /** The stop sequence that the job uses stands within the answer. */
  STOP_IN_ANSWER,
  /** Most letters are in this script, and so on. */
  LATIN("Latin"),
  CYRILLIC("Cyrillic"),
  GREEK("Greek"),
  ARABIC("Arabic"),
  HEBREW("Hebrew"),
  DEVANAGARI("Devanagari"),
  THAI("Thai"),
  /** Korean. */
  HANGUL("Korean"),
  /** Chinese and Japanese, which share their characters. */
  HAN("Chinese or Japanese"),
  /** A script that is none of these. */
  OTHER_SCRIPT("other");

  private final @Nullable String script;

  Trait() {
    this.script = null;
  }

  Trait(String script) {
    this.script = script;
  }

  /** The adjective of a script; null for all that is none. */
  public @Nullable String script() {
    return script;
  }

  /** Its bit in a note. */
  long bit() {
    return 1L << ordinal();
  }
}
