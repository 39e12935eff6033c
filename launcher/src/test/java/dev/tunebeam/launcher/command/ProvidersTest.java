package dev.tunebeam.launcher.command;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.DatasetFile;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobRequest;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.provider.ProviderProfile;
import dev.tunebeam.launcher.provider.ProviderProfile.Offer;
import dev.tunebeam.launcher.provider.Scripted;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

public class ProvidersTest {

  private static final Map<String, String> VARIABLES = Map.of("FIREWORKS_ACCOUNT_ID", "acme");

  public static Stream<String> names() {
    return Providers.profiles().stream().filter(ProviderProfile::remote).map(ProviderProfile::name);
  }

  public static Provider open(String name, Scripted server) {
    return Providers.open(name, server.connection("/v1/", VARIABLES));
  }

  @Test
  void theProvidersAreKnownByName() {
    assertThat(names().toList(), contains("openai", "azure", "nebius", "together", "fireworks"));
    assertThat(
        assertThrows(LauncherException.class, () -> Providers.profile("togther")).text(),
        startsWith("--provider=togther: unknown provider (did you mean together?)"));
  }

  /** What a dry run answers to everything: nothing but an id. */
  private static final class Nothing extends Dispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      String type = String.valueOf(request.getHeaders().get("Content-Type"));
      if (type.startsWith("application/x-www-form-urlencoded")) {
        return new MockResponse.Builder()
            .code(302)
            .addHeader("Location", "/elsewhere")
            .body("{\"id\":\"file-1\",\"has_more\":false}")
            .build();
      }
      return new MockResponse.Builder()
          .body("{\"id\":\"x\",\"data\":[],\"has_more\":false}")
          .build();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void answersWithoutFieldsAreNoMistakeAndNothingIsAdoptedFromThem(
      String name, @TempDir Path folder) {
    try (Scripted server = new Scripted()) {
      server.server.setDispatcher(new Nothing());
      Provider provider = open(name, server);
      JobRequest request = Scripted.request(Scripted.settings("m"), true);
      DatasetFile file = Scripted.file(folder);

      assertThat(provider.findFile(file).isPresent(), is(false));
      provider.upload(file, server);
      assertThat(provider.findJobs(request), is(List.of()));
      Job job = provider.create(request);
      assertThat(job.status().isFinal(), is(false));
      assertThat(provider.job("j").status().isFinal(), is(false));
      assertThat(provider.jobs("", 10).items(), is(List.of()));
      provider.cancel("j");
      provider.events("j", Set.of());
      assertThat(provider.estimate(request).isPresent(), is(false));
      assertThat(provider.results(job).isPresent(), is(false));
      assertThat(provider.models(), is(List.of()));
      if (provider.profile().offers(Offer.CHECKPOINTS)) {
        assertThat(provider.checkpoints("j"), is(List.of()));
      }
      provider.afterwards(job);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void theKeyIsInOneHeaderAndNowhereElse(String name, @TempDir Path folder)
      throws InterruptedException {
    try (Scripted server = new Scripted()) {
      server.server.setDispatcher(new Nothing());
      Provider provider = open(name, server);
      DatasetFile file = Scripted.file(folder);
      provider.findFile(file);
      provider.upload(file, server);
      provider.create(Scripted.request(Scripted.settings("m"), true));
      for (int i = server.server.getRequestCount(); i > 0; i--) {
        RecordedRequest request = server.server.takeRequest();
        String expected = request.getUrl().encodedPath().equals("/elsewhere") ? "0" : "1";
        long headers =
            request.getHeaders().toMultimap().values().stream()
                .filter(values -> values.toString().contains(Scripted.KEY))
                .count();
        assertThat(request.getRequestLine(), String.valueOf(headers), is(expected));
        assertThat(request.getRequestLine().contains(Scripted.KEY), is(false));
        assertThat(
            request.getBody() != null && request.getBody().utf8().contains(Scripted.KEY),
            is(false));
      }
    }
  }
}
