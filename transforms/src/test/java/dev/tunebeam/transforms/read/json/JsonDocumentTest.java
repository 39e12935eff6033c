package dev.tunebeam.transforms.read.json;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.Inferred;
import dev.tunebeam.transforms.json.JsonNumber;
import dev.tunebeam.transforms.read.InputFiles;
import dev.tunebeam.transforms.read.Reading;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.read.input.UnusableInputException;
import dev.tunebeam.transforms.row.RangeStats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON files that are an object with the rows under a key. */
final class JsonDocumentTest {

  private static final JsonNumber ONE = new JsonNumber("1");
  private static final JsonNumber TWO = new JsonNumber("2");

  private final Path file;

  JsonDocumentTest(@TempDir Path folder) {
    this.file = folder.resolve("in.json");
  }

  private Reading read(String text) throws IOException {
    return read(text, ReadOptions.defaults());
  }

  private Reading read(String text, ReadOptions options) throws IOException {
    Files.writeString(file, text);
    return Reading.ofFile(file, options);
  }

  private Reading under(String rows, String text) throws IOException {
    return read(text, ReadOptions.defaults().withRows(rows));
  }

  private String problem(String rows, String text) throws IOException {
    String message = under(rows, text).rejections().get(0);
    return message.replace(file.toString(), "FILE").replaceAll("; repair the file .*", "");
  }

  @Test
  void theOnlyArrayOfObjectsHasTheRowsAndThatIsSaid() throws IOException {
    for (String text :
        List.of(
            "{\"data\":[{\"a\":1},{\"a\":2}]}",
            """
            {
              "meta": {"n": [1, 2], "x": [[{"a":0}], {"b":1}]},
              "data": [
               {"a": 1}, {"a":2} ],
              "tags": ["x", {}], "e": [] }
            """)) {
      Reading reading = read(text);
      assertThat(text, reading.rejections(), empty());
      assertThat(reading.fields(), contains(Map.of("a", ONE), Map.of("a", TWO)));
      assertThat(reading.positions(), contains(1, 2));
      InputFiles files = InputFiles.find(List.of(file.toString()), ReadOptions.defaults());
      assertThat(
          files.inferred(path -> "in.json"),
          equalTo(Map.of("rows", List.of(Inferred.of("data", "the only array of objects")))));
      assertThat(files.commonPart(InputFormat.JSON, false), equalTo("data"));
    }
  }

  @Test
  void theArrayMayStandInObjects() throws IOException {
    String text = "{\"result\":{\"n\":1,\"items\":[{\"a\":1}],\"next\":null},\"ok\":true}";
    assertThat(read(text).fields(), contains(Map.of("a", ONE)));
    assertThat(under("result.items", text).fields(), contains(Map.of("a", ONE)));
    assertThat(
        under("a.b.c", "{\"a\":{\"b\":1},\"a.b\":{\"x\":[{}],\"c\":[{\"a\":1}]}}").fields(),
        contains(Map.of("a", ONE)));
  }

  @Test
  void anObjectThatIsAnExampleIsARow() throws IOException {
    for (String text :
        List.of(
            "{\n\"messages\": [{\"role\":\"user\",\"content\":\"a\"}]}",
            "{\"id\":1,\"talk\":{\"turns\":[{\"from\":\"human\",\"value\":\"a\"}]},\n\"x\":[{}]}",
            "{\"prompt\":\"a\",\"completion\":\"b\",\n\"sources\":[{\"a\":1}]}",
            "{\n\"a\": []}")) {
      Reading reading = read(text);
      assertThat(text, reading.rows().size(), equalTo(1));
      assertThat(reading.rows().get(0).raw(), equalTo(text));
    }
    assertThat(under(".", "{\n\"data\":[{\"a\":1}]}").rows().size(), equalTo(1));
  }

  @Test
  void objectsOneAfterTheOtherAreRowsAsBefore() throws IOException {
    assertThat(read("{\n\"d\":[{\"a\":1}]}\n{\n\"d\":[{\"a\":2}]}").rows().size(), equalTo(2));
    assertThat(read("{\"d\":[{\"a\":1}]}\n{\"d\":[{\"a\":2}]}").rows().size(), equalTo(2));
  }

  @Test
  void ofSeveralArraysOneIsToBeNamed() throws IOException {
    String text = "{\"train\":[{\"a\":1}],\"x\":{\"test\":[{\"a\":2}]}}";
    assertThat(
        assertThrows(UnusableInputException.class, () -> read(text)).getMessage(),
        equalTo(
            file
                + ": there are arrays of rows under train, x.test; name the one with the rows,"
                + " such as --rows=train, or --rows=. if the object is a single row"));
    assertThat(under("train", text).fields(), contains(Map.of("a", ONE)));
    assertThat(under("x.test", text).fields(), contains(Map.of("a", TWO)));
  }

