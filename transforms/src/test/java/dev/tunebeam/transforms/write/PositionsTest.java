package dev.tunebeam.transforms.write;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.transforms.row.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PositionsTest {

  @Property
  void rowsAreNumberedOnFromRangeToRange(
      @ForAll @Size(max = 10) List<@IntRange(max = 20) Integer> rowsByRange) {
    SortedMap<Integer, SortedMap<Integer, Long>> counted = new TreeMap<>();
    counted.put(1, new TreeMap<>());
    List<Source> sources = new ArrayList<>();
    for (int range = 0; range < rowsByRange.size(); range++) {
      counted.get(1).put(range, (long) rowsByRange.get(range));
      for (int row = 1; row <= rowsByRange.get(range); row++) {
        sources.add(new Source(1, range, row));
      }
    }
    Positions positions = new Positions(List.of("a.csv", "b.csv"), counted);

    for (int i = 0; i < sources.size(); i++) {
      assertThat(positions.position(sources.get(i)), equalTo(i + 1L));
      assertThat(positions.file(sources.get(i)), equalTo("b.csv"));
    }
  }

  @Test
  void aFileThatWasNotCountedIsNumberedWithinItsRange() {
    Positions positions = new Positions(List.of("a.csv"), new TreeMap<>());

    assertThat(positions.position(new Source(0, 3, 7)), equalTo(7L));
  }
}
