package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.tunebeam.dataset.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing is spent without a confirmation. The dataset of these tests costs $9.00. */
class BudgetTest extends StandInTest {

  private static final String QUESTION =
      "Spend $9.00 on training gpt-4o-mini-2024-07-18 at OpenAI? [y/N] ";

  private Ended launched(String... more) {
    String[] args = new String[more.length + 3];
    args[0] = "launch";
    args[1] = dataset().toString();
    args[2] = "--detach";
    System.arraycopy(more, 0, args, 3, more.length);
    return fast(args);
  }

  private void nothingWasStarted() {
    assertThat(standIn.files(), empty());
    assertThat(standIn.jobs(), empty());
  }

  @Test
  void aboveTheBudgetNothingIsStartedWhateverElseIsSaid() {
    for (String[] flags : new String[][] {{"--budget=8.99"}, {"--budget=8.99", "--yes"}}) {
      assertThat(
          launched(flags).with(ExitCode.OVER_BUDGET).message(),
          is(
              "training gpt-4o-mini-2024-07-18 at OpenAI costs $9.00, more than the budget of"
                  + " $8.99; nothing was started"));
    }
    terminal = true;
    typed = "y\n";
    launched("--budget=8.99").with(ExitCode.OVER_BUDGET);
    nothingWasStarted();
  }

  @Test
  void withinTheBudgetNobodyIsAskedWhereThereIsNobody() {
    launched("--budget=9").with(ExitCode.SUCCEEDED);
    theOnlyJob(folder.resolve("tickets"));
  }

  @Test
  void withoutATerminalThereMustBeAYesOrABudget() {
    assertThat(
        launched().with(ExitCode.WRONG_USE).message(),
        is(
            "training gpt-4o-mini-2024-07-18 at OpenAI costs $9.00 and cannot be confirmed"
                + " without a terminal: use --yes or --budget=DOLLARS"));
    terminal = true;
    typed = "y\n";
    launched("--json").with(ExitCode.WRONG_USE); // a program does not answer
    nothingWasStarted();
  }

  @Test
  void atATerminalOnlyAYesIsAYes() {
    terminal = true;
    for (String answer : new String[] {"", "\n", "n\n", "yep\n", "j\n"}) {
      typed = answer;
      Ended end = launched().with(ExitCode.OVER_BUDGET);
      assertThat(end.err(), is(QUESTION + "tunebeam: not confirmed; nothing was started\n"));
    }
    nothingWasStarted();
    typed = " YES \n";
    assertThat(launched().with(ExitCode.SUCCEEDED).err(), containsString(QUESTION));
    theOnlyJob(folder.resolve("tickets"));
  }

  @Test
  void aPriceThatNobodyKnowsCannotBeHeldToABudget() {
    standIn.addBaseModel("gpt-6", null, true);
    assertThat(
        launched("--model=gpt-6", "--budget=1000").with(ExitCode.OVER_BUDGET).message(),
        is(
            "the price is unknown, so the budget of $1,000.00 cannot be checked; set a price"
                + " with --prices=FILE"));
    assertThat(
        launched("--model=gpt-6").with(ExitCode.WRONG_USE).message(),
        is(
            "training gpt-6 at OpenAI costs an unknown amount and cannot be confirmed without a"
                + " terminal: use --yes or --budget=DOLLARS"));
    terminal = true;
    typed = "n\n";
    assertThat(
        launched("--model=gpt-6").with(ExitCode.OVER_BUDGET).err(),
        containsString("Spend an unknown amount on training gpt-6 at OpenAI? [y/N] "));
    nothingWasStarted();
    typed = "y\n";
    launched("--model=gpt-6").with(ExitCode.SUCCEEDED);
  }

  @Test
  void theMinimumChargeCountsAndIsSaid() throws IOException {
    Files.writeString(
        folder.resolve("prices.yaml"),
        "models:\n  - {id: gpt-4o-mini, provider: openai, minimumCharge: 20, pricesAsOf:"
            + " 2026-11-20, source: me}\n");
    Ended end = launched("--prices=prices.yaml", "--budget=19.99").with(ExitCode.OVER_BUDGET);
    assertThat(
        end.out(), containsString("3 epochs of 1,000,000 tokens: $20.00 (the minimum charge)\n"));
    nothingWasStarted();
  }

