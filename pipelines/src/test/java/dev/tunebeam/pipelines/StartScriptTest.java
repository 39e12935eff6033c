package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.tunebeam.dataset.settings.CommandName;
import dev.tunebeam.pipelines.StartedTree.Finished;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The start script in a small source tree: what it builds, when, and how it starts the JVM. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for bash")
class StartScriptTest {

  private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";
  private static final String LATE_SECOND_COMPILER = "-XX:Tier4InvocationThreshold=40000";
  private static final String BUILDING = "building tunebeam (once)...\n";

  private final Path temp;
  private final SourceTree tree;

  /** A tree with blanks and a few signs in its path. */
  StartScriptTest(@TempDir Path temp) throws IOException {
    this.temp = temp;
    tree = new SourceTree(temp.resolve("my projects & more/tunebeam *"));
  }

  @Test
  void theFirstStartBuildsAndTheSecondDoesNot() throws Exception {
    assertThat(tree.start("--help"), equalTo(new Finished(0, "on stdout\n", BUILDING)));
    assertThat(tree.start("--help"), equalTo(new Finished(0, "on stdout\n", "")));
    assertThat(tree.builds(), equalTo(1));
  }

  @Test
  void aSourceNewerThanTheBuildIsBuilt() throws Exception {
    tree.start();
    for (String file :
        List.of(
            "pipelines/src/main/java/Main.java",
            "launcher/src/main/java/Main.java",
            "pom.xml",
            "pipelines/pom.xml")) {
      makeNewerThanTheBuild(tree.root().resolve(file));
      assertThat(file, tree.start().err(), equalTo(BUILDING));
      makeOlderThanTheBuild(tree.root().resolve(file));
      assertThat(file, tree.start().err(), equalTo(""));
    }
  }

  @Test
  void aRemovedSourceIsBuilt() throws Exception {
    tree.start();
    Path sources = tree.root().resolve("pipelines/src/main/java");
    Files.delete(sources.resolve("Other.java"));
    makeNewerThanTheBuild(sources);
    assertThat(tree.start().err(), equalTo(BUILDING));
  }

  @Test
  void aFailedBuildShowsMavensOutputAndStartsNothing() throws Exception {
    tree.write("maven-fails", "");
    assertThat(
        tree.start("--help"),
        equalTo(
            new Finished(
                1,
                "",
                BUILDING
                    + "[ERROR] cannot compile\n"
                    + "tunebeam: the build failed, see above\n")));
    Files.delete(tree.root().resolve("maven-fails"));
    assertThat(tree.start("--help").exitCode(), equalTo(0));
  }

  @Test
  void startsAtTheSameTimeBuildOnce() throws Exception {
    List<Process> both =
        List.of(
            tree.launch(tree.script(), temp, Map.of(), "first"),
            tree.launch(tree.script(), temp, Map.of(), "second"));
    for (Process process : both) {
      assertThat(StartedTree.finish(process).exitCode(), equalTo(0));
    }
    assertThat(tree.builds(), equalTo(1));
  }

