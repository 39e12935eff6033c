package dev.tunebeam.transforms.write;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tunebeam.transforms.deduplicate.ShardSummary;
import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.shard.NearCounts;
import dev.tunebeam.transforms.sides.SideCounts;
import dev.tunebeam.transforms.split.Shortfall;
import dev.tunebeam.transforms.write.WrittenFile.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The results of a job, returned by the workers to the driver: exact, unlike counters, which are
 * only approximate on Spark.
 *
 * @param rows rows of the input
 * @param read examples in the input, rejected and filtered rows included
 * @param filtered rows that {@code where} leaves out
 * @param duplicates examples dropped as duplicates
 * @param nearCopies examples removed as near copies
 * @param contaminated examples removed because they share a long phrase with an evaluation set
 * @param bothSides examples removed because what they belong to was on both sides of the split
 * @param similar examples that stay, and are listed as similar to another
 * @param evaluation examples that share a long phrase with an evaluation set, by its file
 * @param near what was found when texts were compared
 * @param leaks validation examples with a near copy in train
 * @param sampledOut examples that {@code limit} or {@code sample} leaves out
 * @param unchanged training examples that the dataset before has, if those are left out
 * @param prompts distinct prompts, of rejected conflicts too
 * @param conflicts prompts with different completions
 * @param ties conflicts whose most frequent completion is not the only one
 * @param cleaned examples from whose text a delimiter was removed
 * @param truncated examples whose prompt was truncated
 * @param images images of the examples
 * @param unsizedImages images of unknown size, whose tokens are not counted
 * @param rejected rejected rows by reason
 * @param places the first positions per reason
 * @param emptyFiles files without a row
 * @param tooManyClasses whether there are more classes than allowed
 * @param night how the prompts differ from those of the dataset before
 * @param shortfalls classes whose share of validation cannot be met, since nothing moves
 * @param tokenCounts number of examples by token count
 * @param lineLengths number of examples by the bytes of their line to within 1 %, also of those
 *     that {@code limit}, {@code sample} or {@code since} leaves out
 * @param files the files written, in order
 */
public record JobReport(
    long rows,
    long read,
    long filtered,
    long duplicates,
    long nearCopies,
    long contaminated,
    long bothSides,
    long similar,
    SortedMap<String, Long> evaluation,
    NearCounts near,
    long leaks,
    long sampledOut,
    long unchanged,
    long prompts,
    long conflicts,
    long ties,
    long cleaned,
    long truncated,
    long images,
    long unsizedImages,
    SortedMap<String, Long> rejected,
    List<Place> places,
    List<String> emptyFiles,
    boolean tooManyClasses,
    SideCounts night,
    List<Shortfall> shortfalls,
    SortedMap<Integer, Long> tokenCounts,
    SortedMap<Integer, Long> lineLengths,
    List<WrittenFile> files) {

  /** The position of a rejected row. */
  public record Place(String reason, String file, long position, String message) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Builds the report of a job from its merged summary and its files, in any order. */
  static JobReport of(
      ShardSummary summary,
      WritePlan plan,
      Iterable<WrittenFile> written,
      Iterable<WriteSides.Written> sides,
      long leaks) {
    Positions positions = plan.positions();
    TreeMap<String, Long> rejected = new TreeMap<>();
    summary.rejected().forEach((reason, count) -> rejected.put(reason.toString(), count));
    TreeMap<String, Long> evaluation = new TreeMap<>();
    summary
        .evaluation()
        .forEach((file, count) -> evaluation.put(positions.file(new Source(file, 0, 0)), count));
    List<Place> places = new ArrayList<>();
    summary
        .places()
        .forEach(
            (reason, first) ->
                first.forEach(
                    (Source source, String message) ->
                        places.add(
                            new Place(
                                reason.toString(),
                                positions.file(source),
                                positions.position(source),
                                message))));
    List<WrittenFile> files = new ArrayList<>();
    written.forEach(files::add);
    SideCounts night = SideCounts.NONE;
    for (WriteSides.Written part : sides) {
      night = night.plus(part.counts());
      if (part.file() != null) {
        files.add(part.file());
      }
    }
    files.sort(null);
    long leftOut = summary.kept() - examples(files);
    return new JobReport(
        summary.rows(),
        summary.read(),
        summary.filtered(),
        summary.duplicates(),
        summary.nearCopies(),
        summary.contaminated(),
        summary.bothSides(),
        summary.similar(),
        evaluation,
        summary.near(),
        leaks,
        plan.newOnly() ? 0 : leftOut,
        plan.newOnly() ? leftOut : 0,
        summary.prompts(),
        summary.conflicts(),
        summary.ties(),
        summary.cleaned(),
        summary.truncated(),
        summary.images(),
        summary.unsizedImages(),
        rejected,
        places,
        summary.rowsByFile().entrySet().stream()
            .filter(file -> file.getValue() == 0)
            .map(file -> positions.file(new Source(file.getKey(), 0, 0)))
            .toList(),
        summary.hasTooManyClasses(),
        night,
        plan.split().shortfalls(),
        tokenCounts(summary, files),
        summary.lineLengths(),
        files);
  }

  private static long examples(List<WrittenFile> files) {
    return files.stream()
        .filter(file -> file.kind() == Kind.TRAIN || file.kind() == Kind.VALIDATION)
        .mapToLong(WrittenFile::records)
        .sum();
  }

  /** Of the examples that are written. */
  private static SortedMap<Integer, Long> tokenCounts(
      ShardSummary summary, List<WrittenFile> files) {
    if (files.stream().allMatch(file -> file.tokenCounts().isEmpty())) {
      return summary.tokenCounts();
    }
    TreeMap<Integer, Long> counts = new TreeMap<>();
    files.forEach(
        file ->
            file.tokenCounts().forEach((tokens, count) -> counts.merge(tokens, count, Long::sum)));
    return counts;
  }

  /** Number of rejected rows, over all reasons. */
  public long rejectedTotal() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Number of records in the files of a kind. */
  public long records(WrittenFile.Kind kind) {
    return files.stream().filter(f -> f.kind() == kind).mapToLong(WrittenFile::records).sum();
  }

  /** Writes it as JSON and closes the stream. */
  void writeTo(OutputStream out) throws IOException {
    JSON.writeValue(out, this);
  }

  /** Reads what {@link #writeTo} wrote and closes the stream. */
  static JobReport readFrom(InputStream in) throws IOException {
    return JSON.readValue(in, JobReport.class);
  }
}
