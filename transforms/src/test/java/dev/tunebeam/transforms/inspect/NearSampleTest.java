package dev.tunebeam.transforms.inspect;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;

import dev.tunebeam.transforms.compare.ComparedTexts;
import dev.tunebeam.transforms.compare.NearBy;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.fingerprint.ExampleFingerprints;
import dev.tunebeam.transforms.inspect.NearSample.Pair;
import dev.tunebeam.transforms.row.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NearSampleTest {

  private static final double SIMILARITY = 0.8;

  private final ComparedTexts texts = new ComparedTexts(NearBy.EXAMPLE);

  /** Row 2i is a text, row 2i + 1 the same with a word more, in other letters. */
  private static List<Example> pairs(int count) {
    Random random = new Random(3);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder words = new StringBuilder();
      for (int word = 0; word < 30; word++) {
        random.ints(5, 'a', 'z' + 1).forEach(letter -> words.append((char) letter));
        words.append(' ');
      }
      examples.add(example(2 * i, words.toString(), "yes"));
      examples.add(
          example(
              2 * i + 1, words.toString().toUpperCase(java.util.Locale.ROOT) + "please", "yes"));
    }
    return examples;
  }

  private static Example example(int row, String prompt, String answer) {
    return Example.ofPair(new Source(0, 0, row + 1), "", null, prompt, answer, null);
  }

  private NearSample sample(List<Example> examples) {
    return add(new NearSample(), examples);
  }

  private NearSample add(NearSample sample, List<Example> examples) {
    examples.forEach(
        example -> sample.add(example, ExampleFingerprints.of(example).shuffled(42), texts));
    return sample;
  }

  private static List<String> places(List<Pair> pairs) {
    return pairs.stream().map(pair -> pair.first().row() + " " + pair.second().row()).toList();
  }

  @Test
  void fewTextsAreAllInTheSampleAndEachPairIsFound() {
    NearSample sample = sample(pairs(NearSample.MOST / 2));
    assertThat(sample.isAll(), equalTo(true));
    assertThat(sample.size(), equalTo(NearSample.MOST));
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < NearSample.MOST / 2; i++) {
      expected.add((2 * i + 1) + " " + (2 * i + 2));
    }
    assertThat(places(sample.similar(SIMILARITY)), equalTo(expected));
  }

  @Test
  void ofManyTextsBothOfAPairAreMostlyInTheSample() {
    NearSample sample = sample(pairs(20_000));
    assertThat(sample.isAll(), equalTo(false));
    assertThat(sample.size(), equalTo(NearSample.MOST));
    int found = sample.similar(SIMILARITY).size();
    assertThat(found, both(greaterThan(NearSample.MOST / 2 * 8 / 10)).and(lessThan(1_001)));
  }

  @Test
  void theSampleDoesNotDependOnTheOrderOrTheParts() {
    List<Example> examples = new ArrayList<>(pairs(5_000));
    List<Pair> expected = sample(examples).similar(SIMILARITY);
    Collections.shuffle(examples, new Random(4));
    NearSample merged = sample(examples.subList(0, 700));
    merged.merge(sample(examples.subList(700, examples.size())));
    assertThat(merged.similar(SIMILARITY), equalTo(expected));
    assertThat(merged.isAll(), equalTo(false));
  }

  @Test
  void whatFollowsASampleLeavesOutOnlyWhatBothTogetherWould() {
    List<Example> examples = new ArrayList<>(pairs(5_000));
    Collections.shuffle(examples, new Random(5));
    NearSample first = sample(examples.subList(0, 8_000));
    NearSample second = add(first.next(), examples.subList(8_000, 9_000));
    NearSample third = add(second.next(), examples.subList(9_000, 10_000));
    assertThat(second.size(), both(greaterThan(150)).and(lessThan(400)));
    assertThat(third.size(), both(greaterThan(150)).and(lessThan(400)));
    NearSample merged = new NearSample();
    merged.merge(third);
    merged.merge(first);
    merged.merge(second);
    assertThat(merged.similar(SIMILARITY), equalTo(sample(examples).similar(SIMILARITY)));
    assertThat(merged.size(), equalTo(NearSample.MOST));
    assertThat(merged.isAll(), equalTo(false));
  }

  @Test
  void theSameQuestionWithAnotherAnswerIsAConflict() {
    String question = "how do I cancel my order for the two red lamps from last week";
    List<Pair> found =
        sample(List.of(example(0, question, "refund"), example(1, question + "?!", "cancel")))
            .similar(SIMILARITY);
    assertThat(places(found), equalTo(List.of("1 2")));
    assertThat(found.get(0).isConflict(), equalTo(true));
  }

  @Test
  void aLongTextIsLeftOut() {
    String longText = "many words in a row ".repeat(5_000);
    NearSample sample = sample(List.of(example(0, longText, "yes"), example(1, longText, "no")));
    assertThat(sample.size(), equalTo(0));
    assertThat(sample.isAll(), equalTo(false));
    NearSample merged = sample(pairs(1));
    merged.merge(sample);
    assertThat(merged.isAll(), equalTo(false));
  }
}
