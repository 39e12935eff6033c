package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.settings.CommandName;
import dev.tunebeam.dataset.settings.LaunchSettings;
import dev.tunebeam.dataset.settings.SettingKey;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.http.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The output for users and for programs. */
class OutputTest extends StandInTest {

  private static final String JOB = "ftjob-standin00003";

  private static JsonNode json(String text) {
    assertThat(text, text.lines().count(), is(1L));
    return Objects.requireNonNull(Json.parse(text), text);
  }

  @Test
  void withoutATerminalThereAreNoBarsNoColourAndEachLineHasItsTime() {
    Ended end = launch(dataset()).with(ExitCode.SUCCEEDED);
    assertThat(end.out() + end.err(), not(containsString("\r")));
    assertThat(end.out() + end.err(), not(containsString("\u001b")));
    List<String> lines = end.err().lines().toList();
    assertThat(lines, everyItem(matchesPattern("12:0\\d:\\d\\d  \\S.*")));
    List<String> first = end.told().subList(0, 7);
    assertThat(
        first,
        contains(
            is("uploading train: 651 B of 1.3 kB"),
            is("uploading train: 1.3 kB of 1.3 kB"),
            is("train uploaded as file-standin00001 (1.3 kB)"),
            is("uploading validation: 328 B of 328 B"),
            is("validation uploaded as file-standin00002 (328 B)"),
            is("created job " + JOB),
            startsWith(
                "following %s; Ctrl-C stops following, the job keeps running; ./tunebeam follow "
                    .formatted(JOB))));
    assertThat(
        lines.stream().filter(line -> line.contains("running, step 2 ")).toList(),
        contains(
            matchesPattern(
                ".* of 3 \\(66.7 %\\), full validation loss 0.6549, train loss 0.5949, train"
                    + " accuracy 0.9106, validation loss 0.6749, validation accuracy 0.8806,"
                    + " estimated finish (\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d")));
    assertThat(
        end.told().get(lines.size() - 1),
        is(
            "succeeded, step 3 of 3 (100.0 %), full validation loss 0.4806, train loss 0.4206,"
                + " train accuracy 0.9363, validation loss 0.5006, validation accuracy 0.9063"));
  }

  @Test
  void atATerminalThereIsABar() {
    terminal = true;
    Ended end = launch(dataset()).with(ExitCode.SUCCEEDED);
    assertThat(end.err(), containsString("uploading train 100%"));
    assertThat(end.out(), not(containsString("\r")));
    assertThat(end.out() + end.err(), not(containsString("\u001b[3")));
  }

  @Test
  void launchGivesProgramsOneDocument() {
    Ended end = launch(dataset(), "--json").with(ExitCode.SUCCEEDED);
    JsonNode result = json(end.out());
    List<String> keys = new ArrayList<>();
    result.fieldNames().forEachRemaining(keys::add);
    assertThat(keys, contains("provider", "digest", "adopted", "usd", "job"));
    assertThat(result.path("usd").decimalValue().intValueExact(), is(9));
    assertThat(result.path("adopted").asBoolean(), is(false));
    assertThat(result.path("job").path("id").asText(), is(JOB));
    assertThat(result.path("job").path("status").asText(), is("succeeded"));
    assertThat(
        json(launch(dataset(), "--json").with(ExitCode.SUCCEEDED).out())
            .path("adopted")
            .asBoolean(),
        is(true));
  }

  @Test
  void followGivesProgramsALineAnEventAndTheJobLast() {
    Path dataset = dataset();
    launch(dataset, "--detach").with(ExitCode.SUCCEEDED);
    List<JsonNode> lines =
        fast("follow", dataset.toString(), "--poll=1ms", "--json")
            .with(ExitCode.SUCCEEDED)
            .out()
            .lines()
            .map(OutputTest::json)
            .toList();
    assertThat(
        lines.subList(0, lines.size() - 1).stream()
            .map(line -> line.path("event").path("id").asText())
            .distinct()
            .count(),
        is(lines.size() - 1L));
    JsonNode last = lines.get(lines.size() - 1).path("job");
    assertThat(last.path("status").asText(), is("succeeded"));
  }

