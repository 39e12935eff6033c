package dev.tunebeam.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import dev.tunebeam.pipelines.Workbench.Rejection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workbooks, Parquet, plain text, mailboxes and JSON documents, each through the whole job. */
class InputFormatsTest {

  private static final String MAP = "--prompt={{question}}";
  private static final String AND = "--completion={{answer}}";

  private final Workbench bench;

  InputFormatsTest(@TempDir Path folder) {
    bench = new Workbench(folder);
  }

  @Test
  void aWorkbookIsReadFromItsFirstSheetAndThatIsSaid() throws IOException {
    bench.write(
        "in.xlsx",
        workbook(
            sheetRow(1, "question", "answer")
                + sheetRow(2, "Wie spät?", "12:00")
                + sheetRow(4, "blank", "")
                + "<row r=\"5\"><c r=\"A5\"><v>17</v></c><c r=\"B5\" t=\"b\"><v>1</v></c></row>",
            sheetRow(1, "question", "answer") + sheetRow(2, "other", "sheet")));
    Finished finished = prepare("in.xlsx", MAP, AND, "--format=completion", "--maxRejected=0.5");
    assertThat(
        bench.examples(), contains(completion("17", "TRUE"), completion("Wie spät?", "12:00")));
    assertThat(
        bench.rejections(),
        contains(
            new Rejection(
                "normalize",
                "blank_completion",
                "the completion is blank",
                bench.path("in.xlsx").toString(),
                4,
                null,
                "{\"question\":\"blank\",\"answer\":\"\"}")));
    String inferred = "Sheet 1: the first that is not hidden of 2 sheets, \"Sheet 1\", \"Sheet 2\"";
    assertThat(bench.manifest().at("/inferred/sheet").asText(), equalTo(inferred));
    assertThat(finished.out(), containsString(inferred));
    assertThat(bench.manifest().at("/recipe/sheet").asText(), equalTo("Sheet 1"));

    prepare("in.xlsx", MAP, AND, "--format=completion", "--sheet=2", "--overwrite");
    assertThat(bench.examples(), contains(completion("other", "sheet")));
    assertThat(bench.manifest().at("/inferred/sheet").isMissingNode(), equalTo(true));
  }

  @Test
  void aSheetThatIsNotThereIsWrongUse() throws IOException {
    bench.write("in.xlsx", workbook(sheetRow(1, "question", "answer")));
    assertThat(
        bench.prepare("--input=" + bench.path("in.xlsx"), "--sheet=Tickets"),
        equalTo(
            new Finished(
                ExitCode.WRONG_USE,
                "",
                "tunebeam: BENCH/in.xlsx has no sheet \"Tickets\"; set sheet to one of"
                    + " \"Sheet 1\", or to a number from 1 to 1\n")));
  }

  @Test
  void aZipBombStopsTheJobWithAMessage() throws IOException {
    bench.write("in.xlsx", workbook("<row></row>".repeat(3 << 20)));
    assertThat(
        bench.prepare("--input=" + bench.path("in.xlsx")).sinceTheJob(),
        equalTo(
            new Finished(
                ExitCode.FAILED,
                "",
                "tunebeam: nothing was published, since rows would be lost:\n"
                    + "  BENCH/in.xlsx: cannot be read as an XLSX workbook after row 0: its part"
                    + " xl/worksheets/sheet1.xml unpacks to more than 200 times its size, as in a"
                    + " zip bomb; save it again with a spreadsheet program, or as CSV, or leave it"
                    + " out\n")));
  }

  @Test
  void parquetIsReadWithItsNestedMessages() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required int64 id; required group messages (LIST) { repeated group list {"
                + " required group element { required binary role (STRING); required binary"
                + " content (STRING); } } } }");
    parquet(
        "in.parquet",
        schema,
        IntStream.range(0, 3)
            .mapToObj(
                i -> {
                  Group row = new SimpleGroup(schema).append("id", (long) i);
                  Group messages = row.addGroup("messages");
                  messages
                      .addGroup("list")
                      .addGroup("element")
                      .append("role", "user")
                      .append("content", "q" + i);
                  messages
                      .addGroup("list")
                      .addGroup("element")
                      .append("role", i == 2 ? "nobody" : "assistant")
                      .append("content", "a" + i);
                  return row;
                })
            .toList());
    prepare("in.parquet", "--maxRejected=0.5");
    assertThat(
        bench.examples(),
        contains(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"q0\"},"
                + "{\"role\":\"assistant\",\"content\":\"a0\"}]}",
            "{\"messages\":[{\"role\":\"user\",\"content\":\"q1\"},"
                + "{\"role\":\"assistant\",\"content\":\"a1\"}]}"));
    assertThat(
        bench.rejections().stream().map(r -> r.position() + " " + r.reason()).toList(),
        contains("3 bad_messages"));
  }

