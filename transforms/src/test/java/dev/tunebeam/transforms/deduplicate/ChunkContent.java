package dev.tunebeam.transforms.deduplicate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is in a chunk, read back. */
record ChunkContent(List<Line> lines, List<Group> groups) {

  record Line(int group, @Nullable String className, int tokens, String text) {}

  /** A prompt: its signature and rank, or its fingerprint where it is spanning. */
  record Group(@Nullable Signature signature, int rank, @Nullable Fingerprint spanning) {}

  static ChunkContent of(Chunk chunk) {
    List<Line> lines = new ArrayList<>();
    ByteBuffer body = ByteBuffer.wrap(chunk.body());
    while (body.hasRemaining()) {
      int group = body.getInt();
      int classIndex = body.getInt();
      int tokens = body.getInt();
      byte[] line = new byte[body.getInt()];
      body.get(line);
      String className = classIndex < 0 ? null : chunk.classes().get(classIndex);
      lines.add(new Line(group, className, tokens, new String(line, UTF_8)));
    }
    List<Group> groups = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(chunk.groups());
    while (bytes.hasRemaining()) {
      int signature = bytes.getInt();
      groups.add(
          signature < 0
              ? new Group(null, 0, new Fingerprint(bytes.getLong(), bytes.getLong()))
              : new Group(chunk.signatures().get(signature), bytes.getInt(), null));
    }
    return new ChunkContent(lines, groups);
  }

  static List<byte[]> records(Chunk chunk) {
    List<byte[]> records = new ArrayList<>();
    ByteBuffer body = ByteBuffer.wrap(chunk.body());
    while (body.hasRemaining()) {
      byte[] record = new byte[body.getInt()];
      body.get(record);
      records.add(record);
    }
    return records;
  }
}
