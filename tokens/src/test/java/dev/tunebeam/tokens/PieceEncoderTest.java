package dev.tunebeam.tokens;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PieceEncoderTest {

  /** An encoding in our way and in the plainest way. */
  private record Fixture(TokenList list, MergesByRank definition, PieceEncoder encoder) {

    static Fixture of(String encoding) {
      TokenList list = RankFile.ofEncoding(encoding);
      return new Fixture(
          list, new MergesByRank(list), new PieceEncoder(new Vocabulary(list, true)));
    }

    int count(byte[] piece) {
      return encoder.count(piece, 0, piece.length);
    }
  }

  private static final Map<String, Fixture> ENCODINGS =
      Stream.of("r50k_base", "p50k_base", "cl100k_base", "o200k_base")
          .collect(Collectors.toMap(encoding -> encoding, Fixture::of));

  @Property(tries = 2_000)
  void aPieceCountsAsMergingByRankDoes(@ForAll("pieces") byte[] piece) {
    ENCODINGS.forEach(
        (encoding, fixture) ->
            assertThat(
                encoding + " " + Arrays.toString(piece),
                fixture.count(piece),
                equalTo(fixture.definition().encode(piece).size())));
  }

  @Test
  void everyTokenIsOneTokenAndMergesAloneLeadToItInTheSameWay() {
    List<String> different = new ArrayList<>();
    ENCODINGS.forEach(
        (encoding, fixture) -> {
          TokenList list = fixture.list();
          PieceEncoder merging = new PieceEncoder(new Vocabulary(list, false));
          for (int token = 0; token < list.size(); token++) {
            byte[] piece = bytes(list, token);
            int merged = fixture.definition().merge(new String(piece, ISO_8859_1)).size();
            if (fixture.count(piece) != 1 || merging.count(piece, 0, piece.length) != merged) {
              different.add(encoding + " " + token);
            }
          }
        });

    assertThat(different, empty());
  }

  @Test
  void aTokenThatNoMergesLeadToCountsOneOnlyAsAWholePieceAndOnlyIfAskedFor() {
    // The single bytes, and abc without ab or bc.
    TokenList list = withSingleBytes("abc", "xy");
    PieceEncoder whole = new PieceEncoder(new Vocabulary(list, true));
    PieceEncoder merged = new PieceEncoder(new Vocabulary(list, false));

    assertThat(count(whole, "abc"), equalTo(1));
    assertThat(count(merged, "abc"), equalTo(3));
    assertThat(count(whole, "abcxy"), equalTo(4));
    assertThat(count(merged, "abcxy"), equalTo(4));
  }

  @Test
  void theEncoderGoesBackWhereTheLongestTokenLeadsNowhere() {
    // bc is merged before ab and abc, so that abcd is a, bcd.
    TokenList list = withSingleBytes("bc", "ab", "bcd", "abd");

    PieceEncoder encoder = new PieceEncoder(new Vocabulary(list, true));
    assertThat(count(encoder, "abcd"), equalTo(2));
    assertThat(new MergesByRank(list).merge("abcd"), equalTo(List.of("a", "bcd")));
    // Longer than what is merged pair by pair.
    assertThat(count(encoder, "abcd".repeat(20)), equalTo(40));
    assertThat(count(encoder, "abd".repeat(20)), equalTo(20));
  }

  @Provide
  Arbitrary<byte[]> pieces() {
    Arbitrary<String> words =
        Arbitraries.of("a", "b", " ", "=", "the", "ing", "Ab", "語", "本", "ы", "на", "é", "\n", "0");
    return Arbitraries.oneOf(
        words
            .list()
            .ofMinSize(1)
            .ofMaxSize(40)
            .map(parts -> String.join("", parts).getBytes(UTF_8)),
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .ofMinLength(1)
            .ofMaxLength(60)
            .map(s -> s.getBytes(UTF_8)),
        Arbitraries.strings().ofMinLength(1).ofMaxLength(20).map(s -> s.getBytes(UTF_8)),
        Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(40));
  }

  private static TokenList withSingleBytes(String... tokens) {
    byte[] bytes = Arrays.copyOf(new byte[0], 256 + String.join("", tokens).length());
    int[] starts = new int[256 + tokens.length + 1];
    for (int b = 0; b < 256; b++) {
      bytes[b] = (byte) b;
      starts[b + 1] = b + 1;
    }
    for (int i = 0; i < tokens.length; i++) {
      byte[] token = tokens[i].getBytes(UTF_8);
      System.arraycopy(token, 0, bytes, starts[256 + i], token.length);
      starts[257 + i] = starts[256 + i] + token.length;
    }
    return new TokenList(bytes, starts);
  }

  private static byte[] bytes(TokenList list, int token) {
    return Arrays.copyOfRange(list.bytes(), list.starts()[token], list.starts()[token + 1]);
  }

  private static int count(PieceEncoder encoder, String piece) {
    return encoder.count(piece.getBytes(UTF_8), 0, piece.length());
  }
}
