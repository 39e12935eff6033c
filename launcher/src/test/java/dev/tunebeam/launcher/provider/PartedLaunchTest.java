package dev.tunebeam.launcher.provider;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tunebeam.launcher.DatasetOnDisk;
import dev.tunebeam.launcher.launch.Launch;
import dev.tunebeam.launcher.launch.LaunchFile;
import dev.tunebeam.launcher.launch.LaunchRecord;
import dev.tunebeam.launcher.launch.LaunchStore;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.standin.Fault;
import dev.tunebeam.launcher.standin.PartedUpload;
import dev.tunebeam.launcher.standin.StandIn;
import dev.tunebeam.launcher.standin.Which;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that goes up in parts: six shards of a part each, and a validation split in one piece. */
class PartedLaunchTest {

  private static final String PARTS = "/v1/uploads/[^/]+/parts";
  private static final String COMPLETE = "/v1/uploads/[^/]+/complete";

  private final StandIn standIn = StandIn.start();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void prepare() {
    standIn.addBaseModel(LaunchInParts.MODEL, null, true);
    standIn.behaviour().fileLimit(LaunchInParts.DIRECT).partLimit(LaunchInParts.PART);
    new DatasetOnDisk().examples(24, 3).shards(6).in(folder);
  }

  @AfterEach
  void close() {
    standIn.close();
    assertThat(standIn.unusedFaults(), empty());
  }

  private Launch.Outcome launch(LaunchStore memory) {
    return LaunchInParts.run(
        folder, standIn.url(), new PrintStream(said, true, StandardCharsets.UTF_8), memory);
  }

  private void launch() {
    launch(new LaunchFile(folder));
  }

  private void oneFileASplitAndOneJob() {
    assertThat(
        standIn.files().stream().map(file -> file.content()).toList(),
        contains(DatasetOnDisk.bytes(folder, "train"), DatasetOnDisk.bytes(folder, "validation")));
    assertThat(standIn.jobs().size(), is(1));
    assertThat(standIn.jobs().get(0).spec().trainingFile(), is(standIn.files().get(0).id()));
  }

  @Test
  void partsFollowTheShards() {
    launch();
    oneFileASplitAndOneJob();
    assertThat(standIn.requests("POST", PARTS).size(), is(6));
    assertThat(
        said.toString(StandardCharsets.UTF_8), containsString("uploading train: 2.6 kB of 2.6 kB"));
  }

  @Test
  void aPartThatIsLostIsSentAgainAlone() {
    standIn.onRequest("POST", PARTS, 3, Fault.resetInRequest());
    standIn.onRequest("POST", PARTS, 5, Fault.serverError(500));
    launch();
    oneFileASplitAndOneJob();
    assertThat(standIn.requests("POST", PARTS).size(), is(8));
    assertThat(standIn.uploads().size(), is(1));
  }

  @ParameterizedTest
  @CsvSource({"uploads", "complete"})
  void anAnswerThatIsLostLeadsToNoSecondFile(String which) {
    standIn.onRequest(
        "POST", which.equals("complete") ? COMPLETE : "/v1/uploads", 1, Fault.lostAnswer());
    launch();
    oneFileASplitAndOneJob();
    assertThat(standIn.requests("POST", COMPLETE).size(), is(1));
  }

  @Test
  void anUploadThatTheProviderGaveUpIsBegunAnew() {
    stoppedAtSave(4);
    standIn.passTime(3600);
    launch();
    oneFileASplitAndOneJob();
    assertThat(
        standIn.uploads().stream().map(PartedUpload::status).toList(),
        contains("pending", "completed"));
  }

  /** A launch that stops when it has something to keep: it has no launch file any more. */
  private void stoppedAtSave(int save) {
    assertThrows(Stopped.class, () -> launch(new StoppingMemory(save, true)));
  }

  @Test
  void aLaunchThatStopsBeforeOrAfterAnyWriteOfItsFileGoesOn() throws IOException {
    int writes = writesOfAWholeLaunch();
    for (int stop : IntStream.rangeClosed(1, writes).toArray()) {
      for (boolean kept : new boolean[] {false, true}) {
        try (StandIn other = StandIn.start()) {
          other.addBaseModel(LaunchInParts.MODEL, null, true);
          Files.deleteIfExists(folder.resolve(LaunchFile.NAME));
          PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
          String moment = String.format(Locale.ROOT, "write %d, kept: %s", stop, kept);
          assertThrows(
              Stopped.class,
              () -> LaunchInParts.run(folder, other.url(), out, new StoppingMemory(stop, kept)),
              moment);
          LaunchInParts.run(folder, other.url(), out, new LaunchFile(folder));
          assertThat(moment, other.jobs().size(), is(1));
          assertThat(
              moment,
              other.files().stream().map(file -> file.content()).toList(),
              contains(
                  DatasetOnDisk.bytes(folder, "train"), DatasetOnDisk.bytes(folder, "validation")));
        }
      }
    }
  }

