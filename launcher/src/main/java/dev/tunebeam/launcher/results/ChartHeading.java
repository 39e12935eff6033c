package dev.tunebeam.launcher.results;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;

/**
 * The heading of a chart: title and legend, left-aligned. Text is drawn as outlines, so it does not
 * depend on installed fonts when viewed.
 */
final class ChartHeading {

  /** Height of both lines, in the image's units. */
  static final int HEIGHT = 72;

  static final Color TEXT = new Color(0x333333);

  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 19);
  private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
  private static final int TITLE_BASE = 36;
  private static final int LABEL_BASE = 66;
  private static final int LABEL_MIDDLE = 61;
  private static final int SAMPLE = 26;
  private static final int GAP = 8;
  private static final int NEXT = 28;
  private static final int MARKER = 6;

  private final String title;
  private final int left;
  private final int right;
  private final List<Entry> entries = new ArrayList<>();

  private record Entry(String name, Color color, boolean line) {}

  ChartHeading(String title, int left, int right) {
    this.title = title;
    this.left = left;
    this.right = right;
  }

  void line(String name, Color color) {
    entries.add(new Entry(name, color, true));
  }

  void point(String name, Color color) {
    entries.add(new Entry(name, color, false));
  }

  void paint(Graphics2D graphics) {
    FontRenderContext context = new FontRenderContext(null, true, true);
    graphics.setColor(TEXT);
    text(graphics, fitting(title, context), left, TITLE_BASE);
    double x = left;
    for (Entry entry : entries) {
      graphics.setColor(entry.color);
      double width = entry.line ? SAMPLE : 2 * MARKER;
      if (entry.line) {
        graphics.setStroke(new BasicStroke(3f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(new Line2D.Double(x, LABEL_MIDDLE, x + SAMPLE, LABEL_MIDDLE));
      } else {
        graphics.fill(diamond(x + MARKER));
      }
      graphics.setColor(TEXT);
      TextLayout label = new TextLayout(entry.name, LABEL, context);
      text(graphics, label, x + width + GAP, LABEL_BASE);
      x += width + GAP + label.getAdvance() + NEXT;
    }
  }

  /** The title, truncated to the width of the image. */
  private TextLayout fitting(String text, FontRenderContext context) {
    TextLayout layout = new TextLayout(text, TITLE, context);
    int length = text.codePointCount(0, text.length());
    while (layout.getAdvance() > right - left && length > 1) {
      length--;
      String cut = text.substring(0, text.offsetByCodePoints(0, length)) + "…";
      layout = new TextLayout(cut, TITLE, context);
    }
    return layout;
  }

  private static void text(Graphics2D graphics, TextLayout text, double x, double y) {
    graphics.fill(text.getOutline(AffineTransform.getTranslateInstance(x, y)));
  }

  private static Path2D diamond(double middle) {
    Path2D diamond = new Path2D.Double();
    diamond.moveTo(middle - MARKER, LABEL_MIDDLE);
    diamond.lineTo(middle, LABEL_MIDDLE - MARKER);
    diamond.lineTo(middle + MARKER, LABEL_MIDDLE);
    diamond.lineTo(middle, LABEL_MIDDLE + MARKER);
    diamond.closePath();
    return diamond;
  }
}
