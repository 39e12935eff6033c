package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tunebeam.dataset.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that prepare has written, as an input. */
class PreparedFolderTest {

  private static final String TRAIN = "out/train-00000-of-00001.jsonl";

  private final Workbench bench;

  PreparedFolderTest(@TempDir Path folder) {
    bench = new Workbench(folder);
  }

  @BeforeEach
  void prepare() throws IOException {
    String[] rows =
        IntStream.range(0, 40)
            .mapToObj(
                number ->
                    number == 7
                        ? "{\"prompt\":\"\",\"completion\":\"x\"}"
                        : "{\"prompt\":\"p%s\",\"completion\":\"c%s\"}".formatted(number, number))
            .toArray(String[]::new);
    Workbench.Finished end =
        bench.prepare("--input=" + bench.write("in.jsonl", rows), "--maxRejected=1");
    assertThat(end.err(), end.code(), equalTo(ExitCode.SUCCEEDED));
    bench.write("out/evaluation-ft-m.jsonl", "{\"prompt\":\"p1\",\"answer\":\"c1\"}");
    bench.write("out/launch.json", "{\"launches\":[{\"run\":\"a\"}],\"other\":[{\"run\":\"b\"}]}");
  }

  private JsonNode manifest(String folder) throws IOException {
    return new ObjectMapper().readTree(bench.path(folder + "/manifest.json").toFile());
  }

  @Test
  void inspectReadsItsExamplesAlone() {
    for (String folder : List.of("out", "out/")) {
      Workbench.Finished end = bench.inspect("--input=" + bench.path("") + "/" + folder);
      assertThat(end.err(), end.code(), equalTo(ExitCode.SUCCEEDED));
      assertThat(end.out(), containsString("39 rows"));
    }
  }

  @Test
  void prepareKeepsItsExamplesAndItsSplit() throws IOException {
    Workbench.Finished end =
        bench.prepare("--input=" + bench.path("out"), "--output=" + bench.path("again"));
    assertThat(end.err(), end.code(), equalTo(ExitCode.SUCCEEDED));
    for (String split : List.of("train", "validation")) {
      assertThat(
          manifest("again").at("/rows/" + split), equalTo(manifest("out").at("/rows/" + split)));
    }
  }

  @Test
  void aLinkOfAnotherDatasetIsNotReadButTheShardOfTheManifest() throws IOException {
    Files.delete(bench.path(TRAIN));
    bench.write(TRAIN, "{\"messages\":[]}");
    Workbench.Finished end = bench.inspect("--input=" + bench.path("out"));
    assertThat(end.out(), containsString("39 rows"));
  }

  @Test
  void aShardThatIsMissingIsSaid() throws IOException {
    Files.walkFileTree(
        bench.path("out"),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (file.getFileName().toString().startsWith("train-")) {
              Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    Workbench.Finished end = bench.inspect("--input=" + bench.path("out"));
    assertThat(end.code(), equalTo(ExitCode.WRONG_USE));
    assertThat(
        end.err().strip(),
        endsWith(
            "train-00000-of-00001.jsonl is listed in the manifest of its dataset but missing; prepare"
                + " the dataset again with --overwrite"));
  }

  @Test
  void aManifestOfSomethingElseIsAFileLikeOthers() throws IOException {
    Path in = bench.write("in/manifest.json", "[{\"prompt\":\"a\",\"completion\":\"b\"}]");
    bench.write("in/rows.jsonl", "{\"prompt\":\"c\",\"completion\":\"d\"}");
    Workbench.Finished end = bench.inspect("--input=" + in.getParent());
    assertThat(end.out(), containsString("2 rows"));
  }
}
