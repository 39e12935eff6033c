package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.transforms.row.Reason;

/** What is to be said of rejected rows, by reason. */
final class RejectionTexts {

  private static final String LEFT_OUT = "Correct the source; until then these rows are left out.";

  private RejectionTexts() {}

  /** What is wrong with them. */
  static String what(Reason reason) {
    return switch (reason) {
      case UNREADABLE_FILE -> "the file breaks off";
      case MALFORMED_JSON -> "no valid JSON";
      case NOT_AN_OBJECT -> "JSON, but no object";
      case MALFORMED_CSV -> "broken quotes";
      case RAGGED_ROW -> "another number of fields than the header";
      case MALFORMED_RECORD -> "a broken record";
      case BAD_ENCODING -> "no text in the file's charset";
      case ROW_TOO_LARGE -> "too large";
      case NUL_CHARACTER -> "a NUL character";
      case MISSING_FIELD -> "a field is missing";
      case NOT_TEXT -> "null, a list or an object where a text is expected";
      case BLANK_PROMPT -> "an empty prompt";
      case BLANK_COMPLETION -> "an empty answer";
      case BAD_MESSAGES -> "messages that are no conversation";
      case NO_PREFERENCE -> "both answers are the same";
      case UNWANTED_ANSWER -> "an answer that is not wanted";
      case DOES_NOT_FIT_FORMAT -> "the format cannot hold them";
      case DELIMITER_IN_TEXT -> "the separator or the stop sequence is in the text";
      case TOO_LONG -> "too long";
      case CONFLICT -> "other answers to the same prompt";
    };
  }

  /** Why it matters. */
  static String why(Reason reason) {
    return switch (reason) {
      case UNREADABLE_FILE ->
          "Nobody knows how many rows are behind it; prepare publishes nothing.";
      case TOO_LONG -> "The model sees nothing beyond its limit, so the answer would be lost.";
      case BLANK_PROMPT -> "An answer without its question teaches to answer anything.";
      case BLANK_COMPLETION -> "There is nothing to learn from an empty answer.";
      case NO_PREFERENCE -> "There is nothing to prefer.";
      case UNWANTED_ANSWER -> "The model would learn what it should not say.";
      case BAD_MESSAGES -> "The training API refuses a whole file for one such line.";
      case MISSING_FIELD, NOT_TEXT -> "No example can be made of them.";
      default -> "They are no example that could be trained on.";
    };
  }

  /** What to do. */
  static String action(Reason reason, int limit) {
    return switch (reason) {
      case UNREADABLE_FILE -> "Repair the file, or take it out of the input.";
      case BAD_ENCODING -> "If the file is not UTF-8, name its charset, such as windows-1252.";
      case ROW_TOO_LARGE -> "Raise maxRowBytes or shardBytes, or let them be left out.";
      case MISSING_FIELD -> "Say which fields to learn from: map.prompt and map.completion.";
      case BLANK_PROMPT -> "If there are no questions at all, set task: open-ended.";
      case DOES_NOT_FIT_FORMAT -> "Choose the format that the message names, or leave them out.";
      case TOO_LONG ->
          "They are left out; tooLong: truncate-right cuts their prompts to %s tokens instead."
              .formatted(Figures.count(limit));
      default -> LEFT_OUT;
    };
  }
}
