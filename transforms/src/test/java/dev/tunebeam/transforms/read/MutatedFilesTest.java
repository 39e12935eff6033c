package dev.tunebeam.transforms.read;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.read.input.UnusableInputException;
import dev.tunebeam.transforms.read.xlsx.XlsxFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutants of a file of each format are read to their end, refused or rejected, each within ten
 * seconds: the first few hundred here, 10,000 with {@code -Dmutants=10000} (docs/read.md). A mutant
 * is a function of its number.
 */
class MutatedFilesTest {

  private static final int SECONDS = 10;

  /** Mutants that once failed, by number. */
  private static final int[] FOUND = {};

  private static final List<String> TELLING =
      List.of(
          "\"",
          "\\",
          "{",
          "[",
          "\u0000",
          "\n",
          "\r",
          "From ",
          "=?utf-8?b?",
          "1e999999999",
          "\ud800",
          "\u2028",
          "--b\n",
          "<c r=\"XFD1\"/>",
          "&#0;",
          "]]>");

  private final Path folder;
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  MutatedFilesTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    Path testdata = Path.of("../testdata");
    for (String file :
        List.of(
            "adverts/articles.json",
            "corrected-answers/answers.tsv",
            "email-triage/mail.mbox",
            "entities/news.jsonl",
            "intents/questions.csv",
            "support-chat/conversations.jsonl")) {
      Path path = testdata.resolve(file);
      files.put(path.getFileName().toString(), Files.readAllBytes(path));
    }
    byte[] mails = files.getOrDefault("mail.mbox", new byte[0]);
    String mail = new String(mails, StandardCharsets.UTF_8);
    files.put(
        "a.eml", mail.substring(0, mail.indexOf("\nFrom ", 1)).getBytes(StandardCharsets.UTF_8));
    files.put("lines.txt", mails);
    files.put("rows.csv.gz", gzip(files.getOrDefault("questions.csv", new byte[0])));
    StringBuilder rows = new StringBuilder();
    for (int i = 1; i <= 40; i++) {
      rows.append(XlsxFile.row(i, "prompt " + i, "completion " + i));
    }
    files.put("sheet.xlsx", new XlsxFile().sheet("s", rows.toString()).bytes());
    for (CompressionCodecName codec :
        List.of(
            CompressionCodecName.SNAPPY,
            CompressionCodecName.GZIP,
            CompressionCodecName.ZSTD,
            CompressionCodecName.LZ4_RAW)) {
      files.put(codec.name() + ".parquet", parquet(codec));
    }
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private byte[] parquet(CompressionCodecName codec) throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required binary prompt (UTF8); optional int64 n;"
                + " repeated group messages { required binary content (UTF8); } }");
    Path file = folder.resolve("seed.parquet");
    Files.deleteIfExists(file);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withType(schema)
            .withCompressionCodec(codec)
            .build()) {
      for (int i = 0; i < 50; i++) {
        Group row = new SimpleGroup(schema);
        row.add("prompt", "What is the price of item " + i % 7 + "?");
        row.add("n", (long) i * i);
        row.addGroup("messages").add("content", "It costs " + i);
        writer.write(row);
      }
    }
    return Files.readAllBytes(file);
  }

  @Test
  void eachMutantIsReadOrRefusedAndItsRowsAddUp() throws Exception {
    int count = Integer.getInteger("mutants", 400);
    List<String> failures = new ArrayList<>();
    int[] read = new int[1];
    int[] numbers = IntStream.concat(IntStream.of(FOUND), IntStream.range(0, count)).toArray();
    ExecutorService reader = Executors.newCachedThreadPool(MutatedFilesTest::daemon);
    for (int number : numbers) {
      Path file = write(number);
      Future<Boolean> reading = reader.submit(() -> read(file));
      try {
        read[0] += reading.get(SECONDS, TimeUnit.SECONDS) ? 1 : 0;
        Files.delete(file);
      } catch (TimeoutException e) {
        reading.cancel(true);
        failures.add(
            String.format(
                Locale.ROOT, "mutant %d takes more than %d s: %s", number, SECONDS, file));
      } catch (ExecutionException e) {
        failures.add(String.format(Locale.ROOT, "mutant %d: %s: %s", number, e.getCause(), file));
      }
    }
    reader.shutdownNow();
    assertThat(String.join("\n", failures), failures, empty());
    assertThat("mutants that could be read", read[0], greaterThan(count / 4));
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "reads a mutant");
    thread.setDaemon(true);
    return thread;
  }

  /** Whether there are rows in it; false if it is refused. */
  private static boolean read(Path file) {
    Reading reading;
    try {
      reading = Reading.ofFile(file, ReadOptions.defaults().withMaxRowBytes(1 << 20));
    } catch (UnusableInputException e) {
      return false;
    }
    assertThat(
        (long) reading.rows().size() + reading.rejected().size(),
        equalTo(reading.stats().rows() - reading.stats().filtered()));
    return !reading.rows().isEmpty();
  }

  private Path write(int number) throws IOException {
    Random random = new Random(number);
    List<String> names = List.copyOf(files.keySet());
    String name = names.get(number % names.size());
    byte[] content = files.getOrDefault(name, new byte[0]);
    boolean isWithin = name.endsWith(".xlsx") && random.nextBoolean();
    byte[] mutant = isWithin ? mutatedPart(content, random) : mutated(content, random);
    Path target = Files.createDirectories(Path.of("target/mutants"));
    return Files.write(target.resolve(number + "-" + name), mutant);
  }

  /** A mutation of one part of a zip file, which has a valid checksum. */
  private static byte[] mutatedPart(byte[] zip, Random random) throws IOException {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (@Nullable ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        parts.put(entry.getName(), in.readAllBytes());
      }
    }
    int chosen = random.nextInt(parts.size());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      int at = 0;
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        out.putNextEntry(new ZipEntry(part.getKey()));
        out.write(at++ == chosen ? mutated(part.getValue(), random) : part.getValue());
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] mutated(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int i = 1 + random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      bytes = once(bytes, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    int length = Math.min(bytes.length - at, 1 + random.nextInt(1 << random.nextInt(10)));
    switch (random.nextInt(8)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = 0;
      case 2 -> bytes[at] = (byte) 0xFF;
      case 3 -> {
        return joined(bytes, 0, at, bytes, at + length, bytes.length);
      }
      case 4 -> {
        return joined(bytes, 0, at + length, bytes, at, bytes.length);
      }
      case 5 -> {
        return joined(bytes, 0, at, bytes, 0, 0);
      }
      case 6 -> {
        byte[] text = TELLING.get(random.nextInt(TELLING.size())).getBytes(StandardCharsets.UTF_8);
        return joined(
            joined(bytes, 0, at, text, 0, text.length),
            0,
            at + text.length,
            bytes,
            at,
            bytes.length);
      }
      default -> {
        for (int i = at; i < at + length; i++) {
          bytes[i] = (byte) random.nextInt(256);
        }
      }
    }
    return bytes;
  }

  private static byte[] joined(byte[] a, int fromA, int toA, byte[] b, int fromB, int toB) {
    byte[] joined = new byte[toA - fromA + toB - fromB];
    System.arraycopy(a, fromA, joined, 0, toA - fromA);
    System.arraycopy(b, fromB, joined, toA - fromA, toB - fromB);
    return joined;
  }
}