  @Test
  void everyCommandGivesProgramsOneDocument() {
    Path dataset = dataset();
    launch(dataset).with(ExitCode.SUCCEEDED);
    List<List<String>> commands =
        List.of(
            List.of("show", JOB),
            List.of("jobs"),
            List.of("checkpoints", dataset.toString()),
            List.of("results", dataset.toString()),
            List.of("ask", dataset.toString(), "Frage 1?"),
            List.of("evaluate", dataset.toString(), "--yes"),
            List.of("promote", dataset.toString()),
            List.of("models"),
            List.of("models", "--live"),
            List.of("delete", "ft:none", "--yes"));
    for (List<String> command : commands) {
      List<String> args = new ArrayList<>(command);
      args.add("--json");
      Ended end = fast(args.toArray(String[]::new)).with(ExitCode.SUCCEEDED);
      assertThat(command.toString(), json(end.out()).isObject());
    }
  }

  @Test
  void everyCommandTellsProgramsWhatIsWrongWithItsFlags() {
    for (CommandName command : CommandName.values()) {
      boolean ofLauncher = !command.isJob() && command != CommandName.COMPLETION;
      if (ofLauncher && command != CommandName.RUN) { // run passes flags on to prepare
        Ended end = run(command.toString(), "--noSuchFlag", "--json").with(ExitCode.WRONG_USE);
        JsonNode error = json(end.out()).path("error");
        assertThat(error.path("exitCode").asInt(), is(2));
        assertThat(error.path("message").asText(), is(end.message()));
      }
    }
  }

