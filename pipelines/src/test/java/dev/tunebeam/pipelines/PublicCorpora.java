package dev.tunebeam.pipelines;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Corpora in the manner of public ones: their columns, their gaps, and texts of our own. */
final class PublicCorpora {

  private static final List<String> WORDS =
      List.of(
          "flight",
          "delayed",
          "again",
          "my",
          "bag",
          "is",
          "lost",
          "thank",
          "you",
          "great",
          "crew",
          "gate",
          "changed",
          "waiting",
          "for",
          "help",
          "phone",
          "refund",
          "seat",
          "never",
          "love",
          "staff",
          "today",
          "late",
          "plane",
          "wifi",
          "missed",
          "connection");

  private PublicCorpora() {}

  private static String text(int seed, int words) {
    return new Random(seed)
            .ints(words, 0, WORDS.size())
            .mapToObj(WORDS::get)
            .collect(Collectors.joining(" "))
        + " "
        + seed;
  }

  private static String[] csv(String header, int rows, IntFunction<String> row) {
    List<String> lines = new ArrayList<>(List.of(header));
    IntStream.range(0, rows).mapToObj(row).forEach(lines::add);
    return lines.toArray(String[]::new);
  }

  /** Tweets about airlines: fifteen columns, some nearly empty. */
  static String[] tweets(int rows) {
    return csv(
        "tweet_id,airline_sentiment,airline_sentiment_confidence,negativereason,"
            + "negativereason_confidence,airline,airline_sentiment_gold,name,negativereason_gold,"
            + "retweet_count,text,tweet_coord,tweet_created,tweet_location,user_timezone",
        rows,
        i ->
            String.format(
                Locale.ROOT,
                "57030613367776%04d,%s,0.%d,%s,,%s,%s,user%d,,%d,@air %s,%s,2015-02-24 11:35:%02d -0800,%s,%s",
                i,
                List.of("negative", "neutral", "positive").get(i * 7 % 10 / 4),
                i % 10,
                i % 3 == 0 ? "Late Flight" : "",
                List.of("United", "Delta", "Southwest").get(i % 3),
                i % 90 == 0 ? "negative" : "",
                i % 200,
                i % 2,
                text(i, 9),
                i % 9 == 0 ? "\"[40.7, -73.9]\"" : "",
                i % 60,
                i % 2 == 0 ? "NYC" : "",
                i % 3 == 0 ? "Quito" : ""));
  }

  /** Short messages, spam or not: names that say nothing, and three columns without one. */
  static String[] messages(int rows) {
    return csv("v1,v2,,,", rows, i -> (i % 7 == 0 ? "spam" : "ham") + "," + text(i, 12) + ",,,");
  }

  /** A mail as its own file. */
  static String[] mail(int seed) {
    return new String[] {
      String.format(Locale.ROOT, "From: a%d@example.org", seed),
      "To: me@example.org",
      "Subject: " + text(seed, 4),
      "Date: Tue, 3 Mar 2020 10:00:00 +0000",
      "Content-Type: text/plain; charset=utf-8",
      "",
      text(seed + 10_000, 30)
    };
  }

  /** Intents as a JSON array of pairs. */
  static String[] pairs(int rows) {
    return new String[] {pairs(0, rows)};
  }

  /** The same in named splits on one line; ten texts are in two of them. */
  static String[] splits(int train, int validation) {
    return new String[] {
      "{\"val\": %s, \"train\": %s, \"test\": %s}"
          .formatted(
              pairs(0, validation),
              pairs(validation - 10, train),
              pairs(validation + train, validation))
          .replace("\n", " ")
    };
  }

  private static String pairs(int from, int rows) {
    String pairs =
        IntStream.range(from, from + rows)
            .mapToObj(
                i ->
                    "[\"%s\", \"%s\"]"
                        .formatted(text(i, 8), List.of("balance", "transfer", "timer").get(i % 3)))
            .collect(Collectors.joining(",\n"));
    return "[" + pairs + "]";
  }

  /** Questions and answers in two columns; other texts for other names. */
  static String[] pairsInColumns(String prompt, String completion, int rows) {
    int from = prompt.hashCode() >>> 8;
    return csv(
        prompt + "," + completion,
        rows,
        i -> text(from + i, 9) + "?," + text(from - 1 - i, 12 + i % 7) + ".");
  }

  /** Chat lines of a CRM, with an identifier in each row and a time in each message. */
  static String[] chatLines(int rows) {
    return IntStream.range(0, rows)
        .mapToObj(
            i ->
                String.format(
                    Locale.ROOT,
                    "{\"id\":%d,\"messages\":[{\"role\":\"user\",\"content\":\"%s\",\"timestamp\":%d},{\"role\":\"assistant\",\"content\":\"%s\"}]}",
                    i,
                    text(i, 8),
                    i,
                    text(i + 10_000, 20)))
        .toArray(String[]::new);
  }

  /** A help desk's export. */
  static String[] helpdesk(int rows) {
    return csv(
        "row_id,customer_message,agent_reply,created_at",
        rows,
        i -> i + "," + text(i, 8) + "," + text(i + 10_000, 20) + ",2024-01-02");
  }

  /** A table of any columns. */
  static String[] table(Random random) {
    int columns = 1 + random.nextInt(5);
    int rows = 3 + random.nextInt(60);
    List<String> names =
        List.of("text", "body", "label", "kind", "answer", "id", "count", "note", "state", "url");
    List<IntFunction<String>> values = new ArrayList<>();
    List<String> header = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      header.add(names.get(random.nextInt(names.size())) + (column == 0 ? "" : "_" + column));
      int seed = random.nextInt(1_000_000);
      int kind = random.nextInt(6);
      int classes = 1 + random.nextInt(4);
      values.add(
          i ->
              switch (kind) {
                case 0 -> text(seed + i, 9);
                case 1 -> "class " + i % classes;
                case 2 -> String.valueOf(i);
                case 3 -> i % 4 == 0 ? text(seed + i, 3) : "";
                case 4 -> "WHAT ABOUT " + text(seed + i % 5, 6);
                default -> text(seed + i / 2, 5);
              });
    }
    return csv(
        String.join(",", header),
        rows,
        i -> values.stream().map(value -> value.apply(i)).collect(Collectors.joining(",")));
  }
}
