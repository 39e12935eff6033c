package dev.tunebeam.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

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
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad input, each kind among good rows: it ends in a message or a rejected row, and every good row
 * is in the dataset.
 */
class BadInputTest {

  private static final List<String> GOOD =
      IntStream.range(0, 20)
          .mapToObj(
              i ->
                  String.format(
                      Locale.ROOT,
                      "{\"prompt\":\"question %s\",\"completion\":\"answer %s\"}",
                      i,
                      i))
          .toList();

  private final Workbench bench;

  BadInputTest(@TempDir Path folder) {
    bench = new Workbench(folder);
  }

  @Test
  void aMalformedJsonLineIsRejected() throws IOException {
    amongGoodRows("{\"prompt\":\"a\",\"completion\":", "{\"prompt\" \"a\"}", "not JSON");
    assertThat(
        bench.rejections(),
        contains(
            read(
                "malformed_json",
                "column 28: Unexpected end-of-input within/between Object entries",
                2,
                "{\"prompt\":\"a\",\"completion\":"),
            read(
                "malformed_json",
                "column 12: Unexpected character ('\"' (code 34)): was expecting a colon to separate"
                    + " field name and value",
                3,
                "{\"prompt\" \"a\"}"),
            read(
                "malformed_json",
                "column 4: Unrecognized token 'not': was expecting (JSON String, Number, Array,"
                    + " Object or token 'null', 'true' or 'false')",
                4,
                "not JSON")));
  }

  @Test
  void jsonThatIsNoObjectIsRejected() throws IOException {
    amongGoodRows("[\"a\"]", "\"a\"", "1", "null", "true");
    assertThat(
        bench.rejections(),
        contains(
            read(
                "not_an_object",
                "a JSON object is expected, this is a list; if the file is one JSON array, set"
                    + " inputFormat to json",
                2,
                "[\"a\"]"),
            read("not_an_object", "a JSON object is expected, this is a text", 3, "\"a\""),
            read("not_an_object", "a JSON object is expected, this is a number", 4, "1"),
            read("not_an_object", "a JSON object is expected, this is null", 5, "null"),
            read("not_an_object", "a JSON object is expected, this is true", 6, "true")));
  }

  @Test
  void truncatedUtf8IsRejectedWithTheByte() throws IOException {
    bench.write("in.jsonl", bytes(lines(GOOD), "{\"prompt\":\"a\",\"completion\":\"", 0xE4, 0xB8));
    keepsTheGoodRows(1);
    assertThat(
        bench.rejections(),
        contains(
            read(
                "bad_encoding",
                "byte 0xE4, number 29 of the row, is not UTF-8; if the file is in another charset,"
                    + " name it with the setting charset",
                21,
                "{\"prompt\":\"a\",\"completion\":\"\uFFFD")));
  }

  @Test
  void aRaggedCsvRowIsRejectedWithTheNumberOfItsFields() throws IOException {
    amongGoodCsvRows("one field", "a,b,c");
    assertThat(
        bench.rejections(),
        contains(
            read(
                "ragged_row",
                "the header has 2 fields, this row has 1; quote a value that holds a delimiter or"
                    + " a line end",
                22,
                "one field"),
            read(
                "ragged_row",
                "the header has 2 fields, this row has 3; quote a value that holds a delimiter or"
                    + " a line end",
                23,
                "a,b,c")));
  }

  @Test
  void aQuoteThatNeverClosesCostsItsOwnRowAlone() throws IOException {
    bench.write("in.csv", bytes("prompt,completion\n", csv(), "a,\"opened"));
    keepsTheGoodRows(1);
    String message =
        "a quote opens a field on this line and does not close; write a quote within a field"
            + " twice, in quotes";
    assertThat(bench.rejections(), contains(read("malformed_csv", message, 22, "a,\"opened")));
    bench.write("in.csv", bytes("prompt,completion\n", "a,\"opened\n", csv()));
    keepsTheGoodRows(1);
    assertThat(bench.rejections(), contains(read("malformed_csv", message, 2, "a,\"opened")));
  }

