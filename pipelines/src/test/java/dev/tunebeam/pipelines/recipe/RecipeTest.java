package dev.tunebeam.pipelines.recipe;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.settings.LaunchSettings;
import dev.tunebeam.dataset.settings.SettingKey;
import dev.tunebeam.dataset.yaml.StrictYaml.BadYamlException;
import dev.tunebeam.transforms.compare.NearBy;
import dev.tunebeam.transforms.count.TooLong;
import dev.tunebeam.transforms.deduplicate.Conflicts;
import dev.tunebeam.transforms.deduplicate.DedupBy;
import dev.tunebeam.transforms.delimit.DelimiterInText;
import dev.tunebeam.transforms.example.Task;
import dev.tunebeam.transforms.near.Contaminated;
import dev.tunebeam.transforms.near.NearAction;
import dev.tunebeam.transforms.normalize.Examples;
import dev.tunebeam.transforms.normalize.LowerCase;
import dev.tunebeam.transforms.normalize.dialect.Dialect;
import dev.tunebeam.transforms.normalize.dialect.UnknownKeys;
import dev.tunebeam.transforms.read.input.FieldSeparator;
import dev.tunebeam.transforms.read.input.InputFormat;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {

  private static final String FULL =
      """
      input: [data/*.csv, /mnt/more.jsonl]
      validationInput: dev.csv
      inputFormat: csv
      charset: windows-1252
      fieldSeparator: semicolon
      sheet: Tickets
      rows: result.items
      validationRows: dev.items
      maxRowBytes: 1000
      headerRow: 3
      fillDown: Team
      nullValues: [NaN, "-"]
      where: score >= 0.5
      dialect: preference
      map:
        prompt: "{{question}}"
        completion: "{{answer}}"
        system: "Be brief."
        class: "{{category}}"
        messages: talk.turns
        tools: talk.tools
        roles: [agent=assistant, visitor=user]
        unknownKeys: drop
        chosen: better
        rejected: worse
      remove: "###"
      cut:
        promptPrefix: "Question: "
        promptSuffix: " Please answer."
        completionPrefix: "Answer: "
        completionSuffix: " Regards, Ada"
      lowerCase: both
      labels: {pos: positive, "1": "yes"}
      examples: each-answer
      speakers: [user=Customer, assistant=Agent]
      format: chat
      task: open-ended
      separator: " ->"
      stop: ""
      leadingSpace: false
      delimiterInText: reject
      dedupBy: prompt
      conflicts: majority
      near: {similarity: 0.9, by: prompt, action: keep-together}
      decontaminate: [benchmarks, /mnt/eval.jsonl]
      contaminated: report
      sample: 0.5
      limit: 1000
      maxRejected: 1
      shardBytes: 2000
      output: out
      model: babbage-002
      tokenizer: tokenizer.json
      maxTokens: 100
      tooLong: truncate-left
      epochs: 4
      prices: prices.yaml
      validation: 0
      group: "{{customer}}"
      seed: -7
      previous: last
      since: previous
      card: {name: Tickets, license: cc-by-4.0, language: [en, pt-BR]}
      gates:
        maxRejected: 0.01
        maxDuplicates: 0.02
        maxConflicts: 0.025
        maxNearCopies: 0.03
        maxNewClasses: 4
        maxVanishedClasses: 5
        maxClassDistance: 0.06
        maxClassDivergence: 0.07
        maxTokensP50Change: 0.08
        maxTokensP95Change: 0.09
        maxLengthP50Change: 0.091
        maxLengthP95Change: 0.092
        maxPrice: 10.5
        maxPriceChange: 0.11
        minExamples: 12
        minNewPrompts: 13
        maxChangedPrompts: 0.14
        maxBaseline: 0.15
      """;

  private static final Recipe FULL_RECIPE =
      new Recipe(
          List.of("data/*.csv", "/mnt/more.jsonl"),
          List.of("dev.csv"),
          InputFormat.CSV,
          "windows-1252",
          FieldSeparator.SEMICOLON,
          "Tickets",
          "result.items",
          "dev.items",
          1000L,
          3,
          List.of("Team"),
          List.of("NaN", "-"),
          "score >= 0.5",
          Dialect.PREFERENCE,
          new MapSection(
              "{{question}}",
              "{{answer}}",
              "Be brief.",
              "{{category}}",
              "talk.turns",
              "talk.tools",
              List.of("agent=assistant", "visitor=user"),
              UnknownKeys.DROP,
              "better",
              "worse"),
          List.of("###"),
          new CutSection("Question: ", " Please answer.", "Answer: ", " Regards, Ada"),
          LowerCase.BOTH,
          Map.of("pos", "positive", "1", "yes"),
          Examples.EACH_ANSWER,
          List.of("user=Customer", "assistant=Agent"),
          Format.CHAT,
          Task.OPEN_ENDED,
          " ->",
          "",
          false,
          DelimiterInText.REJECT,
          DedupBy.PROMPT,
          Conflicts.MAJORITY,
          new NearSection(0.9, NearBy.PROMPT, NearAction.KEEP_TOGETHER),
          List.of("benchmarks", "/mnt/eval.jsonl"),
          Contaminated.REPORT,
          0.5,
          1000L,
          1.0,
          2000L,
          "out",
          "babbage-002",
          "tokenizer.json",
          100,
          TooLong.TRUNCATE_LEFT,
          4,
          "prices.yaml",
          0.0,
          "{{customer}}",
          -7L,
          "last",
          Since.PREVIOUS,
          new CardSection("Tickets", "cc-by-4.0", List.of("en", "pt-BR")),
          new GatesSection(
              new BigDecimal("0.01"),
              new BigDecimal("0.02"),
              new BigDecimal("0.025"),
              new BigDecimal("0.03"),
              4L,
              5L,
              new BigDecimal("0.06"),
              new BigDecimal("0.07"),
              new BigDecimal("0.08"),
              new BigDecimal("0.09"),
              new BigDecimal("0.091"),
              new BigDecimal("0.092"),
              new BigDecimal("10.5"),
              new BigDecimal("0.11"),
              12L,
              13L,
              new BigDecimal("0.14"),
              new BigDecimal("0.15")),
          LaunchSettings.NONE);

  @Test
  void everyKeyIsRead() {
    assertEquals(FULL_RECIPE, Recipe.parse(FULL, "recipe.yaml"));
  }

  @Test
  void whatIsNotSetHasItsDefault() {
    assertEquals(
        new Recipe(
            List.of(),
            null,
            InputFormat.AUTO,
            null,
            null,
            null,
            null,
            null,
            16_000_000L,
            null,
            null,
            null,
            null,
            Dialect.AUTO,
            MapSection.NONE,
            null,
            CutSection.NONE,
            LowerCase.NONE,
            null,
            null,
            null,
            null,
            null,
            "\n\n###\n\n",
            null,
            true,
            DelimiterInText.CLEAN,
            DedupBy.EXAMPLE,
            Conflicts.KEEP,
            NearSection.NONE,
            null,
            null,
            null,
            null,
            0.05,
            64_000_000L,
            null,
            "fireworks/qwen3p5-9b",
            null,
            null,
            TooLong.REJECT,
            null,
            null,
            null,
            null,
            42L,
            null,
            null,
            CardSection.NONE,
            GatesSection.NONE,
            LaunchSettings.NONE),
        Recipe.of(Map.of()));
  }

  @Test
  void aSingleInputNeedsNoList() {
    assertEquals(List.of("a.csv"), Recipe.parse("input: a.csv", "recipe.yaml").input());
  }

  @Test
  void theEffectiveRecipeIsInTheOrderOfTheKeysWithItsDefaults() {
    assertEquals(
        "{input=[a.csv], inputFormat=auto,"
            + " maxRowBytes=16000000, dialect=auto, map={prompt={{q}}, class={{c}}}, lowerCase=none, separator=\n\n###\n\n, leadingSpace=true,"
            + " delimiterInText=clean, dedupBy=example, conflicts=keep, maxRejected=0.05,"
            + " shardBytes=64000000, model=fireworks/qwen3p5-9b, tooLong=reject,"
            + " validation=0.1, seed=42}",
        Recipe.parse(
                "map: {class: '{{c}}', prompt: '{{q}}'}\noutput: /somewhere\ninput: a.csv\n",
                "recipe.yaml")
            .effective()
            .toString());
  }

  @Test
  void theEffectiveRecipeGivesTheSameRecipeExceptForItsOutput() {
    Recipe again = Recipe.of(FULL_RECIPE.effective());
    assertNull(again.output());
    assertEquals(FULL_RECIPE.effective(), again.effective());
    assertEquals(FULL_RECIPE, Recipe.of(FULL_RECIPE.values()));
    Recipe preset = Recipe.of(Map.of());
    assertEquals(preset.effective(), Recipe.of(preset.effective()).effective());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          validation: 1.5       | validation must be at least 0 and below 1, not 1.5
          validation: 1         | validation must be at least 0 and below 1, not 1.0
          validation: -0.1      | validation must be at least 0 and below 1, not -0.1
          maxRejected: 1.01     | maxRejected must be at least 0 and at most 1, not 1.01
          maxRejected: -1       | maxRejected must be at least 0 and at most 1, not -1.0
          maxTokens: 0          | maxTokens must be at least 1, not 0
          epochs: 0             | epochs must be at least 1, not 0
          maxRowBytes: 0        | maxRowBytes must be at least 1 and at most 268435456, not 0
          maxRowBytes: 3000000000 | maxRowBytes must be at least 1 and at most 268435456, not 3000000000
          shardBytes: -5        | shardBytes must be at least 1, not -5
          charset: utf-9        | charset must be one that Java knows, such as UTF-8 or windows-1252, not utf-9
          charset: "no such"    | charset must be one that Java knows, such as UTF-8 or windows-1252, not no such
          model: " "            | model must not be blank
          tokenizer: " "        | tokenizer must not be blank
          prices: ""            | prices must not be blank
          output: ""            | output must not be blank
          input: [a, " "]       | input must not be blank
          input: [a, ~]         | input must not be blank
          separator: \\n\\n###  | separator holds a backslash and an n instead of a line break; put it in double quotes
          stop: '\\n'           | stop holds a backslash and an n instead of a line break; put it in double quotes
          format: jsonl         | format must be completion, chat, preference, alpaca or sharegpt, not "jsonl"
          task: classify        | task must be generation, classification or open-ended, not "classify"
          inputFormat: xls      | inputFormat must be auto, csv, tsv, json, jsonl, txt, xlsx, parquet, mbox or eml, not "xls"
          sheet: 2              | sheet must be text (in quotes), not 2
          sheet: ""             | sheet must not be blank
          rows: " "             | rows must not be blank
          tooLong: truncate     | tooLong must be reject, truncate-left or truncate-right, not "truncate"
          cut: {prompt: x}      | unknown key cut.prompt; did you mean cut.promptPrefix?
          cut: {promptPrefix: ""} | cut.promptPrefix must not be empty
          lowerCase: all        | lowerCase must be none, prompt, completion or both, not "all"
          vaildation: 0.1       | unknown key vaildation; did you mean validation?
          class: x              | unknown key class; the known keys are input, validationInput, inputFormat, charset, fieldSeparator, sheet, rows, validationRows, maxRowBytes, headerRow, fillDown, nullValues, where, dialect, map, remove, cut, lowerCase, labels, examples, speakers, format, task, separator, stop, leadingSpace, delimiterInText, dedupBy, conflicts, near, decontaminate, contaminated, sample, limit, maxRejected, shardBytes, output, model, tokenizer, maxTokens, tooLong, epochs, prices, validation, group, seed, previous, since, card, gates, launch
          card: {license: Apache 2} | card.license must be an identifier such as apache-2.0, not Apache 2
          card: {language: [en, German]} | card.language must be codes such as en or pt-BR, not German
          card: {name: " x"}    | card.name must be one line of text, without spaces around it
          gates: {maxDuplicates: 1.5} | gates.maxDuplicates must be at least 0 and at most 1, not 1.5
          gates: {maxClassDivergence: -0.1} | gates.maxClassDivergence must not be below 0, not -0.1
          gates: {maxPrice: -1} | gates.maxPrice must not be below 0, not -1
          gates: {minExamples: -1} | gates.minExamples must be at least 0, not -1
          gates: {minExamples: 0.5} | gates.minExamples must be a whole number, not 0.5
          gates: {maxDuplicates: 1e99} | gates.maxDuplicates must have at most 15 digits before and after the point
          gates: {maxDuplicate: 0} | unknown key gates.maxDuplicate; did you mean gates.maxDuplicates?
          gates: {maxNearCopies: 0} | gates.maxNearCopies needs near.action: report, drop or keep-together; without it near copies are not looked for
          map: {clas: x}        | unknown key map.clas; did you mean map.class?
          """)
  void aMistakeIsNamedWithItsLine(String line, String problem) {
    BadYamlException e =
        assertThrows(
            BadYamlException.class, () -> Recipe.parse("# a recipe\n" + line, "recipe.yaml"));
    assertEquals("recipe.yaml, line 2: " + problem, e.getMessage());
  }

  @Test
  void everyKeyIsDescribedAndHasADefaultOrSaysWhatHolds() {
    for (SettingKey key : Recipe.keys()) {
      assertEquals(false, key.setting().text().isBlank(), key.path());
      assertEquals(false, key.presetText().isBlank(), key.path());
    }
    assertThat(
        Recipe.keys().stream().map(SettingKey::path).toList(),
        contains(
            "input",
            "validationInput",
            "inputFormat",
            "charset",
            "fieldSeparator",
            "sheet",
            "rows",
            "validationRows",
            "maxRowBytes",
            "headerRow",
            "fillDown",
            "nullValues",
            "where",
            "dialect",
            "map.prompt",
            "map.completion",
            "map.system",
            "map.class",
            "map.messages",
            "map.tools",
            "map.roles",
            "map.unknownKeys",
            "map.chosen",
            "map.rejected",
            "remove",
            "cut.promptPrefix",
            "cut.promptSuffix",
            "cut.completionPrefix",
            "cut.completionSuffix",
            "lowerCase",
            "labels",
            "examples",
            "speakers",
            "format",
            "task",
            "separator",
            "stop",
            "leadingSpace",
            "delimiterInText",
            "dedupBy",
            "conflicts",
            "near.similarity",
            "near.by",
            "near.action",
            "decontaminate",
            "contaminated",
            "sample",
            "limit",
            "maxRejected",
            "shardBytes",
            "output",
            "card.name",
            "card.license",
            "card.language",
            "model",
            "tokenizer",
            "maxTokens",
            "tooLong",
            "epochs",
            "prices",
            "validation",
            "group",
            "seed",
            "previous",
            "since",
            "gates.maxRejected",
            "gates.maxDuplicates",
            "gates.maxConflicts",
            "gates.maxNearCopies",
            "gates.maxNewClasses",
            "gates.maxVanishedClasses",
            "gates.maxClassDistance",
            "gates.maxClassDivergence",
            "gates.maxTokensP50Change",
            "gates.maxTokensP95Change",
            "gates.maxLengthP50Change",
            "gates.maxLengthP95Change",
            "gates.maxPrice",
            "gates.maxPriceChange",
            "gates.minExamples",
            "gates.minNewPrompts",
            "gates.maxChangedPrompts",
            "gates.maxBaseline",
            "launch.provider",
            "launch.model",
            "launch.continue",
            "launch.method",
            "launch.trainingType",
            "launch.epochs",
            "launch.batchSize",
            "launch.learningRateMultiplier",
            "launch.learningRate",
            "launch.beta",
            "launch.seed",
            "launch.suffix",
            "launch.budget",
            "launch.wandbProject",
            "launch.wandbName",
            "launch.wandbEntity",
            "launch.wandbTags"));
  }
}
