package dev.tunebeam.transforms.normalize.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.transforms.normalize.JsonRow;
import dev.tunebeam.transforms.normalize.Lines;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RemovedTextsTest {

  private static String without(String text, String... removed) {
    return new RemovedTexts(List.of(removed)).outOf(text);
  }

  @ParameterizedTest
  @CsvSource({
    "a ### b, ###, a  b",
    "a#####b, ###, a##b",
    "#####x#, ###, ##x#",
    "a#b###c, ##, a#b#c",
    "объявление — реклама, ' — реклама', объявление",
    "広告です【広告】, 【広告】, 広告です",
    "nothing, ###, nothing",
  })
  void aTextIsTakenOutWhereverItStands(String text, String removed, String left) {
    assertEquals(left, without(text, removed));
  }

  @Test
  void whatOnlyComesAboutByRemovingGoesToo() {
    assertEquals("", without("aabb", "ab"));
    assertEquals("x", without("a[y]bx", "[y]", "ab"));
  }

  @Test
  void textsOfTheTemplateStay() {
    RowTemplate template =
        new RowTemplate("prompt", "### {{a}} ###", new RemovedTexts(List.of("###")));
    assertEquals("### x y ###", template.render(JsonRow.fields("{\"a\": \"x### y\"}")));
  }

  @Test
  void theTurnsOfConversationsAndAllTextsOfPairsAreRidOfThem() {
    assertEquals(
        List.of(
            "{'messages':[{'role':'user','content':[{'type':'text','text':'a'}]},"
                + "{'role':'assistant','content':'b'}]}"),
        Lines.CHAT.of(
            "{'messages':[{'role':'user','content':[{'type':'text','text':'#a#'}]},"
                + "{'role':'assistant','content':'b##'}]}",
            "#"));
    assertEquals(
        List.of(
            "{'input':{'messages':[{'role':'user','content':'q'}]},"
                + "'preferred_output':[{'role':'assistant','content':'x'}],"
                + "'non_preferred_output':[{'role':'assistant','content':'y'}]}"),
        Lines.CHAT.as(Format.PREFERENCE).of("{'prompt':'#q','chosen':'x#','rejected':'#y'}", "#"));
    assertEquals(
        List.of("blank_completion: the completion is blank"),
        Lines.CHAT.of("{'prompt':'q','completion':'#'}", "#"));
  }

  @Test
  void nothingCannotBeTakenOut() {
    assertEquals(
        "remove contains an empty text; name the text to remove",
        assertThrows(IllegalArgumentException.class, () -> without("a", "")).getMessage());
  }

  @Provide
  static Arbitrary<String> shortTexts() {
    return Arbitraries.strings().withChars('a', 'b').ofMinLength(1).ofMaxLength(3);
  }

  @Provide
  static Arbitrary<String> longTexts() {
    return Arbitraries.strings().withChars('a', 'b', 'c').ofMaxLength(60);
  }

  @Property
  void nothingOfItIsLeft(
      @ForAll("longTexts") String text,
      @ForAll @Size(min = 1, max = 3) List<@From("shortTexts") String> removed) {
    String left = new RemovedTexts(removed).outOf(text);
    for (String one : removed) {
      assertEquals(false, left.contains(one), text + " without " + removed + " is " + left);
    }
  }
}
