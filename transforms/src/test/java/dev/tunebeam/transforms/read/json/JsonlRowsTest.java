package dev.tunebeam.transforms.read.json;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.tunebeam.transforms.json.JsonNumber;
import dev.tunebeam.transforms.read.Reading;
import dev.tunebeam.transforms.read.input.Compression;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Row;
import dev.tunebeam.transforms.row.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonlRowsTest {

  private static Reading read(String text) {
    return Reading.of(InputFormat.JSONL, text);
  }

  @Test
  void aLineIsARowWithItsSourceItsTextAndItsFieldsInOrder() {
    Reading reading = read("{\"prompt\": \"p\", \"completion\":\"c\"}\n");

    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("prompt", "p");
    fields.put("completion", "c");
    assertThat(
        reading.rows(),
        contains(
            new Row(new Source(0, 0, 1), "{\"prompt\": \"p\", \"completion\":\"c\"}", fields)));
    assertThat(List.copyOf(reading.fields().get(0).keySet()), contains("prompt", "completion"));
    assertThat(reading.rejected(), empty());
    assertThat(reading.stats(), equalTo(new RangeStats(0, 0, 1, 1)));
  }

  @Test
  void everyKindOfValueKeepsWhatItIsAndNumbersKeepTheirText() {
    Reading reading =
        read("{\"a\":1.0,\"b\":1e5,\"c\":true,\"d\":null,\"e\":[1,[]],\"f\":{\"g\":\"\\u00e9\"}}");

    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("a", new JsonNumber("1.0"));
    fields.put("b", new JsonNumber("1e5"));
    fields.put("c", true);
    fields.put("d", null);
    fields.put("e", List.of(new JsonNumber("1"), List.of()));
    fields.put("f", Map.of("g", "é"));
    assertThat(reading.fields(), contains(fields));
  }

  @Test
  void blankLinesHaveAPositionAndAreNoRows() {
    Reading reading = read("\n{\"a\":\"1\"}\r\n \t\r\n{\"a\":\"2\"}");

    assertThat(reading.positions(), contains(2, 4));
    assertThat(
        reading.rows().stream().map(Row::raw).toList(), contains("{\"a\":\"1\"}", "{\"a\":\"2\"}"));
    assertThat(reading.stats(), equalTo(new RangeStats(0, 0, 2, 4)));
  }

  @Test
  void anEmptyFileHasNoRows() {
    assertThat(read("").stats(), equalTo(new RangeStats(0, 0, 0, 0)));
    assertThat(read("\uFEFF").stats(), equalTo(new RangeStats(0, 0, 0, 0)));
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstRow() {
    assertThat(read("\uFEFF{\"a\":\"1\"}\n").rows().get(0).raw(), equalTo("{\"a\":\"1\"}"));
  }

  @Test
  void aMalformedLineIsRejectedWithThePlaceAndTheLinesAroundItStay() {
    Reading reading = read("{\"a\":1}\n{\"a\": tru}\n{\"a\":3}\n");

    assertThat(reading.positions(), contains(1, 3));
    assertThat(
        reading.rejections(),
        contains(
            "2 malformed_json: column 10: Unrecognized token 'tru': was expecting (JSON String,"
                + " Number, Array, Object or token 'null', 'true' or 'false')"));
    assertThat(reading.rejectedRaw(), contains("{\"a\": tru}"));
    assertThat(reading.stats(), equalTo(new RangeStats(0, 0, 3, 3)));
  }

  @Test
  void messagesCountCharactersAndHoldNothingOfJacksonsOwn() {
    assertThat(
        read("{\"é\": 1").rejections(),
        contains(
            "1 malformed_json: column 8: Unexpected end-of-input: expected close marker for"
                + " Object"));
  }

  @Test
  void textAfterTheObjectIsRejected() {
    assertThat(
        read("{\"a\":1} {\"b\":2}").rejections(),
        contains("1 malformed_json: column 9: more text after the end of the JSON value"));
  }

  @Test
  void aValueThatIsNoObjectIsRejectedByWhatItIs() {
    Reading reading = read("\"text\"\n17\nnull\ntrue\n[1]\n");

    assertThat(
        reading.rejections(),
        contains(
            "1 not_an_object: a JSON object is expected, this is a text",
            "2 not_an_object: a JSON object is expected, this is a number",
            "3 not_an_object: a JSON object is expected, this is null",
            "4 not_an_object: a JSON object is expected, this is true",
            "5 not_an_object: a JSON object is expected, this is a list; if the file is one JSON"
                + " array, set inputFormat to json"));
  }

  @Test
  void aNameThatOccursTwiceIsRejectedBecauseOneValueWouldBeLost() {
    assertThat(
        read("{\"a\":1,\"b\":{\"x\":1,\"x\":2}}").rejections(),
        contains("1 malformed_json: the name \"x\" occurs twice in one object"));
  }

  @Test
  void whatIsNotANumberInADumpOfPythonIsNull() {
    assertThat(
        read("{\"a\":NaN}\n{\"a\":[-Infinity,Infinity,1]}\n").fields().toString(),
        equalTo("[{a=null}, {a=[null, null, 1]}]"));
  }

  @Test
  void nestingThatIsTooDeepIsRejectedAndNeverOverflowsTheStack() {
    String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    Reading reading = read(deep + "\n{\"a\":1}\n");

    assertThat(reading.positions(), contains(2));
    assertThat(
        reading.rejections(),
        contains(
            "1 malformed_json: Depth (1001) exceeds the maximum allowed nesting depth (1000)"));
  }

  @Test
  void aNulInTheTextIsNoReasonToStop() {
    Reading reading = read("\0{\"a\":1}\n{\"a\":\"\\u0000\"}\n{\"a\":\"\0\"}\n");

    assertThat(reading.fields(), contains(Map.of("a", "\0")));
    assertThat(
        reading.rejected().stream().map(Rejected::reason).toList(),
        contains(Reason.MALFORMED_JSON, Reason.MALFORMED_JSON));
  }

  @Test
  void aLineLongerThanTheLimitIsRejectedByItsBeginning() {
    String exact = "{\"a\":\"" + "x".repeat(92) + "\"}";
    String over = "{\"a\":\"" + "x".repeat(93) + "\"}";
    Reading reading =
        Reading.of(InputFormat.JSONL, exact + "\r\n" + over + "\n" + exact + "\n" + over, 100);

    assertThat(reading.positions(), contains(1, 3));
    assertThat(
        reading.rejections(),
        contains(
            "2 row_too_large: the row is longer than maxRowBytes, 100 bytes",
            "4 row_too_large: the row is longer than maxRowBytes, 100 bytes"));
    assertThat(reading.rejectedRaw(), contains(over, over));
  }

  @Test
  void aLineOfALargeFractionOfTheHeapIsNeverHeld() {
    // As much text as three heaps of the tests hold; it is made while it is read.
    long length = 6L << 30;
    Reading reading =
        Reading.of(
            Reading.whole(InputFormat.JSONL),
            ReadOptions.defaults().withMaxRowBytes(1 << 20),
            new EndlessLine(length));

    assertThat(reading.rows(), empty());
    assertThat(
        reading.rejections(),
        contains("1 row_too_large: the row is longer than maxRowBytes, 1048576 bytes"));
    assertThat(reading.rejectedRaw().get(0), equalTo("x".repeat(Rejected.MAX_RAW_CHARS)));
  }

  @Test
  void bytesThatAreNoTextAreRejectedByTheirPlace() {
    byte[] file =
        "{\"a\":\"é\"}\n{\"a\":\"caf?\"}\n{\"a\":\"2\"}\n".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < file.length; i++) {
      file[i] = file[i] == '?' ? (byte) 0xE9 : file[i];
    }
    Reading reading = Reading.of(Reading.whole(InputFormat.JSONL), ReadOptions.defaults(), file);

    assertThat(reading.positions(), contains(1, 3));
    assertThat(
        reading.rejections(),
        contains(
            "2 bad_encoding: byte 0xE9, number 10 of the row, is not UTF-8; if the file is in"
                + " another charset, name it with the setting charset"));
    assertThat(reading.rejectedRaw(), contains("{\"a\":\"caf\uFFFD\"}"));
  }

  @Test
  void aReplacementCharacterThatStandsInTheFileIsText() {
    assertThat(read("{\"a\":\"\uFFFD\"}").fields(), contains(Map.of("a", "\uFFFD")));
  }

  @Test
  void utf8ThatIsCutOffAtTheEndIsRejected() {
    byte[] file = "{\"a\":\"é".getBytes(StandardCharsets.UTF_8);
    Reading reading =
        Reading.of(
            Reading.whole(InputFormat.JSONL),
            ReadOptions.defaults(),
            Arrays.copyOf(file, file.length - 1));

    assertThat(
        reading.rejections().get(0),
        startsWith("1 bad_encoding: byte 0xC3, number 7 of the row, is not UTF-8"));
  }

  @Test
  void aNamedCharsetIsDecoded() {
    for (String charset :
        List.of("ISO-8859-1", "windows-1252", "UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE")) {
      byte[] file = "{\"a\":\"é\"}\r\n\n{\"a\":\"ü\"}".getBytes(Charset.forName(charset));
      Reading reading =
          Reading.of(
              Reading.whole(InputFormat.JSONL, Compression.NONE, charset),
              ReadOptions.defaults(),
              file);

      assertThat(charset, reading.fields(), contains(Map.of("a", "é"), Map.of("a", "ü")));
      assertThat(charset, reading.positions(), contains(1, 3));
    }
  }

  @Test
  void aCharsetWhoseLettersHoldQuotesAndBackslashesIsDecoded() {
    // The second byte of this letter in Shift_JIS is a backslash.
    byte[] file = "{\"a\":\"表\"}".getBytes(Charset.forName("Shift_JIS"));
    Reading reading =
        Reading.of(
            Reading.whole(InputFormat.JSONL, Compression.NONE, "Shift_JIS"),
            ReadOptions.defaults(),
            file);

    assertThat(reading.fields(), contains(Map.of("a", "表")));
  }

  @Test
  void aLoneSurrogateInUtf16CostsItsRowOnly() {
    byte[] file = "{\"a\":\"1\"}\n{\"a\":\"\uD83D\"}\n{\"a\":\"😀\"}\n".getBytes(Wide.CHARSET);
    Reading reading =
        Reading.of(
            Reading.whole(InputFormat.JSONL, Compression.NONE, "UTF-16LE"),
            ReadOptions.defaults(),
            Wide.withLoneSurrogate(file));

    assertThat(reading.fields(), contains(Map.of("a", "1"), Map.of("a", "😀")));
    assertThat(
        reading.rejections(),
        contains(
            "2 bad_encoding: the row holds bytes that are not UTF-16LE; if the file is in another"
                + " charset, name it with the setting charset"));
  }

  /** Java's own encoder replaces a lone surrogate by U+FFFD: put it back. */
  private static final class Wide {
    static final Charset CHARSET = StandardCharsets.UTF_16LE;

    static byte[] withLoneSurrogate(byte[] file) {
      for (int i = 0; i < file.length; i += 2) {
        if (file[i] == (byte) 0xFD && file[i + 1] == (byte) 0xFF) {
          file[i] = 0x3D;
          file[i + 1] = (byte) 0xD8;
        }
      }
      return file;
    }
  }

  /** Nothing but x, without a line end. */
  private static final class EndlessLine extends InputStream {
    private long left;

    EndlessLine(long length) {
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      return left-- > 0 ? 'x' : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = (int) Math.min(length, left);
      Arrays.fill(target, offset, offset + count, (byte) 'x');
      left -= count;
      return count == 0 && length > 0 ? -1 : count;
    }
  }
}
