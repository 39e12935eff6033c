package dev.tunebeam.pipelines.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.TrainingType;
import dev.tunebeam.dataset.settings.LaunchSettings;
import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.dataset.settings.ProviderName;
import dev.tunebeam.dataset.yaml.StrictYaml.BadYamlException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section of a recipe that says how the dataset is to be trained on. */
class LaunchSettingsTest {

  private static final String FULL =
      """
      launch:
        provider: together
        model: Qwen/Qwen3-8B
        continue: production
        method: dpo
        trainingType: developer
        epochs: 2
        batchSize: 16
        learningRateMultiplier: 0.5
        learningRate: 0.00001
        beta: 0.1
        seed: 0
        suffix: tickets
        budget: 25
        wandbProject: support
        wandbName: nightly
        wandbEntity: acme
        wandbTags: [a, b]
      """;

  private static final LaunchSettings FULL_SECTION =
      new LaunchSettings(
          ProviderName.TOGETHER,
          "Qwen/Qwen3-8B",
          "production",
          Method.DPO,
          TrainingType.DEVELOPER,
          2,
          16,
          new BigDecimal("0.5"),
          new BigDecimal("0.00001"),
          new BigDecimal("0.1"),
          0,
          "tickets",
          new BigDecimal("25"),
          "support",
          "nightly",
          "acme",
          List.of("a", "b"));

  @Test
  void everyKeyIsRead() {
    assertEquals(FULL_SECTION, Recipe.parse(FULL, "recipe.yaml").launch());
  }

  @Test
  void theManifestGetsTheSectionAsItWasWritten() {
    Recipe recipe = Recipe.parse(FULL, "recipe.yaml");
    assertEquals(
        "{provider=together, model=Qwen/Qwen3-8B, continue=production, method=dpo,"
            + " trainingType=developer, epochs=2,"
            + " batchSize=16, learningRateMultiplier=0.5, learningRate=0.000010, beta=0.1, seed=0,"
            + " suffix=tickets, budget=25, wandbProject=support, wandbName=nightly,"
            + " wandbEntity=acme, wandbTags=[a, b]}",
        String.valueOf(recipe.effective().get("launch")).replace("0.00001,", "0.000010,"));
    assertEquals(recipe, Recipe.of(recipe.values()));
  }

  @Test
  void aRecipeWithoutTheSectionHasNoneInTheManifest() {
    assertEquals(LaunchSettings.NONE, Recipe.of(Map.of()).launch());
    assertFalse(Recipe.of(Map.of()).effective().containsKey("launch"));
    assertEquals(Recipe.of(Map.of()), Recipe.parse("launch: {}", "recipe.yaml"));
  }

  @Test
  void aSingleTagNeedsNoList() {
    assertEquals(
        List.of("nightly"),
        Recipe.parse("launch: {wandbTags: nightly}", "recipe.yaml").launch().wandbTags());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {model: gpt-4o-mini}                             | gpt-4o-mini
          {provider: azure, model: gpt-4o-mini}            | azure/gpt-4o-mini
          {provider: azure, model: azure/gpt-4o-mini}      | azure/gpt-4o-mini
          {provider: fireworks, model: accounts/a/models/b} | fireworks/accounts/a/models/b
          {provider: local, model: Qwen/Qwen3-8B}          | Qwen/Qwen3-8B
          {provider: azure}                                | fireworks/qwen3p5-9b
          """)
  void whereTheRecipeNamesNoModelThatOfLaunchIsCountedFor(String section, String model) {
    assertEquals(model, Recipe.parse("launch: " + section, "recipe.yaml").model());
    assertEquals(
        "babbage-002",
        Recipe.parse("model: babbage-002\nlaunch: " + section, "recipe.yaml").model());
  }

  @Test
  void whereTheRecipeNamesNoEpochsThoseOfLaunchArePriced() {
    assertEquals(2, Recipe.parse("launch: {epochs: 2}", "recipe.yaml").epochs());
    assertEquals(4, Recipe.parse("launch: {epochs: 2}\nepochs: 4", "recipe.yaml").epochs());
    assertNull(Recipe.of(Map.of()).epochs());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          provider: mistral         | launch.provider must be openai, azure, nebius, together, fireworks or local, not "mistral"
          method: rl                | launch.method must be supervised or dpo, not "rl"
          model: ""                 | launch.model must not be blank
          epochs: 0                 | launch.epochs must be at least 1, not 0
          epochs: 1.5               | launch.epochs must be a whole number of at most 2147483647, not 1.5
          batchSize: 0              | launch.batchSize must be at least 1, not 0
          learningRateMultiplier: 0 | launch.learningRateMultiplier must be above 0, not 0
          learningRate: -0.1        | launch.learningRate must be above 0, not -0.1
          beta: 0                   | launch.beta must be above 0, not 0
          seed: -1                  | launch.seed must not be below 0, not -1
          suffix: " "               | launch.suffix must not be blank
          suffix: 2026              | launch.suffix must be text (in quotes), not 2026
          budget: -1                | launch.budget must not be below 0, not -1
          wandbProject: ""          | launch.wandbProject must not be blank
          wandbTags: [a, ""]        | launch.wandbTags must not be blank
          epoch: 3                  | unknown key launch.epoch; did you mean launch.epochs?
          """)
  void aMistakeIsNamedWithItsLine(String line, String problem) {
    BadYamlException e =
        assertThrows(
            BadYamlException.class, () -> Recipe.parse("launch:\n  " + line, "recipe.yaml"));
    assertEquals("recipe.yaml, line 2: " + problem, e.getMessage());
  }

  @Test
  void betaNeedsTheMethodThatHasOne() {
    BadYamlException e =
        assertThrows(
            BadYamlException.class,
            () -> Recipe.parse("launch:\n  method: supervised\n  beta: 1", "recipe.yaml"));
    assertEquals("recipe.yaml, line 3: launch.beta belongs to the method dpo", e.getMessage());
  }
}
