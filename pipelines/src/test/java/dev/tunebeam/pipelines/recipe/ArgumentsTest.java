package dev.tunebeam.pipelines.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.spark.SparkPipelineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

  @Test
  void whatIsNotGivenIsLeftOpen() {
    Arguments arguments = Arguments.parse("inspect");
    assertEquals(
        new RunSettings(null, null, false, false, false, false, false, false, null, null),
        arguments.run());
    assertEquals(Map.of(), arguments.recipe());
    assertEquals(List.of(), arguments.beam());
  }

  @Test
  void jsonGoesToStdoutUnlessAFileIsNamed() {
    for (String stdout : List.of("--json", "--json=-")) {
      assertEquals(true, Arguments.askForJson("--quiet", stdout, "--yes"));
      assertEquals(
          null, Arguments.parse("prepare", "--quiet", stdout, "--verbose").run().jsonFile());
    }
    for (String file : List.of("--json=j.json", "--json j.json")) {
      assertEquals(false, Arguments.askForJson(file.split(" ", -1)));
      assertEquals("j.json", Arguments.parse("prepare", file.split(" ", -1)).run().jsonFile());
    }
    assertEquals(false, Arguments.askForJson("--quiet"));
    assertEquals(null, Arguments.parse("prepare", "--quiet").run().jsonFile());
  }

  @Test
  void aFlagIsWrittenAsItsKeyOrWithDashes() {
    assertEquals(
        new RunSettings(
            "r.yaml", "out.yaml", true, true, true, true, true, true, "j.json", "a-b.log"),
        Arguments.parse(
                "inspect",
                "--recipe=r.yaml",
                "--json=j.json",
                "--recipe-out=out.yaml",
                "--yes",
                "--dry-run=true",
                "--overwrite",
                "--resplit",
                "--verbose",
                "--quiet",
                "--log-file=a-b.log")
            .run());
    for (String flag : List.of("--max-row-bytes=7", "--maxRowBytes=7")) {
      assertEquals(
          Map.of("maxRowBytes", BigInteger.valueOf(7)), Arguments.parse("prepare", flag).recipe());
    }
    assertEquals(
        Map.of("cut.promptPrefix", "a-b c-d=e-f", "map.class", "{{x}}"),
        Arguments.parse("prepare", "--cut-prompt-prefix=a-b c-d=e-f", "--class-template={{x}}")
            .recipe());
    assertEquals(
        "local[2]",
        Arguments.parse("prepare", "--spark-master=local[2]")
            .options()
            .as(SparkPipelineOptions.class)
            .getSparkMaster());
  }

  @Test
  void aValueMayBeTheNextArgument() {
    Arguments arguments =
        Arguments.parse(
            "prepare",
            "--dryRun",
            "--input",
            "a b.csv",
            "--max-rejected",
            "0.5",
            "--separator",
            " -> ",
            "--lowerCase",
            "prompt",
            "--leadingSpace",
            "false",
            "--runner",
            "DirectRunner",
            "--overwrite");
    assertEquals(
        Arguments.parse(
                "prepare",
                "--dryRun=true",
                "--input=a b.csv",
                "--maxRejected=0.5",
                "--separator= -> ",
                "--lowerCase=prompt",
                "--leadingSpace=false",
                "--runner=DirectRunner",
                "--overwrite=true")
            .recipe(),
        arguments.recipe());
    assertTrue(arguments.run().dryRun());
    assertTrue(arguments.run().overwrite());
    assertEquals(DirectRunner.class, arguments.options().getRunner());
  }

  @Test
  void emptyIsAValueForSeparatorAndStop() {
    assertEquals(
        Map.of("separator", "", "stop", ""),
        Arguments.parse("prepare", "--separator=", "--stop=").recipe());
  }

  @Test
  void flagsOfBeamAndOfTheRunnersAreReadToo() {
    Arguments arguments =
        Arguments.parse(
            "prepare", "--runner=DirectRunner", "--sparkMaster=local[2]", "--cacheDisabled=true");
    assertEquals(List.of("runner", "sparkMaster", "cacheDisabled"), arguments.beam());
    assertEquals(DirectRunner.class, arguments.options().getRunner());
    SparkPipelineOptions spark = arguments.options().as(SparkPipelineOptions.class);
    assertEquals("local[2]", spark.getSparkMaster());
    assertTrue(spark.isCacheDisabled());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --vaildation=0.1        | unknown flag --vaildation; did you mean --validation?
          --max-tokns=5           | unknown flag --max-tokns; did you mean --maxTokens?
          --yes                   | unknown flag --yes; ./tunebeam prepare --help lists them
          --class={{x}}           | unknown flag --class; did you mean --classTemplate?
          --sparkMastr=local      | unknown flag --sparkMastr; did you mean --sparkMaster?
          --vegetables=1          | unknown flag --vegetables; ./tunebeam prepare --help lists them
          --input a.csv b.csv     | b.csv is not a flag; flags are written --key=value, and patterns of files in quotes: --input='*.csv'
          --input                 | --input needs a value: --input=FILES
          --input --dryRun        | --input needs a value: --input=FILES
          --output=               | --output needs a value: --output=FOLDER
          --sparkMaster           | --sparkMaster needs a value: --sparkMaster=VALUE
          --dryRun yes            | yes is not a flag; flags are written --key=value, and patterns of files in quotes: --input='*.csv'
          --dryRun=yes            | --dryRun must be true or false, not "yes"
          --dryRun=               | --dryRun needs a value: --dryRun=VALUE
          --leadingSpace=         | --leadingSpace needs a value: --leadingSpace=BOOLEAN
          -input=data.csv         | -input=data.csv: flags begin with two dashes: --input=data.csv
          data.csv                | data.csv is not a flag; flags are written --key=value, and patterns of files in quotes: --input='*.csv'
          --cacheDisabled=1       | --cacheDisabled must be true or false, not "1"
          --seed=1 --seed=2       | --seed is given twice
          --stableUniqueNames=NO  | --stableUniqueNames must be one of OFF, WARNING, ERROR, not "NO"
          --runner=Flink          | Unknown 'runner' specified 'Flink', supported pipeline runners [DirectRunner, LocalRunner, SparkRunner, SparkStructuredStreamingRunner, TestSparkRunner]
          """)
  void aMistakeIsOneLine(String arguments, String message) {
    UsageException e =
        assertThrows(
            UsageException.class,
            () -> Arguments.parse("prepare", arguments.trim().split(" ", -1)));
    assertEquals(message, e.getMessage());
  }

  @Test
  void helpIsAskedForInAnyOfItsForms() {
    assertTrue(Arguments.askForHelp("--seed=1", "--help"));
    assertTrue(Arguments.askForHelp("-h"));
    assertTrue(Arguments.askForHelp("--help=prepare"));
    assertFalse(Arguments.askForHelp("--seed=1"));
  }
}
