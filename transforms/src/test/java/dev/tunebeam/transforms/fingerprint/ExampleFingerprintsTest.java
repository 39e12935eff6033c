package dev.tunebeam.transforms.fingerprint;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.json.JsonNumber;
import dev.tunebeam.transforms.row.Source;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExampleFingerprintsTest {

  private static final Source SOURCE = new Source(0, 0, 1);

  /** Letters with and without accents, precomposed and not, Hangul, blanks and line ends. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a",
            "b",
            "é",
            "e\u0301",
            "Å",
            "\u212B",
            "A\u030A",
            "각",
            "\u1100\u1161\u11A8",
            "ﬁ",
            " ",
            "\n",
            "\r\n",
            "\t",
            "😀",
            "1")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  @Property
  void aTextIsHashedAsTheLibraryHashesIt(
      @ForAll @From("texts") String text, @ForAll @IntRange(max = 2100) int more) {
    String longer = text + "x".repeat(more) + text;
    HashStream128 own = Hashing.xxh3_128().hashStream().putInt(1);
    ExampleFingerprints.put(own, longer);
    HashStream128 of = Hashing.xxh3_128().hashStream().putInt(1).putString(longer);
    assertThat(own.putInt(2).get(), equalTo(of.putInt(2).get()));
  }

  @Provide
  Arbitrary<Example> examples() {
    Arbitrary<Message> turns =
        Combinators.combine(
                Arbitraries.of("system", "user", "assistant", "tool"),
                texts(),
                Arbitraries.of(Map.<String, Object>of(), Map.<String, Object>of("name", "a")))
            .as(Message::new);
    return Combinators.combine(turns.list().ofMaxSize(3), texts())
        .as(
            (context, answer) -> {
              List<Message> messages = new ArrayList<>(context);
              messages.add(Message.of(Message.ASSISTANT, answer));
              return chat(messages, Map.of());
            });
  }

  @Property
  void composedAndDecomposedTextsAreEqual(
      @ForAll("texts") String prompt, @ForAll("texts") String completion) {
    assertSame(
        pair(Normalizer.normalize(prompt, Normalizer.Form.NFD), completion),
        pair(prompt, Normalizer.normalize(completion, Normalizer.Form.NFC)));
  }

  @Property
  void lineEndsOfAllSystemsAreEqual(
      @ForAll("texts") String prompt, @ForAll("texts") String completion) {
    String unix = prompt.replace("\r\n", "\n");
    assertSame(
        pair(unix.replace("\n", "\r\n"), completion),
        pair(unix, completion.replace("\r\n", "\r").replace('\n', '\r')));
  }

  @Property
  void outerBlanksDoNotCount(@ForAll("texts") String prompt, @ForAll("texts") String completion) {
    assertSame(
        pair(" \r\n\t" + prompt + "\n", completion), pair(prompt, "\u2003" + completion + "  "));
  }

  @Property
  void normalizingTwiceChangesNothingMore(@ForAll("texts") String text) {
    String once = ExampleFingerprints.normalize(text);

    assertThat(ExampleFingerprints.normalize(once), equalTo(once));
    assertThat(
        once,
        equalTo(
            Whitespace.strip(
                Normalizer.normalize(text, Normalizer.Form.NFC).replace("\r\n", "\n"))));
  }

  @Property(tries = 5000)
  void examplesAreEqualOnlyIfTheirNormalizedTurnsAre(
      @ForAll("examples") Example one, @ForAll("examples") Example other) {
    assertThat(
        ExampleFingerprints.of(one).whole().equals(ExampleFingerprints.of(other).whole()),
        equalTo(normalized(one.messages()).equals(normalized(other.messages()))));
    if (one.hasPrompt() && other.hasPrompt()) {
      assertThat(
          ExampleFingerprints.of(one).prompt().equals(ExampleFingerprints.of(other).prompt()),
          equalTo(normalized(one.context()).equals(normalized(other.context()))));
    }
  }

  @Property
  void examplesWithOneContextShareThePromptAlone(
      @ForAll("examples") Example example, @ForAll("texts") String answer) {
    List<Message> messages = new ArrayList<>(example.context());
    messages.add(Message.of(Message.ASSISTANT, answer + "!"));
    ExampleFingerprints one = ExampleFingerprints.of(example);
    ExampleFingerprints other = ExampleFingerprints.of(chat(messages, Map.of()));

    assertThat(other.prompt().equals(one.prompt()), equalTo(example.hasPrompt()));
    assertThat(other.whole(), not(equalTo(one.whole())));
  }

  @Property
  void withoutAPromptTheWholeStandsForIt(@ForAll("texts") String completion, @ForAll long seed) {
    for (Example example :
        List.of(
            pair(null, completion),
            pair(" \n", completion),
            Example.ofPair(SOURCE, "", "Be brief.", null, completion, null))) {
      ExampleFingerprints plain = ExampleFingerprints.of(example);
      ExampleFingerprints shuffled = plain.shuffled(seed);

      assertThat(plain.prompt(), equalTo(plain.whole()));
      assertThat(shuffled, equalTo(new ExampleFingerprints(shuffled.whole(), shuffled.whole())));
    }
  }

  @Test
  void textDoesNotMoveBetweenPromptAndCompletion() {
    assertDifferent(pair("ab", "c"), pair("a", "bc"));
    assertDifferent(pair("a", "b"), pair("b", "a"));
  }

  @Test
  void wordsOfOtherCaseSpacingOrShapeAreOtherWords() {
    assertDifferent(pair("a b", "c"), pair("a  b", "c"));
    assertDifferent(pair("a", "c"), pair("A", "c"));
    assertDifferent(pair("ﬁ", "c"), pair("fi", "c"));
  }

  @Test
  void rolesNamesAndToolsCount() {
    Message answer = Message.of(Message.ASSISTANT, "yes");
    Message user = Message.of(Message.USER, "hello");
    Example plain = chat(List.of(user, answer), Map.of());

    assertDifferent(plain, chat(List.of(Message.of(Message.SYSTEM, "hello"), answer), Map.of()));
    assertDifferent(
        plain,
        chat(List.of(new Message(Message.USER, "hello", Map.of("name", "Ann")), answer), Map.of()));
    assertDifferent(plain, chat(List.of(user, answer), Map.of("tools", List.of("f"))));
    assertDifferent(
        plain,
        chat(
            List.of(user, new Message(Message.ASSISTANT, "yes", Map.of("weight", number("0")))),
            Map.of()));
  }

  @Test
  void theClassTheSourceAndTheRawTextDoNotCount() {
    assertSame(
        Example.ofPair(SOURCE, "raw", null, "p", "c", "class"),
        Example.ofPair(new Source(3, 2, 1), "other", null, "p", "c", null));
  }

  @Test
  void textWithinContentPartsIsNormalizedToo() {
    Message answer = Message.of(Message.ASSISTANT, "yes");

    assertSame(
        chat(List.of(parts("cafe\u0301\r\n"), answer), Map.of()),
        chat(List.of(parts("café"), answer), Map.of()));
    assertDifferent(
        chat(List.of(parts("café"), answer), Map.of()),
        chat(List.of(parts("cafe"), answer), Map.of()));
  }

  /** Shards and splits of the same corpus must be the same tomorrow. */
  @Test
  void theFingerprintOfAnExampleNeverChanges() {
    ExampleFingerprints fingerprints = ExampleFingerprints.of(pair("Where is it?", "Here."));

    assertThat(fingerprints.prompt().toString(), equalTo("efe2906b5e2946adfad83c54db67a96c"));
    assertThat(fingerprints.whole().toString(), equalTo("10bb96965d54f3ac9da4422686678964"));
    assertThat(
        fingerprints.shuffled(42).prompt().toString(), equalTo("4825fa6add77d80066b42eb1cd4a176e"));
  }

  @Test
  void aPairOfAnswersIsBothOfThemAndTheOrderCounts() {
    Example one = preference("x", "y");
    assertSame(one, preference(" x", "y\r\n".strip()));
    assertDifferent(one, preference("x", "z"));
    assertDifferent(one, preference("y", "x"));
    assertDifferent(one, pair("q", "x"));
    assertThat(
        ExampleFingerprints.of(one).prompt(),
        equalTo(ExampleFingerprints.of(preference("z", "y")).prompt()));
  }

  private static Example preference(String preferred, String other) {
    Example one = pair("q", preferred);
    return new Example(
        SOURCE,
        0,
        "",
        one.messages(),
        Map.of(),
        null,
        false,
        false,
        Message.of(Message.ASSISTANT, other));
  }

  private static void assertSame(Example one, Example other) {
    assertThat(ExampleFingerprints.of(one), equalTo(ExampleFingerprints.of(other)));
  }

  private static void assertDifferent(Example one, Example other) {
    assertThat(
        ExampleFingerprints.of(one).whole(), not(equalTo(ExampleFingerprints.of(other).whole())));
  }

  private static List<List<Object>> normalized(List<Message> messages) {
    return messages.stream()
        .map(
            turn ->
                List.<Object>of(
                    turn.role(), ExampleFingerprints.normalize(turn.text()), turn.other()))
        .toList();
  }

  private static Example pair(@Nullable String prompt, String completion) {
    return Example.ofPair(SOURCE, "", null, prompt, completion, null);
  }

  private static Example chat(List<Message> messages, Map<String, Object> other) {
    return new Example(SOURCE, 0, "", messages, other, null, false, false);
  }

  private static Message parts(String text) {
    return new Message(
        Message.USER, List.of(Map.of("text", text), Map.of("image_url", "u")), Map.of());
  }

  private static JsonNumber number(String text) {
    return new JsonNumber(text);
  }
}
