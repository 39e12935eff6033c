package dev.tunebeam.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import dev.tunebeam.tokens.TokenCounter;
import dev.tunebeam.tokens.TokenCounters;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Counts the tokens of every second document of a corpus, with a new counter each time: it has seen
 * the other documents, or nothing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 30)
@Measurement(iterations = 10)
@Fork(1)
public class TokenCounting {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** jtokkit or tunebeam. */
  @Param({"jtokkit", "tunebeam"})
  public String library = "";

  @Param({"cl100k_base", "o200k_base"})
  public String encoding = "";

  @Param({"PROSE", "CODE", "MULTILINGUAL", "CHAT"})
  public Corpus corpus = Corpus.PROSE;

  /** Whether the counter has counted the other documents before. */
  @Param({"true"})
  public boolean seenOthers;

  private final List<String> measured = new ArrayList<>();
  private final List<String> others = new ArrayList<>();
  private long bytes;
  private TokenCounter counter = text -> 0;

  /** What an iteration counted and the processor time that it took. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Work {
    public long tokens;
    public long bytes;
    public long cpuMicros;

    /** Starts again. */
    @Setup(Level.Iteration)
    public void reset() {
      tokens = 0;
      bytes = 0;
      cpuMicros = 0;
    }
  }

  /** Reads the corpus. */
  @Setup(Level.Trial)
  public void read() {
    List<String> documents = corpus.documents();
    for (int i = 0; i < documents.size(); i++) {
      (documents.size() > 1 && i % 2 == 0 ? others : measured).add(documents.get(i));
    }
    for (String document : measured) {
      bytes += document.getBytes(UTF_8).length;
    }
  }

  /** Makes a counter that has not seen what is measured. */
  @Setup(Level.Iteration)
  public void newCounter() {
    if (library.equals("jtokkit")) {
      Encoding theirs = Encodings.newLazyEncodingRegistry().getEncoding(encoding).orElseThrow();
      counter = text -> theirs.countTokensOrdinary(text.toString());
    } else {
      counter = TokenCounters.forEncoding(encoding);
    }
    if (seenOthers) {
      others.forEach(counter::count);
    }
  }

  /** Counts. */
  @Benchmark
  public long count(Work work) {
    long start = THREADS.getCurrentThreadCpuTime();
    long tokens = 0;
    for (String document : measured) {
      tokens += counter.count(document);
    }
    work.cpuMicros += (THREADS.getCurrentThreadCpuTime() - start) / 1_000;
    work.bytes += bytes;
    work.tokens += tokens;
    return tokens;
  }
}
