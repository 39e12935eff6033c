package dev.tunebeam.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Compares with counts of tiktoken 0.14.0; src/generate/python/golden.py writes the files. */
class GoldenTest {

  private static final List<String> ENCODINGS =
      List.of("r50k_base", "p50k_base", "cl100k_base", "o200k_base");

  private static final int BLOCK = 0x1000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<TokenCounter> counters =
      ENCODINGS.stream().map(TokenCounters::forEncoding).toList();

  @Test
  void everyStringOfTheGoldenFileCountsAsTiktokenDoes() throws IOException {
    try (InputStream file = resource("golden.jsonl.gz")) {
      compare(file, 3_900);
    }
  }

  @Test
  void everyStringOfTheLargeGoldenFileCountsAsTiktokenDoes() throws IOException {
    Path file = Path.of("../../shared/tokens/golden.jsonl.gz");
    assumeTrue(Files.exists(file), "there is no large golden file here");

    try (InputStream in = Files.newInputStream(file)) {
      compare(in, 13_617);
    }
  }

  @Test
  void everyCodePointCountsAsTiktokenDoesAloneAndInShortContexts() throws IOException {
    List<String> different = new ArrayList<>();
    int lines = 0;
    try (BufferedReader reader = lines(resource("code-points.jsonl.gz"))) {
      String line;
      while ((line = reader.readLine()) != null) {
        JsonNode expected = JSON.readTree(line);
        lines++;
        for (int i = 0; i < ENCODINGS.size(); i++) {
          String context = expected.get(0).asText();
          int block = expected.get(1).asInt();
          if (!crc(counters.get(i), context, block).equals(expected.get(i + 2).asText())) {
            different.add(
                String.format(
                    Locale.ROOT, "%s from U+%04X in '%s'", ENCODINGS.get(i), block, context));
          }
        }
      }
    }

    assertThat(different, empty());
    assertThat(lines, equalTo(272 + 7 * 80));
  }

  private void compare(InputStream golden, int atLeast) throws IOException {
    List<String> different = new ArrayList<>();
    int strings = 0;
    try (BufferedReader reader = lines(golden)) {
      String line;
      while ((line = reader.readLine()) != null) {
        JsonNode expected = JSON.readTree(line);
        String text = expected.get("text").asText();
        byte[] bytes = text.getBytes(UTF_8);
        strings++;
        for (int i = 0; i < ENCODINGS.size(); i++) {
          int wanted = expected.get("tokens").get(i).asInt();
          int ofText = counters.get(i).count(text);
          int ofBytes = counters.get(i).count(bytes, 0, bytes.length);
          if (ofText != wanted || ofBytes != wanted) {
            different.add(
                String.format(
                    Locale.ROOT,
                    "%s: %d and %d, tiktoken %d: %s",
                    ENCODINGS.get(i),
                    ofText,
                    ofBytes,
                    wanted,
                    JSON.writeValueAsString(text)));
          }
        }
      }
    }

    assertThat(different, empty());
    assertThat(strings, greaterThan(atLeast - 1));
  }

  private static String crc(TokenCounter counter, String context, int block) {
    CRC32 crc = new CRC32();
    for (int codePoint = block; codePoint < block + BLOCK; codePoint++) {
      crc.update(counter.count(context.replace("X", Character.toString(codePoint))));
    }
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(GoldenTest.class.getResourceAsStream(name), name);
  }

  private static BufferedReader lines(InputStream gzipped) throws IOException {
    return new BufferedReader(new InputStreamReader(new GZIPInputStream(gzipped), UTF_8));
  }
}
