package dev.tunebeam.transforms.where;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.transforms.json.JsonNumber;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConditionTest {

  private static final Map<String, Object> ROW = row();

  private static Map<String, Object> row() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("label", " other ");
    row.put("score", new JsonNumber("0.50"));
    row.put("Length", "12");
    row.put("good", true);
    row.put("Reviewed", "False");
    row.put("blank", "  ");
    row.put("nothing", null);
    row.put("meta", Map.of("lang", "de", "tags", List.of("a", "b")));
    row.put("First name", "O'Hara");
    return row;
  }

  private static boolean holds(String condition) {
    return Condition.parse(condition).test(ROW);
  }

  private static void hold(String... conditions) {
    for (String condition : conditions) {
      assertThat(condition, holds(condition), equalTo(true));
      assertThat("not (" + condition + ")", holds("not (" + condition + ")"), equalTo(false));
    }
  }

  @Test
  void textsAreComparedWithoutTheWhitespaceAroundThem() {
    hold("label == 'other'", "label = \"other\"", "label <> 'Other'", "label != 'x'");
    hold("label > 'orange'", "label in ('x', 'other')", "label not in ['x','y']");
    hold("`First name` == 'O''Hara'", "`First name` == 'O\\'Hara'");
  }

  @Test
  void numbersAreComparedWithNumbersAndTextsThatAreOne() {
    hold(
        "score == 0.5",
        "score >= .5",
        "score<1",
        "Length > 9",
        "length == 12.0",
        "score in (1,5e-1)");
    hold("not label > 1", "label != 5", "not good == 1", "score == '0.50'", "score != '0.5'");
  }

  @Test
  void trueAndFalseAreBooleansOrTheirNames() {
    hold("good == true", "reviewed == FALSE", "good != false", "not label == true");
  }

  @Test
  void nothingIsNullAndSoIsABlankText() {
    hold("nothing is null", "blank IS NULL", "missing? is null", "label is not null");
    hold("nothing != 'x'", "not nothing == 'x'", "not nothing < 'x'", "not nothing >= 0");
  }

  @Test
  void namesGoIntoNestedFieldsAndOnlyTheirTextsCompare() {
    hold("meta.lang == 'de'", "meta.tags.1 == 'b'", "not meta == 'x'", "meta is not null");
  }

  @Test
  void andBindsCloserThanOr() {
    hold("good == true or good == true and label == 'x'");
    hold(
        "(good == false or good == true) and label == 'other'",
        "not good == false AND NOT (1 == 1 or good==false)".replace("1 == 1", "score == 2"));
  }

  @Test
  void theFieldsThatAreNamedAreKnownAndThoseThatMayBeMissingAreNot() {
    assertThat(
        Condition.parse("b == 1 and (a is null or not c? in ('x')) and b < 2").names(),
        contains("a", "b"));
  }

  @Test
  void whatIsNoConditionSaysWhereAndWhatToWrite() {
    assertThat(
        problem(""), equalTo("expected the name of a field, found the end at character 1 of "));
    assertThat(
        problem("label == other"),
        equalTo(
            "expected a number, true, false, or a text in quotes, found \"other\" at character 10 of label == other"));
    assertThat(
        problem("'a' == label"),
        equalTo(
            "expected the name of a field, without quotes, or in `backticks`, found \"'a'\" at character 1 of 'a' == label"));
    assertThat(
        problem("a == 1 & b == 2"),
        equalTo("write and instead of & at character 8 of a == 1 & b == 2"));
    assertThat(problem("a == 'x"), equalTo("a quote is not closed at character 6 of a == 'x"));
    assertThat(
        problem("a == null"), equalTo("write is null, or is not null at character 6 of a == null"));
    assertThat(problem("(a == 1"), equalTo("expected ), found the end at character 8 of (a == 1"));
    assertThat(
        problem("a == 1 b"),
        equalTo("expected and, or, or the end, found \"b\" at character 8 of a == 1 b"));
    assertThat(
        problem("a"),
        equalTo(
            "expected ==, !=, <, <=, >, >=, in or is after the field a, found the end at character 2 of a"));
    assertThat(
        problem("a == 1e9999"), equalTo("the number is too large at character 6 of a == 1e9999"));
    String deep = "(".repeat(5000) + "a == 1" + ")".repeat(5000);
    assertThat(problem(deep), equalTo("it is nested too deeply at character 102 of " + deep));
  }

  private static String problem(String text) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> Condition.parse(text)).getMessage());
  }
}
