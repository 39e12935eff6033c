package dev.tunebeam.transforms.read.json;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.tunebeam.transforms.json.JsonNumber;
import dev.tunebeam.transforms.read.Reading;
import dev.tunebeam.transforms.read.input.Compression;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.row.Row;
import dev.tunebeam.transforms.row.Source;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonRowsTest {

  private static final String ONLY_BEFORE =
      "; repair the file or leave it out, only the rows before it were read";

  private static Reading read(String text) {
    return Reading.of(InputFormat.JSON, text);
  }

  private static JsonNumber number(String text) {
    return new JsonNumber(text);
  }

  @Test
  void elementsAreRowsWithTheirOwnTextAndTheirNumberAsPosition() {
    Reading reading = read("[\n  {\"a\": \"]},\\\"{\" },\r\n{\"a\"\n:[{}, {}]}]\n");

    assertThat(
        reading.rows(),
        contains(
            new Row(new Source(0, 0, 1), "{\"a\": \"]},\\\"{\" }", Map.of("a", "]},\"{")),
            new Row(
                new Source(0, 0, 2),
                "{\"a\"\n:[{}, {}]}",
                Map.of("a", java.util.List.of(Map.of(), Map.of())))));
    assertThat(reading.rejected(), empty());
    assertThat(reading.stats(), equalTo(new RangeStats(0, 0, 2, 2)));
  }

  @Test
  void anEmptyArrayAndAnEmptyFileHaveNoRows() {
    for (String text : new String[] {"[]", " [ \n ] \n", "", " \n", "\uFEFF[]"}) {
      assertThat(text, read(text).stats(), equalTo(new RangeStats(0, 0, 0, 0)));
    }
  }

  @Test
  void oneObjectOverSeveralLinesIsOneRow() {
    assertThat(
        read("{\n  \"a\": 1,\n  \"b\": \"c\"\n}\n").fields(),
        contains(Map.of("a", number("1"), "b", "c")));
  }

  @Test
  void objectsOneAfterTheOtherAreRows() {
    Reading reading = read("{\n \"a\": 1}\n{\n \"a\": 2} {\"a\":3}");

    assertThat(
        reading.fields(),
        contains(Map.of("a", number("1")), Map.of("a", number("2")), Map.of("a", number("3"))));
    assertThat(reading.positions(), contains(1, 2, 3));
  }

  @Test
  void elementsThatAreNoObjectsAreRejectedAndTheOthersStay() {
    Reading reading = read("[{\"a\":1}, \"x\", 17 ,null,[1,{}],true, {\"a\":2}]");

    assertThat(reading.positions(), contains(1, 7));
    assertThat(
        reading.rejections(),
        contains(
            "2 not_an_object: a JSON object is expected, this is a text",
            "3 not_an_object: a JSON object is expected, this is a number",
            "4 not_an_object: a JSON object is expected, this is null",
            "5 not_an_object: a JSON object is expected, this is a list",
            "6 not_an_object: a JSON object is expected, this is true"));
    assertThat(reading.rejectedRaw(), contains("\"x\"", "17", "null", "[1,{}]", "true"));
  }

  @Test
  void whatIsWrongWithinOneElementCostsThatElement() {
    byte[] file =
        "[{\"a\":NaN},{\"a\":1,\"a\":2},{\"a\":\"?\"},{\"a\":\"\t\"},{\"a\":\"\0\"},{\"a\":1}]"
            .getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < file.length; i++) {
      file[i] = file[i] == '?' ? (byte) 0xC3 : file[i];
    }
    Reading reading = Reading.of(Reading.whole(InputFormat.JSON), ReadOptions.defaults(), file);

    assertThat(reading.positions(), contains(1, 6));
    assertThat(
        reading.rejections(),
        contains(
            "2 malformed_json: the name \"a\" occurs twice in one object",
            "3 bad_encoding: byte 0xC3, number 7 of the row, is not UTF-8; if the file is in another"
                + " charset, name it with the setting charset",
            "4 malformed_json: a text holds a line end or another control character that is not"
                + " escaped",
            "5 malformed_json: a text holds a line end or another control character that is not"
                + " escaped"));
  }

  @Test
  void anElementLongerThanTheLimitIsRejectedByItsBeginning() {
    String exact = "{\"a\":\"" + "x".repeat(92) + "\"}";
    String over = "{\"a\":\"" + "x".repeat(93) + "\"}";
    String far = "{\"a\":\"" + "x".repeat(200_000) + "\"}";
    Reading reading =
        Reading.of(InputFormat.JSON, "[" + String.join(",", exact, over, far, exact) + "]", 100);

    assertThat(reading.positions(), contains(1, 4));
    assertThat(
        reading.rejections(),
        contains(
            "2 row_too_large: the row is longer than maxRowBytes, 100 bytes",
            "3 row_too_large: the row is longer than maxRowBytes, 100 bytes"));
    assertThat(reading.rejectedRaw().get(0), equalTo(over));
  }

  @Test
  void nestingThatIsTooDeepCostsItsElement() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    Reading reading = read("[{\"a\":" + deep + "},{\"a\":1}]");

    assertThat(reading.positions(), contains(2));
    assertThat(
        reading.rejections(),
        contains(
            "1 malformed_json: Depth (1001) exceeds the maximum allowed nesting depth (1000)"));
  }

  @Test
  void brokenSyntaxEndsTheFileByLineAndColumnAndKeepsTheRowsBefore() {
    Reading reading = read("[\n{\"a\": 1},\n  {\"é\": 2,\n   \"b\" 3},\n{\"a\": 4}]");

    assertThat(reading.fields(), contains(Map.of("a", number("1"))));
    assertThat(
        reading.rejections(),
        contains(
            "2 unreadable_file: in/file: broken JSON at line 4, column 9: Unexpected character"
                + " ('3' (code 51)): was expecting a colon to separate field name and value"
                + ONLY_BEFORE));
    assertThat(reading.rejectedRaw(), contains("{\"é\": 2,\n   \"b\" 3}"));
    assertThat(reading.stats(), equalTo(new RangeStats(0, 0, 2, 1)));
  }

  @Test
  void theColumnOnTheElementsFirstLineCountsFromTheLinesStart() {
    assertThat(
        read("[{\"é\":1}, {\"a\" 3}]").rejections(),
        contains(
            "2 unreadable_file: in/file: broken JSON at line 1, column 17: Unexpected character"
                + " ('3' (code 51)): was expecting a colon to separate field name and value"
                + ONLY_BEFORE));
  }

  @Test
  void aFileThatIsCutOffKeepsTheRowsBefore() {
    String place = " unreadable_file: in/file: broken JSON at line 2, column ";
    assertThat(
        read("[{\"a\":1},\n {\"a\": \"x").rejections(),
        contains(
            "2"
                + place
                + "2: the value that begins here does not end, the file seems to be cut off"
                + ONLY_BEFORE));
    assertThat(
        read("[{\"a\":1},\n").rejections(),
        contains(
            "2"
                + place
                + "1: the array is not closed, the file seems to be cut off"
                + ONLY_BEFORE));
    assertThat(
        read("[{\"a\":1}\n").rejections(),
        contains(
            "2"
                + place
                + "1: the array is not closed, the file seems to be cut off"
                + ONLY_BEFORE));
    assertThat(read("[{\"a\":1},\n {\"a\": \"x").rows(), hasSize(1));
  }

  @Test
  void aMissingOrSurplusCommaEndsTheFile() {
    assertThat(
        read("[{\"a\":1} {\"a\":2}]").rejections(),
        contains(
            "2 unreadable_file: in/file: broken JSON at line 1, column 10: a comma or the end of"
                + " the array is expected"
                + ONLY_BEFORE));
    assertThat(
        read("[{\"a\":1},]").rejections(),
        contains(
            "2 unreadable_file: in/file: broken JSON at line 1, column 10: a JSON value is expected"
                + ONLY_BEFORE));
  }

  @Test
  void textAfterTheArrayIsReported() {
    assertThat(
        read("[{\"a\":1}]\n{\"a\":2}").rejections(),
        contains(
            "2 unreadable_file: in/file: broken JSON at line 2, column 1: more text after the end"
                + " of the array"
                + ONLY_BEFORE));
  }

  @Test
  void aFileThatIsNoJsonAtAllSaysSo() {
    assertThat(
        read("prompt,completion\n").rejections(),
        contains(
            "1 unreadable_file: in/file: broken JSON at line 1, column 7: Unrecognized token"
                + " 'prompt': was expecting (JSON String, Number, Array, Object or token 'null',"
                + " 'true' or 'false'); repair the file or leave it out, no row of it was read"));
  }

  @Test
  void aQuoteThatNeverClosesHoldsNoMoreThanTheLimit() {
    assertThat(
        Reading.of(InputFormat.JSON, "[{\"a\":\"" + "x".repeat(1 << 20), 100).rejections(),
        contains(
            "1 unreadable_file: in/file: broken JSON at line 1, column 2: the value that begins"
                + " here does not end, the file seems to be cut off; repair the file or leave it"
                + " out, no row of it was read"));
  }

  @Test
  void anArrayInAnotherCharsetIsRead() {
    for (String charset : new String[] {"ISO-8859-1", "UTF-16LE", "GB18030"}) {
      Reading reading =
          Reading.of(
              Reading.whole(InputFormat.JSON, Compression.NONE, charset),
              ReadOptions.defaults(),
              "[{\"a\":\"é\"}]".getBytes(Charset.forName(charset)));

      assertThat(charset, reading.fields(), contains(Map.of("a", "é")));
    }
  }
}