  /** begun, upload, 6 parts, train, validation, uploaded, creating, created. */
  private int writesOfAWholeLaunch() {
    StoppingMemory counting = new StoppingMemory(Integer.MAX_VALUE, true);
    launch(counting);
    oneFileASplitAndOneJob();
    assertThat(counting.saves, is(13));
    return counting.saves;
  }

  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** The launch file of a process that ends at one of its writes. */
  private final class StoppingMemory implements LaunchStore {
    private final LaunchFile file = new LaunchFile(folder);
    private final int stop;
    private final boolean kept;
    private int saves;

    StoppingMemory(int stop, boolean kept) {
      this.stop = stop;
      this.kept = kept;
    }

    @Override
    public Optional<LaunchRecord> last(Predicate<LaunchRecord> matches) {
      return file.last(matches);
    }

    @Override
    public synchronized void save(LaunchRecord launch) {
      saves++;
      if (saves < stop || (saves == stop && kept)) {
        file.save(launch);
      }
      if (saves >= stop) {
        throw new Stopped();
      }
    }
  }

  @ParameterizedTest(name = "at {0} {1}, before the {2}")
  @CsvSource({
    "/v1/uploads, 1, answer",
    PARTS + ", 5, answer",
    COMPLETE + ", 1, effect",
    COMPLETE + ", 1, answer"
  })
  void aProcessThatIsKilledSendsTheMissingPartsOnly(String path, int nth, String moment)
      throws Exception {
    CompletableFuture<Process> started = new CompletableFuture<>();
    Runnable kill = () -> started.join().destroyForcibly().onExit().join();
    Which which = Which.nth("POST", path, nth);
    if (moment.equals("effect")) {
      standIn.beforeEffect(which, kill);
    } else {
      standIn.beforeAnswer(which, kill);
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LaunchInParts.class.getName(),
                folder.toString(),
                standIn.url())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    started.complete(process);
    assertTrue(process.waitFor(120, TimeUnit.SECONDS));
    assertThat(process.exitValue(), is(128 + 9));
    int partsBefore = kept();
    int sentBefore = standIn.requests("POST", PARTS).size();
    launch();
    oneFileASplitAndOneJob();
    boolean complete =
        !standIn.requests("POST", COMPLETE).isEmpty()
            && moment.equals("answer")
            && path.equals(COMPLETE);
    assertThat(
        standIn.requests("POST", PARTS).size() - sentBefore, is(complete ? 0 : 6 - partsBefore));
    if (path.equals(PARTS)) {
      assertTrue(partsBefore > 0);
    }
  }

  /** The parts that the launch file knows. */
  private int kept() {
    return new LaunchFile(folder)
        .records().stream()
            .map(LaunchRecord::upload)
            .filter(upload -> upload != null)
            .mapToInt(upload -> upload.parts().size())
            .sum();
  }

  @Test
  void aShardThatChangesIsNotSentToItsEndAndTheUploadIsCancelled() throws IOException {
    Path shard = folder.resolve("train-00005-of-00006.jsonl");
    standIn.beforeEffect(Which.nth("POST", "/v1/uploads", 1), () -> write(shard));
    LauncherException refused = assertThrows(LauncherException.class, this::launch);
    assertThat(
        refused.text(),
        is(
            "%s does not match its SHA-256 in the manifest; prepare the dataset again with --overwrite"
                .formatted(shard)));
    assertThat(standIn.files(), empty());
    assertThat(
        standIn.uploads().stream().map(PartedUpload::status).toList(), contains("cancelled"));
    write(shard);
    launch();
    oneFileASplitAndOneJob();
  }

  private static void write(Path shard) {
    try {
      byte[] bytes = Files.readAllBytes(shard);
      bytes[30] ^= 1;
      Files.write(shard, bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void theListOfSavesIsWhatTheFileHolds() {
    launch();
    assertThat(
        new LaunchFile(folder).records().stream().map(LaunchRecord::step).toList(),
        is(List.of(LaunchRecord.Step.CREATED)));
  }
}
