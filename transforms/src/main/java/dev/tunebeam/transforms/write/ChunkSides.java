package dev.tunebeam.transforms.write;

import dev.tunebeam.transforms.deduplicate.Chunk;
import dev.tunebeam.transforms.deduplicate.Signature;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.sides.Known;
import dev.tunebeam.transforms.split.SplitPlan;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** On which side of the split the prompts of a chunk are. Pure functions of chunk and plan. */
final class ChunkSides {

  private ChunkSides() {}

  /** Where the examples of a prompt go. */
  enum Side {
    TRAIN,
    VALIDATION,
    LEFT_OUT
  }

  /** For each group of the chunk, where it goes; to be asked once. */
  static List<Side> of(Chunk chunk, SplitPlan split) {
    List<Side> sides = new ArrayList<>();
    for (Chunk.Group group : chunk.groups()) {
      Signature signature = group.signature();
      if (signature == null) {
        Fingerprint prompt = Objects.requireNonNull(group.spanning());
        sides.add(side(split.isLeftOut(prompt), split.isValidation(prompt)));
      } else {
        sides.add(
            side(
                split.isLeftOut(signature, group.order()),
                split.isValidation(signature, group.order())));
      }
    }
    return sides;
  }

  private static Side side(boolean isLeftOut, boolean isValidation) {
    return isLeftOut ? Side.LEFT_OUT : isValidation ? Side.VALIDATION : Side.TRAIN;
  }

  /** What is to be remembered of a chunk: {@link Known} entries, by their shard. */
  static SortedMap<Integer, byte[]> known(Chunk chunk, List<Side> sides, int shards) {
    SortedMap<Integer, ByteArrayOutputStream> byShard = new TreeMap<>();
    for (Chunk.Remembered remembered : chunk.known()) {
      Side side = sides.get(remembered.group());
      if (side != Side.LEFT_OUT) {
        Known entry = remembered.entry().on(side == Side.VALIDATION);
        ByteBuffer bytes = ByteBuffer.allocate(Known.BYTES);
        entry.put(bytes);
        byShard
            .computeIfAbsent(entry.shard(shards), shard -> new ByteArrayOutputStream())
            .writeBytes(bytes.array());
      }
    }
    SortedMap<Integer, byte[]> known = new TreeMap<>();
    byShard.forEach((shard, bytes) -> known.put(shard, bytes.toByteArray()));
    return known;
  }
}
