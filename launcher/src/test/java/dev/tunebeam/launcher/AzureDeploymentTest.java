package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.standin.Fault;
import dev.tunebeam.launcher.standin.Which;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Deployments at Azure: once, within the budget, and nothing stays that is not asked for. */
class AzureDeploymentTest extends AzureInTheCloud {

  private static final String NAME = "gpt-4-1-mini-2025-04-14-ft-abc-tickets";

  private Ended deploy(String... more) {
    return fast(
        Stream.of(List.of("deploy", MODEL, "--provider=azure"), List.of(more))
            .flatMap(List::stream)
            .toArray(String[]::new));
  }

  private Ended evaluate(Path dataset, String... more) {
    return fast(
        Stream.of(
                List.of("evaluate", dataset.toString(), MODEL, "--provider=azure", "--deploy"),
                List.of(more))
            .flatMap(List::stream)
            .toArray(String[]::new));
  }

  private void nothingIsLeft() throws IOException {
    assertThat(standIn.deployed(), empty());
    Path records = folder.resolve(".local/state/tunebeam/deployments");
    if (Files.exists(records)) {
      try (Stream<Path> files = Files.list(records)) {
        assertThat(files.toList(), empty());
      }
    }
  }

  @Test
  void aModelIsDeployedWithItsCostAnHourAskedAndUndeployed() {
    trained();
    Ended end = deploy("--budget=2").with(ExitCode.SUCCEEDED);
    assertThat(
        end.out(),
        is(
            """
            Deployment %1$s of %2$s, standard, 10 times 1,000 tokens a minute: $1.70 an hour, used or not, $40.80 a day, until undeploy
            %2$s answers as %1$s
            Next
              ./tunebeam ask %1$s TEXT --provider=azure
              ./tunebeam undeploy %1$s --provider=azure
            """
                .formatted(NAME, MODEL)));
    assertThat(standIn.deployed(), is(List.of(NAME)));
    fast("ask", NAME, "Frage 1?", "--provider=azure").with(ExitCode.SUCCEEDED);
    assertThat(
        fast("undeploy", NAME, "--provider=azure", "--yes").with(ExitCode.SUCCEEDED).out(),
        is("undeployed %s; %s is kept\n".formatted(NAME, MODEL)));
    assertThat(standIn.deployed(), empty());
    assertThat(
        fast("undeploy", NAME, "--provider=azure").with(ExitCode.SUCCEEDED).out(),
        is(NAME + " is not deployed\n"));
  }

  @Test
  void theRequestSaysModelTypeCapacityAndPublisher() {
    trained();
    deploy("--yes", "--deploymentType=developer", "--capacity=50", "--name=mine")
        .with(ExitCode.SUCCEEDED);
    assertThat(
        standIn.requests("PUT", path).get(0).json(),
        is(
            parsed(
                """
                {"sku":{"name":"DeveloperTier","capacity":50},
                 "properties":{"model":{"format":"OpenAI","name":"%s","version":"1"}}}
                """
                    .formatted(MODEL))));
  }

  @Test
  void anHourAboveTheBudgetIsNotDeployed() {
    trained();
    assertThat(
        deploy("--budget=1.69").with(ExitCode.OVER_BUDGET).message(),
        is(
            "an hour of the deployment costs $1.70, more than the budget of $1.69; nothing was started"));
    assertThat(
        deploy().with(ExitCode.WRONG_USE).message(),
        is(
            "an hour of the deployment costs $1.70 and cannot be confirmed without a terminal: use"
                + " --yes or --budget=DOLLARS"));
    assertThat(standIn.requests("PUT", path), empty());
  }

  @Test
  void aSecondDeployFindsTheFirstAndAnotherModelIsNotReplaced() {
    trained();
    deploy("--yes").with(ExitCode.SUCCEEDED);
    deploy("--budget=0").with(ExitCode.SUCCEEDED);
    assertThat(standIn.deployments(), is(1));
    standIn.addDeployment("production", "another");
    assertThat(
        deploy("--yes", "--name=production").with(ExitCode.WRONG_USE).message(),
        is("--name: production is the deployment of another; choose another name"));
  }

