package dev.tunebeam.transforms.write;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tunebeam.transforms.deduplicate.Chunk;
import dev.tunebeam.transforms.deduplicate.ConflictRecord;
import dev.tunebeam.transforms.deduplicate.SimilarRecord;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.shard.ShardEntry;
import dev.tunebeam.transforms.sides.Known;
import dev.tunebeam.transforms.write.ChunkSides.Side;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a chunk to its files: examples to train and validation, rejected rows and conflicts as
 * readable JSON. The same chunk and plan give the same bytes.
 */
final class ChunkWriter {

  private static final JsonFactory JSON = new JsonFactory();

  private final WritePlan plan;
  private final @Nullable String folder;
  private final int tokenLimit;
  private @Nullable Chunk decided;
  private List<Side> sides = List.of();

  /**
   * Creates a writer into a folder, by a plan.
   *
   * @param folder the output folder, null for a dry run
   * @param tokenLimit the maximum number of billed tokens per example
   */
  ChunkWriter(WritePlan plan, @Nullable String folder, int tokenLimit) {
    this.plan = plan;
    this.folder = folder;
    this.tokenLimit = tokenLimit;
  }

  /** Writes the chunk; returns its files, none of them empty. */
  List<WrittenFile> write(Chunk chunk) throws IOException {
    return switch (chunk.kind()) {
      case EXAMPLES -> writeExamples(chunk);
      case REJECTED -> writeRejected(chunk);
      case CONFLICTS -> writeConflicts(chunk);
      case REMOVED -> writeSimilar(chunk, WrittenFile.Kind.REMOVED);
      case SIMILAR -> writeSimilar(chunk, WrittenFile.Kind.SIMILAR);
    };
  }

  /** On which side of the split each near copy of the chunk is. */
  List<SplitLink> links(Chunk chunk) {
    List<SplitLink> links = new ArrayList<>();
    List<Side> sides = chunk.links().isEmpty() ? List.of() : sides(chunk);
    for (Chunk.Link link : chunk.links()) {
      Side side = sides.get(link.group());
      if (side != Side.LEFT_OUT) {
        links.add(new SplitLink(link.id(), link.other(), side == Side.VALIDATION));
      }
    }
    return links;
  }

  /** What is to be remembered of the chunk: {@link Known} entries, by their shard. */
  SortedMap<Integer, byte[]> known(Chunk chunk, int shards) {
    return ChunkSides.known(chunk, sides(chunk), shards);
  }

  /** Decided once for the chunk, which is asked about several times. */
  private List<Side> sides(Chunk chunk) {
    if (!chunk.equals(decided)) {
      decided = chunk;
      sides = ChunkSides.of(chunk, plan.split());
    }
    return sides;
  }

  private List<WrittenFile> writeExamples(Chunk chunk) throws IOException {
    List<Side> sides = sides(chunk);
    try (ShardFile train = file(WrittenFile.Kind.TRAIN, chunk);
        ShardFile held = file(WrittenFile.Kind.VALIDATION, chunk)) {
      for (Chunk.Line line : chunk.lines()) {
        Side side = sides.get(line.group());
        boolean isOld = plan.newOnly() && line.isUnchanged() && side == Side.TRAIN;
        if (side == Side.LEFT_OUT || isOld) {
          continue;
        }
        ShardFile file = side == Side.VALIDATION ? held : train;
        file.write(line.bytes(), line.from(), line.length());
        String className = line.className();
        file.count(
            className == null || !plan.countsClasses() ? "" : className, line.tokens(), tokenLimit);
        if (plan.leavesOut()) {
          file.count(line.tokens());
        }
      }
      return finish(train, held);
    }
  }

