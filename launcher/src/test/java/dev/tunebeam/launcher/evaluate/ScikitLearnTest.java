package dev.tunebeam.launcher.evaluate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tunebeam.launcher.evaluate.ClassificationScores.ClassScores;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The figures against those of scikit-learn 1.9.1, which {@code src/generate/python/scores.py}
 * wrote down: {@code python scores.py > scikit-learn.json}.
 */
class ScikitLearnTest {

  private static final double DIGITS = 1e-12;

  @ParameterizedTest
  @MethodSource
  void classificationsHaveItsFigures(JsonNode golden) {
    ClassificationScores scores =
        ClassificationScores.of(
            ConfusionMatrix.of(texts(golden.get("classes")), judged(golden, List.of())));
    assertThat(scores.accuracy(), is(closeTo(golden.get("accuracy").asDouble(), DIGITS)));
    assertThat(scores.weightedF1(), is(closeTo(golden.get("weightedF1").asDouble(), DIGITS)));
    assertThat(scores.macroF1(), is(closeTo(golden.get("macroF1").asDouble(), DIGITS)));
    for (int i = 0; i < scores.classes().size(); i++) {
      ClassScores one = scores.classes().get(i);
      assertThat(one.label(), is(golden.get("classes").get(i).asText()));
      assertThat(one.precision(), is(closeTo(golden.get("precision").get(i).asDouble(), DIGITS)));
      assertThat(one.recall(), is(closeTo(golden.get("recall").get(i).asDouble(), DIGITS)));
      assertThat(one.f1(), is(closeTo(golden.get("f1").get(i).asDouble(), DIGITS)));
      assertThat(one.support(), is(golden.get("support").get(i).asLong()));
    }
  }

  @ParameterizedTest
  @MethodSource
  void binariesHaveItsFigures(JsonNode golden) {
    String positive = golden.get("positive").asText();
    String negative = positive.equals("yes") ? "no" : "yes";
    List<ClassProbabilities> probabilities = new ArrayList<>();
    for (JsonNode score : golden.get("scores")) {
      probabilities.add(
          new ClassProbabilities(
              new TreeMap<>(Map.of(positive, score.asDouble(), negative, 1 - score.asDouble()))));
    }
    List<Prediction> answers = judged(golden, probabilities);
    ConfusionMatrix matrix = ConfusionMatrix.of(List.of("yes", "no"), answers);
    BinaryScores scores = BinaryScores.of(matrix, answers, positive, golden.get("beta").asDouble());
    assertThat(scores.precision(), is(closeTo(golden.get("precision").asDouble(), DIGITS)));
    assertThat(scores.recall(), is(closeTo(golden.get("recall").asDouble(), DIGITS)));
    assertThat(scores.fBeta(), is(closeTo(golden.get("fBeta").asDouble(), DIGITS)));
    assertThat(scores.auroc(), is(closeTo(golden.get("auroc").asDouble(), DIGITS)));
    assertThat(scores.auprc(), is(closeTo(golden.get("auprc").asDouble(), DIGITS)));
    assertThat(scores.scored(), is((long) answers.size()));
  }

  static Stream<JsonNode> classificationsHaveItsFigures() throws IOException {
    return golden("classifications");
  }

  static Stream<JsonNode> binariesHaveItsFigures() throws IOException {
    return golden("binaries");
  }

  private static Stream<JsonNode> golden(String name) throws IOException {
    try (InputStream file = ScikitLearnTest.class.getResourceAsStream("scikit-learn.json")) {
      JsonNode cases = new JsonMapper().readTree(Objects.requireNonNull(file)).get(name);
      return StreamSupport.stream(cases.spliterator(), false);
    }
  }

  private static List<Prediction> judged(JsonNode golden, List<ClassProbabilities> probabilities) {
    List<Prediction> answers = new ArrayList<>();
    for (int i = 0; i < golden.get("actual").size(); i++) {
      JsonNode predicted = golden.get("predicted").get(i);
      @Nullable String answer = predicted.isNull() ? null : predicted.asText();
      answers.add(
          new Prediction(
              golden.get("actual").get(i).asText(),
              answer,
              probabilities.isEmpty() ? null : probabilities.get(i)));
    }
    return answers;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
