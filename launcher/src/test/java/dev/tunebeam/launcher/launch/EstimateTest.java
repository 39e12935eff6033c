package dev.tunebeam.launcher.launch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.DatasetOnDisk;
import dev.tunebeam.launcher.http.Backoff;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.TrainingSettings;
import dev.tunebeam.launcher.terminal.Console;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider with a price estimate, which overrides the catalogue's price of $9.00. */
class EstimateTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  @TempDir private Path folder = Path.of("");

  private FakeProvider launched(String estimate, @Nullable String budget, String typed) {
    FakeProvider provider = new FakeProvider(estimate.isEmpty() ? null : new BigDecimal(estimate));
    launch(provider, budget, typed);
    return provider;
  }

  private void launch(FakeProvider provider, @Nullable String budget, String typed) {
    new DatasetOnDisk().in(folder);
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Console console =
        new Console(
            stream,
            stream,
            new BufferedReader(new StringReader(typed)),
            !typed.isEmpty(),
            false,
            Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC));
    ModelCatalogue catalogue = ModelCatalogue.standard();
    Launch.Terms terms =
        new Launch.Terms(
            new Preflight(catalogue, LocalDate.of(2026, 11, 20)),
            catalogue.find("openai/" + DatasetOnDisk.MODEL),
            new Budget(
                budget == null ? null : new BigDecimal(budget),
                budget == null && typed.isEmpty(),
                budget != null),
            false,
            Optional::empty);
    TrainingSettings settings =
        new TrainingSettings(
            DatasetOnDisk.MODEL,
            Method.SUPERVISED,
            3,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    new Launch(
            provider,
            "https://fake/",
            Dataset.open(folder),
            settings,
            terms,
            new Backoff(
                Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofMillis(1), new Random(1)),
            console,
            Clock.systemUTC(),
            new LaunchFile(folder))
        .run();
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aDifferenceOfMoreThanATenthIsSaid() {
    launched("9.91", null, "");
    assertThat(
        said(),
        containsString(
            "12:00:00  Fake & Sons's own estimate: $9.91, +10 % compared with"
                + " the price above\n"));
  }

  @Test
  void aCheaperOneIsSaidToo() {
    launched("4.50", null, "");
    assertThat(
        said(), containsString("Fake & Sons's own estimate: $4.50, -50 % compared with the price"));
  }

  @Test
  void aDifferenceOfATenthIsNotSaid() {
    launched("9.90", null, "");
    assertThat(said(), not(containsString("own estimate")));
  }

  @Test
  void norIsOneThatIsATenthCheaper() {
    launched("8.10", null, "");
    assertThat(said(), not(containsString("own estimate")));
  }

  @Test
  void itIsAskedForWithTheFilesAndBeforeTheJob() {
    assertThat(
        launched("9", "9", "").done,
        contains("upload train", "upload validation", "estimate", "create"));
    assertThat(new LaunchFile(folder).records().get(0).usd(), is(new BigDecimal("9")));
  }

  @Test
  void itIsHeldToTheBudgetAndNothingIsCreatedAboveIt() {
    FakeProvider provider = new FakeProvider(new BigDecimal("12"));
    LauncherException e = assertThrows(LauncherException.class, () -> launch(provider, "11", ""));
    assertThat(e.exitCode(), is(ExitCode.OVER_BUDGET));
    assertThat(
        e.text(),
        is(
            "training gpt-4o-mini-2024-07-18 at Fake & Sons costs $12.00, more than the budget of"
                + " $11.00; nothing was started"));
    assertThat(provider.done, contains("upload train", "upload validation", "estimate"));
  }

  @Test
  void itIsWhatAPersonIsAskedAboutOnce() {
    launched("12", null, "y\n");
    assertThat(said().split("\\[y/N]", -1).length, is(2));
    assertThat(
        said(),
        containsString("Spend $12.00 on training gpt-4o-mini-2024-07-18 at Fake & Sons? [y/N] "));
  }
}
