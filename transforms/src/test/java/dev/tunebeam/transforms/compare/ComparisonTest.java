package dev.tunebeam.transforms.compare;

import static dev.tunebeam.transforms.compare.Relation.CONFLICT;
import static dev.tunebeam.transforms.compare.Relation.DIFFERENT;
import static dev.tunebeam.transforms.compare.Relation.NEAR_COPY;
import static dev.tunebeam.transforms.compare.Texts.pair;
import static dev.tunebeam.transforms.compare.Texts.relation;
import static dev.tunebeam.transforms.compare.Texts.text;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static final String LONG =
      "the parcel left our warehouse on monday and the carrier says that it was seen in the depot of"
          + " your town yesterday so it should be with you before the end of this week please wait"
          + " until then and write to us again if nothing has come by that time";

  private static String with(String original, String changed) {
    assertThat(original, LONG.contains(original), equalTo(true));
    return LONG.replace(original, changed);
  }

  @Test
  void caseWhitespacePunctuationAndUnicodeFormsDoNotMatter() {
    String accents = LONG.replace("e", "é");
    assertThat(
        relation(text(LONG), text(LONG.toUpperCase(java.util.Locale.ROOT) + " !")),
        equalTo(NEAR_COPY));
    assertThat(relation(text(LONG), text(LONG.replace(" ", " \n "))), equalTo(NEAR_COPY));
    assertThat(
        relation(text(accents), text(Normalizer.normalize(accents, Normalizer.Form.NFD))),
        equalTo(NEAR_COPY));
    assertThat(relation(text("Thank you."), text("thank  you!")), equalTo(NEAR_COPY));
  }

  @Test
  void aWordMoreOrLessInALongTextIsANearCopy() {
    assertThat(relation(text(LONG), text(with("please wait", "wait"))), equalTo(NEAR_COPY));
    assertThat(relation(text(LONG), text(with("carrier", "courier"))), equalTo(NEAR_COPY));
    assertThat(
        relation(text(LONG), text(LONG + ". we are sorry for the delay")), equalTo(NEAR_COPY));
  }

  @Test
  void shortTextsWithOtherWordsAreDifferent() {
    assertThat(relation(text("label time"), text("label year")), equalTo(DIFFERENT));
    assertThat(relation(text("yes"), text("no")), equalTo(DIFFERENT));
    assertThat(relation(text("👍"), text("👎")), equalTo(DIFFERENT));
    assertThat(relation(text("???"), text("!!!")), equalTo(DIFFERENT));
    assertThat(
        relation(pair("How do I pay?", "By card."), pair("How can I pay?", "By card.")),
        equalTo(DIFFERENT));
  }

  @Test
  void otherNumbersOperatorsUnitsNamesAndNegationsAreOtherFacts() {
    String recipe = LONG + " then add 2 cups of sugar to the bowl and stir well";
    assertThat(
        relation(text(recipe), text(recipe.replace("2 cups", "3 cups"))), equalTo(DIFFERENT));
    assertThat(
        relation(text(recipe), text(recipe.replace("2 cups", "2 spoons"))), equalTo(DIFFERENT));
    assertThat(
        relation(text(LONG + " if (a < b) x"), text(LONG + " if (a <= b) x")), equalTo(DIFFERENT));
    assertThat(
        relation(text(LONG + " if (done) x"), text(LONG + " if (!done) x")), equalTo(DIFFERENT));
    assertThat(relation(text(LONG), text(with("it should", "it should not"))), equalTo(DIFFERENT));
    assertThat(relation(text(LONG), text(with("monday", "Paris"))), equalTo(DIFFERENT));
    assertThat(relation(text(LONG), text(with("before", "after"))), equalTo(DIFFERENT));
    assertThat(
        relation(
            text(LONG),
            text(with("the end of this week please", "somebody else opens a new ticket"))),
        equalTo(DIFFERENT));
  }

  @Test
  void theSamePromptWithAnotherAnswerIsNoNearCopy() {
    assertThat(
        relation(pair(LONG, "It has been delivered to you."), pair(LONG + "!", "It is lost.")),
        equalTo(CONFLICT));
    assertThat(relation(pair(LONG, LONG), pair(LONG + ".", LONG + ".")), equalTo(NEAR_COPY));
    assertThat(
        relation(pair("Where is my parcel?", LONG), pair("When will it come?", LONG)),
        equalTo(DIFFERENT));
  }

  @Test
  void similarPromptsWithAnotherClassAreAConflict() {
    String other = with("carrier", "courier");
    assertThat(
        relation(pair(LONG, "delivery", "delivery"), pair(other, "delivery", "delivery")),
        equalTo(NEAR_COPY));
    assertThat(
        relation(pair(LONG, "delivery", "delivery"), pair(other, "billing", "billing")),
        equalTo(CONFLICT));
  }

  @Test
  void textsThatOnlyEndInOtherWordsAreAConflict() {
    assertThat(
        relation(text(LONG + "\nsentiment: positive"), text(LONG + "\nsentiment: negative")),
        equalTo(CONFLICT));
  }

  @Test
  void scriptsWithoutSpacesAreComparedByCharacters() {
    StringBuilder chinese = new StringBuilder();
    StringBuilder other = new StringBuilder();
    for (int i = 0; i < 160; i++) {
      chinese.appendCodePoint(0x4e00 + i * 7 % 800);
      other.appendCodePoint(0x4e00 + i * 11 % 800);
    }
    String near = chinese.substring(0, 80) + "新" + chinese.substring(81);
    assertThat(relation(text(chinese.toString()), text(near)), equalTo(NEAR_COPY));
    assertThat(relation(text(chinese.toString()), text(other.toString())), equalTo(DIFFERENT));
    assertThat(relation(text("你好"), text("再见")), equalTo(DIFFERENT));
  }

  @Test
  void theSimilarityIsTheShareOfCommonShingles() {
    // 8 shingles each, of which a changed sixth word is in three.
    Comparison.Result result =
        new Comparison(0.4, NearBy.EXAMPLE)
            .of(text("a b c d e f g h i j"), text("a b c d e x g h i j"));
    assertThat(result.similarity(), closeTo(5.0 / 11, 1e-9));
    assertThat(result.relation(), equalTo(NEAR_COPY));
  }

  @Test
  void byPromptTheAnswersDoNotMatter() {
    ComparedText one = Texts.of(NearBy.PROMPT, Texts.example(LONG, "One answer.", null));
    ComparedText two =
        Texts.of(NearBy.PROMPT, Texts.example(with("carrier", "courier"), "Another.", null));
    assertThat(new Comparison(0.8, NearBy.PROMPT).of(one, two).relation(), equalTo(NEAR_COPY));
  }

  @Test
  void aSimilarityOfNothingIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Comparison(0, NearBy.EXAMPLE));
    assertThrows(IllegalArgumentException.class, () -> new Comparison(1.1, NearBy.EXAMPLE));
  }
}
