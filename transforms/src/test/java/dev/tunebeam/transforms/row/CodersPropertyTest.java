package dev.tunebeam.transforms.row;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.transforms.json.JsonNumber;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;

final class CodersPropertyTest {

  /** Any chars at all, surrogates that stand alone among them. */
  @Provide
  Arbitrary<String> text() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(20),
        Arbitraries.strings().withChars("a\uD83D\uDE00é\0").ofMaxLength(6));
  }

  @Provide
  Arbitrary<Source> source() {
    Arbitrary<Integer> number = Arbitraries.integers();
    return Combinators.combine(number, number, number).as(Source::new);
  }

  @Provide
  Arbitrary<Rejected> rejected() {
    return Combinators.combine(
            source(), Arbitraries.of(Step.class), Arbitraries.of(Reason.class), text(), text())
        .as(Rejected::new);
  }

  @Provide
  Arbitrary<RangeStats> stats() {
    return Combinators.combine(
            Arbitraries.integers(),
            Arbitraries.integers(),
            Arbitraries.longs(),
            Arbitraries.longs())
        .as(RangeStats::new);
  }

  private Arbitrary<Object> value(int depth) {
    Arbitrary<Object> scalar =
        Arbitraries.oneOf(
            text().map(t -> (Object) t),
            Arbitraries.of("0", "-1.50", "1e5").map(JsonNumber::new),
            Arbitraries.of(true, false),
            Arbitraries.just("").map(nothing -> null));
    if (depth == 0) {
      return scalar;
    }
    return Arbitraries.oneOf(
        scalar,
        Arbitraries.lazy(() -> value(depth - 1)).list().ofMaxSize(3).map(ArrayList::new),
        Arbitraries.lazy(() -> fields(depth - 1)).map(map -> (Object) map));
  }

  private Arbitrary<Map<String, Object>> fields(int depth) {
    return Combinators.combine(
            text().list().uniqueElements().ofSize(3), value(depth).list().ofSize(3))
        .as(
            (names, values) -> {
              Map<String, Object> fields = new LinkedHashMap<>();
              for (int i = 0; i < names.size(); i++) {
                fields.put(names.get(i), values.get(i));
              }
              return fields;
            });
  }

  @Provide
  Arbitrary<Row> row() {
    return Combinators.combine(source(), text(), fields(2)).as(Row::new);
  }

  @Provide
  Arbitrary<Outcome<Row>> outcome() {
    return Arbitraries.oneOf(
        row().map(Outcome::of),
        rejected().map(r -> Outcome.<Row>rejected(r)),
        stats().map(s -> Outcome.<Row>stats(s)));
  }

  private static <T> void roundTrips(Coder<T> coder, T value) throws CoderException {
    byte[] bytes = CoderUtils.encodeToByteArray(coder, value);
    T decoded = CoderUtils.decodeFromByteArray(coder, bytes);

    assertThat(decoded, equalTo(value));
    // The same once more: the order of fields too.
    assertThat(CoderUtils.encodeToByteArray(coder, decoded), equalTo(bytes));
  }

  @Property
  void everyTextComesBack(@ForAll("text") String value) throws CoderException {
    roundTrips(TextCoder.of(), value);
  }

  @Property
  void everySourceComesBack(@ForAll("source") Source value) throws CoderException {
    roundTrips(SourceCoder.of(), value);
  }

  @Property
  void everyCountComesBack(@ForAll("stats") RangeStats value) throws CoderException {
    roundTrips(RangeStatsCoder.of(), value);
  }

  @Property
  void everyRejectionComesBack(@ForAll("rejected") Rejected value) throws CoderException {
    roundTrips(RejectedCoder.of(), value);
    roundTrips(
        RejectedCoder.of(),
        new Rejected(
            value.source(), 7, value.step(), value.reason(), value.message(), value.raw()));
  }

  @Property(tries = 300)
  void everyRowComesBack(@ForAll("row") Row value) throws CoderException {
    roundTrips(RowCoder.of(), value);
  }

  @Property(tries = 300)
  void everyOutcomeComesBack(@ForAll("outcome") Outcome<Row> value)
      throws CoderException, Coder.NonDeterministicException {
    OutcomeCoder<Row> coder = OutcomeCoder.of(RowCoder.of());
    coder.verifyDeterministic();
    roundTrips(coder, value);
    assertThat(
        CoderUtils.decodeFromByteArray(
            org.apache.beam.sdk.coders.ListCoder.of(coder),
            CoderUtils.encodeToByteArray(
                org.apache.beam.sdk.coders.ListCoder.of(coder), List.of(value, value))),
        equalTo(List.of(value, value)));
  }
}
