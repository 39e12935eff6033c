package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.tunebeam.pipelines.StartedTree.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The start script in an unpacked release: it never builds and never writes into its folder. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for bash")
class StartScriptOfReleaseTest {
  private static final Finished STARTED = new Finished(0, "on stdout\n", "");
  private static final String ARCHIVE = "-XX:SharedArchiveFile=";

  private final Path temp;
  private final ReleaseTree release;

  /** A release with blanks and a few signs in its path. */
  StartScriptOfReleaseTest(@TempDir Path temp) throws IOException {
    this.temp = temp;
    release = new ReleaseTree(temp.resolve("my tools & more/tunebeam-1 *"));
  }

  /** Or the folder would be deleted beneath them. */
  @AfterEach
  void awaitTrials() throws Exception {
    release.awaitTrials();
  }

  @Test
  void eachHalfStartsWithItsOwnJars() throws Exception {
    assertThat(release.start("prepare", "two  words"), equalTo(STARTED));
    assertThat(release.classPath(), equalTo(jars("pipelines.jar", "dataset-1.jar", "beam-2.jar")));
    assertThat(release.mainClass(), equalTo("dev.tunebeam.pipelines.Main"));
    assertThat(release.programArguments(), equalTo(List.of("prepare", "two  words")));
    assertThat(release.start("launch", "two  words"), equalTo(STARTED));
    assertThat(release.classPath(), equalTo(jars("launcher.jar", "dataset-1.jar", "http-5.jar")));
    assertThat(release.mainClass(), equalTo("dev.tunebeam.launcher.Main"));
    assertThat(release.programArguments(), equalTo(List.of("launch", "two  words")));
    assertThat(release.javaArguments(), hasItem("-Dtunebeam.start=" + release.script()));
  }

  private List<Path> jars(String... names) {
    List<Path> jars = new ArrayList<>();
    for (String name : names) {
      jars.add(release.root().resolve("lib").resolve(name));
    }
    return jars;
  }

  @Test
  void aReadOnlyReleaseStartsWithoutACompilerAndStaysAsItIs() throws Exception {
    Map<String, String> before = release.freeze();
    assertThat(release.start("prepare"), equalTo(STARTED));
    assertThat(release.archives(), hasSize(1));
    assertThat(release.start("prepare"), equalTo(STARTED));
    assertThat(release.start("launch"), equalTo(STARTED));
    assertThat(release.content(), equalTo(before));
  }

  @Test
  void theFirstJobMakesTheArchiveOfClassesAndTheNextHasIt() throws Exception {
    assertThat(release.start("prepare"), equalTo(STARTED));
    assertThat(release.javaArguments(), not(hasItem(startsWith(ARCHIVE))));
    List<Path> archives = release.archives();
    assertThat(archives, hasSize(1));
    assertThat(Files.readString(archives.get(0)), equalTo("archive\n"));
    for (String command : List.of("prepare", "inspect", "--help")) {
      assertThat(release.start(command), equalTo(STARTED));
      assertThat(release.javaArguments(), hasItem(ARCHIVE + archives.get(0)));
    }
    assertThat(release.archives(), equalTo(archives));
    List<List<String>> trials = release.trials();
    assertThat(trials, hasSize(1));
    assertThat(
        trials.get(0).get(0),
        equalTo("--recipe=" + release.root().resolve("testdata/support-tickets/recipe.yaml")));
    assertThat(
        trials.get(0).get(1),
        equalTo(
            "--output="
                + archives
                    .get(0)
                    .toString()
                    .replace("classes-", "new-")
                    .replace(".jsa", "/trial")));
    assertThat(trials.get(0).get(2), equalTo("--quiet"));
  }

  @Test
  void onlyAJobMakesAnArchiveOfClasses() throws Exception {
    for (String command : List.of("--help", "--version", "launch", "models")) {
      assertThat(command, release.start(command), equalTo(STARTED));
      release.awaitTrials();
      assertThat(command, Files.exists(release.cache()), equalTo(false));
    }
    release.start("inspect");
    assertThat(release.archives(), hasSize(1));
  }

