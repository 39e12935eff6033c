package dev.tunebeam.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Version;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import dev.tunebeam.pipelines.prepare.NextCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the command ends, and what it leaves in the folder. */
class PrepareCommandTest {

  private final Workbench bench;
  private final String input;

  PrepareCommandTest(@TempDir Path folder) throws IOException {
    bench = new Workbench(folder);
    bench.write("in.jsonl", rows(30));
    input = "--input=" + bench.path("in.jsonl");
  }

  @Test
  void aDatasetIsNotReplacedUnlessAsked() throws IOException {
    assertThat(bench.prepare(input).code(), equalTo(ExitCode.SUCCEEDED));
    SortedMap<String, String> before = bench.files("out");
    assertThat(
        bench.prepare(input),
        equalTo(
            new Finished(
                ExitCode.WRONG_USE,
                "",
                "tunebeam: --output: BENCH/out already contains a dataset; name another folder"
                    + " or add --overwrite\n")));
    assertThat(bench.files("out"), equalTo(before));
  }

  @Test
  void overwritingLeavesNothingOfTheDatasetBefore() throws IOException {
    bench.prepare(input, "--shardBytes=400");
    assertThat(bench.files("out").size() > 5, equalTo(true));
    assertThat(bench.prepare(input, "--overwrite").code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(
        bench.files("out").keySet(),
        equalTo(
            Set.of(
                "README.md",
                "manifest.json",
                "train-00000-of-00001.jsonl",
                "validation-00000-of-00001.jsonl")));
  }

  @Test
  void overwritingKeepsWhatTheLauncherKnowsOfTheFolder() throws IOException {
    bench.prepare(input);
    Map<String, String> launched = Map.of(".launch.lock", "", "launch.json", "{\"launches\":[]}");
    for (Map.Entry<String, String> file : launched.entrySet()) {
      bench.write("out/" + file.getKey(), file.getValue().getBytes(UTF_8));
    }
    assertThat(bench.prepare(input, "--overwrite").code(), equalTo(ExitCode.SUCCEEDED));
    SortedMap<String, String> left = bench.files("out");
    left.keySet().retainAll(launched.keySet());
    assertThat(left, equalTo(launched));
  }

  @Test
  void aJobThatFailsLeavesTheDatasetThatItWasToReplace() throws IOException {
    bench.prepare(input);
    SortedMap<String, String> before = bench.files("out");
    bench.write("in.jsonl", "{", "[]", "{\"prompt\":\"a\",\"completion\":\"b\"}");
    Finished finished = bench.prepare(input, "--overwrite");
    assertThat(finished.code(), equalTo(ExitCode.TOO_MANY_REJECTED));
    assertThat(
        finished.err(),
        containsString(
            "  the dataset in BENCH/out is unchanged; use another --output to see all rejected rows\n"));
    assertThat(bench.files("out"), equalTo(before));
  }

  @Test
  void whatAKilledJobLeftIsCleanedUpAndForeignFilesStay() throws IOException {
    Map<String, String> foreign =
        Map.of(
            "notes.txt", "mine",
            "train.jsonl", "mine",
            "train-00000-of-00001.jsonl.bak", "mine",
            "test-00000-of-00001.jsonl", "mine",
            "more/train-00000-of-00001.jsonl", "mine");
    for (Map.Entry<String, String> file : foreign.entrySet()) {
      bench.write("out/" + file.getKey(), file.getValue().getBytes(UTF_8));
    }
    bench.write("out/train-00000-of-00007.jsonl", "left");
    bench.write("out/rejected-00003-of-00007.jsonl", "left");
    bench.write("out/_tunebeam_work/train-3-0.jsonl", "left");
    bench.write("out/_tunebeam_work/report.json", "left");
    assertThat(bench.prepare(input).code(), equalTo(ExitCode.SUCCEEDED));
    SortedMap<String, String> files = bench.files("out");
    SortedMap<String, String> rest = new TreeMap<>(files);
    rest.keySet()
        .removeAll(
            Set.of(
                "README.md",
                "manifest.json",
                "train-00000-of-00001.jsonl",
                "validation-00000-of-00001.jsonl"));
    assertThat(rest, equalTo(foreign));
    assertThat(Files.exists(bench.path("out/_tunebeam_work")), equalTo(false));
  }

  @Test
  void aManifestOfSomebodyElseIsNotReplaced() throws IOException {
    bench.write("out/manifest.json", "{\"name\": \"an app\"}");
    assertThat(
        bench.prepare(input, "--overwrite"),
        equalTo(
            new Finished(
                ExitCode.WRONG_USE,
                "",
                "tunebeam: --output: manifest.json in BENCH/out was not written by tunebeam; name another"
                    + " folder or move it away\n")));
  }

  @Test
  void inputThatHasTheNameOfAnOutputFileIsNotReplaced() throws IOException {
    bench.write("out/train-00000-of-00005.jsonl", rows(30));
    assertThat(
        bench.prepare("--input=" + bench.path("out/*.jsonl")),
        equalTo(
            new Finished(
                ExitCode.WRONG_USE,
                "",
                "tunebeam: --output: the input file BENCH/out/train-00000-of-00005.jsonl would be"
                    + " replaced by the dataset; name another folder\n")));
    assertThat(bench.files("out").keySet(), equalTo(Set.of("train-00000-of-00005.jsonl")));
  }

  @Test
  void inputThatLinksLeadIntoTheOutputFolderIsNotReplacedEither() throws IOException {
    bench.write("out/train-00000-of-00005.jsonl", rows(30));
    Path link = bench.path("linked.jsonl");
    Files.createSymbolicLink(link, bench.path("out/train-00000-of-00005.jsonl"));
    assertThat(
        bench.prepare("--input=" + link).err(),
        equalTo(
            "tunebeam: --output: the input file BENCH/linked.jsonl would be replaced by the dataset;"
                + " name another folder\n"));
    assertThat(bench.files("out").keySet(), equalTo(Set.of("train-00000-of-00005.jsonl")));
  }

  @Test
  void inputInTheWorkFolderOfAnEarlierJobIsNotRemoved() throws IOException {
    bench.write("out/_tunebeam_work/rows.jsonl", rows(30));
    bench.write("in.jsonl", rows(30));
    String problem =
        "tunebeam: --output: the input file BENCH/out/_tunebeam_work/rows.jsonl would be replaced by"
            + " the dataset; name another folder\n";
    assertThat(
        bench.prepare("--input=" + bench.path("out/_tunebeam_work/rows.jsonl")).err(),
        equalTo(problem));
    assertThat(
        bench
            .prepare(
                "--input=" + bench.path("in.jsonl"),
                "--decontaminate=" + bench.path("out/_tunebeam_work/rows.jsonl"))
            .err(),
        equalTo(problem));
    assertThat(bench.files("out/_tunebeam_work").keySet(), equalTo(Set.of("rows.jsonl")));
  }

  @Test
  void aDryRunSaysTheSameNumbersAndLeavesNoTrace() throws IOException {
    bench.write("in.jsonl", mixed());
    String[] flags = {input, "--maxRejected=0.5", "--model=gpt-4o-mini"};
    Finished dry = bench.prepare(with(flags, "--dryRun"));
    assertThat(dry.err(), dry.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(bench.files("").keySet(), equalTo(Set.of("in.jsonl")));
    Finished run = bench.prepare(flags);
    assertThat(
        dry.out(),
        equalTo(
            run.out()
                    .replace("Dataset BENCH/out (0.0 s)", "Dry run: nothing was written (0.0 s)")
                    .replaceAll("(?s)\nFiles\n.*", "")
                + "\nNext\n  the same command without --dryRun writes the dataset\n"));
  }

  @Test
  void aDryRunNeedsNoOutputAndLooksAtNone() throws IOException {
    bench.prepare(input);
    SortedMap<String, String> before = bench.files("out");
    Finished dry = bench.prepare(input, "--dryRun", "--output=" + bench.path("out"));
    assertThat(dry.err(), dry.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(bench.files("out"), equalTo(before));
  }

  @Test
  void aDryRunWithTooManyRejectedRowsEndsAsTheRunWould() throws IOException {
    bench.write("in.jsonl", mixed());
    Finished dry = bench.prepare(input, "--dryRun");
    assertThat(dry.code(), equalTo(ExitCode.TOO_MANY_REJECTED));
    Finished run = bench.prepare(input);
    assertThat(
        run.err(),
        equalTo(dry.err() + "  all rejected rows: BENCH/out/rejected-00000-of-00001.jsonl\n"));
  }

  @Test
  void asManyRejectedRowsAsAllowedAreNotTooMany() throws IOException {
    // 29 of 100 is not more than 0.29, though 0.29 * 100 is less than 29 in binary fractions.
    List<String> rows = new ArrayList<>(List.of(rows(71)));
    IntStream.range(0, 29).forEach(i -> rows.add("{"));
    bench.write("in.jsonl", rows.toArray(String[]::new));
    assertThat(bench.prepare(input, "--maxRejected=0.29").code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(
        bench.prepare(input, "--maxRejected=0.289", "--overwrite").err(),
        startsWith(
            "tunebeam: 29 of 100 rows were rejected, more than maxRejected (0.289) allows;"));
  }

  @Test
  void nothingButTheReportIsPrintedWhereThereIsNoTerminal() {
    Finished loud = bench.prepare(input);
    assertThat(loud.err(), equalTo(""));
    assertThat(bench.prepare(input, "--overwrite", "--quiet"), equalTo(loud));
  }

  @Test
  void wrongUseIsSaidInOneLine() {
    Map<String, String> messages = new TreeMap<>();
    messages.put(
        "--prompt={{#a}} --completion=x",
        "map.prompt is not a valid template: Section missing close tag 'a' @ line 1");
    messages.put(
        "--prices=BENCH/none.yaml",
        "--prices: cannot read BENCH/none.yaml (No such file or directory)");
    messages.put(
        "--model=gpt4.1-mini",
        "unknown model 'gpt4.1-mini' (did you mean gpt-4.1-mini or gpt-4o-mini?); see"
            + " docs/tokens-and-price.md; --prices=FILE adds one.");
    messages.put(
        "--runner=SparkRunner --sparkMaster=lokal",
        "--sparkMaster must be like local[4], spark://HOST:7077, yarn or k8s://URL, not \"lokal\"");
    messages.put(
        "--maxRowBytes=1000000000",
        "--maxRowBytes must be at least 1 and at most 268435456, not 1000000000");
    messages.put("--vaildation=0.2", "unknown flag --vaildation; did you mean --validation?");
    messages.put("--validation=1", "--validation must be at least 0 and below 1, not 1.0");
    messages.put(
        "--recipe=BENCH/none.yaml", "--recipe: BENCH/none.yaml: No such file or directory");
    messages.forEach(
        (flags, message) -> {
          String[] split = flags.replace("BENCH", bench.path("").toString()).split(" ", -1);
          assertThat(
              bench.prepare(with(split, input)),
              equalTo(new Finished(ExitCode.WRONG_USE, "", "tunebeam: " + message + "\n")));
        });
    assertThat(Files.exists(bench.path("out")), equalTo(false));
  }

  @Test
  void aWrongCommandIsAnsweredWithTheNearestOne() {
    Map<String, String> messages =
        Map.of(
            "prepair", "there is no command 'prepair'; did you mean prepare?",
            "lanch", "there is no command 'lanch'; did you mean launch?",
            "follw", "there is no command 'follw'; did you mean follow?",
            "vegetables", "there is no command 'vegetables'; ./tunebeam --help lists the commands",
            "--dryRun", "--dryRun: the command comes first: ./tunebeam prepare --dryRun",
            "launch",
                "launch is a command of the launcher, to which only the start script leads:"
                    + " ./tunebeam launch");
    messages.forEach(
        (command, message) ->
            assertThat(
                bench.run(command),
                equalTo(new Finished(ExitCode.WRONG_USE, "", "tunebeam: " + message + "\n"))));
  }

  @Test
  void nothingAsksForTheHelpAsTheFlagDoes() {
    Finished help = bench.run("--help");
    assertThat(help.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(help.out(), containsString("\nDatasets\n  inspect "));
    assertThat(help.out(), containsString("\n  prepare "));
    assertThat(help.out(), containsString("\nTraining\n  run "));
    assertThat(bench.run(), equalTo(help));
    assertThat(bench.run("prepare", "--help").out(), containsString("Exit codes: 0 done"));
    assertThat(
        bench.run("--version"),
        equalTo(new Finished(ExitCode.SUCCEEDED, "tunebeam " + Version.current() + "\n", "")));
  }

  @Test
  void theExitCodesAreThoseOfTheHelp() {
    assertThat(
        List.of(
            ExitCode.SUCCEEDED.code(),
            ExitCode.FAILED.code(),
            ExitCode.WRONG_USE.code(),
            ExitCode.TOO_MANY_REJECTED.code()),
        equalTo(List.of(0, 1, 2, 3)));
  }

  @Test
  void theNextStepOfADatasetElsewhereIsACopy() {
    assertThat(
        NextCommand.of("s3a://bucket/out", Format.CHAT),
        equalTo("./tunebeam launch FOLDER, where FOLDER is a local copy of s3a://bucket/out"));
    assertThat(
        NextCommand.of("file:///tmp/out", Format.CHAT), equalTo("./tunebeam launch /tmp/out"));
  }

  @Test
  void theManifestIsTheSameOnAMachineOfAnotherLanguage() throws IOException {
    bench.write(
        "in.jsonl", "{\"prompt\":\"%s\",\"completion\":\"b\"}".formatted("word ".repeat(2_000)));
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      bench.prepare(
          "--input=" + bench.path("in.jsonl"), "--maxTokens=1000", "--tooLong=truncate-right");
    } finally {
      Locale.setDefault(before);
    }
    assertThat(bench.manifest().get("warnings").toString(), containsString("cut to 1,000 tokens"));
  }

  @Test
  void whatNoProviderTakesIsTrainedOnThisMachine() {
    assertThat(
        NextCommand.of("out", Format.ALPACA),
        equalTo("./tunebeam launch out --provider=local --model=NAME"));
  }

  @Test
  void blanksInPathsAndASlashAtTheEndOfTheOutputAreNoMatter() throws IOException {
    bench.write("my data/in put.jsonl", rows(30));
    Finished finished =
        bench.prepare(
            "--input=" + bench.path("my data/in put.jsonl"),
            "--output=" + bench.path("my out") + "/");
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(
        finished.out(),
        startsWith(
            """
            Inferred from the data (override in the recipe)
              dialect  prompt-completion: the rows have prompt and completion
              format   chat: qwen3p5-9b trains on chat lines only
              task     generation: 30 distinct answers in 30 examples: too many for classification, by the first      rows

            Dataset BENCH/my out/ (0.0 s)
            """));
    assertThat(finished.out(), containsString("  BENCH/my out/manifest.json\n"));
    assertThat(finished.out(), containsString("  ./tunebeam launch 'BENCH/my out/'\n"));
    bench.prepare(input);
    assertThat(bench.manifest("my out").get("digest"), equalTo(bench.manifest().get("digest")));
  }

  @Test
  void whatWasConcludedIsSaidBeforeTheJobAlsoIfThatFails() throws IOException {
    bench.write("in.jsonl", "{\"question\":\"a\",\"answer\":\" \"}");
    Finished finished = bench.prepare("--input=" + bench.path("in.jsonl"));
    assertThat(finished.code(), equalTo(ExitCode.TOO_MANY_REJECTED));
    assertThat(
        finished.out(),
        equalTo(
            """
            Inferred from the data (override in the recipe)
              dialect         prompt-completion: the rows have question and answer
              format          chat: qwen3p5-9b trains on chat lines only
              map.completion  {{answer}}: a common name for the completion
              map.prompt      {{question}}: a common name for the prompt
              task            generation: there is no usable example, by the first rows

            """));
  }

  @Test
  void aSecretInTheNameOfAFieldIsNotSaidBeforeTheJob() throws IOException {
    bench.write("in.csv", "ada@example.com,hello", "bob@example.com,good day");
    assertThat(
        bench.prepare("--input=" + bench.path("in.csv")).out(),
        startsWith(
            """
            Inferred from the data (override in the recipe)
              dialect  prompt-completion: the rows have only [e-mail address], hello
            """));
  }

  @Test
  void theRecipesPathsAreSeenFromItsFolderAndSoAreTheNamesOfItsFiles() throws IOException {
    bench.write("project/data/a.jsonl", rows(15));
    bench.write("project/data/b.jsonl", "{");
    bench.write(
        "project/recipes/r.yaml", "input: ../data/*.jsonl", "output: ../set", "maxRejected: 1");
    Finished finished = bench.run("prepare", "--recipe=" + bench.path("project/recipes/r.yaml"));
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(
        bench.files("project/set").get("rejected-00000-of-00001.jsonl"),
        containsString("\"file\":\"../data/b.jsonl\",\"position\":1,"));
    assertThat(
        finished.out(), containsString("    BENCH/project/recipes/../data/b.jsonl:1: column 2: "));
    assertThat(
        bench.manifest("project/set").at("/recipe/input").toString(),
        equalTo("[\"../data/*.jsonl\"]"));
  }

  private static String[] rows(int count) {
    return IntStream.range(0, count)
        .mapToObj("{\"prompt\":\"question %1$d\",\"completion\":\"answer %1$d\"}"::formatted)
        .toArray(String[]::new);
  }

  /** Good rows, duplicates, a conflict, and enough bad rows to be too many. */
  private static String[] mixed() {
    List<String> rows = new ArrayList<>(List.of(rows(30)));
    rows.addAll(List.of(rows(5)));
    rows.add("{\"prompt\":\"question 7\",\"completion\":\"another answer\"}");
    rows.add("{\"prompt\":\"a ### b\\n\\n###\\n\\nc\",\"completion\":\"d END e\"}");
    rows.addAll(List.of("{", "[]", "{\"prompt\":\"a\"}"));
    return rows.toArray(String[]::new);
  }

  private static String[] with(String[] flags, String more) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add(more);
    return all.toArray(String[]::new);
  }
}
