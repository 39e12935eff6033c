package dev.tunebeam.transforms.read.parquet;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tunebeam.transforms.json.JsonNumber;
import dev.tunebeam.transforms.read.InputFiles;
import dev.tunebeam.transforms.read.Reading;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.row.RangeStats;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.parquet.crypto.FileEncryptionProperties;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ParquetRowsTest {

  /** Puts the values of a row into it. */
  private interface Fill {
    void into(Group row);
  }

  private final Path folder;
  private final Path file;

  ParquetRowsTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("in.parquet");
  }

  private void write(String fields, Fill... rows) throws IOException {
    write(fields, CompressionCodecName.SNAPPY, 128 << 20, List.of(rows));
  }

  private void write(String fields, CompressionCodecName codec, long rowGroup, List<Fill> rows)
      throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType("message m { " + fields + " }");
    Files.deleteIfExists(file);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withType(schema)
            .withCompressionCodec(codec)
            .withRowGroupSize(rowGroup)
            .build()) {
      for (Fill row : rows) {
        Group group = new SimpleGroup(schema);
        row.into(group);
        writer.write(group);
      }
    }
  }

  private Reading read() {
    return read(ReadOptions.defaults());
  }

  private Reading read(ReadOptions options) {
    return Reading.ofFile(file, options);
  }

  private static JsonNumber number(String text) {
    return new JsonNumber(text);
  }

  /** A map that may hold null. */
  private static Map<String, @Nullable Object> fields(@Nullable Object... pairs) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put((String) pairs[i], pairs[i + 1]);
    }
    return fields;
  }

  /** What becomes of one value of a column. */
  private @Nullable Object value(String type, Fill row) throws IOException {
    write("optional " + type + ";", row);
    Reading reading = read();
    assertThat(type, reading.rejections(), empty());
    return reading.fields().get(0).get("v");
  }

  @Test
  void textsNumbersAndBooleansKeepTheirKind() throws IOException {
    assertThat(value("binary v (STRING)", g -> g.add("v", "é答")), equalTo("é答"));
    assertThat(value("binary v (ENUM)", g -> g.add("v", "A")), equalTo("A"));
    assertThat(value("binary v (JSON)", g -> g.add("v", "{}")), equalTo("{}"));
    assertThat(value("binary v", g -> g.add("v", "plain")), equalTo("plain"));
    assertThat(
        value("binary v", g -> g.add("v", Binary.fromConstantByteArray(new byte[] {-1, 0}))),
        equalTo("/wA="));
    assertThat(value("boolean v", g -> g.add("v", true)), equalTo(true));
    assertThat(value("int32 v", g -> g.add("v", -7)), equalTo(number("-7")));
    assertThat(
        value("int64 v", g -> g.add("v", Long.MIN_VALUE)), equalTo(number("-9223372036854775808")));
    assertThat(
        value("int64 v (INTEGER(64,false))", g -> g.add("v", -1L)),
        equalTo(number("18446744073709551615")));
    assertThat(
        value("int32 v (INTEGER(32,false))", g -> g.add("v", -1)), equalTo(number("4294967295")));
    assertThat(value("double v", g -> g.add("v", 0.1)), equalTo(number("0.1")));
    assertThat(value("double v", g -> g.add("v", 2.0)), equalTo(number("2.0")));
    assertThat(value("double v", g -> g.add("v", 1.5e10)), equalTo(number("15000000000")));
    assertThat(value("double v", g -> g.add("v", 1e300)), equalTo(number("1.0E300")));
    assertThat(value("double v", g -> g.add("v", 2e-3)), equalTo(number("0.002")));
    assertThat(value("float v", g -> g.add("v", 0.1f)), equalTo(number("0.1")));
    assertThat(value("double v", g -> g.add("v", Double.NaN)), equalTo(null));
    assertThat(value("float v", g -> g.add("v", Float.NEGATIVE_INFINITY)), equalTo(null));
    assertThat(value("binary v (STRING)", g -> {}), equalTo(null));
  }

  @Test
  void decimalsHaveAllTheirDigits() throws IOException {
    assertThat(
        value("int32 v (DECIMAL(9,2))", g -> g.add("v", -12340)), equalTo(number("-123.40")));
    assertThat(value("int64 v (DECIMAL(18,0))", g -> g.add("v", 5L)), equalTo(number("5")));
    assertThat(
        value(
            "fixed_len_byte_array(16) v (DECIMAL(38,10))",
            g ->
                g.add(
                    "v",
                    Binary.fromConstantByteArray(
                        new byte[] {0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0}))),
        equalTo(number("1844674407.3709551616")));
    assertThat(
        value(
            "binary v (DECIMAL(4,3))",
            g -> g.add("v", Binary.fromConstantByteArray(new byte[] {-1}))),
        equalTo(number("-0.001")));
  }

  @Test
  void datesAndTimesAreIso8601() throws IOException {
    assertThat(value("int32 v (DATE)", g -> g.add("v", 19_723)), equalTo("2024-01-01"));
    assertThat(value("int32 v (DATE)", g -> g.add("v", -1)), equalTo("1969-12-31"));
    assertThat(
        value("int32 v (TIME(MILLIS,true))", g -> g.add("v", 3_600_000)), equalTo("01:00:00"));
    assertThat(
        value("int64 v (TIME(MICROS,false))", g -> g.add("v", 1_500_000L)), equalTo("00:00:01.5"));
    assertThat(
        value("int64 v (TIMESTAMP(MILLIS,true))", g -> g.add("v", 1_704_067_200_000L)),
        equalTo("2024-01-01T00:00:00Z"));
    assertThat(
        value("int64 v (TIMESTAMP(MICROS,false))", g -> g.add("v", -1L)),
        equalTo("1969-12-31T23:59:59.999999"));
    assertThat(
        value("int64 v (TIMESTAMP(NANOS,true))", g -> g.add("v", 1L)),
        equalTo("1970-01-01T00:00:00.000000001Z"));
    ByteBuffer int96 = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    int96.putLong(1_000_000_000L).putInt(2_440_589);
    assertThat(
        value("int96 v", g -> g.add("v", Binary.fromConstantByteArray(int96.array()))),
        equalTo("1970-01-02T00:00:01"));
    ByteBuffer interval = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    interval.putInt(14).putInt(3).putInt(1500);
    assertThat(
        value(
            "fixed_len_byte_array(12) v (INTERVAL)",
            g -> g.add("v", Binary.fromConstantByteArray(interval.array()))),
        equalTo("P14M3DT1.500S"));
    assertThat(
        value(
            "fixed_len_byte_array(16) v (UUID)",
            g ->
                g.add(
                    "v",
                    Binary.fromConstantByteArray(
                        new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}))),
        equalTo("00010203-0405-0607-0809-0a0b0c0d0e0f"));
  }

  @Test
  void conversationsInListsOfGroupsAreListsOfMaps() throws IOException {
    String messages =
        "required group messages (LIST) { repeated group list { optional group element {"
            + " required binary role (STRING); optional binary content (STRING); } } }";
    write(
        messages,
        row -> {
          Group list = row.addGroup("messages");
          list.addGroup("list").addGroup("element").append("role", "user").append("content", "a");
          list.addGroup("list");
          list.addGroup("list").addGroup("element").append("role", "assistant");
        },
        row -> row.addGroup("messages"));
    Reading reading = read();

    List<@Nullable Object> expected = new ArrayList<>();
    expected.add(fields("role", "user", "content", "a"));
    expected.add(null);
    expected.add(fields("role", "assistant", "content", null));
    assertThat(
        reading.fields(), contains(fields("messages", expected), fields("messages", List.of())));
    assertThat(
        reading.rows().get(0).raw(),
        equalTo(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},null,"
                + "{\"role\":\"assistant\",\"content\":null}]}"));
    assertThat(reading.positions(), contains(1, 2));
  }

  @Test
  void listsOfOlderWritersAndRepeatedFieldsAreListsToo() throws IOException {
    write(
        "optional group a (LIST) { repeated int32 element; }"
            + " optional group b (LIST) { repeated group array { required int32 x; } }"
            + " optional group c (LIST) { repeated group c_tuple { required int32 x; } }"
            + " optional group d (LIST) { repeated group bag { optional group e (LIST) {"
            + " repeated group list { required int32 element; } } } }"
            + " repeated int32 e; repeated group f { required int32 x; }",
        row -> {
          row.addGroup("a").append("element", 1).append("element", 2);
          row.addGroup("b").addGroup("array").append("x", 3);
          row.addGroup("c").addGroup("c_tuple").append("x", 4);
          Group inner = row.addGroup("d").addGroup("bag").addGroup("e");
          inner.addGroup("list").append("element", 5);
          inner.addGroup("list").append("element", 6);
          row.append("e", 7).append("e", 8);
          row.addGroup("f").append("x", 9);
        },
        row -> {});

    assertThat(
        read().fields(),
        contains(
            fields(
                "a", List.of(number("1"), number("2")),
                "b", List.of(Map.of("x", number("3"))),
                "c", List.of(Map.of("x", number("4"))),
                "d", List.of(List.of(number("5"), number("6"))),
                "e", List.of(number("7"), number("8")),
                "f", List.of(Map.of("x", number("9")))),
            fields("a", null, "b", null, "c", null, "d", null, "e", List.of(), "f", List.of())));
  }

  @Test
  void mapsHaveTheirKeysAsTextsAndNoneTwice() throws IOException {
    String map =
        "optional group m (MAP) { repeated group key_value { required int32 key;"
            + " optional group value { required binary t (STRING); } } }";
    write(
        map,
        row -> {
          Group entries = row.addGroup("m");
          entries.addGroup("key_value").append("key", 2).addGroup("value").append("t", "b");
          entries.addGroup("key_value").append("key", 1);
        },
        row -> {
          Group entries = row.addGroup("m");
          entries.addGroup("key_value").append("key", 1);
          entries.addGroup("key_value").append("key", 1);
        },
        row -> {});
    Reading reading = read();

    assertThat(
        reading.fields(),
        contains(fields("m", fields("2", Map.of("t", "b"), "1", null)), fields("m", null)));
    assertThat(
        reading.rejections(),
        contains("2 malformed_record: the key \"1\" occurs twice in one map"));
  }

  @Test
  void twoHundredColumnsAreAllThereInTheirOrder() throws IOException {
    String columns =
        IntStream.range(0, 200)
            .mapToObj(
                i -> String.format(Locale.ROOT, "optional binary column%d (STRING);", 199 - i))
            .collect(Collectors.joining(" "));
    List<Fill> rows = new ArrayList<>();
    for (int r = 0; r < 500; r++) {
      int number = r;
      rows.add(
          row -> IntStream.range(0, 200).forEach(i -> row.add(i, "value " + number + " " + i)));
    }
    write(columns, CompressionCodecName.ZSTD, 128 << 20, rows);
    Reading reading = read();

    assertThat(reading.stats(), equalTo(new RangeStats(0, 0, 500, 500)));
    for (int r = 0; r < 500; r++) {
      Map<String, Object> row = reading.fields().get(r);
      int i = 0;
      for (Map.Entry<String, Object> field : row.entrySet()) {
        assertThat(field.getKey(), equalTo("column" + (199 - i)));
        assertThat(field.getValue(), equalTo("value " + r + " " + i));
        i++;
      }
      assertThat(i, equalTo(200));
    }
  }

  @Test
  void rowGroupsAreReadInRangesAndEachOnce() throws IOException {
    List<Fill> rows = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      String text = "row " + i + " " + "x".repeat(50);
      rows.add(row -> row.add("v", text));
    }
    for (CompressionCodecName codec :
        List.of(
            CompressionCodecName.UNCOMPRESSED,
            CompressionCodecName.GZIP,
            CompressionCodecName.LZ4_RAW)) {
      write("required binary v (STRING);", codec, 20_000, rows);
      ReadOptions options = ReadOptions.defaults().withRangeBytes(1000);
      assertThat(
          InputFiles.find(List.of(file.toString()), options).ranges().size(), greaterThan(1));

      Reading cut = read(options);

      assertThat(cut.rejections(), empty());
      assertThat(cut.fields(), equalTo(read().fields()));
      assertThat(
          cut.fields().stream().map(row -> row.get("v")).toList(),
          equalTo(
              IntStream.range(0, 5000).mapToObj(i -> "row " + i + " " + "x".repeat(50)).toList()));
      assertThat(cut.stats(), equalTo(new RangeStats(0, 0, 5000, 5000)));
    }
  }

  /** A zero in the length of a block of LZ4 made the codec wait for bytes for ever. */
  @Test
  void aZeroInAPageOfLz4EndsTheFileAndNotTheProgram() throws IOException {
    List<Fill> rows = new ArrayList<>();
    IntStream.range(0, 60).forEach(i -> rows.add(row -> row.add("v", "row " + i)));
    write("required binary v (STRING);", CompressionCodecName.LZ4_RAW, 20_000, rows);
    byte[] sound = Files.readAllBytes(file);
    for (int at = 4; at < 120; at++) {
      byte[] corrupt = sound.clone();
      corrupt[at] = 0;
      Files.write(file, corrupt);
      Reading reading = assertTimeoutPreemptively(Duration.ofMinutes(1), () -> read());
      assertThat(reading.rows().size() + reading.rejected().size(), greaterThan(0));
    }
  }

  @Test
  void aRowLongerThanTheLimitIsRejectedAndOnlyItsBeginningHeld() throws IOException {
    write(
        "repeated binary v (STRING);",
        row -> row.add("v", "short"),
        row -> IntStream.range(0, 10_000).forEach(i -> row.add("v", "x".repeat(1000))),
        row -> row.add("v", "short too"));
    Reading reading = read(ReadOptions.defaults().withMaxRowBytes(3000));

    assertThat(reading.positions(), contains(1, 3));
    assertThat(
        reading.rejections(),
        contains("2 row_too_large: the row is longer than maxRowBytes, 3000 bytes"));
    assertThat(reading.rejectedRaw().get(0).length(), equalTo(2 * 1003 + 7));
  }

  @Test
  void whatIsNoTextOrNoTimeCostsItsRow() throws IOException {
    write(
        "optional binary v (STRING); optional int32 t (TIME(MILLIS,true));",
        row -> row.add("v", Binary.fromConstantByteArray(new byte[] {'a', -1})),
        row -> row.add("t", -1),
        row -> row.add("v", "good"));
    Reading reading = read();

    assertThat(reading.fields(), contains(fields("v", "good", "t", null)));
    assertThat(
        reading.rejections(),
        contains(
            "1 malformed_record: the column v holds bytes that are not UTF-8",
            "2 malformed_record: the column t contains -1, which is not a valid TIME(MILLIS,true)"));
  }

  @Test
  void aFileWithoutRowsHasNone() throws IOException {
    write("required int32 v;");
    assertThat(read().stats(), equalTo(new RangeStats(0, 0, 0, 0)));
  }

  @Test
  void aFileOfAnotherKindAndOneThatIsCutOffAreUnreadable() throws IOException {
    write("required binary v (STRING);", row -> row.add("v", "a".repeat(1000)));
    byte[] whole = Files.readAllBytes(file);
    for (byte[] bytes :
        List.of(
            "prompt,completion\na,b\n".getBytes(StandardCharsets.UTF_8),
            new byte[0],
            Arrays.copyOf(whole, whole.length / 2),
            Arrays.copyOf(whole, whole.length - 1))) {
      Files.write(file, bytes);
      Reading reading = read();
      assertThat(reading.rows(), empty());
      assertThat(reading.rejections().toString(), reading.rejected().size(), equalTo(1));
      assertThat(
          reading.rejections().get(0),
          reading
              .rejections()
              .get(0)
              .matches(
                  "1 unreadable_file: .*/in.parquet: cannot be read as Parquet after row 0: .*is"
                      + " not a Parquet file.*; write the file again, or leave it out"),
          equalTo(true));
    }
  }

  @Test
  void anEncryptedFileIsCalledOne() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType("message m { required binary v (STRING); }");
    byte[] key = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    for (boolean footer : List.of(true, false)) {
      FileEncryptionProperties.Builder encryption = FileEncryptionProperties.builder(key);
      Files.deleteIfExists(file);
      try (ParquetWriter<Group> writer =
          ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
              .withType(schema)
              .withEncryption((footer ? encryption : encryption.withPlaintextFooter()).build())
              .build()) {
        writer.write(new SimpleGroup(schema).append("v", "a"));
      }
      assertThat(
          read().rejections().toString().replace(file.toString(), "FILE"),
          equalTo(
              "[1 unreadable_file: FILE: cannot be read as Parquet after row 0: it is encrypted;"
                  + " write it without encryption; write the file again, or leave it out]"));
    }
  }

  @Test
  void aTypeThatCameLaterIsNamed() throws IOException {
    write("required binary v (STRING);", row -> row.add("v", "a"));
    byte[] whole = Files.readAllBytes(file);
    // In the schema the logical type is the tenth field, a union whose first member is STRING.
    int type = new String(whole, StandardCharsets.ISO_8859_1).indexOf("L\u001c\0\0") + 1;
    whole[type] = (byte) 0xFC;
    Files.write(file, whole);
    assertThat(
        read().rejections().toString().replace(file.toString(), "FILE"),
        equalTo(
            "[1 unreadable_file: FILE: cannot be read as Parquet after row 0: it has a column of a"
                + " type that is not supported, such as float16; write it as another type; write"
                + " the file again, or leave it out]"));
  }

  @Test
  void anUnknownCompressionIsNamed() throws IOException {
    write(
        "required binary v (STRING);",
        CompressionCodecName.UNCOMPRESSED,
        128 << 20,
        List.of(row -> row.add("v", "a")));
    byte[] whole = Files.readAllBytes(file);
    // In the directory the codec stands behind the path of its column, a list of one text.
    String directory = new String(whole, StandardCharsets.ISO_8859_1);
    int codec = directory.indexOf("\u0019\u0018\u0001v\u0015") + 5;
    whole[codec] = 8;
    Files.write(file, whole);
    assertThat(
        read().rejections().toString(),
        read().rejections().get(0).replace(file.toString(), "FILE"),
        equalTo(
            "1 unreadable_file: FILE: cannot be read as Parquet after row 0: its compression,"
                + " brotli, is not supported; snappy, zstd, gzip and lz4 are; write the file"
                + " again, or leave it out"));
  }

  @Test
  void brokenBytesAnywhereEndInAMessageOrARowButNeverInAFailure() throws IOException {
    List<Fill> rows =
        Collections.nCopies(
            50,
            row -> {
              row.add("v", "some text that repeats");
              row.addGroup("m").addGroup("list").append("element", 1);
            });
    write(
        "optional binary v (STRING);"
            + " optional group m (LIST) { repeated group list { required int32 element; } }",
        CompressionCodecName.UNCOMPRESSED,
        128 << 20,
        rows);
    byte[] whole = Files.readAllBytes(file);
    int unreadable = 0;
    for (int i = 4; i < whole.length - 8; i++) {
      byte[] bytes = whole.clone();
      bytes[i] ^= (byte) 0x15;
      Path broken = folder.resolve("broken.parquet");
      Files.write(broken, bytes);
      Reading reading = Reading.ofFile(broken, ReadOptions.defaults());
      unreadable +=
          (int) reading.rejections().stream().filter(r -> r.contains("unreadable_file")).count();
    }
    assertThat(unreadable, greaterThan(100));
  }
}