  @Test
  void aFileThatIsNoParquetStopsTheJob() throws IOException {
    bench.write("in.parquet", "question,answer", "a,b");
    Finished finished = bench.prepare("--input=" + bench.path("in.parquet"));
    assertThat(finished.code(), equalTo(ExitCode.FAILED));
    assertThat(
        finished.err().replaceAll("found \\[.*\\]", "found […]"),
        equalTo(
            "tunebeam: nothing was published, since rows would be lost:\n"
                + "  BENCH/in.parquet: cannot be read as Parquet after row 0: BENCH/in.parquet is"
                + " not a Parquet file. Expected magic number at tail, but found […]; write the"
                + " file again, or leave it out\n"));
  }

  @Test
  void aTextIsACompletionALine() throws IOException {
    bench.write("in.txt", "Der erste Satz.", "", "Der zweite [sic] Satz.");
    prepare("in.txt", "--format=completion");
    assertThat(
        bench.examples(),
        contains(
            "{\"prompt\":\"\",\"completion\":\" Der erste Satz. END\"}",
            "{\"prompt\":\"\",\"completion\":\" Der zweite [sic] Satz. END\"}"));
    assertThat(bench.manifest().at("/recipe/task").asText(), equalTo("open-ended"));
  }

  @Test
  void rowsUnderAKeyAreFoundAndThatIsSaid() throws IOException {
    bench.write(
        "in.json",
        "{\"meta\": {\"pages\": 1},",
        " \"data\": [{\"question\": \"a\", \"answer\": \"b\"}, 7],",
        " \"next\": null}");
    prepare("in.json", MAP, AND, "--format=completion", "--maxRejected=0.5");
    assertThat(bench.examples(), contains(completion("a", "b")));
    assertThat(
        bench.rejections().stream().map(r -> r.position() + " " + r.reason()).toList(),
        contains("2 not_an_object"));
    assertThat(
        bench.manifest().at("/inferred/rows").asText(), equalTo("data: the only array of objects"));
    assertThat(bench.manifest().at("/recipe/rows").asText(), equalTo("data"));
  }

  @Test
  void aMailboxGivesItsMailsWithTheirSubjectsAndTexts() throws IOException {
    String mail =
        """
        From a@b.example Mon Jan  1 10:00:00 2024
        Subject: =?UTF-8?Q?R=C3=BCckgabe?=
        From: a@b.example
        Date: Mon, 1 Jan 2024 10:00:00 +0100
        Content-Type: text/plain; charset=utf-8

        Wohin damit?

        """;
    bench.write("in.mbox", mail.getBytes(UTF_8));
    bench.write("more.mbox.gz", gzip(mail.replace("Wohin", "Wozu") + mail.replace("Mon, 1", "x")));
    prepare(
        "*.mbox*",
        "--prompt={{Date}} {{Subject}}: {{Content}}",
        "--completion=Rückfrage",
        "--format=completion",
        "--maxRejected=0.5");
    assertThat(
        bench.examples(),
        contains(
            completion("2024-01-01T09:00:00Z Rückgabe: Wohin damit?", "Rückfrage"),
            completion("2024-01-01T09:00:00Z Rückgabe: Wozu damit?", "Rückfrage")));
    assertThat(
        bench.rejections().stream().map(r -> r.position() + " " + r.reason()).toList(),
        contains("9 malformed_record"));
  }

