package dev.tunebeam.tokens;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Tokenizers whose merges come in any order, against byte-pair encoding as it is defined. */
class LateTokensTest {

  /** Tokens in the order of their merges, each with the pairs that make it. */
  private record Tokenizer(List<String> tokens, List<List<String[]>> merges) {

    PieceEncoder encoder(boolean wholePieces) {
      return new PieceEncoder(vocabulary(wholePieces));
    }

    Vocabulary vocabulary(boolean wholePieces) {
      List<String> all = new ArrayList<>();
      for (int b = 0; b < 256; b++) {
        all.add(String.valueOf((char) b));
      }
      all.addAll(tokens);
      int[] starts = new int[all.size() + 1];
      for (int i = 0; i < all.size(); i++) {
        starts[i + 1] = starts[i] + all.get(i).length();
      }
      TokenList list = new TokenList(String.join("", all).getBytes(ISO_8859_1), starts);
      List<String[]> pairs = merges.stream().flatMap(List::stream).toList();
      int[] first = new int[all.size() + 1];
      for (int i = 0; i < tokens.size(); i++) {
        first[257 + i] = first[256 + i] + merges.get(i).size();
      }
      return new Vocabulary(
          list,
          new MergeList(
              first,
              pairs.stream().mapToInt(pair -> all.indexOf(pair[0])).toArray(),
              pairs.stream().mapToInt(pair -> all.indexOf(pair[1])).toArray()),
          wholePieces);
    }

    /** The definition, in the plainest way. */
    int count(String piece, boolean wholePieces) {
      if (wholePieces && (tokens.contains(piece) || piece.length() == 1)) {
        return 1;
      }
      Map<String, Integer> ranks = new HashMap<>();
      for (List<String[]> pairs : merges) {
        pairs.forEach(pair -> ranks.put(pair[0] + "+" + pair[1], ranks.size()));
      }
      List<String> parts = new ArrayList<>(List.of(piece.split("", -1)));
      parts.removeIf(String::isEmpty);
      while (true) {
        int best = -1;
        int lowest = Integer.MAX_VALUE;
        for (int i = 0; i + 1 < parts.size(); i++) {
          int rank = ranks.getOrDefault(parts.get(i) + "+" + parts.get(i + 1), Integer.MAX_VALUE);
          if (rank < lowest) {
            lowest = rank;
            best = i;
          }
        }
        if (best < 0) {
          return parts.size();
        }
        parts.set(best, parts.get(best) + parts.remove(best + 1));
      }
    }
  }

  @Property(tries = 5_000)
  void aPieceCountsAsMergingInTheOrderOfTheMergesDoes(
      @ForAll long seed,
      @ForAll @StringLength(min = 1, max = 40) @CharRange(from = 'a', to = 'c') String piece,
      @ForAll boolean wholePieces) {
    Tokenizer tokenizer = random(new Random(seed));

    assertThat(
        tokenizer.tokens().toString(),
        count(tokenizer.encoder(wholePieces), piece),
        equalTo(tokenizer.count(piece, wholePieces)));
  }

  @Test
  void aTokenWhosePartComesLaterIsMadeAsSoonAsThePartIs() {
    // The merge of "bc" is the last one, that of "a bc" the first.
    Tokenizer tokenizer =
        new Tokenizer(
            List.of("abc", "bc"), List.of(List.<String[]>of(pair("a", "bc")), one("b", "c")));

    assertThat(tokenizer.vocabulary(false).lateTokens(), notNullValue());
    assertThat(count(tokenizer.encoder(false), "abc"), equalTo(1));
    assertThat(count(tokenizer.encoder(false), "abcbca"), equalTo(3));
  }

  @Test
  void tokensThatNoMergesLeadToAreNotLate() {
    // "ab" takes the b away before "bc" is merged.
    Tokenizer tokenizer =
        new Tokenizer(
            List.of("abc", "ab", "bc"), List.of(one("a", "bc"), one("a", "b"), one("b", "c")));

    assertThat(tokenizer.vocabulary(true).lateTokens(), nullValue());
    assertThat(count(tokenizer.encoder(true), "abc"), equalTo(1));
    assertThat(count(tokenizer.encoder(true), "abcb"), equalTo(3));
  }

  @Test
  void aLongPieceIsEncodedToo() {
    Tokenizer tokenizer =
        new Tokenizer(List.of("abc", "bc"), List.of(one("a", "bc"), one("b", "c")));
    PieceEncoder encoder = tokenizer.encoder(true);

    assertThat(count(encoder, "abc".repeat(100_000)), equalTo(100_000));
    assertThat(count(encoder, "ab".repeat(100_000) + "abc"), equalTo(200_001));
    assertThat(count(encoder, "abcc"), equalTo(2));
  }

  private static String[] pair(String left, String right) {
    return new String[] {left, right};
  }

  private static List<String[]> one(String left, String right) {
    return List.<String[]>of(pair(left, right));
  }

  private static int count(PieceEncoder encoder, String piece) {
    return encoder.count(piece.getBytes(ISO_8859_1), 0, piece.length());
  }

  private static Tokenizer random(Random random) {
    List<String> known = new ArrayList<>(List.of("a", "b", "c"));
    Set<String> tokens = new LinkedHashSet<>();
    for (int i = 0; i < 12; i++) {
      String token =
          known.get(random.nextInt(known.size())) + known.get(random.nextInt(known.size()));
      if (token.length() <= 10 && tokens.add(token)) {
        known.add(token);
      }
    }
    List<String> order = new ArrayList<>(tokens);
    Collections.shuffle(order, random);
    List<List<String[]>> merges = new ArrayList<>();
    for (String token : order) {
      List<String[]> pairs = new ArrayList<>();
      for (int i = 1; i < token.length(); i++) {
        if (known.contains(token.substring(0, i)) && known.contains(token.substring(i))) {
          pairs.add(pair(token.substring(0, i), token.substring(i)));
        }
      }
      if (random.nextBoolean()) {
        pairs = pairs.subList(0, 1 + random.nextInt(pairs.size()));
      }
      merges.add(pairs);
    }
    return new Tokenizer(order, merges);
  }
}