  @Test
  void theArchiveOfClassesIsForOneJavaOneReleaseAndOneFolder() throws Exception {
    release.start("prepare");
    assertThat(release.archives(), hasSize(1));
    release.write(release.javaHome() + "/version", "21.0.1");
    release.start("prepare");
    assertThat(release.javaArguments(), not(hasItem(startsWith(ARCHIVE))));
    assertThat(release.archives(), hasSize(2));
    release.write("sbom.cdx.json", "{ }");
    release.start("prepare");
    assertThat(release.javaArguments(), not(hasItem(startsWith(ARCHIVE))));
    assertThat(release.archives(), hasSize(3));
    Path moved = release.root().resolveSibling("moved");
    Files.move(release.root(), moved);
    release.start(moved.resolve("tunebeam"), temp, Map.of(), "prepare");
    assertThat(release.javaArguments(), not(hasItem(startsWith(ARCHIVE))));
    assertThat(release.archives(), hasSize(4));
  }

  @Test
  void aJavaThatMakesNoArchiveIsAskedOnce() throws Exception {
    release.write(release.javaHome() + "/makes-no-archive", "");
    for (int i = 0; i < 3; i++) {
      assertThat(release.start("prepare"), equalTo(STARTED));
      assertThat(release.javaArguments(), not(hasItem(startsWith(ARCHIVE))));
      assertThat(release.archives(), hasSize(1));
    }
    assertThat(release.trials(), hasSize(1));
  }

  @Test
  void withoutACacheThatCanBeWrittenThereIsNoArchiveAndNoMessage() throws Exception {
    Map<String, String> before = release.freeze();
    for (String cache : List.of("/dev/null", "relative", temp.resolve("a:b").toString())) {
      Map<String, String> environment = Map.of("XDG_CACHE_HOME", cache);
      assertThat(release.start(release.script(), temp, environment, "prepare"), equalTo(STARTED));
    }
    Map<String, String> homeless = Map.of("XDG_CACHE_HOME", "", "HOME", "");
    assertThat(release.start(release.script(), temp, homeless, "prepare"), equalTo(STARTED));
    release.awaitTrials();
    assertThat(release.trials(), empty());
    assertThat(release.content(), equalTo(before));
  }

  @Test
  void withoutXdgCacheHomeTheCacheIsInTheHomeOfTheUser() throws Exception {
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", "", "HOME", temp + "/me");
    release.start(release.script(), temp, environment, "prepare");
    release.awaitTrials();
    assertThat(Files.isDirectory(temp.resolve("me/.cache/tunebeam")), equalTo(true));
  }

  @Test
  void jobsThatStartAtTheSameTimeLeaveOneArchive() throws Exception {
    List<Process> both =
        List.of(
            release.launch(release.script(), temp, Map.of(), "prepare"),
            release.launch(release.script(), temp, Map.of(), "prepare"));
    for (Process process : both) {
      assertThat(StartedTree.finish(process), equalTo(STARTED));
    }
    assertThat(release.archives(), hasSize(1));
  }

  @Test
  void theNextArchiveClearsAwayWhatAKillLeft() throws Exception {
    Path killed = Files.createDirectories(release.cacheOfReleases().resolve("new-1"));
    Path unused = Files.createFile(release.cacheOfReleases().resolve("classes-1.jsa"));
    Path used = Files.createFile(release.cacheOfReleases().resolve("classes-2.jsa"));
    Files.createFile(killed.resolve("classes.jsa"));
    makeOld(killed, Duration.ofDays(3));
    makeOld(unused, Duration.ofDays(63));
    makeOld(used, Duration.ofDays(3));
    release.start("prepare");
    assertThat(release.archives(), hasSize(2));
    assertThat(Files.exists(killed), equalTo(false));
    assertThat(Files.exists(unused), equalTo(false));
    assertThat(Files.exists(used), equalTo(true));
  }

  private static void makeOld(Path path, Duration age) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(age)));
  }

  @Test
  void sparkIsRefusedWithWhatToDo() throws Exception {
    for (String flag : List.of("--runner=SparkRunner", "--runner=spark", "--sparkMaster=yarn")) {
      assertThat(
          release.start("prepare", flag),
          equalTo(
              new Finished(
                  1,
                  "",
                  "tunebeam: Spark is not in this release; start from the sources,"
                      + " or use spark-submit (docs/spark.md)\n")));
    }
    assertThat(release.start("prepare", "--runner=LocalRunner"), equalTo(STARTED));
  }

  @Test
  void aReleaseWithoutItsJarsIsNamed() throws Exception {
    Path jar = release.root().resolve("lib/launcher.jar");
    Files.delete(jar);
    assertThat(
        release.start("prepare"),
        equalTo(
            new Finished(1, "", "tunebeam: there is no " + jar + "; unpack the release again\n")));
  }
}