  @Test
  void theBudgetOfTheRecipeHoldsUnlessAFlagGivesAnother() {
    Path dataset =
        new DatasetOnDisk().recipe(Map.of("budget", 5)).in(folder.resolve("with-recipe"));
    fast("launch", dataset.toString(), "--detach").with(ExitCode.OVER_BUDGET);
    fast("launch", dataset.toString(), "--detach", "--yes").with(ExitCode.OVER_BUDGET);
    nothingWasStarted();
    fast("launch", dataset.toString(), "--detach", "--budget=9").with(ExitCode.SUCCEEDED);
  }

  @Test
  void epochsAndOtherModelsAreInThePrice() {
    assertThat(
        launched("--epochs=1", "--budget=2.99").with(ExitCode.OVER_BUDGET).message(),
        containsString(" costs $3.00, "));
    assertThat(
        launched("--model=gpt-4.1", "--budget=1").with(ExitCode.OVER_BUDGET).message(),
        containsString(" costs $75.00, "));
  }

  @Test
  void aBudgetIsANumberNotBelowZero() {
    assertThat(
        launched("--budget=-1").with(ExitCode.WRONG_USE).message(),
        is("--budget must not be below 0, not -1"));
    assertThat(
        launched("--budget=ten").with(ExitCode.WRONG_USE).message(),
        is(
            "Invalid value for option '--budget': a number such as 10 or 2.50, not 'ten';"
                + " ./tunebeam launch --help lists the flags"));
  }

  @Test
  void aManifestWithoutTokensHasNoPriceAndIsNoLeaveToSpend() {
    Path dataset = new DatasetOnDisk().tokens(0).in(folder.resolve("no-tokens"));
    assertThat(
        fast("launch", dataset.toString(), "--detach").with(ExitCode.WRONG_USE).message(),
        is(
            "training gpt-4o-mini-2024-07-18 at OpenAI costs an unknown amount and cannot be"
                + " confirmed without a terminal: use --yes or --budget=DOLLARS"));
    fast("launch", dataset.toString(), "--detach", "--budget=5").with(ExitCode.OVER_BUDGET);
    nothingWasStarted();
  }

  @Test
  void aPriceOfNothingMustBeConfirmedToo() throws IOException {
    Files.writeString(
        folder.resolve("prices.yaml"),
        "models:\n  - {id: gpt-4o-mini, provider: openai, training: 0, pricesAsOf: 2026-11-20,"
            + " source: me}\n");
    assertThat(
        launched("--prices=prices.yaml").with(ExitCode.WRONG_USE).message(),
        is(
            "training gpt-4o-mini-2024-07-18 at OpenAI costs $0.00 and cannot be confirmed"
                + " without a terminal: use --yes or --budget=DOLLARS"));
    nothingWasStarted();
    launched("--prices=prices.yaml", "--budget=0").with(ExitCode.SUCCEEDED);
  }

  @Test
  void aBudgetInTheManifestIsALimitAndNoLeaveToSpend() {
    Path dataset =
        new DatasetOnDisk().recipe(Map.of("budget", 100)).in(folder.resolve("from-somebody"));
    assertThat(
        fast("launch", dataset.toString(), "--detach").with(ExitCode.WRONG_USE).message(),
        is(
            "training gpt-4o-mini-2024-07-18 at OpenAI costs $9.00 and cannot be confirmed"
                + " without a terminal: use --yes or --budget=DOLLARS (the budget in the dataset's"
                + " manifest is only a limit)"));
    nothingWasStarted();
    fast("launch", dataset.toString(), "--detach", "--yes").with(ExitCode.SUCCEEDED);
  }

  @Test
  void amountsThatAreAlikeWhenRoundedAreWrittenInFull() {
    Path dataset = new DatasetOnDisk().tokens(20_445).in(folder.resolve("small"));
    assertThat(
        fast("launch", dataset.toString(), "--budget=0.18").with(ExitCode.OVER_BUDGET).message(),
        is(
            "training gpt-4o-mini-2024-07-18 at OpenAI costs $0.184005, more than the budget of"
                + " $0.18; nothing was started"));
    nothingWasStarted();
  }
}
