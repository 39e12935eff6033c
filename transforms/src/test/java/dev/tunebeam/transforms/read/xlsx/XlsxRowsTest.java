package dev.tunebeam.transforms.read.xlsx;

import static dev.tunebeam.transforms.read.xlsx.XlsxFile.cell;
import static dev.tunebeam.transforms.read.xlsx.XlsxFile.row;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.Inferred;
import dev.tunebeam.transforms.read.InputFiles;
import dev.tunebeam.transforms.read.Reading;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.read.input.UnusableInputException;
import dev.tunebeam.transforms.row.RangeStats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class XlsxRowsTest {

  private static final String AFTER = "; save it again with a spreadsheet program, or as CSV, or";

  private final Path file;

  XlsxRowsTest(@TempDir Path folder) {
    this.file = folder.resolve("in.xlsx");
  }

  private Reading read(byte[] workbook, ReadOptions options) throws IOException {
    Files.write(file, workbook);
    return Reading.ofFile(file, options);
  }

  private Reading read(XlsxFile workbook) throws IOException {
    return read(workbook.bytes(), ReadOptions.defaults());
  }

  private String unreadable(byte[] workbook) throws IOException {
    Reading reading = read(workbook, ReadOptions.defaults());
    assertThat(reading.rejections().toString(), reading.rejected().size(), equalTo(1));
    return reading.rejections().get(0).replace(file.toString(), "FILE");
  }

  private String unsafe(XlsxFile workbook) throws IOException {
    String message = unreadable(workbook.bytes());
    String begin = "1 unreadable_file: FILE: cannot be read as an XLSX workbook after row 0: ";
    assertThat(message, message.startsWith(begin), equalTo(true));
    return message.substring(begin.length(), message.indexOf(AFTER));
  }

  @Test
  void rowsHaveTheNamesOfTheFirstOneAndTheirNumberInTheSheet() throws IOException {
    Reading reading =
        read(
            new XlsxFile()
                .sheet(
                    "Tickets",
                    row(2, " Frage ", "", "答え")
                        + row(3, "Wie?", "x", "so &amp; so")
                        + "<row r=\"4\"/>"
                        + row(5, "  ")
                        + "<row r=\"7\"><c r=\"C7\" t=\"s\"><v>1</v></c></row>")
                .sharedTexts("never asked for", " a\n_x000D__x005F_b "));

    assertThat(
        reading.fields(),
        contains(
            Map.of("Frage", "Wie?", "column_2", "x", "答え", "so & so"),
            Map.of("Frage", "", "column_2", "", "答え", " a\n\r_b ")));
    assertThat(reading.positions(), contains(3, 7));
    assertThat(
        reading.rows().get(0).raw(),
        equalTo("{\"Frage\":\"Wie?\",\"column_2\":\"x\",\"答え\":\"so & so\"}"));
    assertThat(List.copyOf(reading.fields().get(0).keySet()), contains("Frage", "column_2", "答え"));
    assertThat(reading.rejected(), empty());
    assertThat(reading.stats(), equalTo(new RangeStats(0, 0, 2, 7)));
  }

  @Test
  void cellsAreTheTextsThatAPersonSees() throws IOException {
    Map<String, String> cells =
        Map.ofEntries(
            Map.entry(cell("B2", "3", 0), "3"),
            Map.entry(cell("B2", "3.0", 0), "3"),
            Map.entry(cell("B2", "0.30000000000000004", 0), "0.3"),
            Map.entry(cell("B2", "-1200", 0), "-1200"),
            Map.entry(cell("B2", "1E+20", 0), "100000000000000000000"),
            Map.entry(cell("B2", "1E+999999999", 0), "1E+999999999"),
            Map.entry(cell("B2", "12.5", 7), "12.5"),
            Map.entry(cell("B2", "45292", 1), "2024-01-05".replace("05", "01")),
            Map.entry(cell("B2", "45292.75", 1), "2024-01-01"),
            Map.entry(cell("B2", "45292.75", 2), "2024-01-01T18:00:00"),
            Map.entry(cell("B2", "45292.75", 3), "18:00:00"),
            Map.entry(cell("B2", "1.5", 4), "36:00:00"),
            Map.entry(cell("B2", "45292", 5), "2024-01-01"),
            Map.entry(cell("B2", "45292.5", 6), "2024-01-01T12:00:00"),
            Map.entry(cell("B2", "-1", 1), "-1"),
            Map.entry("<c r=\"B2\" t=\"b\"><v>1</v></c>", "TRUE"),
            Map.entry("<c r=\"B2\" t=\"b\"><v>0</v></c>", "FALSE"),
            Map.entry("<c r=\"B2\" t=\"e\"><v>#N/A</v></c>", "#N/A"),
            Map.entry("<c r=\"B2\"><f>A2*2</f><v>84</v></c>", "84"),
            Map.entry("<c r=\"B2\" t=\"str\"><f>A2&amp;\"x\"</f><v>42x</v></c>", "42x"),
            Map.entry(
                "<c r=\"B2\" t=\"inlineStr\"><is><r><t>a</t></r><r><t>b</t></r></is></c>", "ab"),
            Map.entry("<c r=\"B2\"/>", ""));
    for (Map.Entry<String, String> cell : cells.entrySet()) {
      Reading reading =
          read(
              new XlsxFile()
                  .formats(
                      "0",
                      "14",
                      "22",
                      "h:mm",
                      "[h]:mm",
                      "[$-407]d. mmmm yyyy;@",
                      "yyyy\\-mm\\-dd\\Thh:mm",
                      "0.00 \"days\"")
                  .sheet(
                      "s",
                      row(1, "a", "b")
                          + "<row r=\"2\"><c r=\"A2\"><v>42</v></c>"
                          + cell.getKey()
                          + "</row>"));
      assertThat(
          cell.getKey(), reading.fields(), contains(Map.of("a", "42", "b", cell.getValue())));
    }
  }

  @Test
  void aFormulaWithoutItsResultCostsItsRow() throws IOException {
    String rows =
        row(1, "a", "b")
            + "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\"><f>A2*2</f></c></row>"
            + "<row r=\"3\"><c r=\"B3\"><f>A2*2</f></c></row>"
            + "<row r=\"4\"><c r=\"A4\"><v>2</v></c><c r=\"B4\" t=\"str\"><f>\"\"</f><v/></c></row>"
            + "<row r=\"5\"><c r=\"A5\"><f>A2</f><v>3</v></c></row>";

    Reading reading = read(new XlsxFile().sheet("s", rows));
    assertThat(reading.fields(), contains(Map.of("a", "2", "b", ""), Map.of("a", "3", "b", "")));
    String what = " has no result; open the workbook in a spreadsheet program and save it";
    assertThat(
        reading.rejections(),
        contains(
            "2 malformed_record: the formula in B2" + what,
            "3 malformed_record: the formula in B3" + what));
    // A program that leaves the calculation to others writes nothing into the result.
    assertThat(
        read(new XlsxFile().sheet("s", rows).leftToReader()).rejections(),
        contains(
            "2 malformed_record: the formula in B2" + what,
            "3 malformed_record: the formula in B3" + what,
            "4 malformed_record: the formula in B4" + what));
  }

  @Test
  void aRowThatRepeatsTheHeaderIsNoRow() throws IOException {
    Reading reading =
        read(
            new XlsxFile()
                .sheet("s", row(1, "a", "b") + row(2, "1", "2") + row(3, "a", " b") + row(4, "a")));

    assertThat(reading.fields(), contains(Map.of("a", "1", "b", "2"), Map.of("a", "a", "b", "")));
    assertThat(
        reading.rejections(),
        contains("3 malformed_record: the row repeats the header; take it out"));
  }

  @Test
  void rowsAndCellsThatSayNoNumberAreCounted() throws IOException {
    Reading reading =
        read(
            new XlsxFile()
                .sheet(
                    "s",
                    "<row><c t=\"inlineStr\"><is><t>a</t></is></c></row>"
                        + "<row><c><v>1</v></c></row><row><c><v>2</v></c></row>"));

    assertThat(reading.fields(), contains(Map.of("a", "1"), Map.of("a", "2")));
    assertThat(reading.positions(), contains(2, 3));
  }

  @Test
  void aValueWithoutAColumnNameCostsItsRow() throws IOException {
    Reading reading =
        read(new XlsxFile().sheet("s", row(1, "a") + row(2, "1", "2") + row(3, "3", " ")));

    assertThat(reading.fields(), contains(Map.of("a", "3")));
    assertThat(
        reading.rejections(),
        contains(
            "2 ragged_row: the header has 1 column, this row has a value in column 2; give that column"
                + " a name, take out the value, or name the row of the header with headerRow"));
    assertThat(reading.rejectedRaw(), contains("{\"a\":\"1\"}"));
  }

  @Test
  void theSheetIsTheFirstThatIsNotHiddenOrTheOneThatIsNamed() throws IOException {
    byte[] workbook =
        new XlsxFile()
            .sheet("Prices", "hidden", row(1, "a") + row(2, "hidden"))
            .sheet("Tickets", row(1, "a") + row(2, "tickets"))
            .sheet("1", row(1, "a") + row(2, "one"))
            .bytes();
    ReadOptions options = ReadOptions.defaults();

    assertThat(read(workbook, options).fields(), contains(Map.of("a", "tickets")));
    assertThat(
        read(workbook, options.withSheet("Prices")).fields(), contains(Map.of("a", "hidden")));
    assertThat(read(workbook, options.withSheet("2")).fields(), contains(Map.of("a", "tickets")));
    assertThat(read(workbook, options.withSheet("1")).fields(), contains(Map.of("a", "one")));
    assertThat(
        InputFiles.find(List.of(file.toString()), options).inferred(path -> "in.xlsx"),
        equalTo(
            Map.of(
                "sheet",
                List.of(
                    Inferred.of(
                        "Tickets",
                        "the first that is not hidden of 3 sheets, \"Prices\", \"Tickets\","
                            + " \"1\"")))));
    assertThat(
        InputFiles.find(List.of(file.toString()), options.withSheet("2")).inferred(path -> "x"),
        equalTo(Map.of()));
    assertThat(
        assertThrows(
                UnusableInputException.class, () -> read(workbook, options.withSheet("Ticket")))
            .getMessage(),
        equalTo(
            file
                + " has no sheet \"Ticket\"; set sheet to one of \"Prices\", \"Tickets\", \"1\", or"
                + " to a number from 1 to 3"));
  }

  @Test
  void aSheetWithoutRowsHasNone() throws IOException {
    assertThat(read(new XlsxFile().sheet("s", "")).stats(), equalTo(new RangeStats(0, 0, 0, 0)));
    assertThat(
        read(new XlsxFile().sheet("s", row(1, "a"))).stats(), equalTo(new RangeStats(0, 0, 0, 1)));
  }

  @Test
  void twoColumnsOfOneNameAreRefused() throws IOException {
    assertThat(
        unreadable(new XlsxFile().sheet("s", row(1, "a", "b", "a") + row(2, "1")).bytes()),
        equalTo(
            "2 unreadable_file: FILE: cannot be read as an XLSX workbook after row 1: the header in"
                + " row 1 cannot be used: columns 1 and 3 are both called \"a\"; rename one of them"
                + AFTER
                + " leave it out"));
  }

  @Test
  void aRowLongerThanTheLimitIsRejected() throws IOException {
    Reading reading =
        read(
            new XlsxFile()
                .sheet("s", row(1, "a") + row(2, "x".repeat(101)) + row(3, "x".repeat(100)))
                .bytes(),
            ReadOptions.defaults().withMaxRowBytes(100));

    assertThat(reading.positions(), contains(3));
    assertThat(
        reading.rejections(),
        contains("2 row_too_large: the row is longer than maxRowBytes, 100 bytes"));
  }

  @Test
  void aZipBombIsRefusedByItsRatio() throws IOException {
    assertThat(
        unsafe(new XlsxFile().sheet("s", "<row></row>".repeat(3 << 20))),
        equalTo(
            "its part xl/worksheets/sheet1.xml unpacks to more than 200 times its size, as in a"
                + " zip bomb"));
  }

  @Test
  void aTextThatWouldFillTheMemoryIsRefused() throws IOException {
    assertThat(
        unsafe(new XlsxFile().sheet("s", row(1, "a") + row(2, noise(2 << 20)))),
        equalTo(
            "its part xl/worksheets/sheet1.xml has a text or a tag longer than 1,048,576 bytes"));
  }

  @Test
  void aRowThatWouldFillTheMemoryIsRefusedEvenWithCommentsThatLookLikeItsEnd() throws IOException {
    String cell = "<c><v>1</v></c><!--</row> <row>--><![CDATA[</row>]]>";
    assertThat(
        unsafe(
            new XlsxFile()
                .sheet(
                    "s", row(1, "a") + "<row>" + (cell + noise(1 << 19)).repeat(130) + "</row>")),
        equalTo(
            "its part xl/worksheets/sheet1.xml has more than 67,108,864 bytes of a single row"));
  }

  @Test
  void aCellFarToTheRightIsRefused() throws IOException {
    for (String address : List.of("ZZZZZZ1", "\u00ff\u00ff1", "AAAA2")) {
      assertThat(
          unsafe(
              new XlsxFile()
                  .sheet("s", row(1, "a") + "<row><c s=\"0\" r=\"" + address + "\"/></row>")),
          equalTo("its part xl/worksheets/sheet1.xml has a cell far beyond the last column, XFD"));
    }
  }

  @Test
  void aDocumentTypeIsRefusedSoThatNoOtherFileIsRead() throws IOException {
    assertThat(
        unsafe(
            new XlsxFile()
                .sheet("s", row(1, "a") + row(2, "&x;"))
                .part(
                    "xl/worksheets/sheet1.xml",
                    "<!DOCTYPE x [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><worksheet/>")),
        equalTo(
            "its part xl/worksheets/sheet1.xml has a document type, which could name other"
                + " files"));
  }

  @Test
  void tooManyPartsAreRefused() throws IOException {
    XlsxFile workbook = new XlsxFile().sheet("s", row(1, "a"));
    for (int i = 0; i < 10_000; i++) {
      workbook.rawPart("p" + i, new byte[0]);
    }
    assertThat(unsafe(workbook), equalTo("it has 10,004 parts, more than 10,000"));
  }

  @Test
  void aFileThatIsCutOffIsUnreadable() throws IOException {
    byte[] whole = new XlsxFile().sheet("s", row(1, "a") + row(2, noise(1 << 16))).bytes();
    assertThat(
        unreadable(Arrays.copyOf(whole, whole.length / 2)).replaceAll("row 0: .*; save", "…"),
        equalTo(
            "1 unreadable_file: FILE: cannot be read as an XLSX workbook after … it again with a"
                + " spreadsheet program, or as CSV, or leave it out"));
  }

  @Test
  void brokenXmlKeepsTheRowsBefore() throws IOException {
    Reading reading = read(new XlsxFile().sheet("s", row(1, "a") + row(2, "1") + "<row><c></row>"));

    assertThat(reading.fields(), contains(Map.of("a", "1")));
    assertThat(reading.rejected().size(), equalTo(1));
    assertThat(
        reading.rejections().get(0).replace(file.toString(), "FILE").replaceAll("2: .*;", "2: …;"),
        equalTo(
            "3 unreadable_file: FILE: cannot be read as an XLSX workbook after row 2: …; save it"
                + " again with a spreadsheet program, or as CSV, or leave it out"));
  }

  @Test
  void aFileOfAnotherKindIsUnreadable() throws IOException {
    assertThat(
        unreadable("prompt,completion\n".getBytes(StandardCharsets.UTF_8)),
        equalTo(
            "1 unreadable_file: FILE: cannot be read as an XLSX workbook after row 0: zip END header"
                + " not found"
                + AFTER
                + " leave it out"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("word/document.xml"));
    }
    assertThat(
        unreadable(bytes.toByteArray()),
        equalTo(
            "1 unreadable_file: FILE: cannot be read as an XLSX workbook after row 0:"
                + " [Content_Types].xml not found"
                + AFTER
                + " leave it out"));
  }

  /** Text that no compression makes much smaller. */
  private static String noise(int length) {
    StringBuilder text = new StringBuilder();
    long state = 42;
    for (int i = 0; i < length; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      text.append((char) ('a' + (int) ((state >>> 33) % 26)));
    }
    return text.toString();
  }
}
