package dev.tunebeam.launcher.provider;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.command.ProvidersTest;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.ProviderProfile.Offer;
import dev.tunebeam.launcher.provider.TrainingSettings.Wandb;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Which flags and suffixes providers accept and reject. */
class ProviderChecksTest {

  /** Settings that are empty but for what an offer is about. */
  private static final Map<Offer, TrainingSettings> FLAGS =
      Map.of(
          Offer.SEED, with(null, null, null, null, 1, null),
          Offer.BATCH_SIZE, with(1, null, null, null, null, null),
          Offer.LEARNING_RATE_MULTIPLIER, with(null, BigDecimal.ONE, null, null, null, null),
          Offer.LEARNING_RATE, with(null, null, BigDecimal.ONE, null, null, null),
          Offer.BETA, with(null, null, null, BigDecimal.ONE, null, null),
          Offer.WANDB,
              with(null, null, null, null, null, new Wandb("project", null, null, List.of())));

  private static TrainingSettings with(
      @Nullable Integer batch,
      @Nullable BigDecimal multiplier,
      @Nullable BigDecimal rate,
      @Nullable BigDecimal beta,
      @Nullable Integer seed,
      @Nullable Wandb wandb) {
    Method method = beta == null ? Method.SUPERVISED : Method.DPO;
    return new TrainingSettings(
        "model", method, null, batch, multiplier, rate, beta, seed, null, wandb, null, null);
  }

  @Provide
  Arbitrary<String> provider() {
    return Arbitraries.of(ProvidersTest.names().toList());
  }

  @Property(tries = 200)
  void aFlagIsTakenIfTheProviderOffersItAndElseRefusedByName(
      @ForAll @From("provider") String name, @ForAll Offer offer) {
    TrainingSettings settings = FLAGS.get(offer);
    if (settings == null) {
      return;
    }
    try (Scripted server = new Scripted()) {
      Provider provider = ProvidersTest.open(name, server);
      if (provider.profile().offers(offer)
          && provider.profile().methods().contains(settings.method())) {
        assertDoesNotThrow(() -> provider.check(settings));
      } else {
        LauncherException refused =
            assertThrows(LauncherException.class, () -> provider.check(settings));
        assertThat(refused.exitCode(), is(ExitCode.WRONG_USE));
        assertThat(refused.text(), startsWith("--"));
        assertThat(refused.text(), containsString(provider.profile().title()));
      }
      assertThat(server.server.getRequestCount(), is(0));
    }
  }

  @Property(tries = 200)
  void aSuffixIsTakenUpToTheProvidersLengthTogetherWithTheRun(
      @ForAll @From("provider") String name, @ForAll @IntRange(min = 1, max = 100) int length) {
    String suffix = "x".repeat(length);
    TrainingSettings settings =
        new TrainingSettings(
            "m", Method.SUPERVISED, null, null, null, null, null, null, suffix, null, null, null);
    try (Scripted server = new Scripted()) {
      Provider provider = ProvidersTest.open(name, server);
      if (length <= provider.profile().longestSuffix()) {
        assertDoesNotThrow(() -> provider.check(settings));
      } else {
        assertThat(
            assertThrows(LauncherException.class, () -> provider.check(settings)).text(),
            startsWith("--suffix: the maximum at " + provider.profile().title() + " is "));
      }
    }
  }
}
