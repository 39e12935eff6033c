package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.compare.Relation;
import java.nio.ByteBuffer;

/**
 * A verified pair.
 *
 * @param stays the one that stays if one is removed
 * @param goes the other
 * @param similarity share of common shingles
 * @param relation near copy, conflict, or different but to be kept together
 */
record Edge(Vertex stays, Vertex goes, double similarity, Relation relation) {

  private static final int BYTES = 2 * Vertex.BYTES + 8 + 1;

  static Edge of(Vertex a, Vertex b, double similarity, Relation relation) {
    return a.staysBefore(b)
        ? new Edge(a, b, similarity, relation)
        : new Edge(b, a, similarity, relation);
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    stays.put(out);
    goes.put(out);
    return out.putDouble(similarity).put((byte) relation.ordinal()).array();
  }

  static Edge decode(byte[] bytes, int from) {
    ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
    return new Edge(Vertex.get(in), Vertex.get(in), in.getDouble(), Relation.values()[in.get()]);
  }
}
