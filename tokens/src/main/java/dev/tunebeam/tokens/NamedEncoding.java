package dev.tunebeam.tokens;

/** An encoding whose ranks come with tunebeam. */
record NamedEncoding(String name) implements Encoding {

  NamedEncoding {
    TokenCounters.checkName(name);
  }

  @Override
  public TokenCounter newCounter() {
    return TokenCounters.forEncoding(name);
  }
}
