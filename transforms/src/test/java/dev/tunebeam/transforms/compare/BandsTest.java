package dev.tunebeam.transforms.compare;

import static dev.tunebeam.transforms.compare.Texts.text;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BandsTest {

  private static final Bands BANDS = Bands.forSimilarity(0.8, 42);

  @Test
  void theBandsFollowFromTheSimilarity() {
    assertThat(BANDS, equalTo(new Bands(20, 5, 42)));
    assertThat(Bands.forSimilarity(0.5, 42), equalTo(new Bands(20, 2, 42)));
    assertThat(Bands.forSimilarity(1, 42), equalTo(new Bands(1, 20, 42)));
  }

  @Test
  void pairsAtTheSimilarityShareABandAndUnrelatedOnesDoNot() {
    Random random = new Random(7);
    int found = 0;
    int unrelated = 0;
    for (int i = 0; i < 2000; i++) {
      String[] words = new String[100];
      Arrays.setAll(words, at -> "w" + random.nextInt(20_000));
      String original = String.join(" ", words);
      // Of 98 shingles 10 or 11 are others: a similarity of 0.80.
      for (int change = 0; change < 4; change++) {
        words[10 + 20 * change] = "x" + random.nextInt(20_000);
      }
      found += sharesABand(text(original), text(String.join(" ", words))) ? 1 : 0;
      Arrays.setAll(words, at -> "w" + random.nextInt(20_000));
      unrelated += sharesABand(text(original), text(String.join(" ", words))) ? 1 : 0;
    }
    assertThat(found, greaterThan(1990));
    assertThat(unrelated, lessThan(2));
  }

  @Test
  void theSeedChangesTheKeys() {
    ComparedText text = text("one two three four");
    assertThat(
        Bands.forSimilarity(0.8, 1).newKeys().of(text),
        not(equalTo(Bands.forSimilarity(0.8, 2).newKeys().of(text))));
  }

  private static boolean sharesABand(ComparedText a, ComparedText b) {
    long[] keys = BANDS.newKeys().of(a);
    return LongStream.of(BANDS.newKeys().of(b))
        .anyMatch(key -> LongStream.of(keys).anyMatch(other -> other == key));
  }
}
