package dev.tunebeam.transforms.inspect;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.compare.ComparedTexts;
import dev.tunebeam.transforms.compare.NearBy;
import dev.tunebeam.transforms.count.CountTokens;
import dev.tunebeam.transforms.count.ExampleTokens;
import dev.tunebeam.transforms.count.LengthLimit.Counted;
import dev.tunebeam.transforms.count.RenderedExample;
import dev.tunebeam.transforms.delimit.DelimitExamples;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.fingerprint.ExampleFingerprints;
import dev.tunebeam.transforms.inspect.secrets.Secrets;
import dev.tunebeam.transforms.normalize.Normalizer;
import dev.tunebeam.transforms.normalize.dialect.Shape;
import dev.tunebeam.transforms.normalize.dialect.UnansweredException;
import dev.tunebeam.transforms.render.LineRenderer;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.row.RejectException;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Row;
import dev.tunebeam.transforms.row.Step;
import dev.tunebeam.transforms.shard.ExampleEntries;
import dev.tunebeam.transforms.shard.ShardEntry;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Takes rows through the stages of prepare and emits shard entries, each with a note in place of
 * the line, so that exactly what prepare would write is counted. A function of the rows and the
 * settings; not thread-safe.
 */
final class RowInspector {

  /** Maximum length of a character in JSON, in bytes. */
  private static final int BYTES_OF_A_CHARACTER = 6;

  private static final int BYTES_OF_KEYS = 10_000;

  /**
   * Settings of the stages.
   *
   * @param shapes one per input file, by index
   */
  record Settings(
      List<Shape> shapes,
      Normalizer.Settings normalizing,
      CountTokens.Settings counting,
      ExampleEntries.Settings sharding)
      implements Serializable {

    Settings {
      shapes = List.copyOf(shapes);
    }
  }

  private final Settings settings;
  private final LineRenderer renderer;
  private final ExampleTokens tokens;
  private final ExampleEntries entries;
  private final ComparedTexts texts = new ComparedTexts(NearBy.EXAMPLE);
  private final Map<Shape, Normalizer> normalizers = new HashMap<>();
  private RowStatistics statistics = new RowStatistics();

  RowInspector(Settings settings) {
    CountTokens.Settings counting = settings.counting();
    this.settings = settings;
    this.entries = new ExampleEntries(settings.sharding());
    this.renderer =
        new LineRenderer(counting.format(), counting.delimiters(), counting.transcript());
    this.tokens =
        new ExampleTokens(
            counting.format(), renderer, counting.chat(), counting.encoding().newCounter());
  }

  /** Returns the statistics since the last call and starts anew. */
  RowStatistics takeStatistics() {
    RowStatistics taken = statistics;
    statistics = taken.next();
    return taken;
  }

  void inspect(Outcome<Row> outcome, ExampleEntries.Output out) {
    Row row = outcome.value();
    Rejected rejected = outcome.rejected();
    RangeStats stats = outcome.stats();
    if (row != null) {
      statistics.addRow(row);
      inspect(row, out);
    } else if (rejected != null) {
      reject(rejected, out);
    } else if (stats != null) {
      out.entry(0, ShardEntry.of(stats));
    }
  }

  private void inspect(Row row, ExampleEntries.Output out) {
    Normalizer normalizer =
        normalizers.computeIfAbsent(
            settings.shapes().get(row.source().file()),
            shape -> new Normalizer(shape, settings.normalizing()));
    List<Example> examples;
    try {
      examples = normalizer.normalize(row);
    } catch (RejectException e) {
      if (e instanceof UnansweredException) {
        statistics.addUnanswered();
      }
      reject(rejected(row, 0, Step.NORMALIZE, e), out);
      return;
    }
    for (Example example : examples) {
      Step step = Step.NORMALIZE;
      try {
        Example fitting = normalizer.fit(example);
        byte[] note =
            ExampleNote.of(fitting, settings.counting().format(), settings.counting().delimiters())
                .encode();
        step = Step.DELIMIT;
        Example delimited = DelimitExamples.delimit(fitting, settings.counting().delimiters());
        step = Step.COUNT;
        Counted counted = count(delimited);
        addTexts(example);
        RenderedExample rendered =
            new RenderedExample(
                counted.example(), counted.tokens(), tokens.images(counted.example()), note);
        ExampleFingerprints fingerprints = entries.add(rendered, out);
        if (settings.sharding().compared() == null) {
          statistics.addText(counted.example(), fingerprints, texts);
        }
      } catch (RejectException e) {
        reject(rejected(row, example.ordinal(), step, e), out);
      }
    }
  }

  private Counted count(Example example) {
    CountTokens.Settings counting = settings.counting();
    Counted counted = counting.limit().apply(example, tokens::count, counting.delimiters());
    if (isSuspect(counted.example())) {
      CountTokens.checkLine(renderer.render(counted.example()), counting.maxLineBytes());
    }
    return counted;
  }

  /**
   * Whether the line must be rendered to check it: it may be too long or contain unpaired
   * surrogates.
   */
  private boolean isSuspect(Example example) {
    if (!example.other().isEmpty()) {
      return true;
    }
    long chars = 0;
    Message other = example.nonPreferred();
    for (Message turn : example.messages()) {
      chars += turn.text().length();
      if (isSuspect(turn)) {
        return true;
      }
    }
    if (other != null) {
      chars += other.text().length();
    }
    return (other != null && isSuspect(other))
        || chars * BYTES_OF_A_CHARACTER + BYTES_OF_KEYS >= settings.counting().maxLineBytes();
  }

  private static boolean isSuspect(Message turn) {
    if (!turn.other().isEmpty() || !(turn.content() instanceof String text)) {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Adds the texts that {@code cut} edits, of all turns. Called before the example is fitted to the
   * format, since system messages are not part of the prompt here.
   */
  private void addTexts(Example example) {
    for (Message turn : example.messages()) {
      if (turn.role().equals(Message.USER)) {
        addTexts(turn, statistics::addPrompt);
      } else if (turn.isAssistant()) {
        addTexts(turn, statistics::addAnswer);
      }
    }
    Message other = example.nonPreferred();
    if (other != null) {
      addTexts(other, statistics::addAnswer);
    }
  }

  private static void addTexts(Message turn, Consumer<String> to) {
    for (String text : turn.texts()) {
      if (!Whitespace.isBlank(text)) {
        to.accept(text);
      }
    }
  }

  private static Rejected rejected(Row row, int ordinal, Step step, RejectException e) {
    return new Rejected(row.source(), ordinal, step, e.reason(), e.getMessage(), "");
  }

  /**
   * Emits a rejection without the row, which is not needed here, and with secrets in the message
   * masked.
   */
  private void reject(Rejected rejected, ExampleEntries.Output out) {
    Rejected shown =
        new Rejected(
            rejected.source(),
            rejected.ordinal(),
            rejected.step(),
            rejected.reason(),
            Secrets.mask(rejected.message()),
            "");
    out.entry(
        Math.floorMod(
            Objects.hash(rejected.source().range(), rejected.source().row()),
            settings.sharding().shards()),
        ShardEntry.of(shown));
  }
}