  @Test
  void theLockOfAKilledBuildIsNoHindrance() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Path app = Files.createDirectories(tree.root().resolve("target/app"));
    Files.createSymbolicLink(app.resolve("lock"), Path.of(Long.toString(ended.pid())));
    assertThat(tree.start(), equalTo(new Finished(0, "on stdout\n", BUILDING)));
    assertThat(Files.exists(app.resolve("lock"), LinkOption.NOFOLLOW_LINKS), equalTo(false));
  }

  @Test
  void aLinkToARelativeLinkFromAnotherFolderStartsTheSameTree() throws Exception {
    Path bin = Files.createDirectories(temp.resolve("some bin"));
    Files.createSymbolicLink(bin.resolve("tree"), tree.root());
    Files.createSymbolicLink(bin.resolve("first"), Path.of("tree", "tunebeam"));
    Files.createSymbolicLink(temp.resolve("tb"), Path.of("some bin", "first"));
    Finished finished = tree.start(temp.resolve("tb"), bin, Map.of(), "prepare");
    assertThat(finished, equalTo(new Finished(0, "on stdout\n", BUILDING)));
    assertThat(tree.programArguments(), equalTo(List.of("prepare")));
  }

  @Test
  void argumentsReachTheJobUnchanged() throws Exception {
    // The JVM of this test passes arguments on in its own charset.
    String foreign = Charset.defaultCharset().equals(StandardCharsets.UTF_8) ? "é 中" : "e z";
    String[] arguments = {
      "prepare", "", "two  words", "--input=*.csv", "'\"\\$HOME`", foreign, "a\nb"
    };
    tree.start(tree.script(), temp, Map.of("LC_ALL", "C"), arguments);
    assertThat(tree.programArguments(), equalTo(List.of(arguments)));
  }

  @Test
  void theExitCodeIsThatOfTheJob() throws Exception {
    tree.write("a jdk/exit-code", "2");
    assertThat(tree.start("nonsense").exitCode(), equalTo(2));
  }

  @Test
  void theJvmOpensToSparkWhatThePomSaysAndToOthersNothing() throws Exception {
    tree.start();
    assertThat(opened(tree.javaArguments()), empty());
    tree.start("prepare", "--runner=SparkRunner");
    // The JVM of the tests was given the list of the pom.
    assertThat(
        opened(tree.javaArguments()),
        equalTo(opened(ManagementFactory.getRuntimeMXBean().getInputArguments())));
    assertThat(tree.javaArguments(), not(hasItem(LATE_SECOND_COMPILER)));
  }

  private static List<String> opened(List<String> flags) {
    return flags.stream().filter(flag -> flag.startsWith("--add-opens")).sorted().toList();
  }

  @Test
  void flagsOfTheUserFollowTheDefaults() throws Exception {
    tree.start(tree.script(), temp, Map.of("TUNEBEAM_OPTS", "-Xmx8g  -Dglob=*"), "prepare");
    List<String> all = tree.javaArguments();
    int own = all.indexOf("-Xmx8g");
    assertThat(all.subList(own, own + 3), equalTo(List.of("-Xmx8g", "-Dglob=*", "-cp")));
    assertThat(all.get(own - 1), startsWith("-"));
  }

  @Test
  void theBuildKeepsItsOwnCopiesOfTheJars() throws Exception {
    tree.start();
    Files.delete(tree.root().resolve("repository/org/beam/beam-2.jar"));
    tree.start();
    List<Path> jars = tree.classPath();
    Path app = tree.root().resolve("target/app");
    assertThat(
        jars,
        equalTo(
            List.of(
                tree.build().resolve("pipelines.jar"),
                tree.build().resolve("dataset-1.jar"),
                app.resolve("lib/beam-2.jar"))));
    for (Path jar : jars) {
      assertThat(Files.exists(jar), equalTo(true));
    }
  }

  @Test
  void sparkIsFetchedWhenAJobFirstAsksForIt() throws Exception {
    assertThat(tree.start("prepare", "--input=x").err(), equalTo(BUILDING));
    for (String flag : List.of("--runner SparkRunner", "--runner=spark", "--sparkMaster=yarn")) {
      List<String> command = new ArrayList<>(List.of("prepare"));
      command.addAll(List.of(flag.split(" ", -1)));
      String err = tree.start(command.toArray(String[]::new)).err();
      boolean isFirst = flag.equals("--runner SparkRunner");
      assertThat(
          err,
          equalTo(isFirst ? "building tunebeam with Spark (once; downloads 200 MB)...\n" : ""));
      Path app = tree.root().resolve("target/app");
      assertThat(
          tree.classPath(),
          equalTo(
              List.of(
                  tree.build().resolve("pipelines.jar"),
                  tree.build().resolve("dataset-1.jar"),
                  app.resolve("lib/beam-2.jar"),
                  app.resolve("lib/spark-3.jar"))));
    }
    tree.start("prepare", "--runner=LocalRunner");
    assertThat(tree.classPath().toString(), not(containsString("spark-3")));
  }

  @Test
  void aSmallInputIsRunWithTheFirstCompilerAlone() throws Exception {
    tree.write("some data/small.csv", "a,b\n");
    tree.write("some data/small.csv.gz", "");
    tree.write("some data/large.csv", "0123456789".repeat(3_000_000));
    tree.write("some data/one.yaml", "# where\ninput: small.csv\nmodel: x\n");
    tree.write("some data/list.yaml", "model: x\ninput:\n  - 'small.csv'\n  - sm*.csv\n");
    tree.write("some data/flow.yaml", "input: [\"small.csv\", sm*.csv]\nmodel: x\n");
    tree.write("some data/both.yaml", "input: [small.csv, large.csv]\n");
    for (String small :
        List.of(
            "--input=some data/small.csv",
            "--input=some data/small.csv,some data/s*.csv",
            "--recipe=some data/one.yaml",
            "--recipe=some data/list.yaml",
            "--recipe=some data/flow.yaml")) {
      assertThat(small, tree.start("prepare", small).err(), not(containsString("du")));
      assertThat(small, tree.javaArguments(), hasItem(FIRST_COMPILER));
      assertThat(small, tree.javaArguments(), not(hasItem(LATE_SECOND_COMPILER)));
    }
    for (String large :
        List.of(
            "--input=some data/large.csv",
            "--input=some data/*.csv",
            "--input=some data/small.csv,s3a://bucket/data",
            "--input=some data/small.csv.gz",
            "--input=**/small.csv",
            "--recipe=some data/both.yaml",
            "--recipe=some data/none.yaml",
            "--quiet")) {
      assertThat(large, tree.start("prepare", large).err(), not(containsString("du")));
      assertThat(large, tree.javaArguments(), not(hasItem(FIRST_COMPILER)));
      assertThat(large, tree.javaArguments(), hasItem(LATE_SECOND_COMPILER));
    }
  }

  @Test
  void commandsThatComputeLittleAreRunWithTheFirstCompilerAlone() throws Exception {
    for (String little : List.of("models", "jobs", "follow", "ask", "undeploy")) {
      tree.start(little);
      assertThat(little, tree.javaArguments(), hasItem(FIRST_COMPILER));
    }
    for (String much : List.of("launch", "run", "evaluate")) {
      tree.start(much);
      assertThat(much, tree.javaArguments(), not(hasItem(FIRST_COMPILER)));
    }
  }

  @Test
  void theUserMayChooseTheGarbageCollector() throws Exception {
    tree.start();
    assertThat(tree.javaArguments(), hasItem("-XX:+UseParallelGC"));
    tree.start(tree.script(), temp, Map.of("TUNEBEAM_OPTS", "-XX:+UseZGC"), "prepare");
    assertThat(tree.javaArguments(), not(hasItem("-XX:+UseParallelGC")));
  }

  @Test
  void theCommandsOfTheLauncherReachItWithoutSpark() throws Exception {
    List<String> commands =
        Stream.of(CommandName.values())
            .filter(command -> !command.isJob())
            .map(CommandName::toString)
            .toList();
    assertThat(commands, hasItem("run"));
    for (String command : commands) {
      Finished finished = tree.start(command, "two  words");
      assertThat(command, finished.exitCode(), equalTo(0));
      assertThat(tree.mainClass(), equalTo("dev.tunebeam.launcher.Main"));
      assertThat(tree.programArguments(), equalTo(List.of(command, "two  words")));
    }
    assertThat(
        tree.classPath(),
        equalTo(
            List.of(
                tree.build().resolve("launcher.jar"),
                tree.build().resolve("dataset-1.jar"),
                tree.root().resolve("target/app/lib/http-5.jar"))));
    assertThat(opened(tree.javaArguments()), empty());
    assertThat(tree.builds(), equalTo(1));
  }

  @Test
  void allOtherCommandsReachTheJobs() throws Exception {
    for (String command :
        List.of("prepare", "inspect", "--help", "--version", "runs", "launch ", "", "help")) {
      tree.start(command);
      assertThat(command, tree.mainClass(), equalTo("dev.tunebeam.pipelines.Main"));
    }
    tree.start();
    assertThat(tree.mainClass(), equalTo("dev.tunebeam.pipelines.Main"));
    assertThat(tree.programArguments(), empty());
  }

  @Test
  void theLauncherNeedsNoScreenAndKnowsHowToStartAJob() throws Exception {
    tree.start("run");
    assertThat(
        tree.javaArguments().subList(0, 4),
        equalTo(
            List.of(
                "-Dfile.encoding=UTF-8",
                "-Dtunebeam.called=" + tree.script(),
                "-Djava.awt.headless=true",
                "-Dtunebeam.start=" + tree.script())));
    tree.start("prepare");
    assertThat(tree.javaArguments(), not(hasItem("-Djava.awt.headless=true")));
  }

  @Test
  void theClassArchiveServesOnlyTheJavaThatMadeIt() throws Exception {
    String flag = "-XX:SharedArchiveFile=";
    tree.start();
    assertThat(tree.javaArguments(), hasItem(flag + tree.build().resolve("classes.jsa")));
    tree.write("a jdk/version", "17.0.16");
    tree.start();
    assertThat(tree.javaArguments(), not(hasItem(startsWith(flag))));
  }

  @Test
  void aNewerJavaIsToldNotToWarnAndWhoTheUserIs() throws Exception {
    tree.start();
    assertThat(tree.sparkUser(), equalTo(""));
    assertThat(tree.javaArguments(), not(hasItem(startsWith("--enable-native-access"))));
    tree.write("a jdk/version", "25");
    tree.start("prepare", "--runner=SparkRunner");
    assertThat(tree.sparkUser(), equalTo(System.getProperty("user.name")));
    assertThat(tree.javaArguments(), hasItem("--enable-native-access=ALL-UNNAMED"));
    assertThat(tree.javaArguments(), hasItem("--sun-misc-unsafe-memory-access=allow"));
    assertThat(tree.javaArguments(), not(hasItem(containsString("sun.security.action"))));
    tree.start("models");
    assertThat(tree.javaArguments(), hasItem("--enable-native-access=ALL-UNNAMED"));
    assertThat(tree.javaArguments(), not(hasItem("--sun-misc-unsafe-memory-access=allow")));
  }

  @Test
  void anOlderJavaIsRefused() throws Exception {
    for (String version : List.of("11.0.2", "1.8.0_302")) {
      tree.write("a jdk/version", version);
      assertThat(
          tree.start(),
          equalTo(
              new Finished(
                  1,
                  "",
                  "tunebeam: %s is Java %s; set JAVA_HOME to Java 17 or newer\n"
                      .formatted(tree.javaHome().resolve("bin/java"), version))));
    }
    assertThat(tree.builds(), equalTo(0));
  }

  @Test
  void aJavaHomeWithoutJavaIsNamed() throws Exception {
    assertThat(
        tree.start(tree.script(), temp, Map.of("JAVA_HOME", "/nowhere")).err(),
        equalTo(
            "tunebeam: JAVA_HOME is /nowhere, which has no bin/java;"
                + " set it to Java 17 or newer\n"));
  }

  @Test
  void aJavaThatCannotCompileBuildsNothing() throws Exception {
    Files.delete(tree.javaHome().resolve("bin/javac"));
    Finished finished = tree.start();
    assertThat(finished.err(), endsWith("set JAVA_HOME to a JDK 17 or newer\n"));
    assertThat(tree.builds(), equalTo(0));
    try (var left = Files.list(tree.root().resolve("target/app"))) {
      assertThat(left.filter(Files::isSymbolicLink).toList(), empty());
    }
  }

  private void makeNewerThanTheBuild(Path file) throws IOException {
    shift(file, 1);
  }

  private void makeOlderThanTheBuild(Path file) throws IOException {
    shift(file, -1);
  }

  private void shift(Path file, int seconds) throws IOException {
    long built = Files.getLastModifiedTime(tree.build().resolve("started")).toMillis();
    Files.setLastModifiedTime(file, FileTime.fromMillis(built + seconds * 1000L));
  }
}
