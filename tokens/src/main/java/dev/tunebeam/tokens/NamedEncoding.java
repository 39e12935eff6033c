package dev.tunebeam.tokens;

/** An encoding whose ranks are on the class path. */
record NamedEncoding(String name) implements Encoding {

  NamedEncoding {
    TokenCounters.checkName(name);
  }

  @Override
  public TokenCounter newCounter() {
    return TokenCounters.forEncoding(name);
  }
}
