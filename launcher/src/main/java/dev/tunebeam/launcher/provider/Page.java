package dev.tunebeam.launcher.provider;

import java.util.List;

/** Some of a list, newest first, and whether there is more behind them. */
public record Page<T>(List<T> items, boolean hasMore) {

  /** Copies. */
  public Page {
    items = List.copyOf(items);
  }
}
