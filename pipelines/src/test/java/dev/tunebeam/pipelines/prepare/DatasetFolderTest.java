package dev.tunebeam.pipelines.prepare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.DatasetDigest;
import dev.tunebeam.dataset.FolderOwner;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Manifest.Shard;
import dev.tunebeam.dataset.ManifestFile;
import dev.tunebeam.dataset.NamedLinks;
import dev.tunebeam.dataset.Sha256;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.transforms.files.FolderFiles;
import dev.tunebeam.transforms.shard.NearCounts;
import dev.tunebeam.transforms.sides.SideCounts;
import dev.tunebeam.transforms.write.JobReport;
import dev.tunebeam.transforms.write.WrittenFile;
import dev.tunebeam.transforms.write.WrittenFile.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatasetFolderTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

  private Path top = Path.of("");
  private Path out = Path.of("");

  @BeforeEach
  void folder(@TempDir Path temporary) {
    top = temporary;
    out = temporary.resolve("out");
  }

  @ParameterizedTest
  @EnumSource
  void whicheverOperationFailsThereIsTheOldOrTheNewDataset(FailingFiles.Fault fault)
      throws IOException {
    for (int n = 1; ; n++) {
      out = top.resolve("out-" + n);
      publish("older", "older 2", "older 3");
      publish("old", "old 2");
      FailingFiles failing = new FailingFiles(files(), n, fault);
      boolean published = true;
      try {
        publish(failing, "new");
      } catch (IOException | RuntimeException e) {
        published = false;
      }
      assertThat(fault + " " + n, dataset(), anyOf(equalTo("old,old 2"), equalTo("new")));
      if (failing.operations() < n) {
        assertThat(published, is(true));
        assertThat(n, greaterThan(20));
        return;
      }
      NamedLinks.mend(out);
      assertThat(fault + " " + n, named(), equalTo(dataset()));
      String base = dataset();
      endTheKilledJob();
      publish("next", "next 2");
      assertThat(dataset(), equalTo("next,next 2"));
      assertThat(named(), equalTo("next,next 2"));
      assertThat(
          fault + " " + n,
          layout(),
          contains(
              "2 data folders with " + (base.equals("new") ? 3 : 4) + " files",
              "manifest.json",
              "train-00000-of-00002.jsonl",
              "train-00001-of-00002.jsonl"));
    }
  }

  @Test
  void theFilesAreOnDiskBeforeTheManifestNamesThem() throws IOException {
    FailingFiles logged = FailingFiles.none(files());
    publish(logged, "one", "two");
    assertThat(
        logged.log(),
        contains(
            "sync " + shards().get(0).file(),
            "sync " + shards().get(1).file(),
            "replace manifest.json"));
  }

  @Test
  void theFilesOfTheDatasetBeforeStayUntilTheNextPublication() throws IOException {
    publish("first");
    Path first = out.resolve(shards().get(0).file());
    publish("second");
    assertThat(Files.readString(first), equalTo("first\n"));
    publish("third");
    assertThat(Files.exists(first), is(false));
    assertThat(dataset(), equalTo("third"));
  }

  @Test
  void theSameContentIsPublishedInTheSameFolderAndMended() throws IOException {
    publish("same");
    byte[] manifest = Files.readAllBytes(out.resolve("manifest.json"));
    Path shard = out.resolve(shards().get(0).file());
    Files.writeString(shard, "edited\n");
    publish("same");
    assertThat(Files.readAllBytes(out.resolve("manifest.json")), equalTo(manifest));
    assertThat(dataset(), equalTo("same"));
    assertThat(named(), equalTo("same"));
    assertThat(
        layout(),
        contains("1 data folders with 1 files", "manifest.json", "train-00000-of-00001.jsonl"));
  }

  @Test
  void namesAreHardLinks() throws IOException {
    publish("one", "two");
    for (Shard shard : shards()) {
      assertThat(Files.isSameFile(out.resolve(shard.file()), out.resolve(shard.name())), is(true));
      assertThat(Files.isSymbolicLink(out.resolve(shard.name())), is(false));
    }
  }

  @Test
  void aDatasetOfTheLayoutBeforeIsReplaced() throws IOException {
    publish("before");
    Path moved = out.resolve("train-00000-of-00009.jsonl");
    Files.copy(out.resolve(shards().get(0).file()), moved);
    publish("after");
    assertThat(Files.exists(moved), is(false));
    assertThat(dataset(), equalTo("after"));
  }

  @Test
  void aSecondJobIsRefusedAndSaysWhoHoldsTheFolder() throws IOException {
    publish("old");
    try (DatasetFolder first = open(files())) {
      JobFailedException refused = assertThrows(JobFailedException.class, () -> publish("second"));
      assertThat(refused.exitCode(), is(ExitCode.TRY_LATER));
      assertThat(
          refused.getMessage(),
          containsString(
              "is writing to %s; run the same command when it has ended".formatted(out)));
      assertThat(
          refused.getMessage(),
          containsString(
              String.format(
                  Locale.ROOT, "prepare (process %d on ", ProcessHandle.current().pid())));
      assertThat(refused.getMessage(), containsString(", since 2026-11-20 12:00 UTC)"));
      publish(first, "new");
    }
    assertThat(dataset(), equalTo("new"));
    assertThat(Files.exists(out.resolve(FolderOwner.FILE_NAME)), is(false));
  }

  @Test
  void aLockThatHasExpiredOrWhoseProcessIsGoneIsTakenOver() throws IOException {
    Files.createDirectories(out);
    FolderOwner elsewhere =
        new FolderOwner("a", "another-machine", 1, null, NOON, NOON.plusSeconds(1));
    Files.write(out.resolve(FolderOwner.FILE_NAME), elsewhere.bytes());
    assertThrows(JobFailedException.class, () -> publish("new"));
    Files.write(
        out.resolve(FolderOwner.FILE_NAME),
        elsewhere.renewed(NOON.minus(FolderOwner.TERM)).bytes());
    publish("new");
    FolderOwner self = FolderOwner.self("b", NOON);
    FolderOwner other =
        new FolderOwner(
            "b", self.host(), self.pid(), NOON.minus(Duration.ofDays(9)), NOON, self.expires());
    Files.write(out.resolve(FolderOwner.FILE_NAME), other.bytes());
    publish("newer");
    Files.write(out.resolve(FolderOwner.FILE_NAME), new byte[0]);
    publish("newest");
    assertThat(dataset(), equalTo("newest"));
  }

  @Test
  void aJobWhoseLockWasTakenOverPublishesNothing() throws IOException {
    publish("old");
    try (DatasetFolder slow = open(files())) {
      Files.write(out.resolve(FolderOwner.FILE_NAME), FolderOwner.self("another", NOON).bytes());
      JobFailedException refused =
          assertThrows(JobFailedException.class, () -> publish(slow, "new"));
      assertThat(refused.getMessage(), containsString("another job has taken it"));
    }
    assertThat(dataset(), equalTo("old"));
    assertThat(Files.exists(out.resolve(FolderOwner.FILE_NAME)), is(true));
  }

  @Test
  void aJobWhoseBaseWasReplacedPublishesNothing() throws IOException {
    publish("old");
    try (DatasetFolder slow = open(files())) {
      Path manifest = out.resolve("manifest.json");
      Files.writeString(manifest, Files.readString(manifest) + "\n");
      JobFailedException refused =
          assertThrows(JobFailedException.class, () -> publish(slow, "new"));
      assertThat(refused.exitCode(), is(ExitCode.TRY_LATER));
      assertThat(refused.getMessage(), containsString("was replaced while this job ran"));
    }
    assertThat(dataset(), equalTo("old"));
  }

  @Test
  void rejectedRowsAloneReplaceWhatAJobWithoutADatasetLeft() throws IOException {
    try (DatasetFolder opened = open(files())) {
      opened.publishRejected(written(opened, Kind.REJECTED, "one", "two"));
    }
    try (DatasetFolder opened = open(files())) {
      opened.publishRejected(written(opened, Kind.REJECTED, "three"));
      opened.workFolder().close();
    }
    assertThat(layout(), contains("0 data folders with 0 files", "rejected-00000-of-00001.jsonl"));
    assertThat(Files.readString(out.resolve("rejected-00000-of-00001.jsonl")), equalTo("three\n"));
    publish("dataset");
    assertThat(
        layout(),
        contains("1 data folders with 1 files", "manifest.json", "train-00000-of-00001.jsonl"));
  }

  @Test
  void rejectedRowsAreNotMixedWithADatasetThatAppearedMeanwhile() throws IOException {
    Path other = out;
    out = top.resolve("elsewhere");
    publish("theirs");
    byte[] theirs = Files.readAllBytes(out.resolve("manifest.json"));
    out = other;
    try (DatasetFolder opened = open(files())) {
      Files.write(out.resolve("manifest.json"), theirs);
      assertThrows(
          JobFailedException.class,
          () -> opened.publishRejected(written(opened, Kind.REJECTED, "mine")));
    }
    assertThat(Files.exists(out.resolve("rejected-00000-of-00001.jsonl")), is(false));
  }

  private FolderFiles files() {
    return FolderFiles.of(out.toString(), Configuration::new);
  }

  private DatasetFolder open(FolderFiles files) {
    return DatasetFolder.open(out.toString(), files, true, List.of(), CLOCK);
  }

  private void publish(String... shards) throws IOException {
    publish(FailingFiles.none(files()), shards);
  }

  private void publish(FolderFiles files, String... shards) throws IOException {
    try (DatasetFolder opened = open(files)) {
      publish(opened, shards);
    }
  }

  private void publish(DatasetFolder opened, String... shards) throws IOException {
    JobReport report = written(opened, Kind.TRAIN, shards);
    opened.publish(report, manifest(report));
    opened.workFolder().close();
  }

  /** Writes a file for each text into the work folder. */
  private JobReport written(DatasetFolder opened, Kind kind, String... texts) throws IOException {
    List<WrittenFile> files = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      byte[] content = (texts[i] + "\n").getBytes(UTF_8);
      WrittenFile file =
          new WrittenFile(
              kind,
              0,
              i,
              1,
              content.length,
              Sha256.of(content),
              1,
              1,
              new TreeMap<>(),
              new TreeMap<>());
      Path path = Path.of(opened.workFolder().path()).resolve(file.temporaryName());
      Files.createDirectories(path.getParent());
      Files.write(path, content);
      files.add(file);
    }
    return new JobReport(
        1,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        new TreeMap<>(),
        NearCounts.NONE,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        new TreeMap<>(),
        List.of(),
        List.of(),
        false,
        SideCounts.NONE,
        List.of(),
        new TreeMap<>(),
        new TreeMap<>(),
        files);
  }

  private static Manifest manifest(JobReport report) {
    DataFiles files = DataFiles.of(report);
    List<Shard> shards = new ArrayList<>();
    List<String> paths = files.paths(Kind.TRAIN);
    for (int i = 0; i < paths.size(); i++) {
      WrittenFile file = report.files().get(i);
      shards.add(new Shard("train", paths.get(i), 1, file.bytes(), file.sha256()));
    }
    return new Manifest(
        Format.CHAT,
        DatasetDigest.of(shards),
        new Manifest.Rows(
            shards.size(), new Manifest.Rejected(0, new TreeMap<>()), 0, shards.size(), 0),
        0,
        0,
        new TreeMap<>(),
        new Manifest.Tokens("o200k_base", 1, 0, new Manifest.PerExample(1, 1, 1, 1)),
        new Manifest.Cost("m", "openai", 1, 1, null, LocalDate.of(2026, 11, 20)),
        shards,
        new Manifest.Files(List.of(), List.of()),
        new Manifest.Inference("", "", false, null),
        Map.of(),
        List.of(),
        Map.of(),
        "1");
  }

  private List<Shard> shards() throws IOException {
    return ManifestFile.read(out.resolve("manifest.json")).shards();
  }

  /** The content of the dataset, each of whose files has its hash. */
  private String dataset() throws IOException {
    List<String> texts = new ArrayList<>();
    for (Shard shard : shards()) {
      byte[] content = Files.readAllBytes(out.resolve(shard.file()));
      assertThat(Sha256.of(content), equalTo(shard.sha256()));
      texts.add(new String(content, UTF_8).strip());
    }
    return String.join(",", texts);
  }

  /** The content of what is found by name. */
  private String named() throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> names = Files.list(out)) {
      for (Path name : names.filter(n -> n.toString().endsWith(".jsonl")).sorted().toList()) {
        texts.add(Files.readString(name).strip());
      }
    }
    return String.join(",", texts);
  }

  private List<String> layout() throws IOException {
    int folders = 0;
    long files = 0;
    List<String> direct = new ArrayList<>();
    try (Stream<Path> all = Files.list(out)) {
      for (Path path : all.sorted().toList()) {
        if (path.getFileName().toString().startsWith(".data-")) {
          folders++;
          try (Stream<Path> data = Files.list(path)) {
            files += data.count();
          }
        } else {
          direct.add(path.getFileName().toString());
        }
      }
    }
    direct.add(0, String.format(Locale.ROOT, "%d data folders with %d files", folders, files));
    return direct;
  }

  /** The lock of a killed job names a process that is gone; this one lives. */
  private void endTheKilledJob() throws IOException {
    Path lock = out.resolve(FolderOwner.FILE_NAME);
    if (Files.exists(lock)) {
      FolderOwner owner = FolderOwner.parse(Files.readAllBytes(lock)).orElseThrow();
      FolderOwner gone =
          new FolderOwner(owner.id(), owner.host(), 1L << 40, null, owner.since(), owner.expires());
      Files.write(lock, gone.bytes());
    }
  }
}
