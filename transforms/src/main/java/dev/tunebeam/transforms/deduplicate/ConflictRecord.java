package dev.tunebeam.transforms.deduplicate;

import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.shard.ShardEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A conflict as it is listed in the output: its numbers of rows and completions, and the first
 * completions.
 */
public final class ConflictRecord {

  /** Enough for review; one prompt can have a million answers. */
  static final int MAX_LISTED = 10;

  /** A longer line is listed by its position alone. */
  static final int MAX_LINE_BYTES = 1 << 16;

  /**
   * One of the completions.
   *
   * @param source its first row
   * @param line the example's line, empty if it is too long to list
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Listed(Source source, int rows, byte[] line) {}

  private final long rows;
  private final int completions;
  private final List<Listed> listed = new ArrayList<>();
  private int runs;

  ConflictRecord(long rows, int completions) {
    this.rows = rows;
    this.completions = completions;
  }

  void add(ShardEntry entry, boolean firstOfRun) {
    if (firstOfRun) {
      runs++;
    }
    if (runs > MAX_LISTED) {
      return;
    }
    if (firstOfRun) {
      byte[] line = entry.line();
      listed.add(new Listed(entry.source(), 1, line.length > MAX_LINE_BYTES ? new byte[0] : line));
    } else {
      Listed last = listed.remove(listed.size() - 1);
      listed.add(new Listed(last.source(), last.rows() + 1, last.line()));
    }
  }

  /** Rows with the prompt, duplicates included. */
  public long rows() {
    return rows;
  }

  /** Number of distinct completions. */
  public int completions() {
    return completions;
  }

  /** The first {@link #MAX_LISTED} completions, in shard order. */
  public List<Listed> listed() {
    return List.copyOf(listed);
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(rows);
      out.writeInt(completions);
      out.writeInt(listed.size());
      for (Listed one : listed) {
        out.writeInt(one.source().file());
        out.writeInt(one.source().range());
        out.writeInt(one.source().row());
        out.writeInt(one.rows());
        out.writeInt(one.line().length);
        out.write(one.line());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Decodes the output of {@link #encode}. */
  public static ConflictRecord decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      ConflictRecord record = new ConflictRecord(in.readLong(), in.readInt());
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        Source source = new Source(in.readInt(), in.readInt(), in.readInt());
        int rows = in.readInt();
        record.listed.add(new Listed(source, rows, in.readNBytes(in.readInt())));
      }
      return record;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
