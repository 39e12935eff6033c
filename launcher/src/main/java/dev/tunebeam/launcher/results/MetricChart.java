package dev.tunebeam.launcher.results;

import dev.tunebeam.launcher.results.TrainingMetrics.Point;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Circle;
import org.knowm.xchart.style.markers.Diamond;
import org.knowm.xchart.style.markers.None;

/**
 * One chart: a metric of training and validation by step, below a heading. A long series is drawn
 * in a light color with its moving average on top.
 */
final class MetricChart {

  /** A palette safe for color blindness (Okabe and Ito, 2008). */
  private static final Color TRAINING = new Color(0x0072B2);

  private static final Color VALIDATION = new Color(0xD55E00);
  private static final Color FULL_VALIDATION = Color.BLACK;
  private static final Color GRID = new Color(0xE3E3E3);
  private static final Color AXIS = new Color(0x8A8A8A);
  private static final float LINE = 2.2f;
  private static final float PALE_LINE = 1f;
  private static final int PALE = 75;

  /** Series with more points get a moving average over a thirtieth of them. */
  private static final int MANY = 60;

  private static final int WINDOWS = 30;

  /** The number of parts that an image of 1200 columns can show. */
  private static final int OUTLINE = 250;

  private static final int SAMPLE = 300;

  /** Series with at most this many points get markers, since a single point has no line. */
  private static final int FEW = 8;

  private static final int FEW_TICKS = 12;
  private static final double BEYOND = 1.002;

  private static final int PADDING = 16;
  private static final int AXIS_WIDTH = 56;

  private final XYChart chart;
  private final ChartHeading heading;
  private final int height;

  private MetricChart(String title, String axis, int width, int height) {
    this.height = height;
    heading = new ChartHeading(title, PADDING + AXIS_WIDTH, width - PADDING);
    chart = new XYChart(width, height - ChartHeading.HEIGHT);
    chart.setXAxisTitle(axis);
    style(chart.getStyler());
  }

  /** The loss chart; empty if there are no values. */
  static Optional<MetricChart> loss(TrainingMetrics metrics, String title, int width, int height) {
    MetricChart chart = new MetricChart(title, "step", width, height);
    return chart.drawn(metrics, Metric.TRAIN_LOSS, Metric.VALID_LOSS, Metric.FULL_VALID_LOSS);
  }

  /** The token accuracy chart; empty if there are no values. */
  static Optional<MetricChart> accuracy(
      TrainingMetrics metrics, String title, int width, int height) {
    MetricChart chart = new MetricChart(title, "step", width, height);
    return chart.drawn(
        metrics, Metric.TRAIN_ACCURACY, Metric.VALID_ACCURACY, Metric.FULL_VALID_ACCURACY);
  }

  /** Draws the chart with its top left corner at the origin. */
  void paint(Graphics2D graphics) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, chart.getWidth(), height);
    heading.paint(graphics);
    graphics.translate(0, ChartHeading.HEIGHT);
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
  }

  private Optional<MetricChart> drawn(
      TrainingMetrics metrics, Metric training, Metric validation, Metric full) {
    line("training", metrics.series(training), TRAINING);
    line("validation", metrics.series(validation), VALIDATION);
    points("full validation", metrics.series(full));
    if (chart.getSeriesMap().isEmpty()) {
      return Optional.empty();
    }
    List<Point> all = new ArrayList<>(metrics.series(training));
    all.addAll(metrics.series(validation));
    all.addAll(metrics.series(full));
    XYStyler style = chart.getStyler();
    style.setXAxisMin(0.0);
    // Both charts share the same x-axis, slightly beyond the last step: with equally spaced values
    // XChart would put ticks at 0, 8, 16 instead of round numbers. Few steps get one tick each.
    long last = metrics.steps().get(metrics.steps().size() - 1).step();
    style.setXAxisMax(last > FEW_TICKS ? last * BEYOND : last);
    if (training == Metric.TRAIN_ACCURACY && all.stream().allMatch(p -> p.value() <= 1)) {
      style.setYAxisMax(1.0);
    }
    return Optional.of(this);
  }

  private void line(String name, List<Point> points, Color color) {
    if (points.isEmpty()) {
      return;
    }
    if (points.size() <= MANY) {
      XYSeries series = add(name, points, color, LINE);
      if (points.size() <= FEW) {
        series.setMarker(new Circle());
      }
      heading.line(name, color);
      return;
    }
    Color pale = new Color(color.getRed(), color.getGreen(), color.getBlue(), PALE);
    add(name + " by step", CurvePoints.outline(points, OUTLINE), pale, PALE_LINE);
    int window = (points.size() / WINDOWS) | 1;
    List<Point> means = CurvePoints.sample(CurvePoints.means(points, window), SAMPLE);
    add(name, means, color, LINE);
    heading.line(name + " (mean of " + window + ")", color);
  }

  private void points(String name, List<Point> points) {
    if (!points.isEmpty()) {
      XYSeries series = add(name, points, FULL_VALIDATION, LINE);
      series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
      series.setMarker(new Diamond());
      heading.point(name, FULL_VALIDATION);
    }
  }

  private XYSeries add(String name, List<Point> points, Color color, float width) {
    double[] steps = points.stream().mapToDouble(Point::step).toArray();
    double[] values = points.stream().mapToDouble(Point::value).toArray();
    XYSeries series = chart.addSeries(name, steps, values);
    series.setLineColor(color);
    series.setMarkerColor(color);
    series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    series.setMarker(new None());
    return series;
  }

  private static void style(XYStyler style) {
    style.setLocale(Locale.ROOT);
    style.setChartTitleVisible(false);
    style.setLegendVisible(false);
    style.setChartBackgroundColor(Color.WHITE);
    style.setPlotBackgroundColor(Color.WHITE);
    style.setPlotBorderVisible(false);
    style.setChartFontColor(ChartHeading.TEXT);
    style.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
    style.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    style.setAxisTickLabelsColor(ChartHeading.TEXT);
    style.setAxisTickMarksColor(AXIS);
    style.setAxisTickMarksStroke(new BasicStroke(1f));
    style.setXAxisTickMarkSpacingHint(110);
    style.setYAxisTickMarkSpacingHint(60);
    style.setYAxisLeftWidthHint(AXIS_WIDTH);
    style.setYAxisLabelAlignment(TextAlignment.Right);
    style.setPlotGridLinesColor(GRID);
    style.setPlotGridVerticalLinesVisible(false);
    style.setPlotGridLinesStroke(new BasicStroke(1f));
    style.setPlotMargin(0);
    style.setPlotContentSize(0.97);
    style.setMarkerSize(10);
    style.setChartPadding(PADDING);
  }
}
