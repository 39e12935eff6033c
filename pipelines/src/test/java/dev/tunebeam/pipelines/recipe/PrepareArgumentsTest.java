package dev.tunebeam.pipelines.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.spark.SparkPipelineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrepareArgumentsTest {

  @Test
  void aFlagThatIsNotGivenIsNull() {
    PrepareOptions options = PrepareArguments.parse();
    assertNull(options.getRecipe());
    assertNull(options.getInput());
    assertNull(options.getSeed());
    assertNull(options.getLeadingSpace());
    assertFalse(options.isDryRun());
  }

  @Test
  void flagsAreReadByTheirTypes() {
    PrepareOptions options =
        PrepareArguments.parse(
            "--validation=0.2", "--seed=7", "--epochs=3", "--leadingSpace=false", "--dryRun");
    assertEquals(0.2, options.getValidation());
    assertEquals(7L, options.getSeed());
    assertEquals(3, options.getEpochs());
    assertEquals(false, options.getLeadingSpace());
    assertTrue(options.isDryRun());
  }

  @Test
  void inputIsRepeatedOrSeparatedByCommas() {
    assertEquals(
        List.of("a.csv", "b/*.csv", "c.csv"),
        PrepareArguments.parse("--input=a.csv,b/*.csv", "--input=c.csv").getInput());
  }

  @Test
  void emptyIsAValueForSeparatorAndStop() {
    PrepareOptions options = PrepareArguments.parse("--separator=", "--stop=");
    assertEquals("", options.getSeparator());
    assertEquals("", options.getStop());
  }

  @Test
  void aValueMayHoldEqualsSignsAndBlanks() {
    assertEquals("a = {{b}}", PrepareArguments.parse("--prompt=a = {{b}}").getPrompt());
  }

  @Test
  void flagsOfBeamAndOfTheRunnersAreReadToo() {
    PrepareOptions options =
        PrepareArguments.parse(
            "--runner=DirectRunner", "--sparkMaster=local[2]", "--cacheDisabled=true");
    assertEquals(DirectRunner.class, options.getRunner());
    assertEquals("local[2]", options.as(SparkPipelineOptions.class).getSparkMaster());
    assertTrue(options.as(SparkPipelineOptions.class).isCacheDisabled());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --vaildation=0.1        | unknown flag --vaildation; did you mean --validation?
          --max-tokens=5          | unknown flag --max-tokens; did you mean --maxTokens?
          --class={{x}}           | unknown flag --class; did you mean --classTemplate?
          --sparkMastr=local      | unknown flag --sparkMastr; did you mean --sparkMaster?
          --vegetables=1          | unknown flag --vegetables; tunebeam prepare --help lists them
          --input data.csv        | --input data.csv: write --input=data.csv
          --input                 | --input needs a value: --input=FILES
          --input --dryRun        | --input needs a value: --input=FILES
          --output=               | --output needs a value: --output=FOLDER
          --sparkMaster           | --sparkMaster needs a value: --sparkMaster=VALUE
          --dryRun true           | --dryRun true: write --dryRun=true
          --dryRun=yes            | --dryRun must be true or false, not "yes"
          --dryRun=               | --dryRun needs a value: --dryRun=VALUE
          --leadingSpace=         | --leadingSpace needs a value: --leadingSpace=BOOLEAN
          -input=data.csv         | -input=data.csv: flags begin with two dashes: --input=data.csv
          data.csv                | data.csv is no flag; flags are written --key=value
          --validation=lots       | --validation must be a number, not "lots"
          --seed=1.5              | --seed must be a whole number, not "1.5"
          --epochs=3000000000     | --epochs must be a whole number of at most 2147483647, not "3000000000"
          --cacheDisabled=1       | --cacheDisabled must be true or false, not "1"
          --seed=1 --seed=2       | --seed is given twice
          --stableUniqueNames=NO  | --stableUniqueNames must be one of OFF, WARNING, ERROR, not "NO"
          --runner=Flink          | Unknown 'runner' specified 'Flink', supported pipeline runners [DirectRunner, SparkRunner, SparkStructuredStreamingRunner, TestSparkRunner]
          """)
  void aMistakeIsOneLine(String arguments, String message) {
    UsageException e =
        assertThrows(
            UsageException.class, () -> PrepareArguments.parse(arguments.trim().split(" ", -1)));
    assertEquals(message, e.getMessage());
  }

  @Test
  void helpIsAskedForInAnyOfItsForms() {
    assertTrue(PrepareArguments.askForHelp("--seed=1", "--help"));
    assertTrue(PrepareArguments.askForHelp("-h"));
    assertTrue(PrepareArguments.askForHelp("--help=PrepareOptions"));
    assertFalse(PrepareArguments.askForHelp("--seed=1"));
  }
}
