package dev.tunebeam.tokens;

/**
 * Counts tokens by byte-pair merges: splits a text into pieces, caches the counts of short ones and
 * encodes the others. Linear in the length of the text. An instance holds 2.5 MB, plus up to 8
 * bytes per byte of text during a call. Not thread-safe.
 */
final class BytePairCounter implements TokenCounter {

  private final Splitter splitter;
  private final PieceCache cache;
  private final Utf8Buffer buffer = new Utf8Buffer();

  BytePairCounter(Vocabulary vocabulary, Splitter splitter) {
    this.splitter = splitter;
    this.cache = new PieceCache(new PieceEncoder(vocabulary), vocabulary.knownPieces());
  }

  @Override
  public int count(CharSequence text) {
    return countBuffer(buffer.set(text));
  }

  @Override
  public int count(byte[] utf8, int from, int to) {
    return countBuffer(buffer.set(utf8, from, to));
  }

  private int countBuffer(int length) {
    byte[] text = buffer.bytes();
    int count = 0;
    int from = 0;
    while (from < length) {
      int to = splitter.end(text, from, length);
      count += cache.count(text, from, to);
      from = to;
    }
    buffer.trim();
    return count;
  }
}
