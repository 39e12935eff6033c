package dev.tunebeam.transforms.shard;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tunebeam.transforms.count.ImageCount;
import dev.tunebeam.transforms.count.RenderedExample;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.fingerprint.ExampleFingerprints;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.row.Source;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An example for tests, whose fingerprints are those of two numbers.
 *
 * @param prompt stands for its prompt
 * @param answer stands for its completion
 */
public record ExampleRow(
    int prompt,
    int answer,
    Source source,
    int ordinal,
    @Nullable String className,
    int tokens,
    boolean cleaned,
    boolean truncated,
    String line) {

  /** A row of file 0. */
  public static ExampleRow of(
      int prompt, int answer, int row, @Nullable String className, String line) {
    return new ExampleRow(
        prompt, answer, new Source(0, 0, row), 0, className, line.length(), false, false, line);
  }

  public Fingerprint promptFingerprint() {
    return new Fingerprint(prompt, prompt).shuffled(0);
  }

  public Fingerprint wholeFingerprint() {
    return new Fingerprint(prompt, answer).shuffled(1);
  }

  public byte[] entry() {
    Example example =
        new Example(
            source,
            ordinal,
            "raw",
            List.of(Message.of(Message.ASSISTANT, "answer")),
            Map.of(),
            className,
            cleaned,
            truncated);
    return ShardEntry.of(
        new RenderedExample(example, tokens, ImageCount.NONE, line.getBytes(UTF_8)),
        new ExampleFingerprints(promptFingerprint(), wholeFingerprint()));
  }
}
