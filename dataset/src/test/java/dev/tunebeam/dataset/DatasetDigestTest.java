package dev.tunebeam.dataset;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DatasetDigestTest {

  private static final Manifest.Shard ONE =
      new Manifest.Shard("train", "train-00000-of-00001.jsonl", 1, 2, "1".repeat(64));
  private static final Manifest.Shard TWO =
      new Manifest.Shard("validation", "validation-00000-of-00001.jsonl", 1, 2, "2".repeat(64));

  @Test
  void itIsWhatSha256sumSaysOfTheListOfSha256sum() {
    // (echo "11…  train-00000-of-00001.jsonl"; echo "22…  validation-00000-of-00001.jsonl")
    // | sha256sum
    assertThat(
        DatasetDigest.of(List.of(ONE, TWO)),
        is("682837ea29edc0e3ab2c753c11f402d216d8229d7747573d726b64e403b2c8f5"));
  }

  @Test
  void ofNoShardsItIsTheHashOfNothing() {
    assertThat(
        DatasetDigest.of(List.of()),
        is("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
  }

  @Test
  void anotherOrderOrAnotherSplitIsAnotherDataset() {
    assertThat(DatasetDigest.of(List.of(TWO, ONE)), is(not(DatasetDigest.of(List.of(ONE, TWO)))));
    Manifest.Shard trains =
        new Manifest.Shard("train", "train-00001-of-00002.jsonl", 1, 2, TWO.sha256());
    assertThat(
        DatasetDigest.of(List.of(ONE, trains)), is(not(DatasetDigest.of(List.of(ONE, TWO)))));
  }
}
