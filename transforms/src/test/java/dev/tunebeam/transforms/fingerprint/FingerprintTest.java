package dev.tunebeam.transforms.fingerprint;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.comparesEqualTo;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  @Property
  void theOrderIsThatOfUnsignedNumbers(
      @ForAll long high, @ForAll long low, @ForAll long otherHigh, @ForAll long otherLow) {
    Fingerprint one = new Fingerprint(high, low);
    Fingerprint other = new Fingerprint(otherHigh, otherLow);

    assertThat(Integer.signum(one.compareTo(other)), equalTo(number(one).compareTo(number(other))));
    assertThat(one, comparesEqualTo(new Fingerprint(high, low)));
  }

  @Property
  void aShuffleCanBeUndoneSoNoTwoFingerprintsBecomeOne(
      @ForAll long high, @ForAll long low, @ForAll long seed) {
    Fingerprint plain = new Fingerprint(high, low);

    assertThat(unshuffled(plain.shuffled(seed), seed), equalTo(plain));
  }

  @Test
  void neighboursDoNotCollideOnceShuffled() {
    Set<Fingerprint> shuffled = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      for (int j = 0; j < 300; j++) {
        shuffled.add(new Fingerprint(i, j).shuffled(42));
      }
    }

    assertThat(shuffled, hasSize(90_000));
  }

  @Property
  void anotherSeedShufflesInAnotherWay(@ForAll long seed, @ForAll long otherSeed) {
    Fingerprint fingerprint = new Fingerprint(1, 2);

    assertThat(
        fingerprint.shuffled(seed).equals(fingerprint.shuffled(otherSeed)),
        equalTo(seed == otherSeed));
  }

  @Property
  void aHigherFingerprintIsNeverInALowerShard(
      @ForAll long high,
      @ForAll long otherHigh,
      @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE) int shards) {
    Fingerprint one = new Fingerprint(high, 0);
    Fingerprint other = new Fingerprint(otherHigh, 0);

    if (one.compareTo(other) <= 0) {
      assertThat(one.shard(shards), lessThanOrEqualTo(other.shard(shards)));
    } else {
      assertThat(one.shard(shards), greaterThanOrEqualTo(other.shard(shards)));
    }
    assertThat(one.shard(shards), both(greaterThanOrEqualTo(0)).and(lessThan(shards)));
  }

  @Property
  void theEndsOfTheRangeAreTheFirstAndTheLastShard(
      @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE) int shards) {
    assertThat(new Fingerprint(0, 0).shard(shards), equalTo(0));
    assertThat(new Fingerprint(-1, -1).shard(shards), equalTo(shards - 1));
  }

  @Test
  void shardsAreAboutEquallyLargeWhateverTheSeed() {
    int shards = 7;
    int perShard = 2_000;
    for (long seed : new long[] {0, 1, 42, Long.MIN_VALUE}) {
      List<Integer> sizes = new ArrayList<>();
      for (int shard = 0; shard < shards; shard++) {
        sizes.add(0);
      }
      for (int i = 0; i < shards * perShard; i++) {
        int shard = new Fingerprint(i, i).shuffled(seed).shard(shards);
        sizes.set(shard, sizes.get(shard) + 1);
      }

      // Five standard deviations of a fair draw.
      assertThat(sizes, everyItem(allOf(greaterThan(perShard - 210), lessThan(perShard + 210))));
    }
  }

  @Test
  void itsTextIsThirtyTwoHexadecimalDigits() {
    assertThat(new Fingerprint(1, -1).toString(), equalTo("0000000000000001ffffffffffffffff"));
    assertThat(new Fingerprint(1, -1), not(equalTo(new Fingerprint(-1, 1))));
  }

  private static BigInteger number(Fingerprint fingerprint) {
    return new BigInteger(fingerprint.toString(), 16);
  }

  private static Fingerprint unshuffled(Fingerprint shuffled, long seed) {
    long low = unmix(shuffled.low()) - shuffled.high();
    long salt = new Fingerprint(0, 0).shuffled(seed).high();
    // mix(0 + mix(seed + constant)) is the salt mixed once more.
    return new Fingerprint(unmix(shuffled.high()) - unmix(salt), low);
  }

  /** The inverse of the finalizer: its multipliers are odd, so they have inverses modulo 2⁶⁴. */
  private static long unmix(long bits) {
    long mixed = undoShift(bits, 31) * inverse(0x94D049BB133111EBL);
    mixed = undoShift(mixed, 27) * inverse(0xBF58476D1CE4E5B9L);
    return undoShift(mixed, 30);
  }

  private static long undoShift(long bits, int shift) {
    long original = bits;
    for (int known = shift; known < 64; known += shift) {
      original = bits ^ (original >>> shift);
    }
    return original;
  }

  private static long inverse(long odd) {
    return BigInteger.valueOf(odd).modInverse(BigInteger.ONE.shiftLeft(64)).longValue();
  }
}
