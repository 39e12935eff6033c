package dev.tunebeam.transforms.compare;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import com.dynatrace.hash4j.similarity.ElementHashProvider;
import com.dynatrace.hash4j.similarity.SimilarityHashPolicy;
import com.dynatrace.hash4j.similarity.SimilarityHasher;
import com.dynatrace.hash4j.similarity.SimilarityHashing;
import java.io.Serializable;

/**
 * How a signature is cut into bands: two texts that agree in all rows of a band are candidates.
 * SuperMinHash of hash4j, 16 bits a component.
 *
 * @param bands number of bands
 * @param rows components of a band
 * @param seed of the hashes
 */
public record Bands(int bands, int rows, long seed) implements Serializable {

  private static final int MOST_BANDS = 20;
  private static final int MOST_ROWS = 20;

  /** The share of pairs exactly at the threshold that may share no band. */
  private static final double MISSED = 0.0005;

  private static final int BITS = 16;

  /**
   * The longest bands, so the fewest needless candidates, that miss at most 0.05 % of the pairs at
   * a similarity, with at most 20 bands.
   */
  public static Bands forSimilarity(double similarity, long seed) {
    for (int rows = MOST_ROWS; rows > 1; rows--) {
      double agree = Math.pow(similarity, rows);
      double needed = agree >= 1 ? 1 : Math.ceil(Math.log(MISSED) / Math.log1p(-agree));
      if (needed <= MOST_BANDS) {
        return new Bands((int) needed, rows, seed);
      }
    }
    return new Bands(MOST_BANDS, 2, seed);
  }

  /** A new computation of band keys, for one thread. */
  public Keys newKeys() {
    return new Keys();
  }

  /** Computes the keys of a text's bands. */
  public final class Keys {

    private final SimilarityHashPolicy policy = SimilarityHashing.superMinHash(bands * rows, BITS);
    private final SimilarityHasher hasher = policy.createHasher();
    private final Hasher64 keys = Hashing.wyhashFinal4(seed);
    private final long salt = keys.hashLongToLong(seed);

    /** The key of each band; texts without a word have none. */
    public long[] of(ComparedText text) {
      long[] shingles = text.shingles();
      if (shingles.length == 0) {
        return new long[0];
      }
      byte[] signature =
          hasher.compute(ElementHashProvider.ofFunction(i -> shingles[i] ^ salt, shingles.length));
      long[] all = new long[bands];
      for (int band = 0; band < bands; band++) {
        long key = text.frame() + band;
        for (int row = 0; row < rows; row++) {
          key = keys.hashLongLongToLong(key, policy.getComponent(signature, band * rows + row));
        }
        all[band] = key;
      }
      return all;
    }
  }
}
