package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows whose shape is meant to break a job, before good rows, so that what is concluded from the
 * first rows of a file meets them too.
 */
class HostileInputTest {

  private static final String TALK =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"question %s\"},"
          + "{\"role\":\"assistant\",\"content\":\"answer %s\"}]}";

  private final Workbench bench;

  HostileInputTest(@TempDir Path folder) {
    bench = new Workbench(folder);
  }

  @Test
  void nestingThatIsTooDeepCostsItsRowInEveryKindOfJson() throws IOException {
    String tooDeep = pair("q", "a").replace("}", ",\"x\":" + objects(100_000) + "}");
    List<String> good = good(pair("question %s", "answer %s"));
    bench.write("a.jsonl", before(good, tooDeep));
    bench.write("b.json", "[" + String.join(",\n", before(good, tooDeep)) + "]");
    bench.write("c.json", "{\"data\":[" + String.join(",\n", before(good, tooDeep)) + "]}");
    prepare("*.*", 0.1);
    assertThat(
        bench.rejections().stream()
            .map(r -> Path.of(r.file()).getFileName() + " " + r.position() + " " + r.message())
            .toList(),
        contains(
            "a.jsonl 1 Depth (1001) exceeds the maximum allowed nesting depth (1000)",
            "b.json 1 Depth (1001) exceeds the maximum allowed nesting depth (1000)",
            "c.json 1 Depth (1001) exceeds the maximum allowed nesting depth (1000)"));
    funnel(63, 3, 40, 20);
  }

  @Test
  void nestingWithinTheLimitIsWrittenAsItStands() throws IOException {
    String tools =
        String.format(Locale.ROOT, TALK, 99, 99)
            .replaceAll(
                "}$",
                ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":"
                    + objects(900)
                    + "}}]}");
    bench.write("in.jsonl", before(good(TALK), tools));
    prepare("in.jsonl", 0);
    assertThat(bench.examples(), hasItem(tools));
    funnel(21, 0, 0, 21);
  }

  @Test
  void nestingWhereATextIsExpectedIsNoText() throws IOException {
    bench.write(
        "in.jsonl",
        before(
            good(pair("question %s", "answer %s")),
            "{\"prompt\":\"q\",\"completion\":" + objects(900) + "}",
            "{\"prompt\":" + "[".repeat(900) + "]".repeat(900) + ",\"completion\":\"a\"}"));
    prepare("in.jsonl", 0.1);
    assertThat(
        bench.rejections().stream().map(r -> r.position() + " " + r.message()).toList(),
        contains(
            "1 completion: the field 'completion' is an object, not a text; name one of its"
                + " fields, {{completion.…}}",
            "2 prompt: the field 'prompt' is a list, not a text; name an element, {{prompt.0}}, or"
                + " repeat a section for each, {{#prompt}}{{.}}{{/prompt}}"));
    funnel(22, 2, 0, 20);
  }

  @Test
  void toolsAndCallsThatAreTextsWithDeepJsonAreRefused() throws IOException {
    String talk =
        "{\"conversations\":[{\"from\":\"human\",\"value\":\"h %s\"},"
            + "{\"from\":\"gpt\",\"value\":\"g %s\"}]}";
    String deep = "[".repeat(100_000);
    bench.write(
        "in.jsonl",
        before(
            good(talk),
            talk.formatted(98, 98).replaceAll("}$", ",\"tools\":\"" + deep + "\"}"),
            "{\"conversations\":[{\"from\":\"human\",\"value\":\"h\"},"
                + "{\"from\":\"function_call\",\"value\":\""
                + deep
                + "\"},{\"from\":\"observation\",\"value\":\"o\"},"
                + "{\"from\":\"gpt\",\"value\":\"g\"}],\"tools\":\"[]\"}"));
    prepare("in.jsonl", 0.1);
    assertThat(
        bench.rejections().stream().map(r -> r.position() + " " + r.message()).toList(),
        contains(
            "1 tools is a text, but no JSON list",
            "2 turn 2 is a function_call, but no JSON object with name and arguments"));
    funnel(22, 2, 0, 20);
  }

  @Test
  void aFieldWhoseTypeChangesFromRowToRowIsATextWhereItCanBeOne() throws IOException {
    bench.write(
        "in.jsonl",
        before(
            good(pair("question %s", "answer %s")),
            "{\"prompt\":[\"q\"],\"completion\":{\"a\":1}}",
            "{\"prompt\":7,\"completion\":true}",
            "{\"prompt\":null,\"completion\":\"b\"}",
            "{\"prompt\":\"q\",\"completion\":[1]}",
            "{\"prompt\":{\"text\":\"q\"},\"completion\":\"b\"}",
            "{\"prompt\":false,\"completion\":1.0}"));
    bench.prepare("--input=" + bench.path("in.jsonl"), "--maxRejected=0.5", "--format=completion");
    assertThat(
        bench.rejections().stream().map(r -> r.position() + " " + r.reason()).toList(),
        contains("1 not_text", "3 not_text", "4 not_text", "5 not_text"));
    assertThat(bench.examples(), hasItem(completion("7", "true")));
    assertThat(bench.examples(), hasItem(completion("false", "1.0")));
    funnel(26, 4, 0, 22);
    TrainingLines.assertValid(Format.COMPLETION, bench.examples());
  }

