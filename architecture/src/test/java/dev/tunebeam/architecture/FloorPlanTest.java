package dev.tunebeam.architecture;

import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The floor plan of docs/architecture.md. */
class FloorPlanTest {

  /** From the ground up. A package uses only packages that stand before it. */
  private static final List<String> FLOORS =
      """
      dataset.terminal
      dataset.yaml
      dataset
      dataset.monitoring
      dataset.settings
      tokens
      runner.spill
      runner.metrics
      runner.plan
      runner.execute
      runner
      spark
      transforms.json
      transforms.row
      transforms.where
      transforms.example
      transforms.progress
      transforms.files
      transforms.read.input
      transforms.read.csv
      transforms.read.lines
      transforms.read.json
      transforms.read.mail
      transforms.read.parquet
      transforms.read.xlsx
      transforms.read
      transforms.normalize.template
      transforms.normalize.dialect
      transforms.normalize
      transforms.delimit
      transforms.render
      transforms.count
      transforms.fingerprint
      transforms.compare
      transforms.shard
      transforms.sides
      transforms.near
      transforms.deduplicate
      transforms.split
      transforms.write
      transforms.inspect.secrets
      transforms.inspect
      pipelines.recipe
      pipelines.gates
      pipelines.findings
      pipelines.terminal
      pipelines.prepare
      pipelines.inspect
      pipelines
      launcher.process
      launcher.http
      launcher.terminal
      launcher.inference
      launcher.provider
      launcher.provider.openai
      launcher.provider.azure
      launcher.provider.fireworks
      launcher.provider.huggingface
      launcher.provider.nebius
      launcher.provider.together
      launcher.local
      launcher.launch
      launcher.deploy
      launcher.results
      launcher.evaluate
      launcher.registry
      launcher.command
      launcher
      """
          .lines()
          .toList();

  private static final List<String> MODULES =
      FLOORS.stream().map(FloorPlanTest::module).distinct().toList();

  /** Also of what is only loaded by its name. */
  private static final Pattern IMPORT =
      Pattern.compile(
          "^(?:import (?:static )?| *Class\\.forName\\(\")(dev\\.[a-z.]+\\.[A-Z]\\w*)",
          Pattern.MULTILINE);

  private static final String ROOT = "dev.tunebeam.";

  private final JavaClasses main = classes("classes");

