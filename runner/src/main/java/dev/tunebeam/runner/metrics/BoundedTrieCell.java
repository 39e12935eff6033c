package dev.tunebeam.runner.metrics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.metrics.BoundedTrie;
import org.apache.beam.sdk.metrics.BoundedTrieResult;
import org.apache.beam.sdk.metrics.MetricName;

/** Paths, at most a hundred: when there are more, all are cut shorter by their last segment. */
final class BoundedTrieCell implements BoundedTrie {

  private static final int MOST = 100;

  private final MetricName name;
  private Set<List<String>> paths = new HashSet<>();
  private int depth = Integer.MAX_VALUE;

  BoundedTrieCell(MetricName name) {
    this.name = name;
  }

  @Override
  public synchronized void add(Iterable<String> segments) {
    List<String> path = new ArrayList<>();
    segments.forEach(path::add);
    paths.add(cut(path));
    while (paths.size() > MOST) {
      depth = paths.stream().mapToInt(List::size).max().orElseThrow() - 2;
      Set<List<String>> shorter = new HashSet<>();
      paths.forEach(known -> shorter.add(cut(known.subList(0, known.size() - 1))));
      paths = shorter;
    }
  }

  /** Beam's form: behind the segments stands whether some were cut off. */
  private List<String> cut(List<String> path) {
    List<String> cut = new ArrayList<>(path.subList(0, Math.min(depth, path.size())));
    cut.add(String.valueOf(path.size() > depth));
    return List.copyOf(cut);
  }

  @Override
  public MetricName getName() {
    return name;
  }

  synchronized BoundedTrieResult result() {
    return BoundedTrieResult.create(Set.copyOf(paths));
  }
}
