package dev.tunebeam.transforms.shard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;

import dev.tunebeam.transforms.count.ImageCount;
import dev.tunebeam.transforms.count.RenderedExample;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.fingerprint.ExampleFingerprints;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.row.Step;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShardEntryTest {

  /** What the order of examples is made of. */
  record Place(Fingerprint prompt, Fingerprint whole, Source source, int ordinal)
      implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::prompt)
            .thenComparing(Place::whole)
            .thenComparing(Place::source)
            .thenComparingInt(Place::ordinal);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  @Provide
  Arbitrary<Place> places() {
    // Few values, so that every part of the order has to decide.
    Arbitrary<Long> halves = Arbitraries.of(0L, 1L, -1L, Long.MIN_VALUE, Long.MAX_VALUE);
    Arbitrary<Fingerprint> fingerprints = Combinators.combine(halves, halves).as(Fingerprint::new);
    Arbitrary<Integer> numbers = Arbitraries.of(0, 1, 2, 255, 256, Integer.MAX_VALUE);
    // Rows are numbered from 1; what has the row 0 is a mark.
    Arbitrary<Integer> rows = Arbitraries.of(1, 2, 255, 256, Integer.MAX_VALUE);
    Arbitrary<Source> sources = Combinators.combine(numbers, numbers, rows).as(Source::new);
    return Combinators.combine(fingerprints, fingerprints, sources, numbers).as(Place::new);
  }

  @Property
  void anExampleComesBackAsItWas(
      @ForAll("places") Place place,
      @ForAll @IntRange int tokens,
      @ForAll boolean cleaned,
      @ForAll boolean truncated,
      @ForAll String text) {
    for (String className : new @Nullable String[] {null, "", " ", "Ünï", text}) {
      ShardEntry entry =
          new ShardEntry(example(place, className, tokens, cleaned, truncated, text));

      assertThat(entry.kind(), equalTo(ShardEntry.Kind.EXAMPLE));
      assertThat(
          new Place(entry.prompt(), entry.whole(), entry.source(), entry.ordinal()),
          equalTo(place));
      assertThat(entry.className(), equalTo(className == null ? null : utf8(className)));
      assertThat(entry.tokens(), equalTo(tokens));
      assertThat(entry.cleaned(), equalTo(cleaned));
      assertThat(entry.truncated(), equalTo(truncated));
      assertThat(new String(entry.line(), UTF_8), equalTo(utf8(text)));
    }
  }

  @Property
  void aRejectedRowComesBackAsItWas(
      @ForAll("places") Place place,
      @ForAll Step step,
      @ForAll Reason reason,
      @ForAll String message,
      @ForAll String raw) {
    Rejected rejected =
        new Rejected(
            place.source(), Math.abs(place.ordinal() >> 1), step, reason, utf8(message), utf8(raw));
    ShardEntry entry = new ShardEntry(ShardEntry.of(rejected));

    assertThat(entry.kind(), equalTo(ShardEntry.Kind.REJECTED));
    assertThat(entry.rejected(), equalTo(rejected));
  }

  @Property
  void whatAReaderCountedComesBackAsItWas(
      @ForAll int file, @ForAll int range, @ForAll long rows, @ForAll long positions) {
    RangeStats stats = new RangeStats(file, range, rows, positions);
    ShardEntry entry = new ShardEntry(ShardEntry.of(stats));

    assertThat(entry.kind(), equalTo(ShardEntry.Kind.STATS));
    assertThat(entry.stats(), equalTo(stats));
  }

  @Property
  void examplesAreOrderedByPromptThenWholeThenPlace(
      @ForAll("places") Place one, @ForAll("places") Place other) {
    int order =
        Arrays.compareUnsigned(
            example(one, "z", 9, true, true, "zzz"), example(other, "a", 1, false, false, "a"));

    if (!one.equals(other)) {
      assertThat(Integer.signum(order), equalTo(Integer.signum(one.compareTo(other))));
    }
  }

  @Property
  void rejectedRowsAreOrderedByPlace(@ForAll("places") Place one, @ForAll("places") Place other) {
    int order = Arrays.compareUnsigned(rejected(one.source(), "z"), rejected(other.source(), "a"));

    if (!one.source().equals(other.source())) {
      assertThat(
          Integer.signum(order), equalTo(Integer.signum(one.source().compareTo(other.source()))));
    }
  }

  @Test
  void examplesComeBeforeRejectedRowsAndTheseBeforeCounts() {
    Fingerprint last = new Fingerprint(-1, -1);
    byte[] example =
        example(new Place(last, last, new Source(9, 9, 9), 9), "c", 1, true, true, "line");
    byte[] rejected = rejected(new Source(0, 0, 0), "");
    byte[] lastRejected = rejected(new Source(Integer.MAX_VALUE, 9, 9), "");
    byte[] stats = ShardEntry.of(new RangeStats(0, 0, 0, 0));

    assertThat(Arrays.compareUnsigned(example, rejected), lessThan(0));
    assertThat(Arrays.compareUnsigned(lastRejected, stats), lessThan(0));
  }

  private static byte[] example(
      Place place,
      @Nullable String className,
      int tokens,
      boolean cleaned,
      boolean truncated,
      String line) {
    Example example =
        new Example(
            place.source(),
            place.ordinal(),
            "raw",
            List.of(Message.of(Message.ASSISTANT, "answer")),
            Map.of(),
            className,
            cleaned,
            truncated);
    return ShardEntry.of(
        new RenderedExample(example, tokens, ImageCount.NONE, line.getBytes(UTF_8)),
        new ExampleFingerprints(place.prompt(), place.whole()));
  }

  private static byte[] rejected(Source source, String message) {
    return ShardEntry.of(new Rejected(source, Step.READ, Reason.RAGGED_ROW, message, "raw"));
  }

  /** What is left of a text in UTF-8: halves of surrogate pairs are no characters. */
  private static String utf8(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }
}
