package dev.tunebeam.tokens;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Reads a rank file of tiktoken: a line is a token in Base64, a space and its rank. The files come
 * with jtokkit, which carries the published ones byte for byte.
 */
final class RankFile {

  private RankFile() {}

  /** The tokens of an encoding that jtokkit's jar carries. */
  static TokenList ofEncoding(String encoding) {
    String path = "/com/knuddels/jtokkit/" + encoding + ".tiktoken";
    try (InputStream in = RankFile.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new FileNotFoundException(
            "no " + path + " on the class path; is jtokkit's jar there?");
      }
      return parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the ranks of " + encoding, e);
    }
  }

  /** Tokens in the order of the lines, which is the order of ranks. */
  static TokenList parse(byte[] file) {
    int lines = 0;
    for (byte b : file) {
      lines += b == '\n' ? 1 : 0;
    }
    // Base64 is longer than the decoded bytes.
    byte[] bytes = new byte[file.length];
    int[] starts = new int[lines + 1];
    int tokens = 0;
    int end = 0;
    int lastRank = -1;
    int at = 0;
    while (at < file.length) {
      int blank = indexOf(file, (byte) ' ', at);
      int newline = indexOf(file, (byte) '\n', blank);
      int rank = rank(file, blank + 1, newline);
      if (rank <= lastRank) {
        throw new IllegalArgumentException("rank " + rank + " comes after " + lastRank);
      }
      lastRank = rank;
      end += decode(file, at, blank, bytes, end);
      starts[++tokens] = end;
      at = newline + 1;
    }
    return new TokenList(Arrays.copyOf(bytes, end), Arrays.copyOf(starts, tokens + 1));
  }

  private static int decode(byte[] file, int from, int to, byte[] target, int at) {
    byte[] token = Base64.getDecoder().decode(Arrays.copyOfRange(file, from, to));
    System.arraycopy(token, 0, target, at, token.length);
    return token.length;
  }

  private static int rank(byte[] file, int from, int to) {
    return Integer.parseInt(new String(file, from, to - from, StandardCharsets.US_ASCII));
  }

  private static int indexOf(byte[] file, byte wanted, int from) {
    int at = from;
    while (at < file.length && file[at] != wanted) {
      at++;
    }
    return at;
  }
}