  @Test
  void aNulCharacterIsRejectedWhereverItStands() throws IOException {
    amongGoodCsvRows("a\0,b", "a,b\0");
    assertThat(
        bench.rejections(),
        contains(
            normalize(
                "nul_character",
                "prompt holds the character U+0000; remove it from the data",
                22,
                "a\0,b"),
            normalize(
                "nul_character",
                "completion holds the character U+0000; remove it from the data",
                23,
                "a,b\0")));
    Files.delete(bench.path("in.csv"));
    amongGoodRows("{\"prompt\":\"a\\u0000\",\"completion\":\"b\"}");
    assertThat(
        bench.rejections(),
        contains(
            normalize(
                "nul_character",
                "prompt holds the character U+0000; remove it from the data",
                2,
                "{\"prompt\":\"a\\u0000\",\"completion\":\"b\"}")));
  }

  @Test
  void aLineOf50MegabytesIsRejectedAndOnlyItsBeginningKept() throws IOException {
    String begin = "{\"prompt\":\"a\",\"completion\":\"";
    amongGoodRows(begin + "b".repeat(50_000_000) + "\"}");
    assertThat(
        bench.rejections(),
        contains(
            read(
                "row_too_large",
                "the row is longer than maxRowBytes, 16000000 bytes",
                2,
                begin + "b".repeat(32_768 - begin.length()))));
  }

  @Test
  void nullListsAndObjectsAreNoTexts() throws IOException {
    String isNull = "%s: the field '%s' is null, not a text; write {{%s?}} if it may be missing";
    String isList =
        "%s: the field '%s' is a list, not a text; name an element, {{%s.0}}, or repeat a section"
            + " for each, {{#%s}}{{.}}{{/%s}}";
    String isObject =
        "%s: the field '%s' is an object, not a text; name one of its fields, {{%s.…}}";
    amongGoodRows(
        "{\"prompt\":null,\"completion\":\"b\"}",
        "{\"prompt\":\"a\",\"completion\":null}",
        "{\"prompt\":[\"a\"],\"completion\":\"b\"}",
        "{\"prompt\":\"a\",\"completion\":[]}",
        "{\"prompt\":{\"a\":1},\"completion\":\"b\"}",
        "{\"prompt\":\"a\",\"completion\":{}}");
    assertThat(
        bench.rejections().stream().map(r -> r.reason() + " " + r.message()).toList(),
        contains(
            "not_text " + isNull.replace("%s", "prompt"),
            "not_text " + isNull.replace("%s", "completion"),
            "not_text " + isList.replace("%s", "prompt"),
            "not_text " + isList.replace("%s", "completion"),
            "not_text " + isObject.replace("%s", "prompt"),
            "not_text " + isObject.replace("%s", "completion")));
  }

  @Test
  void aNumberOrBooleanIsItsJsonText() throws IOException {
    bench.write(
        "in.jsonl",
        "{\"prompt\":1.50,\"completion\":true}",
        "{\"prompt\":-0,\"completion\":1e400}",
        "{\"prompt\":12345678901234567890,\"completion\":false}");
    assertThat(
        bench.prepare("--input=" + bench.path("in.jsonl"), "--format=completion").code(),
        equalTo(ExitCode.SUCCEEDED));
    assertThat(
        bench.examples(),
        contains(
            completion("-0", "1e400"),
            completion("1.50", "true"),
            completion("12345678901234567890", "false")));
  }

  @Test
  void anEmptyOrBlankTextIsRejected() throws IOException {
    amongGoodRows(
        "{\"prompt\":\"a\",\"completion\":\"\"}",
        "{\"prompt\":\"a\",\"completion\":\" \\n\\t\"}",
        "{\"prompt\":\"\",\"completion\":\"b\"}",
        "{\"prompt\":\"  \",\"completion\":\"b\"}");
    String blankPrompt =
        "blank_prompt the prompt is blank; if this is text without prompts, set task: open-ended";
    assertThat(
        bench.rejections().stream().map(r -> r.reason() + " " + r.message()).toList(),
        contains(
            "blank_completion the completion is blank",
            "blank_completion the completion is blank",
            blankPrompt,
            blankPrompt));
  }

