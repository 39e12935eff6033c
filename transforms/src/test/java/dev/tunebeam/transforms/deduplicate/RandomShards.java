package dev.tunebeam.transforms.deduplicate;

import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.shard.ExampleRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;

/** Rows of few prompts, answers and classes, in any order of sources. */
final class RandomShards implements ArbitrarySupplier<List<ExampleRow>> {

  @Override
  public Arbitrary<List<ExampleRow>> get() {
    Arbitrary<ExampleRow> row =
        Combinators.combine(
                Arbitraries.integers().between(0, 4),
                Arbitraries.integers().between(0, 3),
                Arbitraries.of("", " ", "a", "b").injectNull(0.2),
                Arbitraries.integers().between(0, 5),
                Arbitraries.of(true, false),
                Arbitraries.of(true, false),
                Arbitraries.integers().between(0, 30))
            .as(
                (prompt, answer, className, tokens, cleaned, truncated, length) ->
                    new ExampleRow(
                        prompt,
                        answer,
                        new Source(0, 0, 0),
                        0,
                        className,
                        tokens,
                        cleaned,
                        truncated,
                        "x".repeat(length)));
    return row.list()
        .ofMaxSize(25)
        .flatMap(
            rows ->
                Arbitraries.shuffle(IntStream.range(0, rows.size()).boxed().toList())
                    .map(order -> place(rows, order)));
  }

  /** Gives each row a place of its own: two files, two ranges, and two examples of a row. */
  private static List<ExampleRow> place(List<ExampleRow> rows, List<Integer> order) {
    List<ExampleRow> placed = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      ExampleRow row = rows.get(i);
      int at = order.get(i);
      placed.add(
          new ExampleRow(
              row.prompt(),
              row.answer(),
              new Source(at % 2, at / 2 % 2, at / 8 + 1),
              at / 4 % 2,
              row.className(),
              row.tokens(),
              row.cleaned(),
              row.truncated(),
              String.format(Locale.ROOT, "line %d %s", at, row.line())));
    }
    return placed;
  }
}
