package dev.tunebeam.launcher.results;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.launcher.process.LauncherException;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Learning curves as one image: loss above, token accuracy below, training and validation by step.
 * Needs no display. Deterministic on one machine; fonts differ between machines.
 */
public final class LearningCurves {

  private static final int WIDTH = 1200;
  private static final int HEIGHT = 500;

  /** PNG pixels per SVG unit, for high-resolution displays. */
  private static final int SCALE = 2;

  private LearningCurves() {}

  /**
   * The image as SVG, 1200 wide.
   *
   * @param title the title, such as the job's or the model's name
   * @throws LauncherException if there are no values to draw
   */
  public static byte[] svg(TrainingMetrics metrics, String title) {
    List<MetricChart> charts = charts(metrics, title);
    VectorGraphics2D graphics = new VectorGraphics2D();
    paint(charts, graphics);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      Processors.get("svg")
          .getDocument(graphics.getCommands(), new PageSize(WIDTH, HEIGHT * charts.size()))
          .writeTo(bytes);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The image as PNG, 2400 pixels wide.
   *
   * @param title the title
   * @throws LauncherException if there are no values to draw
   */
  public static byte[] png(TrainingMetrics metrics, String title) {
    List<MetricChart> charts = charts(metrics, title);
    BufferedImage image =
        new BufferedImage(
            WIDTH * SCALE, HEIGHT * charts.size() * SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(SCALE, SCALE);
    paint(charts, graphics);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static List<MetricChart> charts(TrainingMetrics metrics, String title) {
    // Charts need fonts, but no display.
    System.setProperty("java.awt.headless", "true");
    List<MetricChart> charts = new ArrayList<>();
    String before = title.isEmpty() ? "" : TerminalText.oneLine(title) + " · ";
    MetricChart.loss(metrics, before + "loss", WIDTH, HEIGHT).ifPresent(charts::add);
    String accuracy = charts.isEmpty() ? before + "token accuracy" : "token accuracy";
    MetricChart.accuracy(metrics, accuracy, WIDTH, HEIGHT).ifPresent(charts::add);
    if (charts.isEmpty()) {
      throw new LauncherException(
          ExitCode.FAILED, "the metrics of " + title + " contain no values to draw");
    }
    return charts;
  }

  private static void paint(List<MetricChart> charts, Graphics2D graphics) {
    AffineTransform origin = graphics.getTransform();
    for (int i = 0; i < charts.size(); i++) {
      graphics.setTransform(origin);
      graphics.translate(0, i * HEIGHT);
      charts.get(i).paint(graphics);
    }
  }
}
