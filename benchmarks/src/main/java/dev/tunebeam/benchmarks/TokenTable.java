package dev.tunebeam.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link TokenCounting} for jtokkit and tunebeam in turn and prints a table of megabytes a
 * second of processor time: the median of the iterations of all rounds.
 */
public final class TokenTable {

  private TokenTable() {}

  /**
   * Takes {@code rounds seenOthers encodings corpora}, the last two with commas, such as {@code 3
   * true cl100k_base,o200k_base PROSE,CODE}.
   */
  public static void main(String[] args) throws RunnerException {
    int rounds = Integer.parseInt(args[0]);
    System.out.println("| encoding | corpus | jtokkit MB/s | tunebeam MB/s | ratio |");
    System.out.println("|---|---|---|---|---|");
    for (String encoding : args[2].split(",", -1)) {
      for (String corpus : args[3].split(",", -1)) {
        Map<String, List<Double>> speeds = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
          for (String library : List.of("jtokkit", "tunebeam")) {
            speeds
                .computeIfAbsent(library, key -> new ArrayList<>())
                .addAll(run(library, encoding, corpus, args[1]));
          }
        }
        double theirs = median(speeds.getOrDefault("jtokkit", List.of()));
        double ours = median(speeds.getOrDefault("tunebeam", List.of()));
        System.out.println(
            String.format(
                Locale.ROOT,
                "| %s | %s | %.1f | %.1f | %.1f |",
                encoding,
                corpus.toLowerCase(Locale.ROOT),
                theirs,
                ours,
                ours / theirs));
      }
    }
  }

  private static List<Double> run(String library, String encoding, String corpus, String seenOthers)
      throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(TokenCounting.class.getName())
                    .param("library", library)
                    .param("encoding", encoding)
                    .param("corpus", corpus)
                    .param("seenOthers", seenOthers)
                    .jvmArgs("-Xmx1g", "-XX:+UseSerialGC")
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    List<Double> speeds = new ArrayList<>();
    for (RunResult result : results) {
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

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
