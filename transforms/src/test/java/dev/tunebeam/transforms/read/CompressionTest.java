package dev.tunebeam.transforms.read;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.ZstdOutputStream;
import dev.tunebeam.transforms.read.input.Compression;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.read.input.UnusableInputException;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.Row;
import dev.tunebeam.transforms.row.Source;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CompressionTest {

  /** Also what other tests write files with. */
  static byte[] compress(Compression compression, byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (compression) {
          case NONE -> bytes;
          case GZIP -> new GZIPOutputStream(bytes);
          case BZIP2 -> new BZip2CompressorOutputStream(bytes);
          case ZSTD -> new ZstdOutputStream(bytes);
        }) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Reading read(InputFormat format, Compression compression, byte[] file) {
    return Reading.of(Reading.whole(format, compression, "UTF-8"), ReadOptions.defaults(), file);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /** Rows that do not compress well, so that a file of them can be cut anywhere. */
  private static String noise(int rows) {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      text.append("{\"a\":\"");
      for (int j = 0; j < 20; j++) {
        text.append(Long.toString(random.nextLong(), 36));
      }
      text.append("\"}\n");
    }
    return text.toString();
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void aCompressedFileIsReadAsItsText(Compression compression) {
    Reading reading =
        read(InputFormat.JSONL, compression, compress(compression, bytes("{\"a\":\"é\"}\n")));

    assertThat(
        reading.rows(), contains(new Row(new Source(0, 0, 1), "{\"a\":\"é\"}", Map.of("a", "é"))));
    assertThat(reading.rejected(), empty());
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "BZIP2", "ZSTD"})
  void concatenatedFilesAreOne(Compression compression) {
    byte[] file =
        concat(
            compress(compression, bytes("{\"a\":\"1\"}\n{\"a\"")),
            compress(compression, bytes(":\"2\"}\n")));

    assertThat(
        read(InputFormat.JSONL, compression, file).fields(),
        contains(Map.of("a", "1"), Map.of("a", "2")));
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "BZIP2", "ZSTD"})
  void aFileThatIsCutOffKeepsTheRowsBeforeAndIsReportedOnce(Compression compression) {
    String text = noise(20_000);
    byte[] file = compress(compression, bytes(text));
    Reading reading =
        read(InputFormat.JSONL, compression, Arrays.copyOf(file, file.length * 3 / 4));

    assertThat(reading.rows().size(), greaterThan(100));
    assertThat(reading.rows().size(), lessThan(20_000));
    assertThat(reading.rows(), equalTo(firstRows(text, reading.rows().size())));
    assertThat(reading.rejected(), hasSize(1));
    int lines = reading.rows().size();
    assertThat(reading.rejected().get(0).reason(), equalTo(Reason.UNREADABLE_FILE));
    assertThat(
        reading.rejected().get(0).message(),
        startsWith(
            "in/file: cannot be decompressed ("
                + compression.name().toLowerCase(java.util.Locale.ROOT)
                + ") after "
                + lines
                + " lines: "));
    assertThat(reading.rejected().get(0).source(), equalTo(new Source(0, 0, lines + 1)));
    assertThat(reading.stats(), equalTo(new RangeStats(0, 0, lines + 1, lines)));
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "BZIP2", "ZSTD"})
  void aFileThatIsNoneIsReportedWithWhatToDo(Compression compression) {
    Reading reading = read(InputFormat.CSV, compression, bytes("a,b\n1,2\n"));

    assertThat(reading.rows(), empty());
    assertThat(
        reading.rejections(),
        contains(
            matchesRegex(
                "1 unreadable_file: in/file: cannot be decompressed \\(\\w+\\) after 0 lines: .+;"
                    + " fetch or compress the file again, or leave it out")));
    assertThat(reading.stats(), equalTo(new RangeStats(0, 0, 1, 0)));
  }

  @Test
  void aFileThatIsCompressedTwiceIsCalledThat(@TempDir Path folder) throws IOException {
    byte[] once = compress(Compression.GZIP, bytes("{\"a\":1}\n"));
    Path file = Files.write(folder.resolve("in.jsonl.gz"), compress(Compression.GZIP, once));
    assertThat(
        assertThrows(
                UnusableInputException.class,
                () -> InputFiles.find(List.of(file.toString()), ReadOptions.defaults()))
            .getMessage(),
        equalTo(file + ": this is compressed twice; unpack it once"));
  }

  @Test
  void garbageAfterAGzipMemberIsReportedAndNotTakenForTheEnd() {
    byte[] file = concat(compress(Compression.GZIP, bytes("{\"a\":\"1\"}\n")), bytes("{\"a\":2}"));
    Reading reading = read(InputFormat.JSONL, Compression.GZIP, file);

    assertThat(reading.fields(), contains(Map.of("a", "1")));
    assertThat(
        reading.rejections(),
        contains(
            "2 unreadable_file: in/file: cannot be decompressed (gzip) after 1 lines: Unexpected"
                + " data after a valid .gz stream.; fetch or compress the file again, or leave it out"));
  }

  @Test
  void aBrokenArrayCountsElements() {
    String array = "[" + noise(20_000).replace("}\n{", "},\n{") + "]";
    byte[] file = compress(Compression.GZIP, bytes(array));
    Reading reading =
        read(InputFormat.JSON, Compression.GZIP, Arrays.copyOf(file, file.length / 2));

    assertThat(
        reading.rejections(),
        contains(
            startsWith(
                reading.rows().size()
                    + 1
                    + " unreadable_file: in/file: cannot be decompressed (gzip) after "
                    + reading.rows().size()
                    + " elements: ")));
  }

  @Test
  void aSmallFileThatBecomesALargeLineIsNeverHeld() {
    byte[] file = compress(Compression.ZSTD, new byte[200 << 20]);
    Reading reading =
        Reading.of(
            Reading.whole(InputFormat.JSONL, Compression.ZSTD, "UTF-8"),
            ReadOptions.defaults().withMaxRowBytes(1 << 16),
            file);

    assertThat(file.length, lessThan(1 << 16));
    assertThat(
        reading.rejections(),
        contains("1 row_too_large: the row is longer than maxRowBytes, 65536 bytes"));
  }

  @Test
  void aFailureOfTheStorageIsNoPropertyOfTheFile() {
    InputStream failing =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] target, int offset, int length) {
            throw new UncheckedIOException(new IOException("connection reset"));
          }
        };

    assertThrows(
        UncheckedIOException.class,
        () ->
            Reading.of(
                Reading.whole(InputFormat.CSV, Compression.GZIP, "UTF-8"),
                ReadOptions.defaults(),
                failing));
  }

  private static java.util.List<Row> firstRows(String text, int count) {
    return read(InputFormat.JSONL, Compression.NONE, bytes(text)).rows().subList(0, count);
  }
}
