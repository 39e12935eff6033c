package dev.tunebeam.launcher.results;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.results.TrainingMetrics.Point;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class LearningCurvesTest {

  private static final int TRAINING = 0x0072B2;
  private static final int VALIDATION = 0xD55E00;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 12, 100, 2000})
  void bothChartsStandInOnePictureWhateverTheNumberOfSteps(int steps) throws Exception {
    TrainingMetrics metrics = metrics(steps);
    BufferedImage png = png(metrics);
    assertThat(png.getWidth(), is(2400));
    assertThat(png.getHeight(), is(2000));
    for (int top : new int[] {0, 1000}) {
      assertThat(pixels(png, top, TRAINING), greaterThan(200));
      assertThat(pixels(png, top, VALIDATION), greaterThan(200));
    }
    Element svg = svg(metrics);
    assertThat(svg.getAttribute("width"), is("1200px"));
    assertThat(svg.getAttribute("height"), is("1000px"));
  }

  @Test
  void withoutValidationAndAccuracyOnlyTheTrainingLossIsDrawn() throws Exception {
    TrainingMetrics metrics = parse("step,train_loss,valid_loss,train_accuracy\n1,2,,\n2,1,nan,\n");
    BufferedImage png = png(metrics);
    assertThat(png.getHeight(), is(1000));
    assertThat(pixels(png, 0, TRAINING), greaterThan(200));
    assertThat(pixels(png, 0, VALIDATION), is(0));
    assertThat(svg(metrics).getAttribute("height"), is("500px"));
  }

  @Test
  void infiniteFiguresAndEqualOnesAreNoObstacle() throws Exception {
    for (String rows : List.of("0,inf\n1,0\n2,0\n3,nan\n", "0,1\n", "5,-1e300\n6,1e300\n")) {
      BufferedImage png = png(parse("step,train_loss\n" + rows));
      assertThat(rows, pixels(png, 0, TRAINING), greaterThan(200));
    }
  }

  @Test
  void theSamePictureHasTheSameBytes() {
    assertThat(
        LearningCurves.svg(metrics(100), "job"), is(LearningCurves.svg(metrics(100), "job")));
    assertThat(
        LearningCurves.png(metrics(100), "job"), is(LearningCurves.png(metrics(100), "job")));
  }

  @Test
  void aLongTrainingDoesNotMakeAHugePicture() {
    assertThat(LearningCurves.svg(metrics(50_000), "job").length, lessThan(1_500_000));
  }

  @Test
  void titlesOfAnyKindAreDrawn() throws Exception {
    TrainingMetrics metrics = metrics(3);
    for (String title : List.of("", "\n\u0007 <&\">", "一二三", "long ".repeat(100))) {
      assertThat(
          ImageIO.read(new ByteArrayInputStream(LearningCurves.png(metrics, title))).getWidth(),
          is(2400));
      assertThat(LearningCurves.svg(metrics, title).length, greaterThan(1000));
    }
  }

  @Test
  void withoutFiguresThereIsNothingToDraw() {
    LauncherException e =
        assertThrows(
            LauncherException.class,
            () -> LearningCurves.svg(parse("step,train_loss\n1,nan\n"), "job-1"));
    assertThat(e.getMessage(), is("the metrics of job-1 contain no values to draw"));
  }

  @Test
  void anOutlineKeepsTheLowestAndTheHighestOfEachPart() {
    List<Point> points = points(5, 1, 9, 3, 4, 4, 4, 2);
    assertThat(
        CurvePoints.outline(points, 2),
        contains(new Point(1, 1), new Point(2, 9), new Point(4, 4), new Point(7, 2)));
    assertThat(CurvePoints.outline(points, 4), is(points));
  }

  @Test
  void aMeanIsThatOfTheWindowAsFarAsItGoes() {
    assertThat(
        CurvePoints.means(points(1, 2, 6, 1), 3),
        contains(new Point(0, 1.5), new Point(1, 3), new Point(2, 3), new Point(3, 3.5)));
  }

  @Test
  void aSampleHasTheLastPoint() {
    assertThat(
        CurvePoints.sample(points(1, 2, 3, 4, 5), 2),
        contains(new Point(0, 1), new Point(2, 3), new Point(4, 5)));
  }

  private static List<Point> points(double... values) {
    return LongStream.range(0, values.length).mapToObj(i -> new Point(i, values[(int) i])).toList();
  }

  private static int pixels(BufferedImage image, int top, int rgb) {
    int found = 0;
    // Below the heading, whose samples have the colours too.
    for (int y = top + 160; y < top + 1000; y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        found += (image.getRGB(x, y) & 0xFFFFFF) == rgb ? 1 : 0;
      }
    }
    return found;
  }

  private static BufferedImage png(TrainingMetrics metrics) throws Exception {
    return ImageIO.read(new ByteArrayInputStream(LearningCurves.png(metrics, "job · model")));
  }

  private static Element svg(TrainingMetrics metrics) throws Exception {
    DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    // The document names its DTD; nobody is to fetch it.
    builder.setEntityResolver(
        (publicId, systemId) -> new InputSource(new ByteArrayInputStream(new byte[0])));
    byte[] svg = LearningCurves.svg(metrics, "job · model");
    return builder.parse(new ByteArrayInputStream(svg)).getDocumentElement();
  }

  private static TrainingMetrics metrics(int steps) {
    StringBuilder csv =
        new StringBuilder("step,train_loss,train_accuracy,valid_loss,valid_accuracy,")
            .append("full_valid_loss,full_valid_accuracy\n");
    for (int i = 1; i <= steps; i++) {
      double loss = 0.3 + 2.0 / i + (i * 37 % 11) / 50.0;
      csv.append(
          String.format(
              Locale.ROOT, "%d,%s,%s,%s,%s,", i, loss, 1 - loss / 3, loss + 0.1, 0.9 - loss / 3));
      csv.append(i % 50 == 0 ? "0.5,0.8\n" : ",\n");
    }
    return parse(csv.toString());
  }

  private static TrainingMetrics parse(String csv) {
    return ResultsFile.parse(csv.getBytes(UTF_8), "results.csv");
  }
}
