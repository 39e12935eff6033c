package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small repairs of rows by recipe keys, and that inspect recommends them. */
class RowRepairsTest {

  private final Workbench bench;

  RowRepairsTest(@TempDir Path folder) {
    bench = new Workbench(folder);
  }

  private Finished prepare(String... flags) {
    List<String> all =
        new ArrayList<>(List.of("--validation=0", "--maxRejected=0", "--format=completion"));
    all.addAll(List.of(flags));
    return bench.prepare(all.toArray(String[]::new));
  }

  private static String pair(String prompt, String completion) {
    return "{\"prompt\":\"%s\\n\\n###\\n\\n\",\"completion\":\" %s END\"}"
        .formatted(prompt, completion);
  }

  @Test
  void rowsThatAreFilteredAreCountedAndAreNotRejected() throws IOException {
    bench.write("in.csv", "prompt,completion,score", "a,b,1", "c,d,0.4", "e,f,", "a,b,2");
    Finished finished = prepare("--input=" + bench.path("in.csv"), "--where=score >= 0.5");
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(bench.examples(), contains(pair("a", "b")));
    assertThat(
        bench.manifest().get("rows").toString(),
        equalTo(
            "{\"read\":4,\"filtered\":2,\"rejected\":{\"total\":0,\"byReason\":{}},\"duplicates\":1,"
                + "\"sampledOut\":0,\"train\":1,\"validation\":0}"));
    assertThat(finished.out(), containsString("filtered    2  50.0 %"));
    assertThat(bench.manifest().at("/recipe/where").asText(), equalTo("score >= 0.5"));
  }

  @Test
  void aConditionThatIsNoneOrLeavesNothingSaysSo() throws IOException {
    bench.write("in.csv", "prompt,completion,score", "a,b,1", "c,d,0.4");
    String input = "--input=" + bench.path("in.csv");
    assertThat(
        prepare(input, "--where=score > high").err(),
        equalTo(
            "tunebeam: --where must be a condition: expected a number, true, false, or a text in"
                + " quotes, found \"high\" at character 9 of score > high\n"));
    assertThat(
        prepare(input, "--where=scor > 1").err(),
        containsString(
            "names the field scor, which none of the first rows has; they have prompt,"));
    String none = "tunebeam: where leaves none of the 2 rows";
    assertThat(
        prepare(input, "--where=score > 9").err(), equalTo(none + "; nothing was published\n"));
    assertThat(bench.inspect(input, "--where=score > 9").err(), equalTo(none + "\n"));
  }

  @Test
  void aTitleMergedCellsAndMissingValuesInASheetSavedAsCsv() throws IOException {
    bench.write(
        "in.csv",
        "Questions of \"May\";;",
        ";;",
        "Topic;Q;A",
        "Visa;a;b",
        ";c;d",
        ";e;NaN",
        "Tax;g;h");
    Finished finished =
        prepare(
            "--input=" + bench.path("in.csv"),
            "--headerRow=3",
            "--fillDown=Topic",
            "--nullValues=NaN",
            "--where=A is not null",
            "--prompt={{Topic}}: {{Q}}",
            "--completion={{A}}");
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(
        bench.examples(),
        contains(pair("Tax: g", "h"), pair("Visa: a", "b"), pair("Visa: c", "d")));
  }

  @Test
  void theColumnNamesBelowATitleAreFound() throws IOException {
    List<String> lines = new ArrayList<>(List.of("Questions of May;", "", "prompt;completion"));
    IntStream.range(0, 40)
        .forEach(i -> lines.add(String.format(Locale.ROOT, "question %s;answer %s", i, i)));
    bench.write("in.csv", lines.toArray(String[]::new));
    Finished finished = prepare("--input=" + bench.path("in.csv"));
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(bench.examples().size(), equalTo(40));
    assertThat(
        bench.manifest().at("/inferred/headerRow").asText(), equalTo("3: above it is a title"));
    assertThat(bench.manifest().at("/recipe/headerRow").asInt(), equalTo(3));
    bench.inspect("--input=" + bench.path("in.csv"), "--recipeOut=" + bench.path("recipe.yaml"));
    assertThat(Files.readString(bench.path("recipe.yaml")), containsString("\nheaderRow: 3\n"));
  }

