package dev.tunebeam.dataset;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.yaml.StrictYaml.BadYamlException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelCatalogueTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  private static final ModelCatalogue STANDARD = ModelCatalogue.standard();

  @Test
  void aRowHoldsWhatTheFileSays() {
    assertThat(
        STANDARD.find("gpt-4o"),
        is(
            new Model(
                "openai",
                "gpt-4o-2024-08-06",
                List.of("gpt-4o"),
                "o200k_base",
                null,
                List.of(Format.CHAT, Format.PREFERENCE),
                65_536,
                new Model.ChatTokens(3, 1, 7),
                new Model.ImageTokens(85, 170, 10),
                new Model.Prices(
                    new BigDecimal("25.00"),
                    new BigDecimal("25.00"),
                    new BigDecimal("3.75"),
                    new BigDecimal("1.875"),
                    new BigDecimal("15.00"),
                    false,
                    null,
                    null,
                    DAY,
                    "OpenAI, https://openai.com/api/pricing and"
                        + " https://developers.openai.com/api/docs/deprecations"),
                List.of(),
                null,
                LocalDate.of(2026, 5, 6),
                LocalDate.of(2027, 1, 5),
                LocalDate.of(2027, 1, 14),
                "Only for organisations that ran a fine-tuned model in the 60 days before"
                    + " 2026-07-02.")));
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-4.1-mini, openai/gpt-4.1-mini-2025-04-14",
    "gpt-4.1-mini-2025-04-14, openai/gpt-4.1-mini-2025-04-14",
    "openai/gpt-4.1-mini, openai/gpt-4.1-mini-2025-04-14",
    "azure/gpt-4.1-mini, azure/gpt-4.1-mini-2025-04-14",
    "ft:gpt-4.1-mini-2025-04-14:acme::abc, openai/gpt-4.1-mini-2025-04-14",
    "ft:gpt-4.1-mini-2025-04-14:acme:tickets:abc:ckpt-step-90, openai/gpt-4.1-mini-2025-04-14",
    "azure/ft:gpt-4o:acme::abc, azure/gpt-4o-2024-08-06",
    "azure/gpt-4.1-mini-2025-04-14.ft-abc-tickets, azure/gpt-4.1-mini-2025-04-14",
    "davinci:ft-acme-2023-03-01-10-00-00, openai/davinci",
    "up-to-16b, together/up-to-16b",
    "meta-llama/Llama-3.1-8B-Instruct, together/meta-llama/Meta-Llama-3.1-8B-Instruct-Reference",
    "nebius/meta-llama/Llama-3.1-8B-Instruct, nebius/meta-llama/Meta-Llama-3.1-8B-Instruct",
    "Qwen/Qwen3-8B, together/Qwen/Qwen3-8B",
    "fireworks/Qwen/Qwen3-8B, fireworks/accounts/fireworks/models/qwen3-8b",
    "babbage, openai/babbage"
  })
  void aModelIsFoundByEachOfItsNames(String name, String found) {
    assertThat(STANDARD.find(name).name(), is(found));
  }

  @Test
  void anUnknownModelIsRefusedWithTheNearestNames() {
    assertThat(
        unknown("gpt4.1-mini"),
        is(
            "unknown model 'gpt4.1-mini' (did you mean gpt-4.1-mini or gpt-4o-mini?); see"
                + " docs/tokens-and-price.md; --prices=FILE adds one."));
    assertThat(
        unknown("mixtral"),
        is("unknown model 'mixtral'; see docs/tokens-and-price.md; --prices=FILE adds one."));
    assertThat(unknown("ft:gpt-9:acme::abc").startsWith("unknown model 'ft:gpt-9:"), is(true));
  }

  @Test
  void everyNameOfAProviderNamesOneModel() {
    Set<String> names = new TreeSet<>();
    for (Model model : STANDARD.models()) {
      assertThat(model.name(), names.add(model.name()), is(true));
      for (String alias : model.aliases()) {
        assertThat(alias, names.add(model.provider() + "/" + alias), is(true));
      }
    }
  }

  @Test
  void theDefaultModelCanBeTrainedByAnyoneAndItsPriceIsKnown() {
    Model model = STANDARD.find(ModelCatalogue.DEFAULT_MODEL);
    assertThat(model.name(), is("fireworks/accounts/fireworks/models/qwen3p5-9b"));
    assertThat(model.shortName(), is("qwen3p5-9b"));
    assertThat(model.lastDay(), is(nullValue()));
    assertThat(model.lastNewCustomerDay(), is(nullValue()));
    assertThat(model.tokenizer(), is("Qwen/Qwen3.5-9B"));
    assertThat(model.prices().training(), is(new BigDecimal("0.50")));
    assertThat(model.prices().trainingDpo(), is(new BigDecimal("1.00")));
  }

  @Test
  void noModelThatIsCountedWithoutAFileIsOpenToNewAccounts() {
    assertThat(
        STANDARD.models().stream()
            .filter(model -> Model.COUNTABLE_ENCODINGS.contains(model.encoding()))
            .filter(model -> model.trainableByAnyoneOn(DAY))
            .map(Model::name)
            .toList(),
        is(List.of()));
  }

  @Test
  void whatCanBeTrainedDependsOnTheDayOfTheQuestion() {
    assertThat(
        trainable(LocalDate.of(2027, 1, 5)),
        contains(
            "openai/gpt-4.1-2025-04-14",
            "openai/gpt-4.1-mini-2025-04-14",
            "openai/gpt-4o-2024-08-06",
            "openai/gpt-4o-mini-2024-07-18",
            "azure/gpt-4.1-2025-04-14",
            "azure/gpt-4.1-mini-2025-04-14",
            "azure/gpt-4.1-nano-2025-04-14",
            "azure/gpt-4o-2024-08-06",
            "azure/gpt-4o-mini-2024-07-18",
            "azure/Ministral-3B",
            "azure/Qwen3.8-27B",
            "together/up-to-16b",
            "fireworks/up-to-16b-lora",
            "fireworks/up-to-80b-lora",
            "fireworks/up-to-300b-lora",
            "fireworks/above-300b-lora"));
    assertThat(
        trainable(LocalDate.of(2027, 1, 6)),
        contains(
            "azure/gpt-4.1-2025-04-14",
            "azure/gpt-4.1-mini-2025-04-14",
            "azure/gpt-4.1-nano-2025-04-14",
            "azure/gpt-4o-2024-08-06",
            "azure/gpt-4o-mini-2024-07-18",
            "azure/Ministral-3B",
            "azure/Qwen3.8-27B",
            "together/up-to-16b",
            "fireworks/up-to-16b-lora",
            "fireworks/up-to-80b-lora",
            "fireworks/up-to-300b-lora",
            "fireworks/above-300b-lora"));
  }

  @Test
  void aModelThatIsSwitchedOffWasTrainableUntilTheDayBefore() {
    Model model = STANDARD.find("gpt-3.5-turbo");
    assertThat(model.lastDay(), is(LocalDate.of(2026, 10, 22)));
    assertThat(model.trainableOn(LocalDate.of(2026, 10, 22)), is(true));
    assertThat(model.trainableOn(LocalDate.of(2026, 10, 23)), is(false));
  }

  @Test
  void aModelWithATokenizerOfItsOwnIsCountedWithAStandIn() {
    assertThat(STANDARD.find("together/up-to-16b").countingEncoding(), is("o200k_base"));
    assertThat(STANDARD.find("babbage-002").countingEncoding(), is("cl100k_base"));
    assertThat(STANDARD.find("ada").countingEncoding(), is("r50k_base"));
    List<String> used = STANDARD.models().stream().map(Model::countingEncoding).toList();
    assertThat(used, everyItem(is(in(Model.COUNTABLE_ENCODINGS))));
  }

  @Test
  void anOpenModelIsCountedByTheFileOfItsTokenizerAndByNothingElse() {
    Model llama = STANDARD.find("fireworks/llama-v3p1-8b-instruct");
    assertThat(llama.encoding(), is(Model.OF_THE_MODEL));
    assertThat(llama.tokenizer(), is("meta-llama/Llama-3.1-8B-Instruct"));
    assertThat(llama.isCountedBy("meta-llama/Llama-3.1-8B-Instruct@0123456789ab"), is(true));
    assertThat(llama.isCountedBy("meta-llama/Llama-3.1-8B@0123456789ab"), is(false));
    assertThat(llama.isCountedBy("o200k_base"), is(false));
    assertThat(STANDARD.find("gpt-4o").isCountedBy("o200k_base"), is(true));
  }

  @Test
  void theRowsThatStandForAllModelsOfASizeAreKnown() {
    assertThat(
        STANDARD.models().stream().filter(Model::isClass).map(Model::name).toList(),
        contains(
            "together/up-to-16b",
            "fireworks/up-to-16b-lora",
            "fireworks/up-to-80b-lora",
            "fireworks/up-to-300b-lora",
            "fireworks/above-300b-lora"));
  }

  @Test
  void theOpenModelsOfFireworksCostWhatTheRowForTheirSizeCosts() {
    for (Model model : STANDARD.models()) {
      if (model.tokenizer() != null && model.provider().equals("fireworks")) {
        assertThat(
            model.name(),
            STANDARD.models().stream()
                .filter(row -> row.isClass() && row.provider().equals("fireworks"))
                .filter(row -> training(row).equals(training(model)))
                .count(),
            is(1L));
      }
    }
  }

  private static String training(Model model) {
    return model.prices().training() + " " + model.prices().trainingDpo();
  }

  @Test
  void theOpenModelsThatCanBeTrainedAreThere() {
    assertThat(open("together"), is(12L));
    assertThat(open("fireworks"), is(9L));
    assertThat(open("nebius"), is(3L));
    assertThat(open("azure"), is(5L));
  }

  private static long open(String provider) {
    return STANDARD.models().stream()
        .filter(model -> model.provider().equals(provider) && model.tokenizer() != null)
        .count();
  }

  @Test
  void preferencePairsHaveAPriceOfTheirOwnAndWhereItIsUnknownNone() {
    assertThat(
        STANDARD.pricedFor(Format.PREFERENCE).find("fireworks/qwen3-8b").prices().training(),
        is(new BigDecimal("1.00")));
    assertThat(
        STANDARD.pricedFor(Format.PREFERENCE).find("together/Qwen/Qwen3-8B").prices().training(),
        is(nullValue()));
    assertThat(STANDARD.pricedFor(Format.CHAT).models(), is(STANDARD.models()));
    assertThat(
        STANDARD
            .overriddenBy(
                "models:\n  - {id: Qwen/Qwen3-8B, training: 0.2, pricesAsOf: 2026-12-01}\n", "a")
            .find("Qwen/Qwen3-8B")
            .prices()
            .trainingDpo(),
        is(nullValue()));
  }

  @Test
  void aTypeOfTrainingHasAPriceOfItsOwn() {
    Model nano = STANDARD.find("azure/gpt-4.1-nano");
    assertThat(nano.trainedAs(null), is(nano));
    assertThat(nano.trainedAs(TrainingType.STANDARD), is(nano));
    assertThat(
        nano.trainedAs(TrainingType.DEVELOPER).prices().training(), is(new BigDecimal("0.75")));
    assertThat(
        STANDARD.find("azure/gpt-4.1").trainedAs(TrainingType.DEVELOPER).prices().training(),
        is(nullValue()));
  }

  @Test
  void anEndThatIsNearOrPastIsSaid() {
    Model mini = STANDARD.find("openai/gpt-4.1-mini");
    String mine = "gpt-4.1-mini-2025-04-14 (openai): training ";
    assertThat(
        mini.ending(LocalDate.of(2026, 11, 20)),
        is(Optional.of(mine + "ends on 2027-01-05, in 46 days; closed to new accounts")));
    assertThat(
        mini.ending(LocalDate.of(2027, 1, 5)),
        is(Optional.of(mine + "ends on 2027-01-05, today; closed to new accounts")));
    assertThat(
        mini.ending(LocalDate.of(2027, 1, 6)), is(Optional.of(mine + "ended on 2027-01-05")));
    assertThat(mini.ending(LocalDate.of(2026, 5, 6)), is(Optional.empty()));
    assertThat(mini.trainableByAnyoneOn(LocalDate.of(2026, 5, 6)), is(true));
    assertThat(mini.trainableByAnyoneOn(LocalDate.of(2026, 5, 7)), is(false));
    assertThat(STANDARD.find("fireworks/qwen3-8b").ending(DAY), is(Optional.empty()));
  }

  @Test
  void theTokensOfAnExampleAre3IfARowDoesNotSayOtherwise() {
    assertThat(STANDARD.find("gpt-4o").chat(), is(new Model.ChatTokens(3, 1, 7, 3)));
    assertThat(STANDARD.find("Qwen/Qwen3-8B").chat(), is(new Model.ChatTokens(4, 1, 7, 0)));
  }

  @Test
  void aTokenizerBesideAnEncodingThatCountsExactlyIsRefused() {
    assertThat(
        complaint("{id: gpt-4.1-mini, encoding: o200k_base, tokenizer: a/b}"),
        is(
            "prices.yaml: models[0], id gpt-4.1-mini: tokenizer is set, but o200k_base is"
                + " already exact; remove one of them"));
  }

  @Test
  void aUsersRowChangesOnlyTheKeysThatItSets(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("prices.yaml");
    Files.writeString(
        file,
        """
        models:
          - id: gpt-4.1-mini
            training: 4
            pricesAsOf: 2026-12-01
        """);
    ModelCatalogue changed = STANDARD.overriddenBy(file);
    Model before = STANDARD.find("gpt-4.1-mini");
    assertThat(
        changed.find("gpt-4.1-mini"),
        is(
            new Model(
                before.provider(),
                before.id(),
                before.aliases(),
                before.encoding(),
                null,
                before.formats(),
                before.contextTokens(),
                before.chat(),
                before.images(),
                new Model.Prices(
                    new BigDecimal("4"),
                    new BigDecimal("4"),
                    before.prices().input(),
                    before.prices().cachedInput(),
                    before.prices().output(),
                    false,
                    null,
                    null,
                    LocalDate.of(2026, 12, 1),
                    file.toString()),
                before.trainingTypes(),
                before.deploymentTypes(),
                before.lastNewCustomerDay(),
                before.lastTrainingDay(),
                before.shutdownDay(),
                before.notes())));
    assertThat(changed.models(), hasSize(STANDARD.models().size()));
    assertThat(changed.find("azure/gpt-4.1-mini").prices().training(), is(nullValue()));
    assertThat(STANDARD.find("gpt-4.1-mini"), is(before));
  }

  @Test
  void theProviderOfAUsersRowChoosesTheRow() {
    ModelCatalogue changed =
        STANDARD.overriddenBy(
            """
            models:
              - {id: gpt-4.1-mini, provider: azure, training: 5.5, pricesAsOf: 2026-12-01}
            """,
            "prices.yaml");
    assertThat(changed.find("azure/gpt-4.1-mini").prices().training(), is(new BigDecimal("5.5")));
    assertThat(changed.find("gpt-4.1-mini"), is(STANDARD.find("gpt-4.1-mini")));
  }

  @Test
  void aUsersCompleteRowIsAddedAtTheEnd() {
    ModelCatalogue more =
        STANDARD.overriddenBy(
            """
            models:
              - id: Qwen/Qwen3-4B
                provider: nebius
                tokenizer: Qwen/Qwen3-8B
                formats: [chat, completion]
                training: 0.4
                validationBilled: true
                pricesAsOf: 2026-12-01
                source: our contract
            """,
            "prices.yaml");
    assertThat(more.find("Qwen/Qwen3-4B"), is(more.models().get(more.models().size() - 1)));
    assertThat(
        more.find("nebius/Qwen/Qwen3-4B"),
        is(
            new Model(
                "nebius",
                "Qwen/Qwen3-4B",
                List.of(),
                "of-the-model",
                "Qwen/Qwen3-8B",
                List.of(Format.CHAT, Format.COMPLETION),
                null,
                null,
                null,
                new Model.Prices(
                    new BigDecimal("0.4"),
                    null,
                    null,
                    null,
                    null,
                    true,
                    null,
                    null,
                    LocalDate.of(2026, 12, 1),
                    "our contract"),
                List.of(),
                null,
                null,
                null,
                null,
                "")));
  }

  @Test
  void aNewRowThatIsIncompleteNamesTheKeysAndTheModelThatWasMeant() {
    assertThat(
        complaint("{id: gpt-4.1-mni, training: 4, pricesAsOf: 2026-12-01}"),
        is(
            "prices.yaml: models[0], id gpt-4.1-mni: no such model (did you mean gpt-4.1-mini or"
                + " gpt-4 or gpt-4.1?); to add it, set also provider, encoding, formats"));
  }

  @Test
  void aPriceWithoutItsDayIsRefused() {
    assertThat(
        complaint("{id: gpt-4.1-mini, training: 4}"),
        is(
            "prices.yaml, line 2: models[0]: pricesAsOf (the date of the prices) must be set"
                + " if a price is set"));
  }

  /** Written out, it would fill the heap. */
  @Test
  void aPriceOfABillionDigitsIsRefused() {
    assertThat(
        complaint("{id: gpt-4.1-mini, training: 1e999999999, pricesAsOf: 2026-12-01}"),
        is(
            "prices.yaml: models[0], id gpt-4.1-mini: training must have at most 15 digits before"
                + " and after the point"));
  }

  @Test
  void aPriceBelowNothingIsRefused() {
    assertThat(
        complaint("{id: gpt-4.1-mini, training: -4, pricesAsOf: 2026-12-01}"),
        is("prices.yaml: models[0], id gpt-4.1-mini: training is negative: -4"));
  }

  @Test
  void aRowGivenTwiceIsRefused() {
    assertThat(
        complaint("{id: gpt-4.1-mini, notes: a}\n  - {id: gpt-4.1-mini-2025-04-14, notes: b}"),
        is(
            "prices.yaml: models[1], id gpt-4.1-mini-2025-04-14: duplicate row for"
                + " openai/gpt-4.1-mini-2025-04-14"));
  }

  @Test
  void datesThatContradictEachOtherAreRefused() {
    assertThat(
        complaint("{id: gpt-4.1-mini, shutdownDay: 2027-01-01}"),
        is(
            "prices.yaml: models[0], id gpt-4.1-mini: lastTrainingDay 2027-01-05 is not"
                + " before shutdownDay 2027-01-01"));
  }

  @Test
  void anUnknownKeyAWrongDateAndAMissingIdAreRefusedWithTheLine() {
    assertThat(
        complaint("{id: gpt-4.1-mini, trainig: 4}"),
        is("prices.yaml, line 2: unknown key models[0].trainig; did you mean models[0].training?"));
    assertThat(
        complaint("{id: gpt-4.1-mini, pricesAsOf: yesterday}"),
        is(
            "prices.yaml, line 2: models[0].pricesAsOf must be a date such as 2026-11-20,"
                + " not \"yesterday\""));
    assertThat(complaint("{training: 4}"), is("prices.yaml, line 2: models[0].id must be set"));
    assertThat(
        complaint("{id: gpt-4.1-mini, contextTokens: 0}"),
        is("prices.yaml: models[0], id gpt-4.1-mini: contextTokens is 0, not a number above 0"));
    assertThat(
        complaint("{id: gpt-4.1-mini, formats: [chat, poem]}"),
        is(
            "prices.yaml, line 2: models[0].formats[1] must be completion, chat, preference,"
                + " alpaca or sharegpt, not \"poem\""));
  }

  @Test
  void aFileThatIsNotThereIsNamed(@TempDir Path folder) {
    Path file = folder.resolve("none.yaml");
    assertThat(
        assertThrows(BadYamlException.class, () -> STANDARD.overriddenBy(file)).getMessage(),
        is(file + ": no such file"));
  }

  private static List<String> trainable(LocalDate day) {
    return STANDARD.models().stream()
        .filter(model -> model.trainableOn(day) && model.tokenizer() == null)
        .map(Model::name)
        .toList();
  }

  private static String unknown(String name) {
    return String.valueOf(
        assertThrows(UnknownModelException.class, () -> STANDARD.find(name)).getMessage());
  }

  private static String complaint(String row) {
    String yaml = "models:\n  - " + row + "\n";
    return String.valueOf(
        assertThrows(BadYamlException.class, () -> STANDARD.overriddenBy(yaml, "prices.yaml"))
            .getMessage());
  }
}