  @Test
  void everyFormatInOneGlobGivesTheSameBytesOnSpark() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required binary question (STRING); required binary answer (STRING); }");
    List<Group> groups = new ArrayList<>();
    StringBuilder sheet = new StringBuilder(sheetRow(1, "question", "answer"));
    List<String> json = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      groups.add(new SimpleGroup(schema).append("question", "p" + i).append("answer", "a" + i % 7));
      sheet.append(sheetRow(i + 2, "x" + i, "a" + i % 7));
      json.add(String.format(Locale.ROOT, "{\"question\":\"j%d\",\"answer\":\"a%d\"}", i, i % 7));
    }
    parquet("in/a.parquet", schema, groups);
    bench.write("in/b.xlsx", workbook(sheet.toString()));
    bench.write(
        "in/c.json", ("{\"result\":{\"items\":[" + String.join(",", json) + "]}}").getBytes(UTF_8));
    bench.write("in/d.csv", "question,answer", "c1,a1", "x1,a1");
    String[] flags = {MAP, AND, "--task=classification", "--shardBytes=5000"};
    prepare("in/*", with(flags, "--output=" + bench.path("direct")));
    for (String cached : List.of("false", "true")) {
      prepare(
          "in/*",
          with(
              flags,
              "--runner=SparkRunner",
              "--sparkMaster=local[2]",
              "--cacheDisabled=" + cached,
              "--overwrite",
              "--output=" + bench.path("spark")));
      assertThat(bench.files("spark"), equalTo(bench.files("direct")));
    }
    JsonNode rows = bench.manifest("direct").get("rows");
    assertThat(rows.get("read").asInt(), equalTo(602));
    assertThat(rows.get("duplicates").asInt(), equalTo(1));
    assertThat(rows.at("/rejected/total").asInt(), equalTo(0));
    assertThat(rows.get("train").asInt() + rows.get("validation").asInt(), equalTo(601));
  }

  private Finished prepare(String input, String... flags) {
    Finished finished = bench.prepare(with(flags, "--input=" + bench.path(input)));
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    return finished;
  }

  private static String[] with(String[] flags, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(flags));
    all.addAll(Arrays.asList(more));
    return all.toArray(String[]::new);
  }

  private static String completion(String prompt, String completion) {
    return "{\"prompt\":\"%s\\n\\n###\\n\\n\",\"completion\":\" %s END\"}"
        .formatted(prompt, completion);
  }

  private void parquet(String name, MessageType schema, List<Group> rows) throws IOException {
    Path file = bench.path(name);
    Files.createDirectories(file.getParent());
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withType(schema)
            .build()) {
      for (Group row : rows) {
        writer.write(row);
      }
    }
    // Hadoop's file system leaves a checksum beside it.
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static String sheetRow(int number, String... texts) {
    StringBuilder cells = new StringBuilder();
    for (int i = 0; i < texts.length; i++) {
      cells.append(
          String.format(
              Locale.ROOT,
              "<c r=\"%c%d\" t=\"inlineStr\"><is><t>%s</t></is></c>",
              (char) ('A' + i),
              number,
              texts[i]));
    }
    return String.format(Locale.ROOT, "<row r=\"%d\">%s</row>", number, cells);
  }

  /** A workbook of the XML of the rows of its sheets, without formats and shared texts. */
  private static byte[] workbook(String... sheets) throws IOException {
    String schemas = "http://schemas.openxmlformats.org/";
    StringBuilder names = new StringBuilder();
    StringBuilder links = new StringBuilder();
    for (int i = 1; i <= sheets.length; i++) {
      names.append(
          String.format(
              Locale.ROOT, "<sheet name=\"Sheet %d\" sheetId=\"%d\" r:id=\"r%d\"/>", i, i, i));
      links.append(
          String.format(
              Locale.ROOT, "<Relationship Id=\"r%d\" Target=\"worksheets/sheet%d.xml\"/>", i, i));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      part(
          zip,
          "[Content_Types].xml",
          "<Types xmlns=\"" + schemas + "package/2006/content-types\"></Types>");
      part(
          zip,
          "xl/workbook.xml",
          "<workbook xmlns=\"%sspreadsheetml/2006/main\" xmlns:r=\"%sofficeDocument/2006/relationships\"><sheets>%s</sheets></workbook>"
              .formatted(schemas, schemas, names));
      part(
          zip,
          "xl/_rels/workbook.xml.rels",
          "<Relationships xmlns=\"%spackage/2006/relationships\">%s</Relationships>"
              .formatted(schemas, links));
      for (int i = 1; i <= sheets.length; i++) {
        part(
            zip,
            "xl/worksheets/sheet" + i + ".xml",
            "<worksheet><sheetData>" + sheets[i - 1] + "</sheetData></worksheet>");
      }
    }
    return bytes.toByteArray();
  }

  private static void part(ZipOutputStream zip, String name, String xml) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(xml.getBytes(UTF_8));
    zip.closeEntry();
  }
}