  @Test
  void mergedCellsAreRecommendedToBeFilled() throws IOException {
    List<String> lines = new ArrayList<>(List.of("Category,Question"));
    for (int i = 0; i < 60; i++) {
      lines.add(
          (i % 15 == 0 ? "Group " + (char) ('A' + i / 15) : "") + ",where is order " + i + "?");
    }
    bench.write("in.csv", lines.toArray(String[]::new));
    Finished finished =
        bench.inspect(
            "--input=" + bench.path("in.csv"), "--recipeOut=" + bench.path("recipe.yaml"));
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(
        new Inspected(bench.inspection()).recommended().get("fillDown"), equalTo("[\"Category\"]"));
    assertThat(
        bench.prepare("--recipe=" + bench.path("recipe.yaml")).code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(
        bench.manifest().get("classes").toString(),
        equalTo(
            "{\"Group A\":{\"train\":13,\"validation\":2},\"Group B\":{\"train\":13,\"validation\":2},"
                + "\"Group C\":{\"train\":13,\"validation\":2},\"Group D\":{\"train\":13,\"validation\":2}}"));
  }

  /** Filling them would give rows a label that nobody gave them. */
  @Test
  void labelsThatAreMissingAreNotFilled() throws IOException {
    List<String> lines = new ArrayList<>(List.of("label,text"));
    for (int i = 0; i < 60; i++) {
      lines.add((i % 3 == 0 ? i % 2 == 0 ? "pos" : "neg" : "") + ",this is the text " + i);
    }
    bench.write("in.csv", lines.toArray(String[]::new));
    bench.inspect("--input=" + bench.path("in.csv"));
    assertThat(
        new Inspected(bench.inspection()).recommended().containsKey("fillDown"), equalTo(false));
  }

  @Test
  void aColumnOfSplitsIsRecommendedAsACondition() throws IOException {
    List<String> lines = new ArrayList<>(List.of("text,label,split"));
    for (int i = 0; i < 60; i++) {
      lines.add(
          String.format(
              Locale.ROOT,
              "this is the text %s,%s,%s",
              i,
              i % 2 == 0 ? "pos" : "neg",
              i % 6 == 5 ? "test" : "train"));
    }
    bench.write("in.csv", lines.toArray(String[]::new));
    Finished finished =
        bench.inspect(
            "--input=" + bench.path("in.csv"), "--recipeOut=" + bench.path("recipe.yaml"));
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(
        new Inspected(bench.inspection()).recommended().get("where"),
        equalTo("\"split == 'train'\""));
    bench.prepare("--recipe=" + bench.path("recipe.yaml"));
    assertThat(bench.manifest().at("/rows/filtered").asInt(), equalTo(10));
  }

  @Test
  void theFolderMayBeTheLabel() throws IOException {
    bench.write("mail/ham/1.jsonl", "{\"text\":\"a\"}");
    bench.write("mail/spam/2.jsonl", "{\"text\":\"b\"}", "{\"text\":\"c\"}");
    String input = "--input=" + bench.path("mail/*/*.jsonl");
    Finished finished = prepare(input, "--prompt={{_file}} {{text}}", "--completion={{_folder}}");
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(
        bench.examples(), contains(pair("1 a", "ham"), pair("2 b", "spam"), pair("2 c", "spam")));
    bench.inspect(input, "--prompt={{text}}", "--completion={{text}}!");
    Inspected inspected = new Inspected(bench.inspection());
    assertThat(inspected.details("folders"), contains("ham", "spam"));
    assertThat(inspected.action("folders"), containsString("\"{{_folder}}\""));
    bench.inspect(input, "--prompt={{text}}", "--completion={{_folder}}");
    assertThat(new Inspected(bench.inspection()).findings().containsKey("folders"), equalTo(false));
  }

  @Test
  void variantsOfALabelAreBroughtTogetherIfAccepted() throws IOException {
    List<String> lines = new ArrayList<>(List.of("prompt,completion"));
    String[] labels = {"Billing", "billing", "Sales dept", "Billing", "sales  Dept", "Sales dept"};
    IntStream.range(0, 60)
        .forEach(i -> lines.add(String.format(Locale.ROOT, "question %s,%s", i, labels[i % 6])));
    bench.write("in.csv", lines.toArray(String[]::new));
    String recipe = "--recipeOut=" + bench.path("recipe.yaml");
    Finished finished = bench.inspect("--input=" + bench.path("in.csv"), recipe);
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(
        new Inspected(bench.inspection()).recommended().get("labels"),
        equalTo("{\"billing\":\"Billing\",\"sales  Dept\":\"Sales dept\"}"));
    assertThat(
        bench.prepare("--recipe=" + bench.path("recipe.yaml")).code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(
        bench.manifest().get("classes").toString(),
        equalTo(
            "{\"Billing\":{\"train\":27,\"validation\":3},\"Sales dept\":{\"train\":27,\"validation\":3}}"));
  }

  @Test
  void labelsMayBeRenamedByAFlagAndByClass() throws IOException {
    bench.write("in.csv", "prompt,completion,kind", "a, pos ,x=1", "b,neg,y", "c,positive,y");
    Finished finished =
        prepare(
            "--input=" + bench.path("in.csv"),
            "--labels=pos=positive,neg=negative",
            "--labels=x=1=y",
            "--classTemplate={{kind}}");
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(
        bench.examples(),
        contains(pair("a", "positive"), pair("b", "negative"), pair("c", "positive")));
    assertThat(
        bench.manifest().get("classes").toString(),
        equalTo("{\"y\":{\"train\":3,\"validation\":0}}"));
    bench.write("recipe.yaml", "input: in.csv", "labels: {pos: }");
    assertThat(
        prepare("--recipe=" + bench.path("recipe.yaml")).err(),
        containsString(
            "recipe.yaml, line 2: labels must give each label a name, and pos has none"));
    assertThat(
        prepare("--input=" + bench.path("in.csv"), "--labels=pos").err(),
        containsString("--labels"));
  }

  @Test
  void aSampleKeepsTheSharesOfTheClassesAndIsTheSameInAnyOrder() throws IOException {
    List<String> lines = new ArrayList<>();
    IntStream.range(0, 300)
        .forEach(
            i ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "{\"prompt\":\"q%s\",\"completion\":\"%s\"}",
                        i,
                        i % 3 == 0 ? "a" : "b")));
    bench.write("in.jsonl", lines.toArray(String[]::new));
    String input = "--input=" + bench.path("in.jsonl");
    String[] half = {input, "--task=classification", "--validation=0.2", "--sample=0.5"};
    bench.prepare(half);
    assertThat(
        bench.manifest().get("classes").toString(),
        equalTo("{\"a\":{\"train\":40,\"validation\":10},\"b\":{\"train\":80,\"validation\":20}}"));
    assertThat(bench.manifest().at("/rows/sampledOut").asInt(), equalTo(150));
    List<String> examples = bench.examples();
    java.util.Collections.reverse(lines);
    bench.write("in.jsonl", lines.toArray(String[]::new));
    List<String> again = new ArrayList<>(List.of(half));
    again.add("--overwrite");
    bench.prepare(again.toArray(String[]::new));
    assertThat(bench.examples(), equalTo(examples));
    Finished limited =
        bench.prepare(
            input, "--task=classification", "--validation=0.2", "--limit=31", "--overwrite");
    assertThat(bench.examples().size(), equalTo(31));
    assertThat(
        bench.manifest().get("rows").toString(),
        equalTo(
            "{\"read\":300,\"filtered\":0,\"rejected\":{\"total\":0,\"byReason\":{}},\"duplicates\":0,"
                + "\"sampledOut\":269,\"train\":25,\"validation\":6}"));
    assertThat(limited.out(), containsString("not sampled  269  89.7 %"));
    bench.inspect(input, "--limit=30");
    assertThat(bench.inspection().at("/examples/kept").asInt(), equalTo(30));
    assertThat(
        bench.prepare(input, "--sample=0", "--overwrite").err(),
        equalTo("tunebeam: --sample must be above 0 and at most 1, not 0.0\n"));
  }

