package dev.tunebeam.transforms.read.csv;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;

import dev.tunebeam.dataset.Inferred;
import dev.tunebeam.transforms.read.InputFiles;
import dev.tunebeam.transforms.read.Reading;
import dev.tunebeam.transforms.read.input.ByteWindow;
import dev.tunebeam.transforms.read.input.FieldSeparator;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.row.Row;
import dev.tunebeam.transforms.row.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvRowsTest {

  private static final String NEVER_CLOSED =
      " malformed_csv: a quote opens a field on this line and does not close; write a quote within"
          + " a field twice, in quotes";
  private static final String TEXT_AFTER_QUOTE =
      " malformed_csv: a quoted field that begins on this line is followed by other text; write a"
          + " quote within a field twice";

  private static Reading read(String text) {
    return Reading.of(InputFormat.CSV, text);
  }

  private static Map<String, Object> fields(String a, String b) {
    return Map.of("a", a, "b", b);
  }

  @Test
  void recordsAreRowsUnderTheNamesOfTheHeader() {
    Reading reading = read("Prompt,b\r\n1,2\r\n\"x, \"\"y\"\"\",\r\n");

    assertThat(
        reading.rows(),
        contains(
            new Row(new Source(0, 0, 2), "1,2", Map.of("Prompt", "1", "b", "2")),
            new Row(
                new Source(0, 0, 3), "\"x, \"\"y\"\"\",", Map.of("Prompt", "x, \"y\"", "b", ""))));
    assertThat(List.copyOf(reading.fields().get(0).keySet()), contains("Prompt", "b"));
    assertThat(reading.rejected(), empty());
    assertThat(reading.stats(), equalTo(new RangeStats(0, 0, 2, 3)));
  }

  @Test
  void aQuotedFieldGoesOverLinesAndThePositionIsTheFirstOfThem() {
    Reading reading = read("a,b\n\"one\n\ntwo\r\n\",1\n3,\"4\"");

    assertThat(reading.fields(), contains(fields("one\n\ntwo\r\n", "1"), fields("3", "4")));
    assertThat(reading.positions(), contains(2, 6));
    assertThat(reading.rows().get(0).raw(), equalTo("\"one\n\ntwo\r\n\",1"));
    assertThat(reading.stats(), equalTo(new RangeStats(0, 0, 2, 6)));
  }

  @Test
  void tabsSeparateTheFieldsOfTsv() {
    Reading reading = Reading.of(InputFormat.TSV, "a\tb\n1,5\t\"x\ty\"\n\t\n");

    assertThat(reading.fields(), contains(fields("1,5", "x\ty"), fields("", "")));
  }

  @Test
  void theHeaderTellsWhatSeparatesTheFields(@TempDir Path folder) throws IOException {
    Map<String, Object> row = fields("1,5", "x;y\tz|");
    for (Map.Entry<String, String> text :
        Map.of(
                "a;b\n1,5;\"x;y\tz|\"\n", "semicolon",
                "\"a\"\tb\n1,5\t\"x;y\tz|\"\n", "tab",
                "a|b\r\n1,5|\"x;y\tz|\"\r\n", "pipe",
                "\"a\",\"b\"\n\"1,5\",x;y\tz|\n", "",
                "sep=;\r\n\r\na;b\r\n1,5;\"x;y\tz|\"\r\n", "semicolon")
            .entrySet()) {
      Path file = Files.writeString(folder.resolve("in.csv"), text.getKey());
      InputFiles files = InputFiles.find(List.of(file.toString()), ReadOptions.defaults());
      assertThat(
          files.inferred(path -> "in.csv"),
          equalTo(
              text.getValue().isEmpty()
                  ? Map.of()
                  : Map.of(
                      "fieldSeparator", List.of(Inferred.of(text.getValue(), "by the header")))));
      assertThat(
          text.getKey(), Reading.ofFile(file, ReadOptions.defaults()).fields(), contains(row));
    }
  }

  @Test
  void whatSeparatesTheFieldsCanBeSet(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("in.csv"), "a;x;y,b\n1,2\n");
    ReadOptions options = ReadOptions.defaults().withFieldSeparator(FieldSeparator.COMMA);

    assertThat(Reading.ofFile(file, options).fields(), contains(Map.of("a;x;y", "1", "b", "2")));
    assertThat(
        InputFiles.find(List.of(file.toString()), options).inferred(path -> "in.csv"),
        equalTo(Map.of()));
  }

  @Test
  void aRowThatRepeatsTheHeaderIsNoRow() {
    Reading reading = read("a,b\n1,2\na,\" b\"\na,a\n");

    assertThat(reading.fields(), contains(fields("1", "2"), fields("a", "a")));
    assertThat(
        reading.rejections(), contains("3 malformed_csv: the row repeats the header; take it out"));
    assertThat(read("text\ntext\n").fields(), contains(Map.of("text", "text")));
    assertThat(
        read(",text\n0,hello\n,text\n").rejections(),
        contains("3 malformed_csv: the row repeats the header; take it out"));
  }

  @Test
  void valuesThatLookLikeNothingStayText() {
    Reading reading = read("a,b\nNA,null\nnan,N/A\n 1 ,\"\"\n");

    assertThat(
        reading.fields(), contains(fields("NA", "null"), fields("nan", "N/A"), fields(" 1 ", "")));
  }

  @Test
  void aFileWithAHeaderOnlyHasNoRows() {
    assertThat(read("a,b\n").stats(), equalTo(new RangeStats(0, 0, 0, 1)));
    assertThat(read("a,b").stats(), equalTo(new RangeStats(0, 0, 0, 1)));
    assertThat(read("").stats(), equalTo(new RangeStats(0, 0, 0, 0)));
    assertThat(read("\n\n").stats(), equalTo(new RangeStats(0, 0, 0, 2)));
  }

  @Test
  void emptyLinesArePassedOver() {
    Reading reading = read("\na,b\n\n1,2\n  \n3,4\n\n");

    assertThat(reading.positions(), contains(4, 6));
    assertThat(reading.rejected(), empty());
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstName() {
    assertThat(read("\uFEFFa,b\n1,2\n").fields(), contains(fields("1", "2")));
    assertThat(read("\uFEFF\"a\",b\n1,2\n").fields(), contains(fields("1", "2")));
  }

  @Test
  void aRaggedRowSaysHowManyFieldsThereAreAndShouldBe() {
    Reading reading = read("a,b\n1\n1,2\n1,2,3\n");

    assertThat(reading.fields(), contains(fields("1", "2")));
    assertThat(
        reading.rejections(),
        contains(
            "2 ragged_row: the header has 2 fields, this row has 1; quote a value that holds a"
                + " delimiter or a line end",
            "4 ragged_row: the header has 2 fields, this row has 3; quote a value that holds a"
                + " delimiter or a line end"));
    assertThat(reading.rejectedRaw(), contains("1", "1,2,3"));
  }

  @Test
  void aQuoteThatNeverClosesCostsOneRow() {
    Reading reading = read("a,b\n1,2\n\"3,4\n5,6\n7,8\n");

    assertThat(reading.fields(), contains(fields("1", "2"), fields("5", "6"), fields("7", "8")));
    assertThat(reading.rejections(), contains("3" + NEVER_CLOSED));
    assertThat(reading.rejectedRaw(), contains("\"3,4"));
    assertThat(reading.stats(), equalTo(new RangeStats(0, 0, 4, 5)));
  }

  @Test
  void aQuoteThatOpensOnTheLastLineCostsThatLine() {
    Reading reading = read("a,b\n1,2\n3,\"4");

    assertThat(reading.fields(), contains(fields("1", "2")));
    assertThat(reading.rejections(), contains("3" + NEVER_CLOSED));
  }

  @Test
  void aStrayQuoteDoesNotSwallowTheQuotedRowsAfterIt() {
    Reading reading = read("a,b\n\"1,2\n3,4\n\"5\n5\",6\n7,8\n");

    assertThat(reading.fields(), contains(fields("3", "4"), fields("5\n5", "6"), fields("7", "8")));
    assertThat(reading.rejections(), contains("2" + TEXT_AFTER_QUOTE));
    assertThat(reading.positions(), contains(3, 4, 6));
  }

  @Test
  void textAfterAClosingQuoteCostsOneRow() {
    Reading reading = read("a,b\n\"1\"x,2\n\"3\" ,4\n");

    assertThat(reading.fields(), contains(fields("3", "4")));
    assertThat(reading.rejections(), contains("2" + TEXT_AFTER_QUOTE));
  }

  @Test
  void aQuoteWithinAnUnquotedFieldIsText() {
    assertThat(
        read("a,b\n5\" pipe,say \"hi\"\n").fields(), contains(fields("5\" pipe", "say \"hi\"")));
  }

  @Test
  void aQuoteThatDoesNotCloseWithinTheLimitCostsOneRow() {
    String tail = "1,2\n".repeat(100);
    Reading reading = Reading.of(InputFormat.CSV, "a,b\n\"x,y\n" + tail, 50);

    assertThat(reading.rows(), hasSize(100));
    assertThat(reading.rejections(), contains("2" + NEVER_CLOSED));
  }

  @Test
  void strayQuotesOnEveryLineTakeWorkThatGrowsWithTheFileOnly() throws IOException {
    // Every line leaves a quote open, also when it begins within quotes: searching each to the end
    // would look at the square of the file.
    byte[] file = "x\",\"y\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
    CsvRecordScanner scanner =
        new CsvRecordScanner(new ByteWindow(new ByteArrayInputStream(file), 0), 1 << 20, ',');
    int lines = 0;
    while (scanner.next() == CsvRecordScanner.Found.NEVER_CLOSED) {
      lines++;
    }

    assertThat(lines, equalTo(1_000));
    assertThat(scanner.looks(), lessThan(3L * file.length));
  }

  @Test
  void aLineLongerThanTheLimitIsRejectedByItsBeginning() {
    String exact = "1," + "x".repeat(98);
    String over = "1," + "x".repeat(99);
    Reading reading =
        Reading.of(
            InputFormat.CSV,
            "a,b\n" + exact + "\r\n" + over + "\n\"" + over + "\n" + over.repeat(9) + "\n1,2\n",
            100);

    assertThat(reading.positions(), contains(2, 6));
    assertThat(
        reading.rejections(),
        contains(
            "3 row_too_large: the row is longer than maxRowBytes, 100 bytes",
            "4 row_too_large: the row is longer than maxRowBytes, 100 bytes",
            "5 row_too_large: the row is longer than maxRowBytes, 100 bytes"));
  }

  @Test
  void aCarriageReturnOutsideQuotesIsRejected() {
    assertThat(
        read("a,b\n1\r,2\n\"3\r\",4\n").rejections(),
        contains(
            "2 malformed_csv: a carriage return is outside quotes; end lines with \\n or"
                + " \\r\\n, or quote the value"));
    assertThat(read("a,b\n1\r,2\n\"3\r\",4\n").fields(), contains(fields("3\r", "4")));
  }

  @Test
  void aNulIsLeftToLaterStages() {
    assertThat(read("a,b\n1\0,\"\0\"\n").fields(), contains(fields("1\0", "\0")));
  }

  @Test
  void bytesThatAreNoTextCostTheirRow() {
    byte[] file = "a,b\n\"?\n\",1\n2,3\n".getBytes(StandardCharsets.US_ASCII);
    file[5] = (byte) 0xFF;
    Reading reading = Reading.of(Reading.whole(InputFormat.CSV), ReadOptions.defaults(), file);

    assertThat(reading.fields(), contains(fields("2", "3")));
    assertThat(
        reading.rejections(),
        contains(
            "2 bad_encoding: byte 0xFF, number 2 of the row, is not UTF-8; if the file is in"
                + " another charset, name it with the setting charset"));
  }

  @Test
  void aColumnWithoutANameIsCalledByItsNumber() {
    assertThat(read(", text \n0,x\n").fields(), contains(Map.of("column_1", "0", "text", "x")));
  }

  @Test
  void twoColumnsOfOneNameMakeTheFileUnreadable() {
    Reading reading = read("a,b,a\n1,2,3\n");

    assertThat(reading.rows(), empty());
    assertThat(
        reading.rejections(),
        contains(
            "1 unreadable_file: in/file: the header on line 1 cannot be used: columns 1 and 3 are"
                + " both called \"a\"; rename one of them"));
  }

  @Test
  void aBrokenHeaderMakesTheFileUnreadable() {
    assertThat(
        read("\"a,b\n1,2\n").rejections(),
        contains(
            "1 unreadable_file: in/file: the header on line 1 cannot be used: a quote opens a"
                + " field on this line and does not close; write a quote within a field twice, in"
                + " quotes"));
    assertThat(
        read("a,b\r1,2\r").rejections().get(0),
        startsWith(
            "1 unreadable_file: in/file: the header on line 1 cannot be used: a carriage return"));
  }

  @Test
  void oneColumnIsEnough() {
    assertThat(read("a\nx\n\"y\nz\"\n").fields(), contains(Map.of("a", "x"), Map.of("a", "y\nz")));
  }
}