  @Test
  void aHeaderWithoutRowsIsNoDataset() throws IOException {
    bench.write("in.csv", "prompt,completion");
    assertThat(
        bench.prepare("--input=" + bench.path("in.csv")).sinceTheJob(),
        equalTo(
            new Finished(
                ExitCode.FAILED,
                "",
                "tunebeam: no rows in BENCH/in.csv; nothing was published\n")));
    assertThat(bench.files("out").keySet(), equalTo(Set.of()));
  }

  @Test
  void emptyFilesAreNoDataset() throws IOException {
    bench.write("a.csv", new byte[0]);
    bench.write("b.jsonl", "", "");
    bench.write("c.json", "[]");
    assertThat(
        bench.prepare("--input=" + bench.path("*.*")).err(),
        equalTo(
            "tunebeam: no rows in BENCH/a.csv, BENCH/b.jsonl, BENCH/c.json; nothing was"
                + " published\n"));
  }

  @Test
  void aFileWithoutRowsAmongOthersIsWarnedOf() throws IOException {
    bench.write("empty.csv", "prompt,completion");
    amongGoodRows();
    assertThat(
        bench.manifest().get("warnings").toString(),
        containsString(bench.path("empty.csv") + " holds no rows\""));
  }

  @Test
  void aPatternThatMatchesNoFileIsNamed() {
    String advice =
        "; an input is a file, a glob in quotes, or a folder with files that end in .csv, .eml, .json,"
            + " .jsonl, .mbox, .ndjson, .parquet, .tsv, .xlsm, .xlsx (texts also with .gz, .bz2,"
            + " .zst)\n";
    for (String pattern : List.of("none.csv", "*.jsonl", "nowhere/")) {
      assertThat(
          bench.prepare("--input=" + bench.path("") + pattern),
          equalTo(
              new Finished(
                  ExitCode.WRONG_USE,
                  "",
                  "tunebeam: no file matches \"BENCH%s\"%s".formatted(pattern, advice))));
    }
    assertThat(Files.exists(bench.path("out")), equalTo(false));
  }

  @Test
  void withoutTheExpectedColumnsTheMessageSaysWhichThereAre() throws IOException {
    bench.write("in.csv", "remark,shelf", "a,b", "c,d");
    assertThat(
        bench.prepare("--input=" + bench.path("in.csv")).sinceTheJob(),
        equalTo(
            new Finished(
                ExitCode.TOO_MANY_REJECTED,
                "",
                """
                tunebeam: 2 of 2 rows were rejected, more than maxRejected (0.05) allows; nothing was published
                  missing_field (2)
                    BENCH/in.csv:2: prompt: the row has no field 'prompt', only [remark, shelf]; correct map.prompt, or write {{prompt?}} if it may be missing
                    BENCH/in.csv:3: prompt: the row has no field 'prompt', only [remark, shelf]; correct map.prompt, or write {{prompt?}} if it may be missing
                  the rows have the fields remark, shelf; choose prompt and completion, for example
                    --prompt='{{remark}}' --completion='{{shelf}}'
                  all rejected rows: BENCH/out/rejected-00000-of-00001.jsonl
                """)));
  }

  @Test
  void theFieldToAnswerWithIsNotTheOneToAskWith() throws IOException {
    bench.write("in.csv", "remark,page,shelf", "ab,1,the longest of them", "cd,2,and another");
    assertThat(
        bench.prepare("--input=" + bench.path("in.csv")).err(),
        containsString("--prompt='{{remark}}' --completion='{{shelf}}'"));
  }

  @Test
  void theOnlyFieldIsNotProposedForTheQuestionToo() throws IOException {
    bench.write("in.csv", "remark", "ab", "cd");
    assertThat(
        bench.prepare("--input=" + bench.path("in.csv")).err(),
        containsString(
            "choose prompt and completion, for example\n    --completion='{{remark}}'\n"));
  }