  @Test
  void whatCannotBeDeployedIsSaidBefore() {
    trained();
    assertThat(
        fast("deploy", "gpt-oss-120b.ft-1", "--provider=azure").with(ExitCode.WRONG_USE).message(),
        is("gpt-oss-120b has no serverless deployment"));
    assertThat(
        fast("deploy", "gpt-4o-mini.ft-1", "--provider=azure", "--deploymentType=developer")
            .with(ExitCode.WRONG_USE)
            .message(),
        is(
            "--deploymentType=developer: gpt-4o-mini-2024-07-18 is deployed as standard,"
                + " global-standard, data-zone-standard"));
    assertThat(
        fast("deploy", "m", "--provider=together").with(ExitCode.WRONG_USE).message(),
        containsString("no API key"));
    variables.remove("AZURE_OPENAI_RESOURCE_ID");
    assertThat(
        deploy().with(ExitCode.WRONG_USE).message(),
        is(
            "AZURE_OPENAI_RESOURCE_ID must be set to the id of the resource,"
                + " /subscriptions/…/accounts/NAME; 'az cognitiveservices account show --query id'"
                + " shows it"));
    variables.remove("AZURE_OPENAI_ENDPOINT");
    assertThat(
        fast("jobs", "--provider=azure").with(ExitCode.WRONG_USE).message(),
        is(
            "Azure OpenAI has a separate base URL for each customer: set AZURE_OPENAI_ENDPOINT or --baseUrl"));
  }

