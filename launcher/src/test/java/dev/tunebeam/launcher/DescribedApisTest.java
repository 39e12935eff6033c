package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.standin.OpenApiContract;
import dev.tunebeam.launcher.standin.Recorded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Every request of a launch, and every answer to it, as Together, Fireworks and Azure's management
 * API describe theirs.
 */
class DescribedApisTest extends AzureInTheCloud {

  private static final String LLAMA = "meta-llama/Meta-Llama-3.1-8B-Instruct-Reference";

  /**
   * Holds the requests below a path against a description.
   *
   * @param known what is known not to be in the description, as regular expressions
   */
  private void fit(String name, String below, UnaryOperator<String> described, String... known)
      throws Exception {
    Optional<OpenApiContract> contract = OpenApiContract.find("api/" + name, described);
    assumeTrue(contract.isPresent(), "no " + name + " beside the repository");
    List<String> complaints = new ArrayList<>();
    List<Recorded> requests =
        standIn.requests().stream().filter(one -> one.path().startsWith(below)).toList();
    assertThat(requests, not(empty()));
    for (Recorded request : requests) {
      complaints.addAll(contract.get().complaints(request));
    }
    for (String pattern : known) {
      complaints.removeIf(complaint -> complaint.matches("(?s)" + pattern));
    }
    assertThat(complaints.stream().distinct().toList(), empty());
  }

  @Test
  void deploymentsAreAsTheManagementApiOfAzureDescribesThem() throws Exception {
    Path dataset = trained();
    fast("evaluate", dataset.toString(), MODEL, "--provider=azure", "--deploy", "--yes")
        .with(ExitCode.SUCCEEDED);
    fast("deploy", MODEL, "--provider=azure", "--yes").with(ExitCode.SUCCEEDED);
    fast("undeploy", "--provider=azure").with(ExitCode.SUCCEEDED);
    fast("undeploy", MODEL, "--provider=azure", "--yes").with(ExitCode.SUCCEEDED);
    fit(
        "azure-deployments.json",
        "/azure/subscriptions/",
        path -> path.substring("/azure".length()));
  }

  @Test
  void jobsAtTogetherAreAsItDescribesThem() throws Exception {
    variables.put("TOGETHER_BASE_URL", standIn.togetherUrl());
    variables.put("TOGETHER_API_KEY", standIn.key());
    Path dataset = dataset();
    launch(dataset, "--provider=together", "--model=" + LLAMA).with(ExitCode.SUCCEEDED);
    fast("checkpoints", dataset.toString()).with(ExitCode.SUCCEEDED);
    fast("results", dataset.toString()).with(ExitCode.SUCCEEDED);
    fit(
        "together.json",
        "/together/v1/",
        path -> path.substring("/together/v1".length()),
        // Files are uploaded as Together's own clients do it.
        "POST /together/v1/files(/[^/]+/preprocess)? is not in the description",
        // The description contradicts itself: auto, and a boolean.
        ".*training_method.*",
        // Its own client does not require them.
        "GET .*(events|data)\\[\\d+]: required property .*");
  }

  @Test
  void jobsAtFireworksAreAsItDescribesThem() throws Exception {
    variables.put("FIREWORKS_BASE_URL", standIn.fireworksUrl());
    variables.put("FIREWORKS_API_KEY", standIn.key());
    variables.put("FIREWORKS_ACCOUNT_ID", standIn.fireworksAccount());
    String model = "--model=llama-v3p1-8b-instruct";
    Path dataset = dataset();
    launch(dataset, "--provider=fireworks", model).with(ExitCode.SUCCEEDED);
    fast("results", dataset.toString()).with(ExitCode.SUCCEEDED);
    Path pairs = new DatasetOnDisk().format(Format.PREFERENCE).in(folder.resolve("pairs"));
    launch(pairs, "--provider=fireworks", model).with(ExitCode.SUCCEEDED);
    fit(
        "fireworks.json",
        "/fireworks/v1/",
        path -> path.substring("/fireworks".length()),
        // As Fireworks' own client does it.
        "POST .*:upload is not in the description");
  }
}
