package dev.tunebeam.transforms.shard;

import dev.tunebeam.transforms.compare.ComparedText;
import dev.tunebeam.transforms.compare.ComparedTexts;
import dev.tunebeam.transforms.compare.NearBy;
import dev.tunebeam.transforms.count.RenderedExample;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.fingerprint.ExampleFingerprints;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.io.Serializable;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the entries of the shards from examples, and what is compared: the texts, once each as far
 * as one worker knows, and the units that each prompt is in. One for each thread.
 */
public final class ExampleEntries {

  /**
   * How examples are sharded.
   *
   * @param shards number of shards; a function of the input's size, never of the workers
   * @param seed of the order within shards, and so of the split
   * @param conversations whether the examples of a conversation stay together
   * @param firstGiven index of the first file of the validation input
   * @param compared what is compared; null for nothing
   * @param groups whether examples have groups
   * @param joins whether units with several prompts may arise, for groups or near copies
   */
  public record Settings(
      int shards,
      long seed,
      boolean conversations,
      int firstGiven,
      @Nullable NearBy compared,
      boolean groups,
      boolean joins)
      implements Serializable {

    /** Refuses less than one shard. */
    public Settings {
      if (shards < 1) {
        throw new IllegalArgumentException("shards: " + shards);
      }
    }

    /** Whether anything has to be known of other examples before the shard is. */
    public boolean compares() {
      return compared != null || groups;
    }
  }

  /** Receives what examples give. */
  public interface Output {

    /** A {@link ShardEntry}, by shard. */
    void entry(int shard, byte[] entry);

    /** A {@link ComparedText}. */
    void text(byte[] text);

    /** Prompt and unit of an example, 32 bytes by the shard of the prompt. */
    void unit(int shard, byte[] promptAndUnit);
  }

  private final Settings settings;
  private final ComparedTexts texts;
  private final SeenTexts seen = new SeenTexts();

  public ExampleEntries(Settings settings) {
    NearBy by = settings.compared();
    this.settings = settings;
    this.texts = new ComparedTexts(by == null ? NearBy.EXAMPLE : by);
  }

  /** Passes on what an example gives; returns its fingerprints, which are seeded. */
  public ExampleFingerprints add(RenderedExample rendered, Output out) {
    int shards = settings.shards();
    Example example = rendered.example();
    ExampleFingerprints seeded = ExampleFingerprints.of(example).shuffled(settings.seed());
    Fingerprint unit = unit(example, seeded);
    out.entry(unit.shard(shards), ShardEntry.of(rendered, seeded, unit));
    if (settings.joins()) {
      byte[] pair =
          ByteBuffer.allocate(32)
              .putLong(seeded.prompt().high())
              .putLong(seeded.prompt().low())
              .putLong(unit.high())
              .putLong(unit.low())
              .array();
      out.unit(seeded.prompt().shard(shards), pair);
    }
    NearBy by = settings.compared();
    boolean given = example.source().file() >= settings.firstGiven();
    if (by != null
        && seen.isNews(
            by == NearBy.PROMPT ? seeded.prompt() : seeded.whole(), example.source(), given)) {
      out.text(texts.of(example, seeded, unit, given).encode());
    }
    return seeded;
  }

  private Fingerprint unit(Example example, ExampleFingerprints seeded) {
    String group = example.group();
    if (group != null && !group.isEmpty()) {
      return Fingerprint.of(group).shuffled(settings.seed());
    }
    return settings.conversations()
        ? ExampleFingerprints.opening(example).shuffled(settings.seed())
        : seeded.prompt();
  }
}
