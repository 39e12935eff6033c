package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.compare.Bands;
import dev.tunebeam.transforms.compare.Comparison;
import java.io.Serializable;

/**
 * How near copies are found.
 *
 * @param action what is done with them
 * @param comparison decides about a pair
 * @param seed of the signatures
 * @param partitions number of partitions of the texts, the same as shards
 * @param inputBytes estimated size of the input; sizes the filter and the partitions of the bands
 */
public record NearSettings(
    NearAction action, Comparison comparison, long seed, int partitions, long inputBytes)
    implements Serializable {

  /** Bytes of rows for a partition of the bands: with rows of 40 bytes it holds 64 MB. */
  private static final long BYTES_OF_A_BAND_PARTITION = 8_000_000;

  private static final int MOST_BAND_PARTITIONS = 1 << 16;

  private static final int FEWEST_FILTER_BITS = 16;
  private static final int MOST_FILTER_BITS = 29;

  /** The bands of the signatures. */
  Bands bands() {
    return Bands.forSimilarity(comparison.similarity(), seed);
  }

  int bandPartitions() {
    long wanted = inputBytes / BYTES_OF_A_BAND_PARTITION + 1;
    return (int) Math.max(partitions, Math.min(MOST_BAND_PARTITIONS, wanted));
  }

  /** A bit for every 32 bytes of input: 10 for each of many near copies. At most 64 MiB. */
  int log2FilterBits() {
    int log2 = 64 - Long.numberOfLeadingZeros(Math.max(1, inputBytes / 32));
    return Math.max(FEWEST_FILTER_BITS, Math.min(MOST_FILTER_BITS, log2));
  }
}
