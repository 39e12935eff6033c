package dev.tunebeam.transforms.inspect;

import org.jspecify.annotations.Nullable;

/** A boolean property of an example. The order is that of the bits in a note. */
public enum Trait {
  /** A preference pair. */
  PREFERENCE,
  /** No prompt: text to continue. */
  NO_PROMPT,
  /** More than one answer. */
  SEVERAL_ANSWERS,
  /** Tool definitions or tool calls. */
  TOOLS,
  /** A system message. */
  SYSTEM,
  /** Messages without a user turn. */
  NO_USER,
  /**
   * Two user turns or two assistant turns in a row, the assistant first, or a system message in
   * between.
   */
  TURNS_OUT_OF_ORDER,
  /** A tool call without a result, although the conversation continues. */
  CALL_WITHOUT_ANSWER,
  /** A tool result without a call. */
  ANSWER_WITHOUT_CALL,
  /** Most letters of the prompt are upper case. */
  UPPER_CASE_PROMPT,
  /** Most letters of the answer are upper case. */
  UPPER_CASE_ANSWER,
  /** Some text contains an e-mail address. */
  EMAIL,
  /** Some text contains a phone number. */
  PHONE,
  /** Some text contains a payment card number. */
  CARD,
  /** Some text contains an international bank account number. */
  IBAN,
  /** Some text contains a key or token of a known format. */
  API_KEY,
  /** The prompt contains the separator in use. */
  SEPARATOR_IN_PROMPT,
  /** The answer contains the stop sequence in use. */
  STOP_IN_ANSWER,
  /** Most letters are in this script; likewise the constants below. */
  LATIN("Latin"),
  CYRILLIC("Cyrillic"),
  GREEK("Greek"),
  ARABIC("Arabic"),
  HEBREW("Hebrew"),
  DEVANAGARI("Devanagari"),
  THAI("Thai"),
  /** Korean. */
  HANGUL("Korean"),
  /** Chinese and Japanese, which share characters. */
  HAN("Chinese or Japanese"),
  /** Any other script. */
  OTHER_SCRIPT("other");

  private final @Nullable String script;

  Trait() {
    this.script = null;
  }

  Trait(String script) {
    this.script = script;
  }

  /** The adjective of a script; null for other traits. */
  public @Nullable String script() {
    return script;
  }

  /** Its bit in a note. */
  long bit() {
    return 1L << ordinal();
  }
}
