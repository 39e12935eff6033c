package dev.tunebeam.pipelines.prepare;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import org.junit.jupiter.api.Test;

class FileGlobTest {

  @Test
  void filesOfAFolderAreAGlobWithTheirExtension() {
    List<String> all =
        List.of(
            "in/test/pos/1.txt", "in/train/neg/1.txt", "in/train/pos/1.txt", "in/train/pos/2.txt");
    assertThat(FileGlob.of(all.subList(1, 4), all), equalTo(List.of("in/train/*/*.txt")));
    assertThat(FileGlob.of(all.subList(0, 1), all), equalTo(List.of("in/test/pos/1.txt")));
  }

  @Test
  void filesBesideOthersAreAGlobWithTheBeginOfTheirNames() {
    List<String> all =
        List.of(
            "train-0-of-2.parquet",
            "train-1-of-2.parquet",
            "val-0-of-2.parquet",
            "val-1-of-2.parquet");
    assertThat(FileGlob.of(all.subList(0, 2), all), equalTo(List.of("train-*-of-2.parquet")));
  }

  @Test
  void filesThatNoGlobTellsFromOthersAreListed() {
    List<String> all = List.of("a-train.csv", "b-test.csv", "b-train.csv", "c-test.csv");
    assertThat(
        FileGlob.of(List.of("a-train.csv", "b-train.csv"), all), equalTo(List.of("*-train.csv")));
    List<String> mixed = List.of("a.csv", "b.csv", "c.csv");
    assertThat(FileGlob.of(List.of("a.csv", "c.csv"), mixed), equalTo(List.of("a.csv", "c.csv")));
    List<String> special = List.of("a[1].csv", "a[2].csv", "b.csv");
    assertThat(
        FileGlob.of(List.of("a[1].csv", "a[2].csv"), special),
        equalTo(List.of("a[1].csv", "a[2].csv")));
  }
}