  @Test
  void aFieldThatOneRowLacksRejectsThatRow() throws IOException {
    amongGoodRows("{\"completion\":\"b\"}", "{\"prompt\":\"a\",\"answer\":\"b\"}");
    assertThat(
        bench.rejections().stream().map(r -> r.reason() + " " + r.message()).toList(),
        contains(
            "missing_field prompt: the row has no field 'prompt', only [completion]; correct"
                + " map.prompt, or write {{prompt?}} if it may be missing",
            "missing_field completion: the row has no field 'completion', only [prompt, answer];"
                + " correct map.completion, or write {{completion?}} if it may be missing"));
  }

  @Test
  void anUnreadableGzipFileStopsTheJobSinceRowsWouldBeLost() throws IOException {
    bench.write("good.jsonl", GOOD.toArray(String[]::new));
    bench.write("in.jsonl.gz", "this is no gzip".getBytes(UTF_8));
    assertThat(
        bench.prepare("--input=" + bench.path("*")).sinceTheJob(),
        equalTo(
            new Finished(
                ExitCode.FAILED,
                "",
                "tunebeam: nothing was published, since rows would be lost:\n"
                    + "  BENCH/in.jsonl.gz: cannot be decompressed (gzip) after 0 lines: Input is"
                    + " not in the .gz format.; fetch or compress the file again, or leave it"
                    + " out\n")));
    assertThat(bench.files("out").keySet(), equalTo(Set.of()));
  }

  @Test
  void aGzipFileThatBreaksOffStopsTheJobToo() throws IOException {
    byte[] whole = gzip(lines(GOOD).repeat(500));
    bench.write("in.jsonl.gz", Arrays.copyOf(whole, whole.length / 2));
    Finished finished = bench.prepare("--input=" + bench.path("in.jsonl.gz"));
    assertThat(finished.code(), equalTo(ExitCode.FAILED));
    assertThat(
        finished.err().replaceAll("[0-9]+ lines", "N lines"),
        equalTo(
            "tunebeam: nothing was published, since rows would be lost:\n"
                + "  BENCH/in.jsonl.gz: cannot be decompressed (gzip) after N lines: the data ends"
                + " too early; fetch or compress the file again, or leave it out\n"));
  }

  @Test
  void anOutputFolderThatCannotBeWrittenIsNamed() throws IOException {
    bench.write("in.jsonl", GOOD.toArray(String[]::new));
    bench.write("file", "x");
    String input = "--input=" + bench.path("in.jsonl");
    for (String output : List.of("file", "file/out")) {
      assertThat(
          bench.prepare(input, "--output=" + bench.path(output)),
          equalTo(
              new Finished(
                  ExitCode.WRONG_USE,
                  "",
                  "tunebeam: --output: cannot write to BENCH/%s: BENCH/file is a file, not a folder\n"
                      .formatted(output))));
    }
    assertThat(
        bench.prepare(input, "--output=" + bench.path("out[1]")).err(),
        equalTo(
            "tunebeam: --output: BENCH/out[1]: the name of the folder may not contain"
                + " * ? [ ] { }\n"));
  }

  @Test
  void labelsThatLookLikeMissingValuesAreTexts() throws IOException {
    List<String> labels = List.of("NA", "N/A", "nan", "NaN", "null", "NULL", "None", "-", "0");
    List<String> rows = new ArrayList<>(List.of("prompt,completion"));
    labels.forEach(label -> rows.add("question of " + label + "," + label));
    labels.forEach(label -> rows.add("another of " + label + "," + label));
    bench.write("in.csv", rows.toArray(String[]::new));
    Finished finished = bench.prepare("--input=" + bench.path("in.csv"), "--task=classification");
    assertThat(finished.code(), equalTo(ExitCode.SUCCEEDED));
    funnel(18, 0, 0);
    JsonNode classes = bench.manifest().get("classes");
    for (String label : labels) {
      assertThat(label, classes.get(label).toString(), equalTo("{\"train\":1,\"validation\":1}"));
    }
  }

