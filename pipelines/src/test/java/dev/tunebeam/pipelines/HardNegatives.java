package dev.tunebeam.pipelines;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Rows that differ in what matters, beside true near copies: templates with other slots, code with
 * another operator, recipes with other quantities, negations. A near copy follows its original.
 */
final class HardNegatives {

  private static final String[] OPERATORS = {"+", "-", "*", "/", "%", "<", "<=", ">", "==", "!="};
  private static final String[] UNITS = {"cups", "spoons", "grams", "pinches"};
  private static final String[] NAMES = {
    "Anna", "Boris", "Chen", "Dora", "Emil", "Fatma", "Goran", "Hanna", "Ivan", "Jin", "Kofi", "Lea"
  };
  private static final String[] CITIES = {
    "Paris", "Lima", "Oslo", "Cairo", "Delhi", "Quito", "Seoul", "Tunis", "Vienna", "Warsaw"
  };

  private final NearRows rows;
  private final List<String> lines = new ArrayList<>();
  private final List<Integer> originals = new ArrayList<>();
  private int copies;

  HardNegatives(long seed) {
    rows = new NearRows(seed);
    for (int i = 0; i < 40; i++) {
      templates();
      lowerCaseTemplates();
      code();
      recipes();
      negations();
      for (int copy = 0; copy < 20; copy++) {
        nearCopies();
      }
    }
  }

  /** The rows, as JSON lines. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** The number of near copies. */
  int copies() {
    return copies;
  }

  /** Whether two rows are the same but for a near copy; by their indices. */
  boolean isCopy(int a, int b) {
    return originals.get(a).equals(originals.get(b));
  }

  /** A letter of 50 words to different people about different places. */
  private void templates() {
    String before = rows.text(20);
    String after = rows.text(25);
    for (int i = 0; i < 10; i++) {
      String name = rows.any(NAMES);
      String city = rows.any(CITIES);
      add(
          "%s dear %s about %s %s".formatted(before, name, city, after),
          "We write to %s in %s as soon as we can.".formatted(name, city));
    }
  }

  /** The same letter about other things, in lower case, and always the same answer. */
  private void lowerCaseTemplates() {
    String before = rows.text(20);
    String after = rows.text(25);
    String answer = rows.text(12);
    for (int i = 0; i < 12; i++) {
      add("%s about the %s %s".formatted(before, rows.word(), after), answer);
    }
  }

  private void code() {
    String before = rows.text(12);
    String name = rows.word();
    String after = rows.text(25);
    for (String operator : OPERATORS) {
      add(
          "explain what this does: %s def %s(a, b): return a %s b # %s"
              .formatted(before, name, operator, after),
          rows.text(3));
    }
  }

  private void recipes() {
    String before = rows.text(25);
    String after = rows.text(25);
    for (int i = 0; i < 8; i++) {
      add(
          "write down this recipe",
          String.format(
              Locale.ROOT,
              "%s take %d %s of sugar and %s eggs %s",
              before,
              1 + rows.number(9),
              rows.any(UNITS),
              rows.any("two", "three", "four", "five"),
              after));
    }
  }

  private void negations() {
    String before = rows.text(20);
    String after = rows.text(20);
    for (String verb : List.of("is", "is not", "is never", "was not always")) {
      add("is it so?", "%s it %s so %s".formatted(before, verb, after));
    }
  }

  private void nearCopies() {
    String prompt = rows.text(30);
    String answer = rows.text(20);
    int original = lines.size();
    add(prompt, answer);
    add(rows.nearCopy(prompt), rows.any(answer, answer.toUpperCase(Locale.ROOT) + "!"));
    originals.set(lines.size() - 1, original);
    copies++;
  }

  private void add(String prompt, String completion) {
    originals.add(lines.size());
    lines.add(NearRows.row("prompt", prompt, "completion", completion));
  }
}
