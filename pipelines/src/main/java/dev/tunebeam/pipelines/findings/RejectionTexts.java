package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.transforms.row.Reason;

/** The texts of findings about rejected rows, by reason. */
final class RejectionTexts {

  private static final String LEFT_OUT = "Fix the source; until then these rows are left out.";

  private RejectionTexts() {}

  /** What is wrong with the rows. */
  static String what(Reason reason) {
    return switch (reason) {
      case UNREADABLE_FILE -> "the file is truncated or corrupt";
      case MALFORMED_JSON -> "invalid JSON";
      case NOT_AN_OBJECT -> "JSON, but not an object";
      case MALFORMED_CSV -> "unbalanced quotes";
      case RAGGED_ROW -> "not as many fields as the header";
      case MALFORMED_RECORD -> "a corrupt record";
      case BAD_ENCODING -> "bytes that are invalid in the file's charset";
      case ROW_TOO_LARGE -> "too large";
      case NUL_CHARACTER -> "a NUL character";
      case MISSING_FIELD -> "a missing field";
      case NOT_TEXT -> "null, a list or an object where text is expected";
      case BLANK_PROMPT -> "a blank prompt";
      case BLANK_COMPLETION -> "a blank completion";
      case BAD_MESSAGES -> "invalid messages";
      case NO_PREFERENCE -> "two equal answers";
      case UNWANTED_ANSWER -> "an answer that the row marks as bad";
      case UNUSABLE_IMAGE -> "an image that cannot be trained on";
      case DOES_NOT_FIT_FORMAT -> "not supported by the format";
      case DELIMITER_IN_TEXT -> "the separator or stop sequence occurs in the text";
      case TOO_LONG -> "too many tokens";
      case CONFLICT -> "conflicting answers to the same prompt";
    };
  }

  /** Why it matters. */
  static String why(Reason reason) {
    return switch (reason) {
      case UNREADABLE_FILE -> "An unknown number of rows is lost, so prepare publishes nothing.";
      case TOO_LONG -> "The model sees nothing beyond its limit, so the answer would be lost.";
      case BLANK_PROMPT -> "An answer without its prompt teaches the model to answer anything.";
      case BLANK_COMPLETION -> "There is nothing to learn from an empty answer.";
      case NO_PREFERENCE -> "There is nothing to prefer.";
      case UNWANTED_ANSWER -> "The model would learn what it should not say.";
      case BAD_MESSAGES, UNUSABLE_IMAGE ->
          "The training API rejects a whole file for one such line.";
      case MISSING_FIELD, NOT_TEXT -> "They cannot be turned into examples.";
      default -> "They cannot be trained on.";
    };
  }

  /** What to do about it. */
  static String action(Reason reason, int limit) {
    return switch (reason) {
      case UNREADABLE_FILE -> "Repair the file, or remove it from the input.";
      case BAD_ENCODING -> "If the file is not UTF-8, set charset, for example to windows-1252.";
      case ROW_TOO_LARGE -> "Raise maxRowBytes or shardBytes, or leave them out.";
      case MISSING_FIELD -> "Set map.prompt and map.completion to the fields to learn from.";
      case BLANK_PROMPT -> "If no row has a prompt, set task: open-ended.";
      case DOES_NOT_FIT_FORMAT -> "Choose the format that the message names, or leave them out.";
      case TOO_LONG ->
          "They are left out; tooLong: truncate-right truncates them to %s tokens instead."
              .formatted(Figures.count(limit));
      default -> LEFT_OUT;
    };
  }
}
