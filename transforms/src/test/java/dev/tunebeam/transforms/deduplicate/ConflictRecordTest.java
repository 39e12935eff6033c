package dev.tunebeam.transforms.deduplicate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.shard.ExampleRow;
import dev.tunebeam.transforms.shard.ShardEntry;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConflictRecordTest {

  @Test
  void theFirstTenCompletionsAreListedWithTheirRows() {
    ConflictRecord record = new ConflictRecord(36, 12);
    for (int answer = 0; answer < 12; answer++) {
      for (int i = 0; i < 3; i++) {
        record.add(entry(answer, "answer " + answer), i == 0);
      }
    }
    ConflictRecord read = ConflictRecord.decode(record.encode());

    assertThat(read.rows(), equalTo(36L));
    assertThat(read.completions(), equalTo(12));
    assertThat(
        read.listed().stream()
            .map(
                l ->
                    String.format(
                        Locale.ROOT, "%s %d %s", l.source(), l.rows(), new String(l.line(), UTF_8)))
            .toList(),
        equalTo(
            IntStream.range(0, 10)
                .mapToObj(i -> String.format(Locale.ROOT, "%s 3 answer %d", new Source(0, 0, i), i))
                .toList()));
  }

  @Test
  void aLongLineIsListedByItsPlaceAlone() {
    String longest = "x".repeat(ConflictRecord.MAX_LINE_BYTES);
    ConflictRecord record = new ConflictRecord(2, 2);
    record.add(entry(0, longest), true);
    record.add(entry(1, longest + "x"), true);

    List<ConflictRecord.Listed> listed = ConflictRecord.decode(record.encode()).listed();
    assertThat(new String(listed.get(0).line(), UTF_8), equalTo(longest));
    assertThat(listed.get(1).line(), equalTo(new byte[0]));
    assertThat(listed.get(1).source(), equalTo(new Source(0, 0, 1)));
  }

  @Test
  void onePromptWithOneCompletionIsNoConflict() {
    Fingerprint some = new Fingerprint(1, 2);

    assertThrows(IllegalArgumentException.class, () -> new Conflict(5, 1, some, some));
    assertThrows(IllegalArgumentException.class, () -> new Conflict(1, 2, some, some));
  }

  private static ShardEntry entry(int answer, String line) {
    return new ShardEntry(ExampleRow.of(1, answer, answer, null, line).entry());
  }
}
