package dev.tunebeam.transforms.read;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedSplitsTest {

  private static NamedSplits splits(List<String> train, List<String> validation, String... rest) {
    return new NamedSplits(train, validation, List.of(rest));
  }

  @Test
  void filesAreTheSplitsOfTheirNames() {
    assertThat(
        NamedSplits.ofFiles(List.of("/in/test.csv", "/in/train.csv")),
        equalTo(splits(List.of("/in/train.csv"), List.of("/in/test.csv"))));
    assertThat(
        NamedSplits.ofFiles(
            List.of(
                "/in/train-00000-of-00002.parquet",
                "/in/train-00001-of-00002.parquet",
                "/in/validation-00000-of-00001.parquet")),
        equalTo(
            splits(
                List.of("/in/train-00000-of-00002.parquet", "/in/train-00001-of-00002.parquet"),
                List.of("/in/validation-00000-of-00001.parquet"))));
    assertThat(
        NamedSplits.ofFiles(List.of("banking_Dev.jsonl", "banking_Train.jsonl")),
        equalTo(splits(List.of("banking_Train.jsonl"), List.of("banking_Dev.jsonl"))));
  }

  @Test
  void aTestSplitIsLeftOutWhereThereIsAValidationSplit() {
    assertThat(
        NamedSplits.ofFiles(List.of("in/test.csv", "in/train.csv", "in/valid.csv")),
        equalTo(splits(List.of("in/train.csv"), List.of("in/valid.csv"), "in/test.csv")));
    assertThat(
        NamedSplits.ofArrays(List.of("val", "Train", "test", "oos_train")),
        equalTo(splits(List.of("Train"), List.of("val"), "test", "oos_train")));
  }

  @Test
  void foldersAreSplitsWhereTheFilesHaveOtherNames() {
    assertThat(
        NamedSplits.ofFiles(List.of("in/dev/a.csv", "in/train/a.csv", "in/train/b.csv")),
        equalTo(splits(List.of("in/train/a.csv", "in/train/b.csv"), List.of("in/dev/a.csv"))));
  }

  @Test
  void foldersOfClassesMayLieInFoldersOfSplits() {
    assertThat(
        NamedSplits.ofFiles(
            List.of("in/test/neg/1.txt", "in/test/pos/1.txt", "in/train/neg/1.txt")),
        equalTo(
            splits(
                List.of("in/train/neg/1.txt"), List.of("in/test/neg/1.txt", "in/test/pos/1.txt"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // no validation
        "in/train-1.csv in/train-2.csv",
        // a file of no split
        "in/train.csv in/test.csv in/more.csv",
        // other subjects
        "in/train_schedule.csv in/test_results.csv",
        // other corpora
        "a/train.csv b/test.csv",
        "/home/dev/a.csv /home/dev/b.csv",
        "latest.csv trainers.csv"
      })
  void otherNamesSayNothing(String files) {
    assertThat(NamedSplits.ofFiles(List.of(files.split(" ", -1))), nullValue());
  }

  @Test
  void arraysWithoutBothSplitsSayNothing() {
    assertThat(NamedSplits.ofArrays(List.of("train", "meta")), nullValue());
    assertThat(NamedSplits.ofArrays(List.of("items", "test")), nullValue());
  }
}