  @Test
  void keysThatTheTrainingApiDoesNotKnowAreDroppedIfAccepted() throws IOException {
    String line =
        "{\"id\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"q%s\",\"ts\":1},"
            + "{\"role\":\"assistant\",\"content\":\"a\",\"id\":\"x\"}]}";
    bench.write(
        "in.jsonl",
        IntStream.range(0, 3).mapToObj(i -> line.formatted(i, i)).toArray(String[]::new));
    String input = "--input=" + bench.path("in.jsonl");
    assertThat(
        prepare(input).err(), containsString("has the unknown key 'ts'; take it out, or set"));
    Finished finished = bench.inspect(input, "--recipeOut=" + bench.path("recipe.yaml"));
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(
        new Inspected(bench.inspection()).recommended().toString(),
        equalTo("{map={\"unknownKeys\":\"drop\"}}"));
    bench.prepare("--recipe=" + bench.path("recipe.yaml"));
    assertThat(
        bench.examples().get(0),
        equalTo(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"q0\"},{\"role\":\"assistant\",\"content\":\"a\"}]}"));
  }

  @Test
  void ofKtoRowsOnlyTheGoodAnswersAreLearnedIfAccepted() throws IOException {
    bench.write(
        "in.jsonl",
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    String.format(
                        Locale.ROOT,
                        "{\"prompt\":\"q%s\",\"completion\":\"a%s\",\"label\":%s}",
                        i,
                        i,
                        i % 2 == 0))
            .toArray(String[]::new));
    String input = "--input=" + bench.path("in.jsonl");
    assertThat(prepare(input).code(), equalTo(ExitCode.TOO_MANY_REJECTED));
    Finished finished = bench.inspect(input, "--recipeOut=" + bench.path("recipe.yaml"));
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(
        new Inspected(bench.inspection()).recommended().get("where"),
        equalTo("\"label != false\""));
    assertThat(
        prepare("--recipe=" + bench.path("recipe.yaml"), "--overwrite").code(),
        equalTo(ExitCode.SUCCEEDED));
    assertThat(bench.manifest().at("/rows/filtered").asInt(), equalTo(20));
    assertThat(bench.examples().size(), equalTo(20));
  }

  @Test
  void answersThatStandForNoValueAreReadAsNullIfAccepted() throws IOException {
    List<String> lines = new ArrayList<>(List.of("prompt,completion"));
    IntStream.range(0, 40)
        .forEach(
            i ->
                lines.add(
                    String.format(
                        Locale.ROOT, "question %s,%s", i, i == 7 ? "NaN" : "an answer " + i)));
    bench.write("in.csv", lines.toArray(String[]::new));
    bench.inspect("--input=" + bench.path("in.csv"), "--recipeOut=" + bench.path("recipe.yaml"));
    assertThat(
        new Inspected(bench.inspection()).recommended().get("nullValues"), equalTo("[\"NaN\"]"));
    assertThat(
        bench.prepare("--recipe=" + bench.path("recipe.yaml")).code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(bench.rejections().get(0).reason(), equalTo("not_text"));
  }
}
