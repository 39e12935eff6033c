package dev.tunebeam.transforms.near;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.shard.ShardEntry;
import dev.tunebeam.transforms.shard.ShardMark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Test;

class ConnectUnitsTest {

  private static final int PARTITIONS = 3;

  private static final Map<Fingerprint, Fingerprint> MOVED = new ConcurrentHashMap<>();
  private static final Set<Fingerprint> PINNED = ConcurrentHashMap.newKeySet();

  private final List<byte[]> pairs = new ArrayList<>();

  private static Fingerprint unit(int number) {
    return new Fingerprint(number, number).shuffled(7);
  }

  private void pair(int a, int b) {
    pairs.add(ConnectUnits.pair(unit(a), unit(b)));
  }

  @Test
  void connectedUnitsMoveToOneAndNoneIsPinned() {
    Random random = new Random(5);
    Map<Integer, Integer> roots = new HashMap<>();
    for (int component = 0; component < 20; component++) {
      int first = 100 * component;
      for (int i = 1; i < 2 + component; i++) {
        pair(first + i, first + random.nextInt(i));
      }
      for (int i = 0; i < 2 + component; i++) {
        roots.put(first + i, component);
      }
    }
    pair(5000, 5000);
    Map<Fingerprint, Fingerprint> moved = connect();
    Map<Integer, Set<Fingerprint>> found = new HashMap<>();
    roots.forEach(
        (number, component) ->
            found
                .computeIfAbsent(component, c -> new TreeSet<>())
                .add(moved.getOrDefault(unit(number), unit(number))));
    found.forEach((component, units) -> assertThat(units.size(), equalTo(1)));
    assertThat(Set.copyOf(found.values()).size(), equalTo(20));
    assertThat(PINNED, empty());
  }

  @Test
  void whatALongChainLeavesOpenIsPinnedOnBothSides() {
    int length = 4000;
    for (int i = 1; i < length; i++) {
      pair(i - 1, i);
    }
    Map<Fingerprint, Fingerprint> components = connect();
    for (int i = 1; i < length; i++) {
      Fingerprint a = components.getOrDefault(unit(i - 1), unit(i - 1));
      Fingerprint b = components.getOrDefault(unit(i), unit(i));
      assertThat(
          "pair " + i, a.equals(b) || (PINNED.contains(a) && PINNED.contains(b)), equalTo(true));
    }
    assertThat(PINNED.isEmpty(), equalTo(false));
  }

  /** Components by unit; runs the pipeline. */
  private Map<Fingerprint, Fingerprint> connect() {
    MOVED.clear();
    PINNED.clear();
    Pipeline pipeline = Pipeline.create();
    PCollectionTuple connected =
        pipeline
            .apply(Create.of(pairs).withCoder(ByteArrayCoder.of()))
            .apply(ConnectUnits.in(PARTITIONS));
    connected.get(ConnectUnits.MOVED).apply("Collect moved", ParDo.of(new CollectFn(true)));
    connected.get(ConnectUnits.PINNED).apply("Collect pinned", ParDo.of(new CollectFn(false)));
    pipeline.run().waitUntilFinish();
    return MOVED;
  }

  private static final class CollectFn extends DoFn<KV<Integer, byte[]>, Void> {

    private final boolean isMoved;

    CollectFn(boolean isMoved) {
      this.isMoved = isMoved;
    }

    @ProcessElement
    public void process(@Element KV<Integer, byte[]> entry) {
      ShardMark mark = new ShardEntry(entry.getValue()).mark();
      assertThat(entry.getKey(), equalTo(mark.unit().shard(PARTITIONS)));
      if (isMoved) {
        MOVED.merge(mark.unit(), mark.other(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
      } else {
        PINNED.add(mark.unit());
      }
    }
  }
}
