package dev.tunebeam.launcher.provider;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.launcher.ExitCode;
import dev.tunebeam.launcher.LauncherException;
import dev.tunebeam.launcher.provider.Settings.Wandb;
import dev.tunebeam.launcher.provider.Traits.Offer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProvidersTest {

  private static final Map<String, String> VARIABLES = Map.of("FIREWORKS_ACCOUNT_ID", "acme");

  /** Settings that are empty but for what an offer is about. */
  private static final Map<Offer, Settings> FLAGS =
      Map.of(
          Offer.SEED, with(null, null, null, null, 1, null),
          Offer.BATCH_SIZE, with(1, null, null, null, null, null),
          Offer.LEARNING_RATE_MULTIPLIER, with(null, BigDecimal.ONE, null, null, null, null),
          Offer.LEARNING_RATE, with(null, null, BigDecimal.ONE, null, null, null),
          Offer.BETA, with(null, null, null, BigDecimal.ONE, null, null),
          Offer.WANDB,
              with(null, null, null, null, null, new Wandb("project", null, null, List.of())));

  private static Settings with(
      @Nullable Integer batch,
      @Nullable BigDecimal multiplier,
      @Nullable BigDecimal rate,
      @Nullable BigDecimal beta,
      @Nullable Integer seed,
      @Nullable Wandb wandb) {
    Method method = beta == null ? Method.SUPERVISED : Method.DPO;
    return new Settings("model", method, null, batch, multiplier, rate, beta, seed, null, wandb);
  }

  static Stream<String> names() {
    return Providers.traits().stream().filter(Traits::remote).map(Traits::name);
  }

  @Provide
  Arbitrary<String> provider() {
    return Arbitraries.of(names().toList());
  }

  private static Provider open(String name, Scripted server) {
    return Providers.open(name, server.connection("/v1/", VARIABLES));
  }

  @Test
  void theProvidersAreKnownByName() {
    assertThat(names().toList(), contains("openai", "azure", "nebius", "together", "fireworks"));
    assertThat(
        assertThrows(LauncherException.class, () -> Providers.traits("togther")).text(),
        startsWith("--provider=togther: there is no such provider (did you mean together?)"));
  }

  @Property(tries = 200)
  void aFlagIsTakenIfTheProviderOffersItAndElseRefusedByName(
      @ForAll @From("provider") String name, @ForAll Offer offer) {
    Settings settings = FLAGS.get(offer);
    if (settings == null) {
      return;
    }
    try (Scripted server = new Scripted()) {
      Provider provider = open(name, server);
      if (provider.traits().offers(offer)
          && provider.traits().methods().contains(settings.method())) {
        assertDoesNotThrow(() -> provider.check(settings));
      } else {
        LauncherException refused =
            assertThrows(LauncherException.class, () -> provider.check(settings));
        assertThat(refused.exitCode(), is(ExitCode.WRONG_USE));
        assertThat(refused.text(), startsWith("--"));
        assertThat(refused.text(), containsString(provider.traits().title()));
      }
      assertThat(server.server.getRequestCount(), is(0));
    }
  }

  @Property(tries = 200)
  void aSuffixIsTakenUpToTheProvidersLengthTogetherWithTheRun(
      @ForAll @From("provider") String name, @ForAll @IntRange(min = 1, max = 100) int length) {
    String suffix = "x".repeat(length);
    Settings settings =
        new Settings("m", Method.SUPERVISED, null, null, null, null, null, null, suffix, null);
    try (Scripted server = new Scripted()) {
      Provider provider = open(name, server);
      if (length <= provider.traits().longestSuffix()) {
        assertDoesNotThrow(() -> provider.check(settings));
      } else {
        assertThat(
            assertThrows(LauncherException.class, () -> provider.check(settings)).text(),
            startsWith("--suffix: " + provider.traits().title() + " takes at most "));
      }
    }
  }

  /** What a dry run answers to everything: nothing but an id. */
  private static final class Nothing extends Dispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      String path = request.getUrl().encodedPath();
      if ("POST".equals(request.getMethod()) && path.equals("/v1/files")) {
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
      if (provider.traits().offers(Offer.CHECKPOINTS)) {
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