  private List<WrittenFile> writeRejected(Chunk chunk) throws IOException {
    List<Rejected> rows = new ArrayList<>();
    for (byte[] record : chunk.records()) {
      rows.add(new ShardEntry(record).rejected());
    }
    rows.sort(Comparator.comparing(Rejected::source).thenComparingInt(Rejected::ordinal));
    try (ShardFile file = file(WrittenFile.Kind.REJECTED, chunk)) {
      for (Rejected row : rows) {
        write(
            file,
            json -> {
              json.writeStringField("step", row.step().toString());
              json.writeStringField("reason", row.reason().toString());
              json.writeStringField("message", row.message());
              json.writeStringField("file", plan.positions().file(row.source()));
              json.writeNumberField("position", plan.positions().position(row.source()));
              if (row.ordinal() > 0) {
                json.writeNumberField("example", row.ordinal() + 1);
              }
              json.writeStringField("raw", row.raw());
            });
      }
      return finish(file);
    }
  }

  private List<WrittenFile> writeConflicts(Chunk chunk) throws IOException {
    try (ShardFile file = file(WrittenFile.Kind.CONFLICTS, chunk)) {
      for (byte[] bytes : chunk.records()) {
        if (SimilarRecord.is(bytes)) {
          SimilarRecord similar = SimilarRecord.decode(bytes);
          write(file, json -> writeSimilar(json, similar));
          continue;
        }
        ConflictRecord record = ConflictRecord.decode(bytes);
        write(
            file,
            json -> {
              json.writeNumberField("rows", record.rows());
              json.writeNumberField("completions", record.completions());
              json.writeArrayFieldStart("examples");
              for (ConflictRecord.Listed listed : record.listed()) {
                json.writeStartObject();
                json.writeStringField("file", plan.positions().file(listed.source()));
                json.writeNumberField("position", plan.positions().position(listed.source()));
                json.writeNumberField("rows", listed.rows());
                if (listed.line().length > 0) {
                  json.writeFieldName("example");
                  json.writeRawValue(new String(listed.line(), StandardCharsets.UTF_8));
                }
                json.writeEndObject();
              }
              json.writeEndArray();
            });
      }
      return finish(file);
    }
  }

  private List<WrittenFile> writeSimilar(Chunk chunk, WrittenFile.Kind kind) throws IOException {
    List<SimilarRecord> rows = chunk.records().stream().map(SimilarRecord::decode).toList();
    try (ShardFile file = file(kind, chunk)) {
      for (SimilarRecord row :
          rows.stream().sorted(Comparator.comparing(SimilarRecord::source)).toList()) {
        write(file, json -> writeSimilar(json, row));
      }
      return finish(file);
    }
  }

  private void writeSimilar(JsonGenerator json, SimilarRecord row) throws IOException {
    boolean isContaminated = row.isOfEvaluation();
    boolean isSimilar = !row.isOfDatasetsBefore();
    json.writeStringField("reason", row.reasonName());
    if (!isContaminated && isSimilar) {
      json.writeNumberField("similarity", BigDecimal.valueOf(row.similarity(), 4));
    }
    json.writeStringField("file", plan.positions().file(row.source()));
    json.writeNumberField("position", plan.positions().position(row.source()));
    if (isSimilar) {
      json.writeObjectFieldStart(
          isContaminated ? "evaluation" : row.isRemoved() ? "kept" : "similarTo");
      json.writeStringField("file", plan.positions().file(row.other()));
      json.writeNumberField("position", plan.positions().position(row.other()));
      json.writeEndObject();
    }
    if (row.line().length > 0) {
      json.writeFieldName("example");
      json.writeRawValue(new String(row.line(), StandardCharsets.UTF_8));
    }
  }

  /** Writes the fields of a JSON object. */
  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private static void write(ShardFile file, Fields fields) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    }
    file.write(line.toByteArray(), 0, line.size());
  }

  private ShardFile file(WrittenFile.Kind kind, Chunk chunk) {
    return new ShardFile(kind, chunk.shard(), chunk.index(), folder);
  }

  private static List<WrittenFile> finish(ShardFile... files) throws IOException {
    List<WrittenFile> written = new ArrayList<>();
    for (ShardFile file : files) {
      WrittenFile finished = file.finish();
      if (finished != null) {
        written.add(finished);
      }
    }
    return written;
  }
}