  @Test
  void aPackageUsesOnlyWhatStandsBelowIt() {
    Set<String> upwards = new TreeSet<>();
    for (JavaClass origin : main) {
      for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
        if (target.startsWith(ROOT)
            && !target.equals(origin.getPackageName())
            && floor(target) > floor(origin.getPackageName())) {
          upwards.add(dependency.getDescription());
        }
      }
    }
    assertThat(upwards, is(empty()));
  }

  @Test
  void onlyTheRunnersTheTransformsAndTheJobsKnowBeam() {
    Set<String> known =
        main.stream()
            .filter(
                type ->
                    type.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getPackageName())
                        .anyMatch(name -> name.matches("org\\.apache\\.(beam|spark|hadoop)\\b.*")))
            .map(type -> module(type.getPackageName().substring(ROOT.length())))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(known, is(Set.of("pipelines", "runner", "spark", "transforms")));
  }

  @Test
  void whatIsPublicIsUsedByAnotherPackage() throws IOException {
    JavaClasses all = classes("classes", "test-classes");
    Set<String> imported =
        sources()
            .flatMap(file -> IMPORT.matcher(text(file)).results())
            .map(line -> line.group(1))
            .collect(Collectors.toSet());
    Predicate<JavaClass> isUsed =
        type ->
            all.get(type.getName()).getDirectDependenciesToSelf().stream()
                    .anyMatch(
                        use -> !use.getOriginClass().getPackageName().equals(type.getPackageName()))
                // A constant is copied into the class that uses it.
                || imported.contains(type.getName());
    Set<String> unused =
        main.stream()
            .filter(type -> type.isTopLevelClass() && type.getModifiers().contains(PUBLIC))
            .filter(type -> !type.getSimpleName().equals("Main"))
            .filter(type -> !isFoundByBeam(type))
            .filter(isUsed.negate())
            .map(JavaClass::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(unused, is(empty()));
  }

  /** Options and registrars, which Beam looks up by their names. */
  private static boolean isFoundByBeam(JavaClass type) {
    return type.getAllRawInterfaces().stream()
        .map(JavaClass::getName)
        .anyMatch(name -> name.matches("org\\.apache\\.beam\\..*(PipelineOptions|Registrar)"));
  }

  @Test
  void aPackageSaysWhatItDoesAndWhatItMayKnow() throws IOException {
    Set<Path> packages =
        mainSources().map(Path::getParent).collect(Collectors.toCollection(TreeSet::new));
    Set<String> silent = new TreeSet<>();
    for (Path folder : packages) {
      Path info = folder.resolve("package-info.java");
      if (!Files.exists(info)) {
        silent.add(folder.toString());
      } else if (javaFiles(folder) > 25) {
        assertThat(text(info), containsString("One package because"));
      }
    }
    assertThat(silent, is(empty()));
  }

  @Test
  void aLongFileSaysWhyItIsOne() throws IOException {
    Set<String> silent =
        mainSources()
            .filter(file -> text(file).lines().count() > 250)
            .filter(file -> !text(file).contains("One file because"))
            .map(Path::toString)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(silent, is(empty()));
  }

  @Test
  void whatWhitespaceIsInTheDataIsSaidInOnePlace() {
    Set<String> names = Set.of("strip", "stripLeading", "stripTrailing", "trim", "isBlank");
    Set<String> others =
        main.stream()
            .filter(type -> type.getName().matches(".*\\.(transforms|launcher\\.evaluate)\\..*"))
            .flatMap(type -> type.getAccessesFromSelf().stream())
            .filter(access -> access.getTargetOwner().isEquivalentTo(String.class))
            .filter(access -> names.contains(access.getTarget().getName()))
            .map(JavaAccess::getDescription)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat("use Whitespace", others, is(empty()));
  }

  @Test
  void onlyTheRoomOfFilesOpensListsAndWritesThem() {
    Set<String> others =
        main.stream()
            // A recipe is read before there is a job.
            .filter(type -> !type.getPackageName().matches(".*\\.(transforms\\.files|recipe)"))
            .flatMap(type -> type.getAccessesFromSelf().stream())
            .filter(
                access ->
                    access.getTargetOwner().getName().equals("org.apache.beam.sdk.io.FileSystems"))
            .filter(access -> !access.getTarget().getName().equals("setDefaultPipelineOptions"))
            .map(JavaAccess::getDescription)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat("use BeamFiles", others, is(empty()));
  }

  private static String module(String floor) {
    return floor.replaceFirst("\\..*", "");
  }

  private static int floor(String packageName) {
    int floor = FLOORS.indexOf(packageName.substring(ROOT.length()));
    assertThat(packageName + " stands in the list of floors", floor >= 0);
    return floor;
  }

  private static JavaClasses classes(String... folders) {
    return new ClassFileImporter()
        .importPaths(
            MODULES.stream()
                .flatMap(module -> Stream.of(folders).map(name -> target(module, name)))
                .toList());
  }

  private static Path target(String module, String name) {
    return Path.of("..", module, "target", name);
  }

  private static Stream<Path> mainSources() throws IOException {
    return sources().filter(file -> file.toString().contains("/src/main/"));
  }

  private static Stream<Path> sources() throws IOException {
    List<Path> all = new ArrayList<>();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src"))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
      }
    }
    return all.stream().filter(file -> !file.toString().contains("/src/generate/"));
  }

  private static long javaFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).count() - 1;
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
