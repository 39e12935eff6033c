package dev.tunebeam.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Texts that Debian 12 and its JDK 17 carry, and made ones, as documents. */
public enum Corpus {
  /** Perl's manual, in English: package perl-modules-5.36. */
  PROSE,
  /** The sources of java.base, from the first JDK under /usr/lib/jvm that has its src.zip. */
  CODE,
  /** Manual pages in 25 languages, at most 400 kB of each: package manpages-* and others. */
  MULTILINGUAL,
  /** Chat lines with two messages, each a paragraph of PROSE: a document a line. */
  CHAT,

  // One line of 1 MB each.
  ONE_LETTER,
  BLANKS,
  CJK,
  BASE64,
  LETTERS,
  DIGITS,
  PUNCTUATION,
  EMOJI,
  MARKS;

  private static final int LINE = 1 << 20;
  private static final int DOCUMENT = 4_000;
  private static final int SIZE = 8 << 20;
  private static final int SIZE_OF_A_LANGUAGE = 400_000;

  /** The documents; the same each time on the same machine. */
  public List<String> documents() {
    return switch (this) {
      case PROSE -> documents(read(Path.of("/usr/share/perl"), ".pod", SIZE));
      case CODE -> documents(javaBase());
      case MULTILINGUAL -> documents(manualPages());
      case CHAT -> chatLines();
      case ONE_LETTER -> List.of("a".repeat(LINE));
      case BLANKS -> List.of(" ".repeat(LINE) + "x");
      case CJK -> List.of(random(0x4E00, 0x9FA0));
      case BASE64 -> List.of(base64());
      case LETTERS -> List.of(random('a', 'z' + 1));
      case DIGITS -> List.of(random('0', '9' + 1));
      case PUNCTUATION -> List.of(random('!', '0'));
      case EMOJI -> List.of(random(0x1F300, 0x1F650));
      case MARKS -> List.of("\u02B0A\u0301".repeat(LINE / 5));
    };
  }

  /** Whether it is one line of 1 MB. */
  public boolean isLine() {
    return compareTo(CHAT) > 0;
  }

  private static List<String> documents(String text) {
    List<String> documents = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int newline = text.indexOf('\n', Math.min(text.length() - 1, from + DOCUMENT));
      int end = newline < 0 ? text.length() : newline + 1;
      documents.add(text.substring(from, end));
      from = end;
    }
    return documents;
  }

  private static List<String> chatLines() {
    String prose = read(Path.of("/usr/share/perl"), ".pod", SIZE);
    List<String> paragraphs =
        Stream.of(prose.split("\n\\s*\n"))
            .map(paragraph -> paragraph.replaceAll("\\s+", " "))
            .filter(paragraph -> paragraph.length() > 60 && paragraph.length() < 900)
            .toList();
    ObjectMapper json = new ObjectMapper();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i + 1 < paragraphs.size(); i += 2) {
      try {
        lines.add(
            json.writeValueAsString(
                Map.of(
                    "messages",
                    List.of(
                        Map.of("content", paragraphs.get(i)),
                        Map.of("content", paragraphs.get(i + 1))))));
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }
    return lines;
  }

  private static String javaBase() {
    try (Stream<Path> jdks = Files.list(Path.of("/usr/lib/jvm"));
        FileSystem sources =
            FileSystems.newFileSystem(
                jdks.map(jdk -> jdk.resolve("lib/src.zip"))
                    .filter(Files::exists)
                    .min(Comparator.naturalOrder())
                    .orElseThrow())) {
      return read(sources.getPath("/java.base/java"), ".java", SIZE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String manualPages() {
    try (Stream<Path> languages = Files.list(Path.of("/usr/share/man"))) {
      StringBuilder pages = new StringBuilder();
      languages
          .filter(folder -> !folder.getFileName().toString().startsWith("man"))
          .sorted()
          .forEach(folder -> pages.append(read(folder, ".gz", SIZE_OF_A_LANGUAGE)));
      return pages.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files of a folder that end so, one after another, up to a size in bytes. */
  private static String read(Path folder, String suffix, int size) {
    StringBuilder text = new StringBuilder();
    int left = size;
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> files =
          walk.filter(path -> path.toString().endsWith(suffix))
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
      for (Path file : files) {
        try (InputStream in = Files.newInputStream(file);
            InputStream plain = suffix.equals(".gz") ? new GZIPInputStream(in) : in) {
          byte[] bytes = plain.readNBytes(left);
          text.append(new String(bytes, UTF_8));
          left -= bytes.length;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static String random(int from, int to) {
    Random random = new Random(14);
    StringBuilder text = new StringBuilder();
    int width = Character.toString(from).getBytes(UTF_8).length;
    for (int i = 0; i < LINE / width; i++) {
      text.appendCodePoint(from + random.nextInt(to - from));
    }
    return text.toString();
  }

  private static String base64() {
    byte[] bytes = new byte[LINE / 4 * 3];
    new Random(14).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