  static Stream<Arguments> faults() {
    List<Fault> faults =
        List.of(
            Fault.lostAnswer(),
            Fault.droppedRequest(),
            Fault.errorAfterEffect(500),
            Fault.serverError(503),
            Fault.rateLimited(null));
    return Stream.of("GET", "PUT", "DELETE")
        .flatMap(method -> faults.stream().map(fault -> Arguments.of(method, fault)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("faults")
  void anAnswerThatIsLostLeadsToNoSecondDeploymentAndNothingStays(String method, Fault fault)
      throws Exception {
    Path dataset = trained();
    standIn.onRequest(method, path, 1, fault);
    evaluate(dataset, "--yes").with(ExitCode.SUCCEEDED);
    nothingIsLeft();
    assertThat(standIn.deployments(), is(1));
  }

  @Test
  void anEvaluationDeploysForItsTimeOnlyWithoutHourlyFee() throws Exception {
    Path dataset = trained();
    Ended end = evaluate(dataset, "--yes").with(ExitCode.SUCCEEDED);
    assertThat(
        end.out().lines().skip(1).findFirst().orElseThrow(),
        matchesPattern(
            "Deployment "
                + TEMPORARY
                + " of \\Q"
                + MODEL
                + "\\E, developer: no hourly fee; deleted by the provider after 24 hours"));
    nothingIsLeft();
    assertThat(Files.exists(dataset.resolve("evaluation-" + MODEL + ".json")), is(true));
    evaluate(dataset, "--yes").with(ExitCode.SUCCEEDED);
    assertThat("all is answered already", standIn.deployments(), is(1));
  }

  @Test
  void anAnswerCanBeHadFromAModelThatIsNotDeployed() throws Exception {
    Path dataset = trained();
    fast("ask", MODEL, "Frage 1?", "--dataset=" + dataset, "--provider=azure", "--deploy", "--yes")
        .with(ExitCode.SUCCEEDED);
    nothingIsLeft();
    assertThat(
        fast("ask", MODEL, "Frage 1?", "--provider=azure").with(ExitCode.REFUSED).message(),
        containsString("The API deployment for this resource does not exist."));
  }

  @Test
  void aDeploymentThatStaysIsUsedAndStays() {
    Path dataset = trained();
    deploy("--yes").with(ExitCode.SUCCEEDED);
    Ended end = evaluate(dataset, "--yes").with(ExitCode.SUCCEEDED);
    assertThat(end.told(), hasItem(MODEL + " is deployed as " + NAME + ", which stays"));
    assertThat(standIn.deployed(), is(List.of(NAME)));
    assertThat(standIn.deployments(), is(1));
  }

  @Test
  void aDeploymentThatIsNotReadyAlthoughItSaysSoIsAskedAgain() throws Exception {
    Path dataset = trained();
    standIn.deploymentsNotReady(5);
    evaluate(dataset, "--yes").with(ExitCode.SUCCEEDED);
    nothingIsLeft();
  }

  @Test
  void anHourOfTheDeploymentIsInThePriceOfTheEvaluation() throws Exception {
    Path dataset = trained();
    Files.writeString(
        folder.resolve("prices.yaml"),
        "models:\n  - {id: gpt-4.1-mini, provider: azure, input: 1, output: 1, pricesAsOf:"
            + " 2026-11-20, source: me}\n");
    assertThat(
        evaluate(dataset, "--deploymentType=standard", "--prices=prices.yaml", "--budget=1.70")
            .with(ExitCode.OVER_BUDGET)
            .message(),
        is(
            "the evaluation and an hour of the deployment costs $1.7004, more than the budget of"
                + " $1.70; nothing was started"));
    assertThat(standIn.deployments(), is(0));
    evaluate(dataset, "--deploymentType=standard", "--prices=prices.yaml", "--budget=1.71")
        .with(ExitCode.SUCCEEDED);
    nothingIsLeft();
  }

  @Test
  void whenItsHoursHaveUsedUpTheBudgetNothingIsAskedAnyMoreAndItIsTakenDown() throws Exception {
    Path dataset = trained();
    Files.writeString(
        folder.resolve("prices.yaml"),
        "models:\n  - {id: gpt-4.1-mini, provider: azure, input: 1, output: 1, pricesAsOf:"
            + " 2026-11-20, source: me}\n");
    Clock before = clock;
    AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
    clock =
        new Clock() {
          @Override
          public Instant instant() {
            return before.instant().plus(later.get());
          }

          @Override
          public ZoneId getZone() {
            return before.getZone();
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        };
    standIn.beforeAnswer(
        Which.nth("POST", ".*/completions", 1), () -> later.set(Duration.ofHours(2)));
    String[] flags = {
      "--deploymentType=standard", "--prices=prices.yaml", "--parallel=1", "--budget=3"
    };
    assertThat(
        evaluate(dataset, flags).with(ExitCode.OVER_BUDGET).message(),
        is(
            "the deployment's hours have used up the budget; what is answered is saved, and the same"
                + " command with another --budget asks the rest"));
    assertThat(standIn.requests("POST", ".*/completions").size(), is(1));
    nothingIsLeft();
    evaluate(dataset, flags).with(ExitCode.SUCCEEDED);
    assertThat(standIn.requests("POST", ".*/completions").size(), is(3));
    nothingIsLeft();
  }

  @Test
  void twoAtOnceHaveOneDeploymentAndOneOfThemIsToldToWait() throws Exception {
    Path dataset = trained();
    standIn.beforeEffect(
        Which.nth("PUT", path, 1),
        () -> {
          Ended second = fast("ask", MODEL, "Frage?", "--provider=azure", "--deploy", "--yes");
          assertThat(
              second.with(ExitCode.TRY_LATER).message(),
              is(
                  "another tunebeam process has deployed "
                      + MODEL
                      + " for the time it needs; run the same command later, or deploy the model"
                      + " with deploy"));
        });
    CompletableFuture<Ended> first =
        CompletableFuture.supplyAsync(() -> evaluate(dataset, "--yes"));
    first.get(90, TimeUnit.SECONDS).with(ExitCode.SUCCEEDED);
    nothingIsLeft();
    assertThat(standIn.deployments(), is(1));
  }

  @Test
  void oneOfAnotherMachineIsNeitherUsedNorTakenDown() {
    Path dataset = trained();
    evaluate(dataset, "--yes").with(ExitCode.SUCCEEDED);
    String name = standIn.requests("PUT", path).get(0).path().replaceFirst(".*/", "");
    standIn.addDeployment(name, MODEL);
    assertThat(
        evaluate(dataset, "--yes", "--fresh").with(ExitCode.TRY_LATER).message(),
        is(
            ("the temporary deployment %s of %s is there already, in use or left over by another"
                    + " machine; run the same command later, or take it down with ./tunebeam"
                    + " undeploy %s --provider=azure")
                .formatted(name, MODEL, name)));
    assertThat(standIn.deployed(), is(List.of(name)));
  }

  @Test
  void theLoginOfAnApplicationIsRenewedAndItsSecretIsNowhere() throws Exception {
    Path dataset = trained();
    variables.remove("AZURE_OPENAI_API_KEY");
    evaluate(dataset, "--yes").with(ExitCode.SUCCEEDED);
    assertThat("one for the API, one for its management", standIn.logins(), is(2));
    assertThat(
        standIn.requests("POST", "/openai/v1/.*").get(0).headers().get("Authorization"),
        is(List.of("Bearer entra-token-for-data-0123456789")));
    nothingIsLeft();
    variables.put("AZURE_CLIENT_SECRET", "wrong-secret");
    assertThat(
        deploy("--yes").with(ExitCode.REFUSED).message(),
        is(
            "POST tenant/oauth2/v2.0/token: 401 invalid_client: AADSTS7000215: Invalid client secret"
                + " provided.; the key was rejected: check the variable AZURE_CLIENT_SECRET"));
    variables.remove("AZURE_CLIENT_SECRET");
    assertThat(
        deploy("--yes").with(ExitCode.WRONG_USE).message(),
        is(
            "no login: set AZURE_OPENAI_API_KEY, --keyFile=FILE, AZURE_OPENAI_AD_TOKEN, or"
                + " AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET"));
  }

  @Test
  void aLaunchAtAzureIsTrainedAsTheTypeThatIsAskedForAndFoundAgain() {
    standIn.addBaseModel("gpt-4.1-nano-2025-04-14", "2027-10-14", true);
    Path dataset = dataset();
    String[] flags = {"--provider=azure", "--model=gpt-4.1-nano", "--trainingType=developer"};
    Ended end = launch(dataset, flags).with(ExitCode.SUCCEEDED);
    assertThat(
        end.out(),
        containsString(
            "Training gpt-4.1-nano-2025-04-14 at Azure OpenAI, 3 epochs of 1,000,000 tokens: $2.25"));
    String next =
        """
        Next
          ./tunebeam results %1$s
          ./tunebeam ask %1$s 'TEXT' --deploy
          ./tunebeam evaluate %1$s --deploy
        """;
    assertThat(end.out(), endsWith(next.formatted(dataset)));
    String job = standIn.jobs().get(0).id();
    String model = "gpt-4.1-nano-2025-04-14.ft-standin00003";
    assertThat(
        fast("follow", job, "--provider=azure").with(ExitCode.SUCCEEDED).out(),
        endsWith(
            """
            Next
              ./tunebeam results %1$s --provider=azure
              ./tunebeam ask %2$s 'TEXT' --provider=azure --deploy
              ./tunebeam evaluate DIR %2$s --provider=azure --deploy
            """
                .formatted(job, model)));
    fast("results", job, "--provider=azure").with(ExitCode.SUCCEEDED);
    fast("ask", model, "TEXT", "--provider=azure", "--deploy", "--yes").with(ExitCode.SUCCEEDED);
    fast("evaluate", dataset.toString(), "--deploy", "--yes").with(ExitCode.SUCCEEDED);
    assertThat(
        standIn.requests("POST", "/openai/fine_tuning/jobs").get(0).query(),
        is(java.util.Map.of("api-version", List.of("2025-04-01-preview"))));
    launch(dataset, flags).with(ExitCode.SUCCEEDED);
    assertThat(standIn.jobs().size(), is(1));
    launch(dataset, "--provider=azure", "--model=gpt-4.1-nano", "--trainingType=global-standard")
        .with(ExitCode.SUCCEEDED);
    assertThat(standIn.jobs().size(), is(2));
    assertThat(
        launch(dataset, "--provider=openai", "--trainingType=developer")
            .with(ExitCode.WRONG_USE)
            .message(),
        is("--trainingType: not supported by OpenAI"));
    assertThat(
        launch(dataset, "--provider=azure", "--model=Qwen3-32B", "--trainingType=standard")
            .with(ExitCode.WRONG_USE)
            .message(),
        is("--trainingType=standard: azure/Qwen3-32B is trained as global-standard"));
  }

  @Test
  void aFullAccountIsSaidBeforeAnythingIsConfirmedAndTheCommandThatIsSaidMakesRoom() {
    standIn.addBaseModel("gpt-4.1-nano-2025-04-14", "2027-10-14", true);
    Path dataset = dataset();
    for (int i = 0; i < 100; i++) {
      standIn.addFile("old-" + i + ".jsonl", "{}");
    }
    String[] flags = {"launch", dataset.toString(), "--provider=azure", "--model=gpt-4.1-nano"};
    String said = fast(flags).with(ExitCode.WRONG_USE).message();
    String command = "; the oldest that no running job uses: ./tunebeam ";
    assertThat(said, containsString(command + "delete file-"));
    assertThat(standIn.requests("POST", ".*"), empty());
    String[] delete = said.substring(said.indexOf(command) + command.length()).split(" ");
    fast(Stream.concat(Stream.of(delete), Stream.of("--yes")).toArray(String[]::new))
        .with(ExitCode.SUCCEEDED);
    assertThat(standIn.files().size(), is(98));
    assertThat(
        standIn.files().stream().noneMatch(f -> f.filename().matches("old-[01].jsonl")), is(true));
    launch(dataset, flags[2], flags[3]).with(ExitCode.SUCCEEDED);
    launch(dataset, flags[2], flags[3]).with(ExitCode.SUCCEEDED);
    assertThat(standIn.jobs().size(), is(1));
  }

  @Test
  void tenFineTunedModelsAreTheMostThatAreDeployedAndNothingIsLeft() throws Exception {
    Path dataset = trained();
    standIn.addDeployment("chat", "gpt-4.1-mini-2025-04-14");
    for (int i = 0; i < 9; i++) {
      standIn.addDeployment("old-" + i, "gpt-4.1-mini-2025-04-14.ft-old-" + i);
    }
    deploy("--yes").with(ExitCode.SUCCEEDED);
    fast("undeploy", NAME, "--provider=azure", "--yes").with(ExitCode.SUCCEEDED);
    standIn.addDeployment("old-9", "gpt-4.1-mini-2025-04-14.ft-old-9");
    String full =
        "10 fine-tuned models are deployed at Azure OpenAI, the most that a resource may have;"
            + " ./tunebeam undeploy --provider=azure lists them, and with a NAME takes one down";
    assertThat(deploy("--yes").with(ExitCode.WRONG_USE).message(), is(full));
    assertThat(evaluate(dataset, "--yes").with(ExitCode.WRONG_USE).message(), is(full));
    assertThat(standIn.deployments(), is(1));
    assertThat(standIn.deployed().size(), is(11));
    assertThat(nextCommand().err(), is(""));
  }

  @Test
  void aRunOfMoreThan2BillionTokensIsRefusedBefore() {
    Path dataset = new DatasetOnDisk().tokens(700_000_000).in(folder.resolve("large"));
    assertThat(
        launch(dataset, "--provider=azure", "--model=gpt-4.1-nano")
            .with(ExitCode.WRONG_USE)
            .message(),
        is(
            "3 epochs of 700,000,000 tokens are more than the 2,000,000,000 that a job at Azure"
                + " OpenAI may have: train with fewer epochs or examples"));
  }
}
