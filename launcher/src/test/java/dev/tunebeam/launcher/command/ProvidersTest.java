package dev.tunebeam.launcher.command;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.DatasetFile;
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
import org.junit.jupiter.api.function.Executable;
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

  /** Answers everything with an object that says nothing. */
  private static final class Nothing extends Dispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      return new MockResponse.Builder().body("{}").build();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void answersWithoutTheirFieldsAreNotBelieved(String name, @TempDir Path folder) {
    try (Scripted server = new Scripted()) {
      server.server.setDispatcher(new Nothing());
      Provider provider = open(name, server);
      JobRequest request = Scripted.request(Scripted.settings("m"), true);
      DatasetFile file = Scripted.file(folder);
      List<Executable> calls =
          List.of(
              () -> provider.findFile(file),
              () -> provider.upload(file, server),
              () -> provider.findJobs(request),
              () -> provider.create(request),
              () -> provider.job("j"),
              () -> provider.cancel("j"),
              () -> provider.events("j", Set.of()),
              () -> provider.models());
      for (Executable call : calls) {
        LauncherException e = assertThrows(LauncherException.class, call);
        assertThat(e.text(), e.exitCode(), is(ExitCode.TRY_LATER));
      }
      if (provider.profile().offers(Offer.CHECKPOINTS)) {
        assertThrows(LauncherException.class, () -> provider.checkpoints("j"));
      }
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
      JobRequest request = Scripted.request(Scripted.settings("m"), true);
      assertThrows(LauncherException.class, () -> provider.findFile(file));
      assertThrows(LauncherException.class, () -> provider.upload(file, server));
      assertThrows(LauncherException.class, () -> provider.create(request));
      for (int i = server.server.getRequestCount(); i > 0; i--) {
        RecordedRequest sent = server.server.takeRequest();
        long headers =
            sent.getHeaders().toMultimap().values().stream()
                .filter(values -> values.toString().contains(Scripted.KEY))
                .count();
        assertThat(sent.getRequestLine(), headers, is(1L));
        assertThat(sent.getRequestLine().contains(Scripted.KEY), is(false));
        assertThat(
            sent.getBody() != null && sent.getBody().utf8().contains(Scripted.KEY), is(false));
      }
    }
  }
}