  @Test
  void messagesWhoseTypeChangesFromRowToRowAreRefusedOneByOne() throws IOException {
    bench.write(
        "in.jsonl",
        before(
            good(TALK),
            "{\"messages\":\"Hi\"}",
            "{\"messages\":{\"role\":\"user\",\"content\":\"x\"}}",
            "{\"messages\":[[\"user\",\"x\"],[\"assistant\",\"y\"]]}",
            "{\"messages\":[{\"role\":1,\"content\":\"x\"},"
                + "{\"role\":\"assistant\",\"content\":\"y\"}]}",
            "{\"messages\":[{\"role\":\"user\",\"content\":{\"text\":\"x\"}},"
                + "{\"role\":\"assistant\",\"content\":\"y\"}]}",
            "{\"messages\":[{\"role\":\"user\",\"content\":5},"
                + "{\"role\":\"assistant\",\"content\":\"y\"}]}",
            "{\"messages\":null}"));
    prepare("in.jsonl", 0.5);
    assertThat(
        bench.rejections().stream()
            .map(r -> r.position() + " " + r.reason() + " " + r.message())
            .toList(),
        contains(
            "1 bad_messages messages is not a list of objects with role and content",
            "2 bad_messages messages is not a list of objects with role and content",
            "3 bad_messages message 1 is not an object with role and content",
            "4 bad_messages message 1 has no role",
            "5 not_text the content of message 1 (user) is not text: {\"text\":\"x\"}",
            "6 not_text the content of message 1 (user) is not text: 5",
            "7 bad_messages messages is not a list of objects with role and content"));
    funnel(27, 7, 0, 20);
    TrainingLines.assertValid(Format.CHAT, bench.examples());
  }

  @Test
  void rowsOfOtherDialectsInOneFileAreRejectedWithTheFieldsThatTheyHave() throws IOException {
    List<String> rows =
        new ArrayList<>(good("{\"instruction\":\"do %s\",\"input\":\"\",\"output\":\"done %s\"}"));
    rows.add(
        "{\"conversations\":[{\"from\":\"human\",\"value\":\"h\"},"
            + "{\"from\":\"gpt\",\"value\":\"g\"}]}");
    rows.add(String.format(Locale.ROOT, TALK, 1, 1));
    rows.add("{\"prompt\":\"p\",\"chosen\":\"c\",\"rejected\":\"r\"}");
    bench.write("in.jsonl", rows.toArray(String[]::new));
    prepare("in.jsonl", 0.5);
    String missing =
        "missing_field prompt: the row has no field 'instruction', only [%s]; correct map.prompt,"
            + " or write {{instruction?}} if it may be missing";
    assertThat(
        bench.rejections().stream().map(r -> r.reason() + " " + r.message()).toList(),
        contains(
            missing.formatted("conversations"),
            missing.formatted("messages"),
            missing.formatted("prompt, chosen, rejected")));
    assertThat(
        bench.manifest().at("/inferred/dialect").asText(),
        containsString("alpaca: the rows have instruction, input and output"));
    funnel(23, 3, 0, 20);
  }

  private void prepare(String input, double maxRejected) {
    Finished finished =
        bench.prepare("--input=" + bench.path(input), "--maxRejected=" + maxRejected);
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
  }

  private void funnel(int read, int rejected, int duplicates, int written) throws IOException {
    JsonNode rows = bench.manifest().get("rows");
    assertThat(
        List.of(
            rows.get("read").asInt(),
            rows.at("/rejected/total").asInt(),
            rows.get("duplicates").asInt(),
            bench.examples().size()),
        equalTo(List.of(read, rejected, duplicates, written)));
  }

  /** 20 rows, with their number twice. */
  private static List<String> good(String row) {
    return IntStream.range(0, 20).mapToObj(i -> row.formatted(i, i)).toList();
  }

  private static String[] before(List<String> good, String... hostile) {
    List<String> rows = new ArrayList<>(List.of(hostile));
    rows.addAll(good);
    return rows.toArray(String[]::new);
  }

  private static String pair(String prompt, String completion) {
    return "{\"prompt\":\"%s\",\"completion\":\"%s\"}".formatted(prompt, completion);
  }

  private static String completion(String prompt, String completion) {
    return "{\"prompt\":\"%s\\n\\n###\\n\\n\",\"completion\":\" %s END\"}"
        .formatted(prompt, completion);
  }

  private static String objects(int depth) {
    return "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
  }
}