  @Test
  void fewerThanTenExamplesAreWarnedOf() throws IOException {
    bench.write("in.jsonl", GOOD.subList(0, 9).toArray(String[]::new));
    assertThat(
        bench.prepare("--input=" + bench.path("in.jsonl")).out(),
        containsString("  - only 9 examples; the APIs refuse fewer than 10\n"));
    bench.write("in.jsonl", GOOD.subList(0, 10).toArray(String[]::new));
    assertThat(
        bench.prepare("--input=" + bench.path("in.jsonl"), "--overwrite").out(),
        not(containsString("the APIs refuse")));
  }

  @Test
  void oneExampleAloneIsATrainingExample() throws IOException {
    bench.write("in.jsonl", GOOD.get(0));
    String out = bench.prepare("--input=" + bench.path("in.jsonl"), "--format=completion").out();
    assertThat(out, containsString("  - only 1 example; the APIs refuse fewer than 10\n"));
    assertThat(
        out,
        containsString("  - the validation split is empty: there are too few different prompts\n"));
    funnel(1, 0, 0);
    assertThat(bench.lines("train-"), contains(completion("question 0", "answer 0")));
    assertThat(bench.lines("validation-"), equalTo(List.of()));
  }

  @Test
  void ifAllRowsAreRejectedNothingIsPublishedWhateverIsAllowed() throws IOException {
    bench.write("in.jsonl", "{", "[]");
    assertThat(
        bench.prepare("--input=" + bench.path("in.jsonl"), "--maxRejected=1").err(),
        equalTo(
            """
            tunebeam: 2 of 2 rows were rejected; nothing was published
              malformed_json (1)
                BENCH/in.jsonl:1: column 2: Unexpected end-of-input: expected close marker for Object
              not_an_object (1)
                BENCH/in.jsonl:2: a JSON object is expected, this is a list; if the file is one JSON array, set inputFormat to json
              all rejected rows: BENCH/out/rejected-00000-of-00001.jsonl
            """));
    assertThat(bench.files("out").keySet(), equalTo(Set.of("rejected-00000-of-00001.jsonl")));
    assertThat(bench.rejections().size(), equalTo(2));
  }

  @Test
  void textWithoutPromptsIsOpenEnded() throws IOException {
    for (String row :
        List.of("{\"completion\":\"text %s\"}", "{\"prompt\":\"\",\"completion\":\"text %s\"}")) {
      bench.write(
          "in.jsonl", IntStream.range(0, 20).mapToObj(row::formatted).toArray(String[]::new));
      Finished finished =
          bench.prepare("--input=" + bench.path("in.jsonl"), "--format=completion", "--overwrite");
      assertThat(finished.out(), containsString("task     open-ended: no row has a prompt\n"));
      funnel(20, 0, 0);
      assertThat(
          bench.examples().get(0), equalTo("{\"prompt\":\"\",\"completion\":\" text 0 END\"}"));
      assertThat(bench.manifest().at("/recipe/task").asText(), equalTo("open-ended"));
      assertThat(bench.manifest().at("/rows/validation").asInt(), equalTo(2));
    }
  }

  @Test
  void openEndedTextFitsChatToo() throws IOException {
    bench.write("in.csv", "text,page", "once,1", "twice,2");
    bench.prepare("--input=" + bench.path("in.csv"), "--completion={{text}}", "--format=chat");
    assertThat(
        bench.examples(),
        contains(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"\"},"
                + "{\"role\":\"assistant\",\"content\":\"once\"}]}",
            "{\"messages\":[{\"role\":\"user\",\"content\":\"\"},"
                + "{\"role\":\"assistant\",\"content\":\"twice\"}]}"));
  }

