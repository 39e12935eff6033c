package dev.tunebeam.transforms.deduplicate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class ChunkCoderTest {

  private static final Chunk CHUNK =
      new Chunk(
          1,
          2,
          Chunk.Kind.EXAMPLES,
          new byte[] {3},
          new byte[] {4, 5},
          new byte[] {6},
          new byte[] {7},
          List.of("a"),
          List.of(Signature.single("")));

  @Provide
  Arbitrary<Chunk> chunks() {
    Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(20);
    Arbitrary<List<String>> names =
        Arbitraries.of("", " ", "a", "Ünï", "😀").list().uniqueElements().ofMaxSize(3);
    Arbitrary<Signature> signatures =
        names
            .filter(list -> !list.isEmpty())
            .map(
                list ->
                    new Signature(
                        list,
                        IntStream.rangeClosed(1, list.size()).boxed().toList(),
                        Signature.Side.values()[list.size()]));
    return Combinators.combine(
            Arbitraries.integers().greaterOrEqual(0),
            Arbitraries.integers().greaterOrEqual(0),
            Arbitraries.of(Chunk.Kind.class),
            bytes,
            bytes,
            bytes,
            names,
            signatures.list().ofMaxSize(3))
        .as(
            (shard, index, kind, body, groups, links, classes, all) ->
                new Chunk(shard, index, kind, body, groups, links, groups, classes, all));
  }

  @Property
  void aChunkComesBackAsItWas(@ForAll("chunks") Chunk chunk) throws IOException {
    byte[] encoded = CoderUtils.encodeToByteArray(ChunkCoder.of(), chunk);
    Chunk decoded = CoderUtils.decodeFromByteArray(ChunkCoder.of(), encoded);

    assertThat(decoded.shard(), equalTo(chunk.shard()));
    assertThat(decoded.index(), equalTo(chunk.index()));
    assertThat(decoded.kind(), equalTo(chunk.kind()));
    assertThat(decoded.bodyBytes(), equalTo(chunk.bodyBytes()));
    assertThat(decoded.groupBytes(), equalTo(chunk.groupBytes()));
    assertThat(decoded.linkBytes(), equalTo(chunk.linkBytes()));
    assertThat(decoded.knownBytes(), equalTo(chunk.knownBytes()));
    assertThat(decoded.classes(), equalTo(chunk.classes()));
    assertThat(decoded.signatures(), equalTo(chunk.signatures()));
    assertThat(CoderUtils.encodeToByteArray(ChunkCoder.of(), decoded), equalTo(encoded));
  }

  @Test
  void chunksStandOneAfterTheOtherInAStream() throws IOException {
    byte[] one = CoderUtils.encodeToByteArray(ChunkCoder.of(), CHUNK);
    byte[] two = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, two, one.length, one.length);
    ByteArrayInputStream in = new ByteArrayInputStream(two);

    ChunkCoder.of().decode(in);
    assertThat(ChunkCoder.of().decode(in).groupBytes(), equalTo(CHUNK.groupBytes()));
    assertThat(in.available(), equalTo(0));
  }

  @Test
  void aChunkThatIsCutOffIsAnError() throws IOException {
    byte[] whole = CoderUtils.encodeToByteArray(ChunkCoder.of(), CHUNK);
    for (int length = 0; length < whole.length; length++) {
      ByteArrayInputStream cut = new ByteArrayInputStream(Arrays.copyOf(whole, length));
      assertThrows(EOFException.class, () -> ChunkCoder.of().decode(cut));
    }
  }
}
