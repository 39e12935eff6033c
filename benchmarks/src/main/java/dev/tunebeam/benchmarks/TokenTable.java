package dev.tunebeam.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link TokenCounting} for jtokkit and tunebeam in turn and prints a table of megabytes a
 * second of processor time: the fastest of the iterations, since other work on a machine only
 * slows.
 */
public final class TokenTable {

  private TokenTable() {}

  /**
   * Takes {@code rounds encodings corpora}, the last two with commas, such as {@code 3
   * cl100k_base,o200k_base PROSE,CODE}.
   */
  public static void main(String[] args) throws RunnerException {
    int rounds = Integer.parseInt(args[0]);
    System.out.println("| encoding | text | jtokkit | tunebeam, new | tunebeam | ratio |");
    System.out.println("|---|---|---|---|---|---|");
    for (String encoding : args[1].split(",", -1)) {
      for (String corpus : args[2].split(",", -1)) {
        List<Double> jtokkit = new ArrayList<>();
        List<Double> fresh = new ArrayList<>();
        List<Double> tunebeam = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
          jtokkit.addAll(run("jtokkit", encoding, corpus, false));
          fresh.addAll(run("tunebeam", encoding, corpus, false));
          tunebeam.addAll(run("tunebeam", encoding, corpus, true));
        }
        System.out.println(
            String.format(
                Locale.ROOT,
                "| %s | %s | %.1f | %.1f | %.1f | %.1f |",
                encoding,
                corpus.toLowerCase(Locale.ROOT).replace('_', ' '),
                best(jtokkit),
                best(fresh),
                best(tunebeam),
                best(tunebeam) / best(jtokkit)));
      }
    }
  }

  private static List<Double> run(
      String library, String encoding, String corpus, boolean seenOthers) throws RunnerException {
    // jtokkit takes a second or more for a line of 1 MB, which is long enough to be compiled.
    boolean slow = library.equals("jtokkit") && Corpus.valueOf(corpus).isLine();
    List<Double> speeds = new ArrayList<>();
    for (RunResult result :
        new Runner(
                new OptionsBuilder()
                    .include(TokenCounting.class.getName())
                    .param("library", library)
                    .param("encoding", encoding)
                    .param("corpus", corpus)
                    .param("seenOthers", String.valueOf(seenOthers))
                    .warmupIterations(slow ? 3 : 30)
                    .measurementIterations(slow ? 3 : 10)
                    .jvmArgs("-Xmx1g", "-XX:+UseSerialGC")
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run()) {
      for (BenchmarkResult fork : result.getBenchmarkResults()) {
        for (IterationResult iteration : fork.getIterationResults()) {
          speeds.add(counter(iteration, "bytes") / counter(iteration, "cpuMicros"));
        }
      }
    }
    return speeds;
  }

  private static double counter(IterationResult iteration, String name) {
    return Objects.requireNonNull(iteration.getSecondaryResults().get(name), name).getScore();
  }

  private static double best(List<Double> values) {
    return Collections.max(values);
  }
}
