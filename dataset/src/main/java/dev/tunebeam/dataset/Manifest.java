package dev.tunebeam.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset is: written last, it makes the folder valid, and it is all that the launcher needs
 * to price, check and start a training run. Nothing in it depends on the time, the machine or the
 * runner, so that the same input and recipe give the same bytes.
 *
 * @param format the shape of the lines
 * @param digest SHA-256 over the shards' hashes, in the order of {@link #shards}; names the dataset
 * @param rows the funnel: read = train + validation + duplicates + rejected
 * @param conflicts prompts that came with different completions
 * @param classes examples of each class by split; empty where there are no classes
 * @param tokens exact token counts with the model's encoding
 * @param cost what training for {@link Cost#epochs} costs
 * @param shards the files, train first, in order
 * @param files the names of the files that hold rejected rows and conflicts
 * @param inference what a client sends with a question to the tuned model
 * @param inferred what the recipe left open and the job concluded, by recipe key
 * @param warnings what a person should know before launching
 * @param recipe the effective recipe, defaults filled in
 * @param version the version of tunebeam that wrote it
 */
public record Manifest(
    Format format,
    String digest,
    Rows rows,
    long conflicts,
    SortedMap<String, ClassCount> classes,
    Tokens tokens,
    Cost cost,
    List<Shard> shards,
    Files files,
    Inference inference,
    Map<String, String> inferred,
    List<String> warnings,
    Map<String, Object> recipe,
    String version) {

  /** The name of the manifest in a dataset's folder. */
  public static final String FILE_NAME = "manifest.json";

  /** The funnel, counted in examples: {@code read = train + validation + duplicates + rejected}. */
  public record Rows(long read, Rejected rejected, long duplicates, long train, long validation) {

    /** Refuses a funnel in which something was lost. */
    public Rows {
      if (read != train + validation + duplicates + rejected.total()) {
        throw new IllegalArgumentException(
            "rows do not add up: %d read, %d train + %d validation + %d duplicates + %d rejected"
                .formatted(read, train, validation, duplicates, rejected.total()));
      }
    }
  }

  /** Rejected examples, in all and by reason. */
  public record Rejected(long total, SortedMap<String, Long> byReason) {}

  /** Examples of one class. */
  public record ClassCount(long train, long validation) {}

  /** Token counts; {@code train} and {@code validation} are sums over the split's examples. */
  public record Tokens(String encoding, long train, long validation, PerExample perExample) {}

  /** The distribution of tokens over all written examples; percentiles by nearest rank. */
  public record PerExample(long min, long p50, long p95, long max) {}

  /**
   * The price of the training run.
   *
   * @param model the model that it is priced for
   * @param epochs passes over the training split
   * @param billedTokens tokens of the training split, each example at most the model's limit, times
   *     epochs
   * @param usd dollars, null where the catalogue has no price
   * @param pricesAsOf the date of the catalogue row, ISO 8601
   */
  public record Cost(
      String model,
      int epochs,
      long billedTokens,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Double usd,
      String pricesAsOf) {}

  /** One file of the dataset: {@code split} is train or validation. */
  public record Shard(String split, String file, long examples, long bytes, String sha256) {}

  /** Names of the files beside the shards. */
  public record Files(List<String> rejected, List<String> conflicts) {}

  /**
   * What the tuned model expects; empty strings for chat and where there is none.
   *
   * @param separator ends the prompt
   * @param stop the stop sequence
   * @param leadingSpace whether completions begin with a blank
   * @param maxTokens tokens to ask for, 1 for classification, null where the answer is free
   */
  public record Inference(
      String separator, String stop, boolean leadingSpace, @Nullable Integer maxTokens) {}
}