  @Test
  void whatFailsGivesProgramsItsMessageAndCode() {
    for (List<String> command :
        List.of(
            List.of("launch", "nowhere", "--json"),
            List.of("show", "ftjob-none", "--json"),
            List.of("launch", "--json"),
            List.of("jobs", "--limit=0", "--json"))) {
      Ended end = fast(command.toArray(String[]::new));
      JsonNode error = json(end.out()).path("error");
      assertThat(error.path("message").asText(), is(end.message()));
      assertThat(error.path("exitCode").asInt(), is(end.code()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "launch",
        "follow",
        "jobs",
        "show",
        "cancel",
        "pause",
        "resume",
        "checkpoints",
        "results",
        "ask",
        "evaluate",
        "deploy",
        "undeploy",
        "promote",
        "rollback",
        "registry",
        "models",
        "delete"
      })
  void helpOfEveryCommandSaysWhatItDoesItsFlagsAndTheExitCodes(String command) {
    Ended end = run(command, "--help").with(ExitCode.SUCCEEDED);
    assertThat(end.err(), is(""));
    assertThat(end.out(), startsWith("Usage: tunebeam " + command + " "));
    assertThat(end.out(), containsString("--json"));
    assertThat(
        end.out()
            .substring(end.out().indexOf("Exit codes\n"))
            .lines()
            .filter(line -> line.matches("\\s+\\d+ .*"))
            .map(line -> line.strip().replaceFirst(" .*", ""))
            .toList(),
        contains("0", "1", "2", "4", "5", "6", "75"));
    assertThat(end.out(), not(matchesPattern("(?s).*--[a-z]+-[a-z].*")));
    // Every line of a description is said in words, and none is left out.
    assertThat(
        end.out().lines().filter(line -> line.matches("\\s+--\\S+\\s*")).toList().stream()
            .filter(line -> line.strip().length() < 20)
            .toList(),
        empty());
  }

  @Test
  void launchHasAFlagForEachKeyOfTheRecipesSectionLaunch() {
    String help = run("launch", "--help").with(ExitCode.SUCCEEDED).out();
    for (SettingKey key : SettingKey.of(LaunchSettings.class, Map.of())) {
      assertThat(help, containsString("--%s=%s".formatted(key.flag(), key.setting().value())));
    }
  }

  @Test
  void aFlagThatIsMistypedIsNamedWithTheNearestOne() {
    assertThat(
        run("launch", "x", "--sufix=a").with(ExitCode.WRONG_USE).message(),
        is(
            "unknown flag --sufix=a; did you mean --suffix?; ./tunebeam launch --help lists the"
                + " flags"));
    assertThat(
        run("show", "x", "y").with(ExitCode.WRONG_USE).message(),
        is("unexpected argument 'y'; ./tunebeam show --help lists the flags"));
    assertThat(
        run("lanch", "x").with(ExitCode.WRONG_USE).message(),
        is("unknown command 'lanch'; did you mean launch?; ./tunebeam --help lists all commands"));
    assertThat(
        run("show", "--patience=soon").with(ExitCode.WRONG_USE).message(),
        is(
            "Invalid value for option '--patience': a time such as 500ms, 10s, 30m or 2h, not"
                + " 'soon'; ./tunebeam show --help lists the flags"));
  }

  @Test
  void flagsAreWrittenAsKeysOfARecipeOrWithDashes() {
    launch(
            dataset(),
            "--detach",
            "--batchSize=4",
            "--learning-rate-multiplier=2",
            "--wandb-project=Pq")
        .with(ExitCode.SUCCEEDED);
    JsonNode request = standIn.jobs().get(0).spec().request();
    assertThat(
        request.path("method").path("supervised").path("hyperparameters").toString(),
        is("{\"n_epochs\":3,\"batch_size\":4,\"learning_rate_multiplier\":2}"));
    assertThat(
        request.path("integrations").path(0).path("wandb").path("project").asText(), is("Pq"));
  }

  @Test
  void jobsAreListedByPagesNewestFirst() {
    Path dataset = dataset();
    for (int epochs = 1; epochs <= 3; epochs++) {
      launch(dataset, "--detach", "--epochs=" + epochs).with(ExitCode.SUCCEEDED);
    }
    List<String> ids = standIn.jobs().stream().map(job -> job.id()).toList();
    List<String> two = fast("jobs", "--limit=2").with(ExitCode.SUCCEEDED).out().lines().toList();
    assertThat(two.get(0), startsWith("job                 status            created"));
    assertThat(two.get(1), startsWith(ids.get(2)));
    assertThat(two.get(2), startsWith(ids.get(1)));
    assertThat(
        two.subList(3, two.size()),
        contains("More jobs: --after=%s, or --all".formatted(ids.get(1))));
    List<String> rest =
        fast("jobs", "--after=" + ids.get(1)).with(ExitCode.SUCCEEDED).out().lines().toList();
    assertThat(rest.subList(1, rest.size()), contains(startsWith(ids.get(0))));
    assertThat(fast("jobs", "--all").with(ExitCode.SUCCEEDED).out().lines().count(), is(4L));
  }

  @Test
  void showTellsAllOfAJob() {
    launch(dataset(), "--detach", "--seed=5").with(ExitCode.SUCCEEDED);
    TreeMap<String, String> rows = new TreeMap<>();
    fast("show", JOB)
        .with(ExitCode.SUCCEEDED)
        .out()
        .lines()
        .map(line -> line.split("  +"))
        .forEach(row -> rows.put(row[0], row[1]));
    assertThat(rows.remove("created"), matchesPattern("20\\d\\d-\\d\\d-\\d\\dT.*Z"));
    assertThat(rows.remove("tunebeam_run").length(), is(32));
    assertThat(rows.remove("tunebeam_digest").length(), is(64));
    assertThat(
        rows.toString(),
        is(
            "{job=ftjob-standin00003, model=gpt-4o-mini-2024-07-18, n_epochs=3,"
                + " status=validating_files, training file=file-standin00001, validation"
                + " file=file-standin00002}"));
  }

  @Test
  void aModelIsDeletedAfterAYesOnly() {
    launch(dataset()).with(ExitCode.SUCCEEDED);
    String model = String.valueOf(standIn.jobs().get(0).tunedModel());
    assertThat(
        fast("delete", model).with(ExitCode.WRONG_USE).message(),
        is("cannot confirm without a terminal: use --yes to delete " + model));
    terminal = true;
    typed = "n\n";
    assertThat(
        fast("delete", model).with(ExitCode.WRONG_USE).err(),
        is(
            "Delete %s at OpenAI? [y/N] tunebeam: not confirmed; nothing was deleted\n"
                .formatted(model)));
    assertThat(standIn.tunedModels().contains(model), is(true));
    typed = "y\n";
    assertThat(
        fast("delete", model).with(ExitCode.SUCCEEDED).out(), is("deleted %s\n".formatted(model)));
    assertThat(standIn.tunedModels().contains(model), is(false));
  }

  @Test
  void aLaunchFileThatCannotBeWrittenAtTheEndDoesNotMakeASuccessAFailure() throws Exception {
    Path dataset = dataset();
    launch(dataset, "--detach").with(ExitCode.SUCCEEDED);
    java.nio.file.Files.delete(dataset.resolve(".launch.lock"));
    java.nio.file.Files.createDirectory(dataset.resolve(".launch.lock"));
    Ended end = fast("follow", dataset.toString(), "--poll=1ms").with(ExitCode.SUCCEEDED);
    assertThat(
        end.told().get(end.told().size() - 1),
        startsWith("the job's status was not saved in launch.json: cannot write to "));
  }
}
