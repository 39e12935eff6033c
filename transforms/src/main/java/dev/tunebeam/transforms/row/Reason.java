package dev.tunebeam.transforms.row;

/**
 * The reason why a row was rejected; the lower-case name is used in the rejects file and in the
 * manifest.
 *
 * <p>{@link #UNREADABLE_FILE} is different: an unknown number of rows is missing, so the job does
 * not publish a dataset.
 */
public enum Reason {
  /** The rest of a file cannot be read: broken compression, a JSON array that ends too early. */
  UNREADABLE_FILE,
  /** A line that is not valid JSON. */
  MALFORMED_JSON,
  /** Valid JSON, but an array, string or number where an object is expected. */
  NOT_AN_OBJECT,
  /** A CSV row with broken quotes. */
  MALFORMED_CSV,
  /** A CSV row with more or fewer fields than the header. */
  RAGGED_ROW,
  /** A mail, or a record of a binary file, with content that cannot be read. */
  MALFORMED_RECORD,
  /** Bytes that are invalid in the file's encoding. */
  BAD_ENCODING,
  /** A row longer than maxRowBytes. */
  ROW_TOO_LARGE,
  /** The text holds U+0000. */
  NUL_CHARACTER,
  /** A field of the mapping is missing. */
  MISSING_FIELD,
  /** A null, list or object where a text is expected. */
  NOT_TEXT,
  /** The prompt is empty or blank. */
  BLANK_PROMPT,
  /** The completion is empty or blank. */
  BLANK_COMPLETION,
  /** Messages that are not a valid conversation: no role, no assistant, unknown role. */
  BAD_MESSAGES,
  /** Two equal answers, so that none is preferred. */
  NO_PREFERENCE,
  /** An answer that the row itself labels as bad. */
  UNWANTED_ANSWER,
  /** An image that the model cannot be trained on. */
  UNUSABLE_IMAGE,
  /** The chosen format cannot hold the example. */
  DOES_NOT_FIT_FORMAT,
  /** The separator or stop sequence occurs in the text, and the recipe says reject. */
  DELIMITER_IN_TEXT,
  /** More tokens than maxTokens. */
  TOO_LONG,
  /** The prompt has other completions too, and the recipe says reject or majority. */
  CONFLICT;

  /** The name in files, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
