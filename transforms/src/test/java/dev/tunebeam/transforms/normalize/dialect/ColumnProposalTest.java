package dev.tunebeam.transforms.normalize.dialect;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.tunebeam.transforms.row.Row;
import dev.tunebeam.transforms.row.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnProposalTest {

  private static Object texts(int i) {
    return String.format(Locale.ROOT, "my flight number %d is late again", i);
  }

  private static Object classes(int i) {
    return List.of("negative", "neutral", "positive").get(i % 3);
  }

  private record Column(String name, IntFunction<Object> values) {}

  @Test
  void ofManyColumnsTheTextAndTheClassThatAreFilledAreChosen() {
    assertThat(
        proposed(
            new Column("tweet_id", i -> "57030613367776" + i),
            new Column("airline_sentiment", ColumnProposalTest::classes),
            new Column("airline_sentiment_confidence", i -> "0." + i % 10),
            new Column("negativereason", i -> i % 2 == 0 ? "Late Flight" : ""),
            new Column("airline", i -> i % 2 == 0 ? "United" : "Delta"),
            new Column("airline_sentiment_gold", i -> i % 50 == 0 ? "negative" : ""),
            new Column("name", i -> "user" + i % 90),
            new Column("retweet_count", i -> "" + i % 2),
            new Column("text", ColumnProposalTest::texts),
            new Column(
                "tweet_created",
                i -> String.format(Locale.ROOT, "2015-02-24 11:35:%02d -0800", i % 60)),
            new Column("user_timezone", i -> i % 3 == 0 ? "" : "Quito")),
        equalTo("looks like text → airline_sentiment (3 values)"));
  }

  @Test
  void namesThatSayNothingAreNoHindrance() {
    assertThat(
        proposed(
            new Column("v1", i -> i % 7 == 0 ? "spam" : "ham"),
            new Column("v2", ColumnProposalTest::texts)),
        equalTo("looks like v2 → v1 (2 values)"));
  }

  @Test
  void theNameOfAClassComesBeforeItsNumber() {
    assertThat(
        proposed(
            new Column("utterance_text", ColumnProposalTest::texts),
            new Column("label", i -> String.valueOf(i % 3)),
            new Column("label_text", ColumnProposalTest::classes)),
        equalTo("looks like utterance_text → label_text (3 values)"));
  }

  @Test
  void twoTextsAreAPromptAndItsAnswer() {
    assertThat(
        proposed(
            new Column("row_id", i -> "" + i),
            new Column("customer_message", ColumnProposalTest::texts),
            new Column("agent_reply", i -> "we are sorry for delay number " + i),
            new Column("created_at", i -> "2024-01-02")),
        equalTo("looks like customer_message → agent_reply"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rejected_response", "bad_answer", "worse", "incorrect_answer"})
  void aBadAnswerIsNeverLearned(String name) {
    assertThat(
        proposed(
            new Column("ask", ColumnProposalTest::texts),
            new Column(name, ColumnProposalTest::texts)),
        nullValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "created_at", "country", "source"})
  void aColumnAboutTheRowIsNeverLearned(String name) {
    assertThat(
        proposed(
            new Column("body", ColumnProposalTest::texts),
            new Column(name, ColumnProposalTest::classes)),
        nullValue());
  }

  @Test
  void aTextIsLearnedThoughItsNameHasAWordForColumnsAboutTheRow() {
    assertThat(
        proposed(
            new Column("source_text", ColumnProposalTest::texts),
            new Column("target_text", i -> "we are sorry for delay number " + i)),
        equalTo("looks like source_text → target_text"));
  }

  @Test
  void fieldsThatNoRowHasTogetherAreNotChosen() {
    assertThat(
        proposed(
            new Column("a", i -> i % 2 == 0 ? "a text that is quite long " + i : ""),
            new Column("b", i -> i % 2 == 0 ? "" : classes(i))),
        nullValue());
  }

  @Test
  void amongSeveralColumnsOfFewValuesNoneIsGuessed() {
    assertThat(
        proposed(
            new Column("notes", ColumnProposalTest::texts),
            new Column("gender", i -> i % 2 == 0 ? "female" : "male"),
            new Column("shift", i -> i % 2 == 0 ? "early" : "late")),
        nullValue());
  }

  @Test
  void threeRowsTellNothing() {
    assertThat(
        ColumnProposal.of(
            rows(
                3,
                List.of(
                    new Column("a", ColumnProposalTest::texts),
                    new Column("b", ColumnProposalTest::classes)))),
        nullValue());
  }

  private static @Nullable String proposed(Column... columns) {
    ColumnProposal proposal = ColumnProposal.of(rows(100, List.of(columns)));
    return proposal == null ? null : proposal.because();
  }

  private static List<Row> rows(int count, List<Column> columns) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, Object> fields = new LinkedHashMap<>();
      for (Column column : columns) {
        fields.put(column.name(), column.values().apply(i));
      }
      rows.add(new Row(new Source(0, 0, i + 1), "", fields));
    }
    return rows;
  }
}
