package dev.tunebeam.dataset;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class ManifestTest {

  @Test
  void aFunnelInWhichARowIsLostIsRefused() {
    var rejected = new Manifest.Rejected(1, new TreeMap<>(Map.of("too_long", 1L)));
    assertThat(
        complaint(() -> new Manifest.Rows(10, rejected, 1, 6, 1)),
        is(
            "rows do not add up: 10 read, 6 train + 1 validation + 1 duplicates + 1 rejected + 0 filtered + 0 sampledOut"));
  }

  @Test
  void rejectedRowsWithoutAReasonAreRefused() {
    assertThat(
        complaint(() -> new Manifest.Rejected(2, new TreeMap<>(Map.of("too_long", 1L)))),
        is("rows.rejected.total is 2, but the reasons sum up to 1"));
  }

  @Test
  void shardsThatHoldOtherNumbersThanTheFunnelAreRefused() {
    var train = new Manifest.Shard("train", "train-00000-of-00001.jsonl", 5, 900, "1".repeat(64));
    assertThat(
        complaint(
            () -> ManifestExample.manifest(List.of(train, ManifestExample.VALIDATION), 6, null)),
        is("rows.train is 6, but the shards sum up to 5"));
  }

  @Test
  void aDryRunHasNoShardsAndTheDigestOfNone() {
    assertThat(
        ManifestExample.manifest(List.of(), 6, null).digest(), is(ManifestExample.EMPTY_SHA256));
  }

  @Test
  void aDistributionThatFallsIsRefused() {
    assertThat(
        complaint(() -> new Manifest.PerExample(1, 5, 4, 9)),
        is("tokens.perExample is not ascending: min 1, p50 5, p95 4, max 9"));
  }

  @Test
  void negativeCountsAreRefusedWithTheirName() {
    assertThat(
        complaint(
            () -> new Manifest.Tokens("o200k_base", -1, 0, new Manifest.PerExample(0, 0, 0, 0))),
        is("tokens.train is negative: -1"));
    assertThat(
        complaint(() -> new Manifest.ClassCount(0, -2)), is("classes.validation is negative: -2"));
  }

  @Test
  void aShardIsAFileOfASplitWithAHash() {
    String hash = "a".repeat(64);
    assertThat(
        complaint(() -> new Manifest.Shard("test", "a.jsonl", 1, 1, hash)),
        is("unknown split: 'test'"));
    assertThat(
        complaint(() -> new Manifest.Shard("train", "../a.jsonl", 1, 1, hash)),
        is("a shard's file must be a file name, not '../a.jsonl'"));
    assertThat(
        complaint(() -> new Manifest.Shard("train", "a.jsonl", 1, 1, "A".repeat(64))),
        is("sha256 of a.jsonl is not a SHA-256: '" + "A".repeat(64) + "'"));
  }

  @Test
  void equalAmountsOfDollarsAreEqualCosts() {
    assertThat(cost("430.00"), is(cost("4.3E+2")));
    assertThat(cost("0.4300004"), is(cost("0.43")));
  }

  @Test
  void aNegativePriceIsRefused() {
    assertThat(complaint(() -> cost("-1")), is("cost.usd is negative: -1"));
  }

  private static Manifest.Cost cost(String usd) {
    return new Manifest.Cost("m", "p", 3, 10, new BigDecimal(usd), LocalDate.of(2026, 11, 20));
  }

  private static String complaint(Executable code) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, code).getMessage());
  }
}
