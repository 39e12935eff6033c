package dev.tunebeam.transforms.deduplicate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is in a chunk of examples, lines as texts. */
record ChunkContent(List<Line> lines, List<Chunk.Group> groups) {

  record Line(int group, @Nullable String className, int tokens, String text) {}

  static ChunkContent of(Chunk chunk) {
    List<Line> lines = new ArrayList<>();
    for (Chunk.Line line : chunk.lines()) {
      String text = new String(line.bytes(), line.from(), line.length(), UTF_8);
      lines.add(new Line(line.group(), line.className(), line.tokens(), text));
    }
    return new ChunkContent(lines, chunk.groups());
  }
}
