package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.standin.Fault;
import dev.tunebeam.launcher.standin.Job;
import dev.tunebeam.launcher.standin.Which;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okio.ByteString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds at OpenAI holds at the others, whose paths, statuses and names are their own. */
class EveryProviderTest extends AtEveryProvider {

  private Path pricedFor(At at) {
    return new DatasetOnDisk().in(folder.resolve("tickets-" + at));
  }

  static Stream<Arguments> faults() {
    List<Fault> faults =
        List.of(
            Fault.lostAnswer(),
            Fault.droppedRequest(),
            Fault.errorAfterEffect(500),
            Fault.serverError(503),
            Fault.malformedJson(),
            Fault.rateLimited(null));
    return Stream.of(At.values())
        .flatMap(at -> faults.stream().map(fault -> Arguments.of(at, fault)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("faults")
  void aCreationWhoseAnswerIsLostIsOneJob(At at, Fault fault) {
    standIn.onRequest("POST", at.creation(), 1, fault);
    Path dataset = pricedFor(at);
    Ended end = launch(dataset, at.flag(), "--model=" + at.model()).with(ExitCode.SUCCEEDED);
    assertThat(end.told(), hasItem(startsWith("waiting 0.0 s: ")));
    oneJob(dataset);
  }

  @ParameterizedTest
  @EnumSource
  void aSecondLaunchFindsTheFirstWithAndWithoutItsFile(At at) throws Exception {
    Path dataset = pricedFor(at);
    String[] flags = {at.flag(), "--model=" + at.model(), "--detach"};
    launch(dataset, flags).with(ExitCode.SUCCEEDED);
    launch(dataset, flags).with(ExitCode.SUCCEEDED);
    Files.delete(dataset.resolve("launch.json"));
    launch(dataset, flags).with(ExitCode.SUCCEEDED);
    fast("follow", dataset.toString(), "--poll=1ms").with(ExitCode.SUCCEEDED);
    fast("show", dataset.toString()).with(ExitCode.SUCCEEDED);
    fast("jobs", at.flag()).with(ExitCode.SUCCEEDED);
    oneJob(dataset);
  }

  @ParameterizedTest
  @EnumSource
  void theModelInProductionIsTrainedFurther(At at) {
    String[] flags = {at.flag(), "--model=" + at.model(), "--continue=production"};
    Path first = pricedFor(at);
    launch(first, flags).with(ExitCode.SUCCEEDED);
    fast("promote", first.toString()).with(ExitCode.SUCCEEDED);
    Path second = new DatasetOnDisk().from(100).in(folder.resolve("next-" + at));
    String registry = "--registry=" + first.resolve("registry.json");
    Ended end =
        launch(second, Stream.concat(Stream.of(flags), Stream.of(registry)).toArray(String[]::new))
            .with(ExitCode.SUCCEEDED);
    String tuned = String.valueOf(standIn.jobs().get(0).tunedModel());
    assertThat(end.err(), containsString("production is %s, which is".formatted(tuned)));
    String flag =
        Pattern.compile("\\((--\\w+)\\)\\.\n")
            .matcher(end.out())
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
    launch(
            new DatasetOnDisk().from(200).in(folder.resolve("third-" + at)),
            at.flag(),
            "--model=" + at.model(),
            flag + "=0.1")
        .with(ExitCode.SUCCEEDED);
    assertThat(
        standIn.jobs().get(1).spec().request().toString(), containsString("\"" + tuned + "\""));
  }

  @ParameterizedTest
  @EnumSource
  void aDatasetThatIsReplacedWhileItIsUploadedIsTheOneThatIsTrainedOn(At at) {
    Path dataset = folder.resolve("tickets-" + at);
    new DatasetOnDisk().inDataFolder("a".repeat(16)).in(dataset);
    ByteString train = DatasetOnDisk.bytes(dataset, "train");
    ByteString validation = DatasetOnDisk.bytes(dataset, "validation");
    standIn.beforeAnswer(
        Which.nth("POST", at.upload(), 1), () -> replace(dataset, "b".repeat(16), 31));
    Ended end = launch(dataset, at.flag(), "--model=" + at.model()).with(ExitCode.SUCCEEDED);
    assertThat(
        end.told(),
        hasItem(
            startsWith(
                "the dataset in %s was replaced meanwhile; this launches the one that was uploaded"
                    .formatted(dataset))));
    assertThat(uploaded(), is(List.of(train, validation)));
    assertThat(standIn.jobs().size(), is(1));
  }

  @ParameterizedTest
  @EnumSource
  void ofADatasetThatIsReplacedTwiceNothingStaysAndTheNewOneIsLaunchedNext(At at) {
    Path dataset = folder.resolve("tickets-" + at);
    new DatasetOnDisk().inDataFolder("a".repeat(16)).in(dataset);
    standIn.beforeAnswer(
        Which.nth("POST", at.upload(), 1),
        () -> {
          replace(dataset, "b".repeat(16), 31);
          deleteData(dataset.resolve(".data-" + "a".repeat(16)));
        });
    String[] flags = {at.flag(), "--model=" + at.model()};
    Ended end = launch(dataset, flags).with(ExitCode.TRY_LATER);
    assertThat(
        end.message(),
        is(
            ("the dataset in %s was replaced while it was uploaded, so nothing was started, and"
                    + " what was uploaded is deleted; run the same command again to launch the new"
                    + " one")
                .formatted(dataset)));
    assertThat(uploaded(), is(List.of()));
    assertThat(standIn.jobs().size(), is(0));
    launch(dataset, flags).with(ExitCode.SUCCEEDED);
    oneJob(dataset);
  }

  @ParameterizedTest
  @EnumSource
  void aShardThatIsNotThatOfTheManifestIsRefusedAndNothingStays(At at) throws Exception {
    Path dataset = pricedFor(at);
    Path shard = dataset.resolve("validation-00000-of-00001.jsonl");
    String right = Files.readString(shard);
    Files.writeString(shard, right.replace("Frage", "Fraqe"));
    String[] flags = {at.flag(), "--model=" + at.model()};
    Ended end = launch(dataset, flags).with(ExitCode.WRONG_USE);
    assertThat(
        end.message(),
        is(
            "%s does not match its SHA-256 in the manifest; prepare the dataset again with --overwrite"
                .formatted(shard)));
    assertThat(uploaded(), is(List.of()));
    Files.writeString(shard, right);
    launch(dataset, flags).with(ExitCode.SUCCEEDED);
    oneJob(dataset);
  }

  /** As prepare --overwrite does: other files in a folder of their own, then the manifest. */
  private static void replace(Path dataset, String id, int examples) {
    new DatasetOnDisk().examples(examples, 4).inDataFolder(id).in(dataset);
  }

  private static void deleteData(Path data) {
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<ByteString> uploaded() {
    return standIn.files().stream()
        .filter(file -> !file.purpose().equals("fine-tune-results"))
        .map(file -> file.content())
        .toList();
  }

  private void oneJob(Path dataset) {
    assertThat(standIn.jobs().stream().map(Job::status).toList(), is(List.of("succeeded")));
    assertThat(
        uploaded(),
        is(
            List.of(
                DatasetOnDisk.bytes(dataset, "train"),
                DatasetOnDisk.bytes(dataset, "validation"))));
  }

  @ParameterizedTest
  @EnumSource
  void withoutTheFlagTheProviderIsTheOneWhoseKeyIsSet(At at) {
    Ended ambiguous = fast("jobs").with(ExitCode.WRONG_USE);
    assertThat(
        ambiguous.message(),
        is(
            "--provider is missing: the keys of openai, azure, nebius, together, fireworks are"
                + " set"));
    String key = (at == At.AZURE ? "AZURE_OPENAI" : at.name()) + "_API_KEY";
    variables.keySet().removeIf(name -> name.endsWith("_API_KEY") && !name.equals(key));
    fast("jobs").with(ExitCode.SUCCEEDED);
    assertThat(standIn.requests().size(), greaterThan(0));
  }

  @ParameterizedTest
  @EnumSource
  void aDryRunNeedsNeitherKeyNorNetwork(At at) {
    Path dataset = pricedFor(at);
    variables.remove(at + "_API_KEY");
    variables.remove("AZURE_OPENAI_API_KEY");
    Ended end =
        run("launch", dataset.toString(), at.flag(), "--model=" + at.model(), "--dryRun", "--json")
            .with(ExitCode.SUCCEEDED);
    List<String> urls = parsed(end.out()).path("requests").findValuesAsText("url");
    assertThat(
        end.out(),
        urls.stream()
            .map(url -> url.substring(standIn.root().length()).replaceFirst("\\?.*", ""))
            .anyMatch(path -> path.matches(at.creation())),
        is(true));
    assertThat(standIn.requests().size(), is(0));
  }

  @ParameterizedTest
  @EnumSource
  void aWrongKeyIsFinalAndNamedByItsVariable(At at) {
    variables.replaceAll((name, value) -> name.endsWith("_KEY") ? "sk-wrong-0123456789" : value);
    Ended end =
        run("launch", pricedFor(at).toString(), at.flag(), "--model=" + at.model(), "--yes")
            .with(ExitCode.REFUSED);
    assertThat(
        end.message(),
        end.message()
            .endsWith(
                "; the key was rejected: check the variable %s_API_KEY"
                    .formatted(at == At.AZURE ? "AZURE_OPENAI" : at.name())),
        is(true));
    assertThat(standIn.requests().size(), is(1));
  }
}
