package dev.tunebeam.transforms.inspect;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.tokens.Encoding;
import dev.tunebeam.transforms.count.ChatArithmetic;
import dev.tunebeam.transforms.count.CountTokens;
import dev.tunebeam.transforms.count.LengthLimit;
import dev.tunebeam.transforms.count.TooLong;
import dev.tunebeam.transforms.deduplicate.Conflicts;
import dev.tunebeam.transforms.deduplicate.DedupBy;
import dev.tunebeam.transforms.delimit.DelimiterInText;
import dev.tunebeam.transforms.delimit.Delimiters;
import dev.tunebeam.transforms.example.Task;
import dev.tunebeam.transforms.normalize.Examples;
import dev.tunebeam.transforms.normalize.Normalizer;
import dev.tunebeam.transforms.normalize.TextEdits;
import dev.tunebeam.transforms.normalize.dialect.Dialect;
import dev.tunebeam.transforms.normalize.dialect.FieldMapping;
import dev.tunebeam.transforms.normalize.dialect.Shape;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.OutcomeCoder;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.Row;
import dev.tunebeam.transforms.row.RowCoder;
import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.shard.ExampleEntries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectRowsTest {

  private final Path folder;

  private final List<Outcome<Row>> rows = new ArrayList<>();
  private FieldMapping mapping = FieldMapping.NONE;

  InspectRowsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private void row(String prompt, String completion) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("prompt", prompt);
    fields.put("completion", completion);
    rows.add(Outcome.of(new Row(new Source(0, 0, rows.size() + 1), "", fields)));
  }

  private Inspection inspect(int shards) throws IOException {
    rows.add(Outcome.stats(new RangeStats(0, 0, rows.size(), rows.size())));
    Delimiters delimiters = new Delimiters("\n\n###\n\n", " END", true, DelimiterInText.CLEAN);
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(rows).withCoder(OutcomeCoder.of(RowCoder.of())))
        .apply(
            InspectRows.of(
                List.of(Shape.of(Dialect.PROMPT_COMPLETION, mapping)),
                new Normalizer.Settings(
                    Task.GENERATION, Format.COMPLETION, Examples.WHOLE, List.of(), TextEdits.NONE),
                new CountTokens.Settings(
                    Format.COMPLETION,
                    delimiters,
                    null,
                    Encoding.named("cl100k_base"),
                    ChatArithmetic.GPT_4O,
                    new LengthLimit(20, TooLong.REJECT),
                    1_000_000),
                new ExampleEntries.Settings(
                    shards, 42, false, Integer.MAX_VALUE, null, false, false),
                null,
                null,
                DedupBy.EXAMPLE,
                Conflicts.KEEP))
        .get(InspectRows.INSPECTION)
        .apply(InspectionFile.to(folder.toString()));
    pipeline.run().waitUntilFinish();
    return InspectionFile.read(folder.toString());
  }

  private static List<Integer> rows(Tally tally) {
    return tally.places().keySet().stream().map(Source::row).toList();
  }

  @Test
  void whatIsSaidIsSaidOfExamplesThatWouldBeWritten() throws IOException {
    row("A question?", "yes");
    row("A question? ", "yes");
    row("A question?", "no");
    row("WRITE TO ada@example.com", "yes");
    row("WRITE TO ada@example.com", "yes");
    row("far too long ".repeat(20), "yes");
    row("nothing", " ");
    Inspection inspection = inspect(3);

    assertThat(inspection.summary().read(), equalTo(7L));
    assertThat(inspection.kept(), equalTo(3L));
    assertThat(
        inspection.summary().rejected(),
        equalTo(Map.of(Reason.TOO_LONG, 1L, Reason.BLANK_COMPLETION, 1L)));
    assertThat(rows(inspection.duplicates()), equalTo(List.of(2, 5)));
    assertThat(rows(inspection.conflicting()), equalTo(List.of(1, 3)));
    assertThat(inspection.conflictingExamples(), equalTo(2L));
    assertThat(inspection.answers().answers(), equalTo(Map.of("no", 1L, "yes", 2L)));
    assertThat(inspection.with(Trait.EMAIL).count(), equalTo(1L));
    assertThat(rows(inspection.with(Trait.EMAIL)), equalTo(List.of(4)));
    assertThat(rows(inspection.with(Trait.UPPER_CASE_PROMPT)), equalTo(List.of()));
    assertThat(
        inspection.rejections().keySet().toString(), equalTo("[blank_completion, too_long]"));
    assertThat(
        inspection.rows().fields().inOrder().stream().map(Map.Entry::getKey).toList(),
        equalTo(List.of("prompt", "completion")));
    assertThat(inspection.tokens(5), equalTo(15L));
  }

  @Test
  void theClassesAreThoseOfTheMappingAndTheAnswersAreKeptBesidesThem() throws IOException {
    String longName = "a name of more than eighty characters ".repeat(9).strip();
    mapping = new FieldMapping("{{prompt}}", "{{completion}}", null, "{{topic?}}");
    for (String topic : new @Nullable String[] {"a", "b", "a", " ", null, longName}) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("prompt", "question " + rows.size());
      fields.put("completion", topic == null ? "no" : "yes");
      fields.put("topic", topic);
      for (int copy = 0; copy < 2; copy++) {
        rows.add(Outcome.of(new Row(new Source(0, 0, rows.size() + 1), "", fields)));
      }
    }
    Inspection inspection = inspect(3);
    assertThat(inspection.duplicates().count(), equalTo(6L));
    assertThat(
        inspection.summary().classes(), equalTo(Map.of("", 2L, "a", 2L, "b", 1L, longName, 1L)));
    assertThat(inspection.answers().answers(), equalTo(Map.of("no", 1L, "yes", 5L)));
  }

  @Test
  void theNumberOfShardsChangesNothing() throws IOException {
    mapping = new FieldMapping("{{prompt}}", "{{completion}}", null, "of {{completion}}");
    for (int i = 0; i < 50; i++) {
      row("question " + i % 30, "answer " + i % 7);
    }
    Inspection one = inspect(1);
    rows.remove(rows.size() - 1);
    Inspection many = inspect(9);
    assertThat(many.kept(), equalTo(one.kept()));
    assertThat(many.duplicates(), equalTo(one.duplicates()));
    assertThat(many.conflicting(), equalTo(one.conflicting()));
    assertThat(many.answers(), equalTo(one.answers()));
    assertThat(many.summary().classes(), equalTo(one.summary().classes()));
    assertThat(one.summary().classes().get("of answer 3"), equalTo(7L));
    assertThat(many.rows(), equalTo(one.rows()));
    assertThat(many.summary().tokenCounts(), equalTo(one.summary().tokenCounts()));
  }
}