  @Test
  void onePromptWithManyAnswersStaysOnOneSide() throws IOException {
    bench.write(
        "in.jsonl",
        IntStream.range(0, 5_000)
            .mapToObj("{\"prompt\":\"the same\",\"completion\":\"answer %s\"}"::formatted)
            .toArray(String[]::new));
    bench.write("more.jsonl", GOOD.toArray(String[]::new));
    Finished finished = bench.prepare("--input=" + bench.path("*.jsonl"), "--shardBytes=50000");
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    funnel(5_020, 0, 0);
    assertThat(bench.manifest().get("conflicts").asInt(), equalTo(1));
    long inTrain = bench.lines("train-").stream().filter(l -> l.contains("the same")).count();
    long inValidation =
        bench.lines("validation-").stream().filter(l -> l.contains("the same")).count();
    assertThat(List.of(inTrain, inValidation), equalTo(List.of(5_000L, 0L)));
    assertThat(bench.lines("conflicts-").size(), equalTo(1));
    assertThat(
        bench.lines("conflicts-").get(0),
        containsString("{\"rows\":5000,\"completions\":5000,\"examples\":["));
  }

  /** Runs a job over good rows with bad ones behind the first, and asserts what is kept. */
  private void amongGoodRows(String... bad) throws IOException {
    List<String> rows = new ArrayList<>(GOOD);
    rows.addAll(1, List.of(bad));
    bench.write("in.jsonl", rows.toArray(String[]::new));
    keepsTheGoodRows(bad.length);
  }

  /** The same for CSV, with the bad rows at the end. */
  private void amongGoodCsvRows(String... bad) throws IOException {
    bench.write("in.csv", bytes("prompt,completion\n", csv(), lines(List.of(bad))));
    keepsTheGoodRows(bad.length);
  }

  private void keepsTheGoodRows(int rejected) throws IOException {
    Finished finished =
        bench.prepare(
            "--input=" + bench.path("*.*"),
            "--maxRejected=0.5",
            "--format=completion",
            "--overwrite");
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    funnel(GOOD.size() + rejected, rejected, 0);
    assertThat(
        bench.examples(),
        equalTo(
            IntStream.range(0, GOOD.size())
                .mapToObj(i -> completion("question " + i, "answer " + i))
                .sorted()
                .toList()));
  }

  /** Asserts the counts of the manifest, and that the files hold as many rows. */
  private void funnel(int read, int rejected, int duplicates) throws IOException {
    JsonNode rows = bench.manifest().get("rows");
    int train = bench.lines("train-").size();
    int validation = bench.lines("validation-").size();
    assertThat(
        List.of(
            rows.get("read").asInt(),
            rows.at("/rejected/total").asInt(),
            rows.get("duplicates").asInt(),
            rows.get("train").asInt(),
            rows.get("validation").asInt()),
        equalTo(List.of(read, rejected, duplicates, train, validation)));
    assertThat(read, equalTo(train + validation + duplicates + rejected));
    assertThat(bench.lines("rejected-").size(), equalTo(rejected));
  }

  private Rejection read(String reason, String message, long position, String raw) {
    return rejection("read", reason, message, position, raw);
  }

  private Rejection normalize(String reason, String message, long position, String raw) {
    return rejection("normalize", reason, message, position, raw);
  }

  private Rejection rejection(
      String step, String reason, String message, long position, String raw) {
    String name = Files.exists(bench.path("in.csv")) ? "in.csv" : "in.jsonl";
    return new Rejection(step, reason, message, bench.path(name).toString(), position, null, raw);
  }

  private static String completion(String prompt, String completion) {
    return "{\"prompt\":\"%s\\n\\n###\\n\\n\",\"completion\":\" %s END\"}"
        .formatted(prompt, completion);
  }

  private static String lines(List<String> rows) {
    return String.join("\n", rows) + "\n";
  }

  private static String csv() {
    StringBuilder csv = new StringBuilder();
    for (int i = 0; i < GOOD.size(); i++) {
      csv.append(String.format(Locale.ROOT, "question %s,answer %s\n", i, i));
    }
    return csv.toString();
  }

  /** Texts as UTF-8 and numbers as single bytes, one after the other. */
  private static byte[] bytes(Object... parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Object part : parts) {
      if (part instanceof Integer single) {
        bytes.write(single);
      } else {
        bytes.write(part.toString().getBytes(UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
