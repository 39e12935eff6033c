package dev.tunebeam.transforms.read.parquet;

import dev.tunebeam.transforms.json.JsonText;
import dev.tunebeam.transforms.read.input.InputRange;
import dev.tunebeam.transforms.read.input.RowException;
import dev.tunebeam.transforms.read.input.RowFactory;
import dev.tunebeam.transforms.read.input.Rows;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.crypto.ParquetCryptoRuntimeException;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.jspecify.annotations.Nullable;

/**
 * The records of a Parquet file, in the row groups whose middle is in the range. The position of a
 * row is its number, from 1. For values see {@link ParquetRecords}.
 *
 * <p>Holds a compressed row group, one decompressed page per column, and a row.
 */
public final class ParquetRows implements Rows {

  /** Largest compressed row group, 1 GiB; writers make them of 128 MiB or less. */
  static final long LARGEST_ROW_GROUP = 1L << 30;

  /** Hadoop has no decompressor for these. */
  private static final Set<CompressionCodecName> UNKNOWN =
      Set.of(CompressionCodecName.BROTLI, CompressionCodecName.LZO);

  private final RowFactory rows;
  private @Nullable ParquetFileReader reader;
  private @Nullable ParquetRecords records;
  private @Nullable RecordReader<Map<String, Object>> group;
  private long leftInGroup;
  private long position;
  private boolean ended;

  public ParquetRows(RowFactory rows) {
    this.rows = rows;
  }

  @Override
  public @Nullable Outcome<Row> next() throws IOException {
    if (ended) {
      return null;
    }
    try {
      Outcome<Row> next = read();
      ended = next == null;
      return next;
    } catch (UncheckedIOException e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      ended = true;
      String problem = problem(e);
      return rows.unreadable(
          position + 1,
          String.format(
              Locale.ROOT,
              "cannot be read as Parquet after row %d: %s; write the file again, or leave it out",
              position,
              problem),
          "");
    }
  }

  /** The cause, if the library's message is not enough. */
  private static String problem(Throwable e) {
    if (e instanceof StackOverflowError) {
      return "it is nested too deeply";
    }
    if (e instanceof ParquetCryptoRuntimeException) {
      return "it is encrypted; write it without encryption";
    }
    // The schema is read into a union, which stays empty for types added later.
    return e instanceof NullPointerException
            && String.valueOf(e.getMessage()).contains("LogicalType")
        ? "it has a column of a type that is not supported, such as float16; write it as another"
            + " type"
        : RowException.problem(e);
  }

  @Override
  public long positions() {
    return position;
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }

  private @Nullable Outcome<Row> read() throws IOException {
    ParquetFileReader open = reader;
    ParquetRecords shape = records;
    if (open == null || shape == null) {
      open = open();
      reader = open;
      shape = new ParquetRecords(open.getFileMetaData().getSchema(), rows.maxRowBytes());
      records = shape;
    }
    while (leftInGroup == 0) {
      PageReadStore pages = open.readNextRowGroup();
      if (pages == null) {
        return null;
      }
      leftInGroup = pages.getRowCount();
      group =
          new ColumnIOFactory(open.getFileMetaData().getCreatedBy())
              .getColumnIO(open.getFileMetaData().getSchema())
              .getRecordReader(pages, shape);
    }
    RecordReader<Map<String, Object>> current = group;
    if (current == null) {
      throw new IllegalStateException("rows without a row group");
    }
    Map<String, Object> fields = current.read();
    leftInGroup--;
    position++;
    String json = shape.tooLarge() || shape.problem() != null ? JsonText.of(fields) : "";
    if (shape.tooLarge()) {
      return rows.tooLarge(position, json);
    }
    String problem = shape.problem();
    return problem == null
        ? rows.record(position, fields)
        : rows.rejected(position, Reason.MALFORMED_RECORD, problem, json);
  }

  private ParquetFileReader open() throws IOException {
    InputRange range = rows.range();
    ParquetFile file = new ParquetFile(range.path());
    ParquetFileReader open =
        ParquetFileReader.open(
            file,
            ParquetReadOptions.builder()
                .withCodecFactory(new ParquetPages())
                .withRange(range.start(), range.end())
                .build());
    try {
      check(open, file.getLength());
    } catch (IOException | RuntimeException e) {
      open.close();
      throw e;
    }
    return open;
  }

  /** A corrupt footer would make the reader allocate any amount of memory. */
  private static void check(ParquetFileReader open, long length) throws IOException {
    for (BlockMetaData block : open.getRowGroups()) {
      long size = 0;
      for (ColumnChunkMetaData column : block.getColumns()) {
        if (UNKNOWN.contains(column.getCodec())) {
          throw new IOException(
              "its compression, %s, is not supported; snappy, zstd, gzip and lz4 are"
                  .formatted(column.getCodec().name().toLowerCase(Locale.ROOT)));
        }
        long chunk = column.getTotalSize();
        if (column.getStartingPos() < 0 || chunk < 0 || column.getStartingPos() > length - chunk) {
          throw new IOException("the column %s is outside the file".formatted(column.getPath()));
        }
        size += chunk;
      }
      if (size > LARGEST_ROW_GROUP) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "a row group has %,d bytes, more than %,d; write it with smaller ones",
                size,
                LARGEST_ROW_GROUP));
      }
    }
  }
}
