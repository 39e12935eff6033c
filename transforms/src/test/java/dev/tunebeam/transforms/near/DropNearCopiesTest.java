package dev.tunebeam.transforms.near;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.transforms.compare.Comparison;
import dev.tunebeam.transforms.compare.NearBy;
import dev.tunebeam.transforms.compare.Relation;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.shard.ShardEntry;
import dev.tunebeam.transforms.shard.ShardMark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.Test;

class DropNearCopiesTest {

  private static final NearSettings SETTINGS =
      new NearSettings(NearAction.DROP, new Comparison(0.8, NearBy.EXAMPLE), 42, 3, 1000);

  /** What each text that goes is a copy of. */
  private static final Map<Fingerprint, Fingerprint> GONE = new ConcurrentHashMap<>();

  private static final AtomicLong UNDECIDED = new AtomicLong();

  private final List<byte[]> edges = new ArrayList<>();
  private final Map<Fingerprint, Set<Fingerprint>> neighbours = new HashMap<>();

  private static Vertex vertex(int number) {
    Fingerprint id = new Fingerprint(number, number).shuffled(7);
    return new Vertex(id, false, id, id, new Source(0, 0, number + 1), 0);
  }

  private void edge(Vertex a, Vertex b, Relation relation) {
    edges.add(Edge.of(a, b, 0.9, relation).encode());
    if (relation == Relation.NEAR_COPY) {
      neighbours.computeIfAbsent(a.id(), id -> new HashSet<>()).add(b.id());
      neighbours.computeIfAbsent(b.id(), id -> new HashSet<>()).add(a.id());
    }
  }

  /**
   * The greedy independent set: in the order of ids, a text goes if a neighbour before it stays.
   */
  private Set<Fingerprint> expected() {
    Set<Fingerprint> stay = new HashSet<>();
    Set<Fingerprint> gone = new TreeSet<>(Comparator.naturalOrder());
    for (Fingerprint id : new TreeSet<>(neighbours.keySet())) {
      boolean goes = neighbours.getOrDefault(id, Set.of()).stream().anyMatch(stay::contains);
      (goes ? gone : stay).add(id);
    }
    return gone;
  }

  @Test
  void eachTextThatGoesIsACopyOfOneThatStaysAndNoTwoCopiesStay() {
    Random random = new Random(11);
    for (int i = 1; i < 400; i++) {
      edge(vertex(i), vertex(random.nextInt(i)), Relation.NEAR_COPY);
      edge(vertex(i), vertex(random.nextInt(i)), Relation.NEAR_COPY);
    }
    drop();
    assertThat(new TreeSet<>(GONE.keySet()), equalTo(expected()));
    GONE.forEach(
        (gone, kept) -> {
          assertThat(neighbours.getOrDefault(gone, Set.of()).contains(kept), equalTo(true));
          assertThat(GONE.containsKey(kept), equalTo(false));
        });
    assertThat(UNDECIDED.get(), equalTo(0L));
  }

  @Test
  void aCopyOfACopyStays() {
    List<Vertex> chain = new ArrayList<>(List.of(vertex(1), vertex(2), vertex(3)));
    chain.sort(Comparator.comparing(Vertex::id));
    edge(chain.get(0), chain.get(1), Relation.NEAR_COPY);
    edge(chain.get(1), chain.get(2), Relation.NEAR_COPY);
    drop();
    assertThat(GONE, equalTo(Map.of(chain.get(1).id(), chain.get(0).id())));
  }

  @Test
  void aConflictRemovesNothing() {
    edge(vertex(1), vertex(2), Relation.CONFLICT);
    drop();
    assertThat(GONE, equalTo(Map.of()));
  }

  @Test
  void whatTheRoundsLeaveOpenStaysAndIsCounted() {
    List<Vertex> chain = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      chain.add(vertex(i));
    }
    chain.sort(Comparator.comparing(Vertex::id));
    for (int i = 1; i < chain.size(); i++) {
      edge(chain.get(i - 1), chain.get(i), Relation.NEAR_COPY);
    }
    drop();
    Map<Fingerprint, Fingerprint> expected = new HashMap<>();
    // A round settles one text: those at even places stay, the others go.
    for (int i = 1; i < DropNearCopies.ROUNDS; i += 2) {
      expected.put(chain.get(i).id(), chain.get(i - 1).id());
    }
    assertThat(GONE, equalTo(expected));
    assertThat(UNDECIDED.get(), equalTo(60L - DropNearCopies.ROUNDS));
  }

  private void drop() {
    GONE.clear();
    UNDECIDED.set(0);
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(edges).withCoder(ByteArrayCoder.of()))
        .apply(DropNearCopies.with(SETTINGS))
        .apply("Collect", ParDo.of(new CollectFn()));
    pipeline.run().waitUntilFinish();
  }

  private static final class CollectFn extends DoFn<KV<Integer, byte[]>, Void> {

    @ProcessElement
    public void process(@Element KV<Integer, byte[]> element) {
      ShardEntry entry = new ShardEntry(element.getValue());
      if (entry.kind() == ShardEntry.Kind.NEAR_COUNTS) {
        UNDECIDED.addAndGet(entry.nearCounts().undecided());
        return;
      }
      ShardMark mark = entry.mark();
      assertThat(mark.kind(), equalTo(ShardMark.Kind.NEAR_COPY));
      assertThat(element.getKey(), equalTo(mark.unit().shard(SETTINGS.partitions())));
      GONE.put(mark.unit(), mark.other());
    }
  }
}