  @Test
  void aSecondArrayFarBehindIsNotOverlooked() throws IOException {
    String text =
        "{\"data\":[{\"a\":1}],\"pad\":\"" + "x".repeat(1 << 20) + "\",\"more\":{\"b\":[{}]}}";
    assertThat(
        read(text)
            .rejections()
            .get(0)
            .replace(file.toString(), "FILE")
            .replaceAll("n [0-9]+", "n N"),
        equalTo(
            "2 unreadable_file: FILE: broken JSON at line 1, column N: \"more.b\" is an array of"
                + " objects as well as \"data\"; choose the one with the rows, rows: data; repair"
                + " the file or leave it out, only the rows before it were read"));
    assertThat(under("data", text).rejections(), empty());
  }

  @Test
  void whatIsNotThereOrNoArrayIsSaid() throws IOException {
    String advice = "; correct the setting rows, or leave it out where a file is an array itself";
    String begin = "1 unreadable_file: FILE: broken JSON at line 1, column ";
    assertThat(
        problem("data", "{\"dat\":[{\"a\":1}]}"),
        equalTo(begin + "18: the object ends here and has no \"data\"" + advice));
    assertThat(
        problem("data", "{\"data\":{\"a\":1}}"),
        equalTo(begin + "9: there is no array under \"data\"" + advice));
    assertThat(
        problem("data", "[{\"a\":1}]"),
        equalTo(begin + "1: an object with the rows under \"data\" is expected" + advice));
  }

  @Test
  void brokenSyntaxBesideTheRowsEndsTheFile() throws IOException {
    String before = "1 unreadable_file: FILE: broken JSON at line 1, column ";
    String after = "2 unreadable_file: FILE: broken JSON at line 1, column ";
    String rows = "{\"data\":[{\"a\":1}]";
    assertThat(
        problem("data", "{\"x\" 1}"),
        equalTo(before + "6: a name in quotes and a colon are expected"));
    assertThat(
        problem("data", "{\"x\":1 \"data\":[]}"),
        equalTo(before + "8: a comma or the end of the object is expected"));
    assertThat(problem("data", "{\"x\":,}"), equalTo(before + "6: a JSON value is expected"));
    String message = under("data", rows).rejections().get(0);
    assertThat(
        message.replace(file.toString(), "FILE"),
        equalTo(
            after
                + "18: the object is not closed, the file seems to be cut off; repair the file or"
                + " leave it out, only the rows before it were read"));
    assertThat(
        problem("data", rows + ",\"x\":[1"),
        equalTo(
            after + "23: the value that begins here does not end, the file seems to be cut off"));
    assertThat(
        problem("data", rows + "} {}"),
        equalTo(after + "20: more text after the end of the object"));
    assertThat(
        problem("data", rows + ",\"data\":[]}"),
        equalTo(after + "26: the name \"data\" occurs twice"));
  }

  @Test
  void elementsThatAreBadCostThemselves() throws IOException {
    Reading reading = under("data", "{\"data\":[{\"a\":1},7,{\"a\":\"\t\"},{\"a\":2}],\"x\":1}");
    assertThat(reading.positions(), contains(1, 4));
    assertThat(
        reading.rejections(),
        contains(
            "2 not_an_object: a JSON object is expected, this is a number",
            "3 malformed_json: a text holds a line end or another control character that is not"
                + " escaped"));
  }

  @Test
  void nestingThatIsTooDeepIsPassedOverWhereItIsNoRow() throws IOException {
    String deep = "{\"a\":".repeat(100_000) + "[{}]" + "}".repeat(100_000);
    assertThat(
        under("data", "{\"deep\":" + deep + ",\"data\":[{\"a\":1}]}").fields(),
        contains(Map.of("a", ONE)));
    assertThat(
        read("{\"data\":[{\"a\":1}],\"deep\":" + deep + "}").fields(), contains(Map.of("a", ONE)));
  }

  @Test
  void whatStandsBesideTheRowsIsNeverHeld() throws IOException {
    byte[] huge = new byte[64 << 20];
    java.util.Arrays.fill(huge, (byte) 'x');
    try (var out = Files.newOutputStream(file)) {
      out.write("{\"data\":[{\"a\":1}],\"x\":\"".getBytes(StandardCharsets.UTF_8));
      out.write(huge);
      out.write("\"}".getBytes(StandardCharsets.UTF_8));
    }
    Reading reading = Reading.ofFile(file, ReadOptions.defaults().withMaxRowBytes(1000));
    assertThat(reading.fields(), contains(Map.of("a", ONE)));
    assertThat(reading.rejections(), empty());
  }

  @Test
  void anEmptyFileOrArrayHasNoRows() throws IOException {
    assertThat(under("data", "\n").stats(), equalTo(new RangeStats(0, 0, 0, 0)));
    assertThat(under("data", "{\"data\":[]}").stats(), equalTo(new RangeStats(0, 0, 0, 0)));
  }
}
