package dev.tunebeam.transforms.near;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.transforms.count.ImageCount;
import dev.tunebeam.transforms.count.RenderedExample;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.fingerprint.ExampleFingerprints;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.OutcomeCoder;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.row.Step;
import dev.tunebeam.transforms.shard.ExampleEntries;
import dev.tunebeam.transforms.shard.FingerprintFn;
import dev.tunebeam.transforms.shard.ShardEntry;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.Test;

class GroupByShardTest {

  private static final int SHARDS = 4;
  private static final long SEED = 42;
  private static final ExampleEntries.Settings SHARDING = sharding(SHARDS);

  @Test
  void equalPromptsMeetInOneShardAndNothingIsLost() {
    SortedMap<Integer, TreeSet<String>> expected = new TreeMap<>();
    List<Outcome<RenderedExample>> outcomes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      RenderedExample example = example(i, "prompt " + i / 4);
      ExampleFingerprints fingerprints = ExampleFingerprints.of(example.example()).shuffled(SEED);
      outcomes.add(Outcome.of(example));
      expected
          .computeIfAbsent(fingerprints.prompt().shard(SHARDS), shard -> new TreeSet<>())
          .add(hex(ShardEntry.of(example, fingerprints)));
    }
    RangeStats stats = new RangeStats(0, 0, 41, 41);
    outcomes.add(Outcome.stats(stats));
    expected.computeIfAbsent(0, shard -> new TreeSet<>()).add(hex(ShardEntry.of(stats)));
    Rejected rejected =
        new Rejected(new Source(0, 0, 41), Step.READ, Reason.RAGGED_ROW, "message", "raw");
    outcomes.add(Outcome.rejected(rejected));

    Pipeline pipeline = Pipeline.create();
    var grouped =
        pipeline
            .apply(
                Create.of(outcomes)
                    .withCoder(OutcomeCoder.of(SerializableCoder.of(RenderedExample.class))))
            .apply(
                ParDo.of(new FingerprintFn(SHARDING))
                    .withOutputTags(FingerprintFn.ENTRIES, GroupByShard.others(SHARDING)))
            .apply(GroupByShard.with(SHARDING, null, null));
    String rejectedEntry = hex(ShardEntry.of(rejected));
    PAssert.that(grouped)
        .satisfies(
            shards -> {
              SortedMap<Integer, TreeSet<String>> found = new TreeMap<>();
              int rejectedRows = 0;
              for (KV<Integer, Iterable<byte[]>> shard : shards) {
                TreeSet<String> entries = new TreeSet<>();
                shard.getValue().forEach(entry -> entries.add(hex(entry)));
                rejectedRows += entries.remove(rejectedEntry) ? 1 : 0;
                if (!entries.isEmpty()) {
                  found.put(shard.getKey(), entries);
                }
              }
              assertThat(found, equalTo(expected));
              assertThat("shards in use", found.size(), greaterThan(1));
              assertThat(rejectedRows, equalTo(1));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void thereIsAtLeastOneShard() {
    assertThrows(IllegalArgumentException.class, () -> sharding(0));
  }

  private static ExampleEntries.Settings sharding(int shards) {
    return new ExampleEntries.Settings(shards, SEED, false, Integer.MAX_VALUE, null, false, false);
  }

  private static RenderedExample example(int row, String prompt) {
    Example example =
        Example.ofPair(new Source(0, 0, row + 1), "", null, prompt, "answer " + row, null);
    return new RenderedExample(example, 3, ImageCount.NONE, ("line " + row).getBytes(UTF_8));
  }

  private static String hex(byte[] entry) {
    return HexFormat.of().formatHex(entry);
  }
}
