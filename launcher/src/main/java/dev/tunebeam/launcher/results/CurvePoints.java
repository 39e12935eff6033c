package dev.tunebeam.launcher.results;

import dev.tunebeam.launcher.results.TrainingMetrics.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Downsamples the points of a curve and keeps its shape. */
final class CurvePoints {

  private CurvePoints() {}

  /**
   * With more than twice as many points as {@code parts}: the minimum and maximum of each part, so
   * that no outlier is lost, and the last point.
   */
  static List<Point> outline(List<Point> points, int parts) {
    if (points.size() <= 2 * parts) {
      return points;
    }
    List<Point> outline = new ArrayList<>();
    Comparator<Point> byValue = Comparator.comparingDouble(Point::value);
    for (List<Point> part : parts(points, parts)) {
      Point lowest = part.stream().min(byValue).orElseThrow();
      Point highest = part.stream().max(byValue).orElseThrow();
      outline.add(lowest.step() < highest.step() ? lowest : highest);
      if (lowest.step() != highest.step()) {
        outline.add(lowest.step() < highest.step() ? highest : lowest);
      }
    }
    return withLast(outline, points);
  }

  /** With more points than {@code parts}: the first point of each part, and the last point. */
  static List<Point> sample(List<Point> points, int parts) {
    return points.size() <= parts
        ? points
        : withLast(parts(points, parts).stream().map(part -> part.get(0)).toList(), points);
  }

  /** The centered moving average; the window is truncated at both ends. */
  static List<Point> means(List<Point> points, int window) {
    double[] values = points.stream().mapToDouble(Point::value).toArray();
    List<Point> means = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      int from = Math.max(0, i - window / 2);
      int to = Math.min(values.length, i + window / 2 + 1);
      double mean = Arrays.stream(values, from, to).average().orElseThrow();
      means.add(new Point(points.get(i).step(), mean));
    }
    return means;
  }

  private static List<List<Point>> parts(List<Point> points, int parts) {
    List<List<Point>> result = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      int from = (int) ((long) points.size() * i / parts);
      int to = (int) ((long) points.size() * (i + 1) / parts);
      result.add(points.subList(from, to));
    }
    return result;
  }

  private static List<Point> withLast(List<Point> chosen, List<Point> points) {
    Point last = points.get(points.size() - 1);
    if (chosen.get(chosen.size() - 1).step() == last.step()) {
      return chosen;
    }
    List<Point> result = new ArrayList<>(chosen);
    result.add(last);
    return result;
  }
}
