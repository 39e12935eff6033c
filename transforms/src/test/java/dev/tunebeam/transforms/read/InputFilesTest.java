package dev.tunebeam.transforms.read;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.Inferred;
import dev.tunebeam.transforms.json.JsonNumber;
import dev.tunebeam.transforms.read.input.Compression;
import dev.tunebeam.transforms.read.input.InputFile;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.InputRange;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.read.input.UnusableInputException;
import dev.tunebeam.transforms.read.xlsx.XlsxFile;
import dev.tunebeam.transforms.row.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class InputFilesTest {

  private final Path folder;

  InputFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private void write(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private void write(String name, String content) throws IOException {
    write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private InputFiles find(String... patterns) {
    return find(ReadOptions.defaults(), patterns);
  }

  private InputFiles find(ReadOptions options, String... patterns) {
    List<String> inFolder = java.util.Arrays.stream(patterns).map(p -> folder + "/" + p).toList();
    return InputFiles.find(inFolder, options);
  }

  private List<String> names(InputFiles files) {
    return files.files().stream()
        .map(file -> folder.relativize(Path.of(file.path())).toString())
        .toList();
  }

  @Test
  void filesAreSortedByPathAndCountOnce() throws IOException {
    write("b.csv", "a\n");
    write("a.jsonl", "{}\n");
    write("c/a.jsonl", "{}\n");

    InputFiles files = find("c/a.jsonl", "*.csv", "b.csv", "*.jsonl");

    assertThat(names(files), contains("a.jsonl", "b.csv", "c/a.jsonl"));
    assertThat(files.estimatedBytes(), equalTo(8L));
    assertThat(
        files.files().get(1),
        equalTo(
            new InputFile(folder + "/b.csv", 2, InputFormat.CSV, Compression.NONE, "UTF-8", true)));
  }

  @Test
  void aFolderMeansTheFilesInItWithAKnownExtension() throws IOException {
    for (String name :
        List.of(
            "a.csv",
            "b.TSV",
            "c.json",
            "d.jsonl",
            "e.ndjson",
            "f.parquet",
            "g.mbox",
            "README.md",
            "README.txt",
            "~$h.xlsx",
            "_SUCCESS",
            ".a.csv",
            "_b.csv",
            "below/f.csv")) {
      write("in/" + name, "[]");
    }

    for (String pattern : List.of("in", "in/")) {
      assertThat(
          names(find(pattern)),
          contains(
              "in/a.csv",
              "in/b.TSV",
              "in/c.json",
              "in/d.jsonl",
              "in/e.ndjson",
              "in/f.parquet",
              "in/g.mbox"));
    }
  }

  @Test
  void aSpaceInAPathIsNothingSpecial() throws IOException {
    write("my data/a b.csv", "a\n");

    assertThat(names(find("my data/*.csv")), contains("my data/a b.csv"));
    assertThat(names(find("my data")), contains("my data/a b.csv"));
  }

  @Test
  void aPatternThatMatchesNothingIsAnErrorEvenBesideOthers() throws IOException {
    write("a.csv", "a\n");
    write("empty/README.md", "");

    for (String pattern : List.of("*.jsonl", "b.csv", "empty", "no/such/", "no/*/such")) {
      UnusableInputException e =
          assertThrows(UnusableInputException.class, () -> find("a.csv", pattern));
      assertThat(
          e.getMessage(),
          equalTo(
              "no file matches \""
                  + folder
                  + "/"
                  + pattern
                  + "\"; an input is a file, a glob in quotes, or a folder with files that end in"
                  + " .csv, .eml, .json, .jsonl, .mbox, .ndjson, .parquet, .tsv, .xlsm, .xlsx (texts also"
                  + " with .gz, .bz2, .zst)"));
    }
  }

  @Test
  void noInputABlankOneAndAnUnknownSchemeAreErrors() {
    assertThat(
        assertThrows(
                UnusableInputException.class,
                () -> InputFiles.find(List.of(), ReadOptions.defaults()))
            .getMessage(),
        equalTo("no input is named; name files, globs or folders"));
    assertThat(
        assertThrows(
                UnusableInputException.class,
                () -> InputFiles.find(List.of(" "), ReadOptions.defaults()))
            .getMessage(),
        equalTo("an input is blank; name files, globs or folders"));
    assertThat(
        assertThrows(
                UnusableInputException.class,
                () -> InputFiles.find(List.of("nosuch://b/a.csv"), ReadOptions.defaults()))
            .getMessage(),
        startsWith("cannot list \"nosuch://b/a.csv\": no file system is set up for nosuch://; "));
  }

  @Test
  void theNameTellsFormatAndCompressionInAnyCase() throws IOException {
    write("a.csv.gz", CompressionTest.compress(Compression.GZIP, new byte[] {'a'}));
    write("b.JSONL.bz2", CompressionTest.compress(Compression.BZIP2, new byte[] {'{'}));
    write("c.tsv.zst", CompressionTest.compress(Compression.ZSTD, new byte[] {'a'}));
    write("d.ndjson.zstd", CompressionTest.compress(Compression.ZSTD, new byte[] {'{'}));

    assertThat(
        find("*").files().stream().map(f -> f.format() + " " + f.compression()).toList(),
        contains("CSV GZIP", "JSONL BZIP2", "TSV ZSTD", "JSONL ZSTD"));
  }

  @Test
  void theContentTellsWhatTheNameDoesNot() throws IOException {
    write("1", "\n [{\"a\":1}]");
    write("2.txt", "{\"a\":1}\n{\"a\":2}\n");
    write("3.data", "{\"a\":1");
    write("4.data", "{\n  \"a\": 1\n}\n");
    write("5.json", "{\"a\":1}\n{\"a\":2}\n");
    write("6.json", "{\"a\": broken\n{\"a\":2}\n");
    write("7.json", "{\n  \"a\": 1\n}\n");
    write("8.json", "{\"a\":1} {\"a\":2}");
    write("9.json", "\uFEFF{\"a\":1}\n");
    write("A.gz", CompressionTest.compress(Compression.GZIP, new byte[] {'['}));
    write("B.jsonl", CompressionTest.compress(Compression.GZIP, new byte[] {'{'}));
    write("C.csv", CompressionTest.compress(Compression.ZSTD, new byte[] {'a'}));
    write("D", "");

    assertThat(
        find("*").files().stream().map(f -> f.format() + " " + f.compression()).toList(),
        contains(
            "JSON NONE",
            "JSONL NONE",
            "JSON NONE",
            "JSON NONE",
            "JSONL NONE",
            "JSONL NONE",
            "JSON NONE",
            "JSON NONE",
            "JSONL NONE",
            "JSON GZIP",
            "JSONL GZIP",
            "CSV ZSTD",
            "JSONL NONE"));
  }

  @Test
  void aFormatThatCannotBeToldIsAnErrorThatNamesTheFlag() throws IOException {
    write("a.data", "prompt,completion\n");

    assertThat(
        assertThrows(UnusableInputException.class, () -> find("a.data")).getMessage(),
        equalTo(
            folder
                + "/a.data: the format cannot be inferred from its name or its first character; name it"
                + " with --inputFormat, one of csv, tsv, json, jsonl, txt, xlsx, parquet, mbox, eml"));
    assertThat(
        find(ReadOptions.defaults().withFormat(InputFormat.CSV), "a.data").files().get(0).format(),
        equalTo(InputFormat.CSV));
  }

  @Test
  void theFirstBytesTellABinaryFileAndThatIsSaid() throws IOException {
    byte[] workbook = new XlsxFile().sheet("s", XlsxFile.row(1, "a")).bytes();
    write("1", workbook);
    write("2.data", "PAR1 and more");
    write("3", "From a@b.example Mon Jan  1 10:00:00 2024\nSubject: a\n\nb\n");
    write("4.txt", "[{\"a\":1}]");
    write("5.txt", "[laughs] {sighs}");
    write("6.txt", "{sighs}");
    write("7.XLSM", workbook);
    write("8.json", "{\"a\":1}\n{\"a\":2}");
    write("9", "Received: from a\n by b\nSubject: a\n\nb\n");

    InputFiles files = find("*");

    assertThat(
        files.files().stream().map(f -> f.format().toString()).toList(),
        contains("XLSX", "PARQUET", "MBOX", "JSON", "TXT", "TXT", "XLSX", "JSONL", "EML"));
    assertThat(
        files.inferred(path -> path.replace(folder + "/", "")),
        equalTo(
            Map.of(
                "inputFormat",
                List.of(
                    new Inferred("xlsx", "by its content", List.of("1")),
                    new Inferred("parquet", "by its content", List.of("2.data")),
                    new Inferred("mbox", "by its content", List.of("3")),
                    new Inferred("json", "by its content", List.of("4.txt")),
                    new Inferred("eml", "by its content", List.of("9"))))));
    assertThat(
        find(ReadOptions.defaults().withFormat(InputFormat.TXT), "4.txt").files().get(0).format(),
        equalTo(InputFormat.TXT));
  }

  @Test
  void aFileThatIsNotWhatItsNameSaysIsAnError() throws IOException {
    write("1.csv", new XlsxFile().sheet("s", XlsxFile.row(1, "a")).bytes());
    write("2.jsonl", "PAR1 and more");
    write("3.csv", new byte[] {'P', 'K', 3, 4, 20, 0});
    write("4.xls", new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0});
    write("5.xlsx", new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0});
    write("6.xlsx.gz", CompressionTest.compress(Compression.GZIP, new byte[] {'P'}));
    for (List<String> expected :
        List.of(
            List.of(
                "1.csv",
                "this is an XLSX workbook, which its name does not say; rename it, or name the"
                    + " format with --inputFormat"),
            List.of(
                "2.jsonl",
                "this is a Parquet file, which its name does not say; rename it, or name the format"
                    + " with --inputFormat"),
            List.of("3.csv", "this is a zip archive; unpack it and name the files in it"),
            List.of(
                "4.xls",
                "this is an old or encrypted Office document; save it as .xlsx without a password,"
                    + " or as CSV"),
            List.of(
                "5.xlsx",
                "this is an old or encrypted Office document; save it as .xlsx without a password,"
                    + " or as CSV"),
            List.of(
                "6.xlsx.gz",
                "a file of the format xlsx can only be read when it is not compressed as a whole;"
                    + " unpack it"))) {
      assertThat(
          assertThrows(UnusableInputException.class, () -> find(expected.get(0))).getMessage(),
          equalTo(folder + "/" + expected.get(0) + ": " + expected.get(1)));
    }
  }

  @Test
  void theFirstRowsAreLookedForInTheFirst64MegabytesAlone() throws IOException {
    byte[] lines = new byte[80 << 20];
    java.util.Arrays.fill(lines, (byte) 'x');
    for (int i = 9; i < lines.length; i += 30 << 20) {
      lines[i] = '\n';
    }
    write("a.txt", lines);

    List<Row> head = find(ReadOptions.defaults().withMaxRowBytes(100 << 20), "a.txt").head(0);

    assertThat(
        head.stream().map(row -> row.raw().length()).toList(),
        contains(9, (30 << 20) - 1, (30 << 20) - 1));
  }

  @Test
  void aByteOrderMarkTellsTheCharset() throws IOException {
    write("1.csv", "\uFEFFa\n");
    write("2.csv", "\uFEFFa\n".getBytes(StandardCharsets.UTF_16LE));
    write("3.csv", "\uFEFFa\n".getBytes(StandardCharsets.UTF_16BE));
    write("4.csv", "\uFEFFa\n".getBytes(java.nio.charset.Charset.forName("UTF-32LE")));
    write("5.csv", "\uFEFFa\n".getBytes(java.nio.charset.Charset.forName("UTF-32BE")));
    write("6.csv", "a\n");
    write(
        "7.json.gz",
        CompressionTest.compress(
            Compression.GZIP, "\uFEFF[{\"a\":1}]".getBytes(StandardCharsets.UTF_16LE)));

    InputFiles files = find(ReadOptions.defaults().withCharset("latin1"), "*");

    assertThat(
        files.files().stream().map(InputFile::charset).toList(),
        contains(
            "UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "ISO-8859-1", "UTF-16LE"));
    assertThat(files.head(6).get(0).fields(), equalTo(Map.of("a", new JsonNumber("1"))));
  }

  @Test
  void brokenCompressionIsLeftToTheReaderToReport() throws IOException {
    write("a.jsonl.gz", "no gzip");

    InputFiles files = find("a.jsonl.gz");

    assertThat(files.files().get(0).compression(), equalTo(Compression.GZIP));
    assertThat(files.head(0), empty());
  }

  @Test
  void aFileThatCannotBeOpenedIsAnError() throws IOException {
    Path target = folder.resolve("gone");
    Files.createDirectory(target);
    write("a.csv", "a\n");
    InputFiles files = find("a.csv");
    Files.delete(folder.resolve("a.csv"));

    // The driver meets it as wrong use, a reader as a failure of the storage.
    assertThrows(
        java.io.UncheckedIOException.class,
        () -> RangeReader.open(files.ranges().get(0), ReadOptions.defaults()));
    if (Files.isReadable(Path.of("/proc/self/mem"))) {
      String message =
          assertThrows(
                  UnusableInputException.class,
                  () ->
                      InputFiles.find(
                          List.of("/proc/self/mem"),
                          ReadOptions.defaults().withFormat(InputFormat.CSV)))
              .getMessage();
      assertThat(message, startsWith("cannot read /proc/self/mem: "));
      assertThat(message, containsString("error"));
    }
  }

  @Test
  void onlyUncompressedJsonlInACharsetThatCanBeCutIsCut() throws IOException {
    String lines = "{\"a\":1}\n{\"a\":2}\n";
    write("1.jsonl", lines);
    write("2.jsonl", lines.getBytes(StandardCharsets.UTF_16LE));
    write("3.jsonl.gz", CompressionTest.compress(Compression.GZIP, new byte[100]));
    write("4.csv", "a\n1\n1\n1\n1\n1\n1\n");
    write("5.jsonl", "");
    ReadOptions options = ReadOptions.defaults().withCharset("UTF-8").withRangeBytes(10);

    assertThat(
        find(options, "*").ranges().stream()
            .map(r -> r.file() + "." + r.range() + " " + r.start() + "-" + r.end())
            .toList(),
        contains(
            "0.0 0-10",
            "0.1 10-16",
            "1.0 0-10",
            "1.1 10-20",
            "1.2 20-30",
            "1.3 30-32",
            "2.0 0-" + Long.MAX_VALUE,
            "3.0 0-" + Long.MAX_VALUE,
            "4.0 0-0"));
    assertThat(
        find(options.withCharset("UTF-16LE"), "2.jsonl").ranges().get(0).end(),
        equalTo(InputRange.TO_THE_END));
  }

  @Test
  void aFileThatCannotBeReadFromTheMiddleIsOneRange() {
    InputFile file =
        new InputFile("a.jsonl", 100, InputFormat.JSONL, Compression.NONE, "UTF-8", false);

    assertThat(
        new InputFiles(List.of(file), ReadOptions.defaults().withRangeBytes(10)).ranges(),
        contains(
            new InputRange(
                0,
                0,
                "a.jsonl",
                InputFormat.JSONL,
                Compression.NONE,
                "UTF-8",
                "",
                0,
                0,
                InputRange.TO_THE_END)));
  }

  /** Inference and the job both read the files. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no mkfifo")
  void aPipeIsRefused() throws Exception {
    Path pipe = folder.resolve("pipe.jsonl");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(), equalTo(0));
    assertThat(
        assertThrows(
                UnusableInputException.class,
                () -> InputFiles.find(List.of(pipe.toString()), ReadOptions.defaults()))
            .getMessage(),
        equalTo(
            pipe
                + " is a pipe or a device, which can be read only once; write it to a file first"));
  }

  @Test
  void theEstimateTakesACompressedByteForAFixedNumber() {
    InputFiles files =
        new InputFiles(
            List.of(
                new InputFile("a.csv", 7, InputFormat.CSV, Compression.NONE, "UTF-8", true),
                new InputFile("b.csv.gz", 10, InputFormat.CSV, Compression.GZIP, "UTF-8", true)),
            ReadOptions.defaults());

    assertThat(files.estimatedBytes(), equalTo(47L));
  }

  @Test
  void theHeadIsTheFirstGoodRowsAcrossRanges() throws IOException {
    write("a.jsonl", "{\"a\":\"1\"}\nbroken\n\n{\"a\":\"2\"}\n{\"a\":\"3\"}\n");
    InputFiles files = find(ReadOptions.defaults().withRangeBytes(5), "a.jsonl");

    assertThat(
        files.head(0).stream().map(Row::fields).toList(),
        contains(Map.of("a", "1"), Map.of("a", "2"), Map.of("a", "3")));
  }

  @Test
  void theHeadGivesUpOnAFileWithoutGoodRows() throws IOException {
    write("a.jsonl", "x\n".repeat(2_000) + "{\"a\":\"1\"}\n");

    assertThat(find("a.jsonl").head(0), empty());
  }

  @Test
  void ofFilesThatCannotBeReadTheFirstIsNamedWhateverIsOpenedFirst() throws IOException {
    for (int i = 100; i < 150; i++) {
      write(i + ".jsonl", i < 120 ? "{\"a\":\"1\"}\n" : "PK\u0003\u0004");
    }

    assertThat(
        assertThrows(UnusableInputException.class, () -> find("*")).getMessage(),
        startsWith(folder + "/120.jsonl: this is a zip archive"));
  }

  @Test
  void filesAreInTheOrderOfTheirPathsEachWithItsOwnRows() throws IOException {
    for (int i = 100; i < 150; i++) {
      write(i + ".jsonl", String.format(Locale.ROOT, "{\"a\":\"%d\"}\n", i).repeat(200));
    }
    InputFiles files = find("*");

    for (int i = 0; i < 50; i++) {
      String number = String.valueOf(100 + i);
      assertThat(files.files().get(i).path(), equalTo(folder + "/" + number + ".jsonl"));
      assertThat(
          files.head(i).stream().map(Row::fields).toList(),
          equalTo(Collections.nCopies(i < 20 ? 200 : 10, Map.of("a", number))));
    }
  }

  @Test
  void settingsOutOfBoundsAreErrors() {
    assertThat(
        assertThrows(
                UnusableInputException.class, () -> ReadOptions.defaults().withCharset("utf-9"))
            .getMessage(),
        equalTo(
            "charset \"utf-9\" is not known; name one such as UTF-8, ISO-8859-1, windows-1252 or"
                + " UTF-16LE"));
    assertThrows(
        UnusableInputException.class, () -> ReadOptions.defaults().withCharset("no charset"));
    assertThrows(UnusableInputException.class, () -> ReadOptions.defaults().withRangeBytes(0));
    assertThrows(UnusableInputException.class, () -> ReadOptions.defaults().withMaxRowBytes(0));
    assertThrows(
        UnusableInputException.class, () -> ReadOptions.defaults().withMaxRowBytes(1 << 30));
  }
}
