package dev.tunebeam.launcher.provider;

import java.util.List;
import java.util.function.Function;

/** A page of a list, newest first. */
public record Page<T>(List<T> items, boolean hasMore) {

  /** Copies. */
  public Page {
    items = List.copyOf(items);
  }

  /**
   * A page of a list that a provider returns without pagination.
   *
   * @param after the id of the last item of the previous page; empty for the first page; an unknown
   *     id gives an empty page
   */
  public static <T> Page<T> of(List<T> all, Function<T, String> id, String after, int limit) {
    int last = all.stream().map(id).toList().indexOf(after);
    if (last < 0 && !after.isEmpty()) {
      return new Page<>(List.of(), false);
    }
    int from = last + 1;
    int to = Math.min(all.size(), from + limit);
    return new Page<>(all.subList(from, to), to < all.size());
  }
}
