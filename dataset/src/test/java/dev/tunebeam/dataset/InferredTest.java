package dev.tunebeam.dataset;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class InferredTest {

  @Test
  void filesOfWhichTheSameWasInferredAreSaidTogether() {
    List<Inferred> byFile = List.of(file("tab", "1"), file("pipe", "2"), file("tab", "3"));
    assertThat(
        Inferred.grouped(byFile, 3),
        contains(
            new Inferred("tab", "by the header", List.of("1", "3")),
            new Inferred("pipe", "by the header", List.of("2"))));
  }

  @Test
  void whatHoldsForAllFilesNamesNone() {
    List<Inferred> byFile = List.of(file("tab", "1"), file("tab", "2"));
    assertThat(Inferred.grouped(byFile, 2), contains(Inferred.of("tab", "by the header")));
    assertThat(
        Inferred.grouped(byFile, 3),
        contains(new Inferred("tab", "by the header", List.of("1", "2"))));
  }

  @Test
  void theTextHasValueReasonAndTheFirstFiles() {
    assertThat(
        Inferred.texts(
            Map.of(
                "task", List.of(Inferred.of("generation", "the recipe names no other")),
                "sheet",
                    List.of(
                        new Inferred("a", "the first", List.of("1", "2", "3")),
                        new Inferred("b", "the first", List.of("4", "5", "6", "7")))),
            UnaryOperator.identity()),
        is(
            Map.of(
                "task",
                "generation: the recipe names no other",
                "sheet",
                "a: the first (1, 2, 3); b: the first (4, 5, 6 and 1 more file)")));
  }

  @Test
  void dataIsMaskedAndNamesOfFilesAreNot() {
    assertThat(
        Inferred.texts(
            Map.of("rows", List.of(new Inferred("key", "no key", List.of("key.json")))),
            text -> text.replace("key", "*")),
        is(Map.of("rows", "*: no * (key.json)")));
  }

  @Test
  void ofManyValuesTheFirstTwentyAreSaid() {
    List<Inferred> many = IntStream.range(0, 25).mapToObj(i -> Inferred.of("v" + i, "r")).toList();
    assertThat(
        Inferred.texts(Map.of("sheet", many), UnaryOperator.identity()).get("sheet"),
        endsWith("; v19: r; and 5 more"));
  }

  private static Inferred file(String value, String name) {
    return new Inferred(value, "by the header", List.of(name));
  }
}
