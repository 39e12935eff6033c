package dev.tunebeam.launcher.launch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.launcher.provider.TrainingSettings;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Jobs at providers carry these names. A version that changed them would pay for a run twice, so
 * they are written down here.
 */
class RunNameTest {

  private static TrainingSettings settings(String multiplier, String model) {
    return new TrainingSettings(
        model,
        Method.SUPERVISED,
        3,
        4,
        new BigDecimal(multiplier),
        null,
        null,
        7,
        "tickets",
        new TrainingSettings.Wandb("project", "name", null, List.of("a")),
        null,
        null);
  }

  private static String name(TrainingSettings settings, int attempt) {
    return RunName.of("openai", "d".repeat(64), settings, attempt);
  }

  @Test
  void aRunIsCalledTheSameForEver() {
    TrainingSettings few =
        new TrainingSettings(
            "m", Method.SUPERVISED, null, null, null, null, null, null, null, null, null, null);
    assertThat(RunName.of("openai", "digest", few, 1), is("e10c93ae0b9893126387c0418aef1956"));
    assertThat(name(settings("1.8", "m"), 1), is("8113eeb3bd612e2051a4911611aa8c11"));
  }

  @Test
  void anAmountIsTheSameHoweverItIsWritten() {
    assertThat(name(settings("1.80", "m"), 1), is(name(settings("1.8", "m"), 1)));
    assertThat(name(settings("1E+1", "m"), 1), is(name(settings("10", "m"), 1)));
  }

  @Test
  void anotherSettingAttemptOrProviderIsAnotherRun() {
    String one = name(settings("1", "m"), 1);
    assertThat(name(settings("2", "m"), 1), not(is(one)));
    assertThat(name(settings("1", "n"), 1), not(is(one)));
    assertThat(name(settings("1", "m"), 2), not(is(one)));
    assertThat(RunName.of("azure", "d".repeat(64), settings("1", "m"), 1), not(is(one)));
  }
}
