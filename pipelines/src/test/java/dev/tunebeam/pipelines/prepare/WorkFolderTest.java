package dev.tunebeam.pipelines.prepare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkFolderTest {

  @TempDir private Path folder = Path.of("");

  private static PipelineOptions in(String tempLocation) {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setTempLocation(tempLocation);
    FileSystems.setDefaultPipelineOptions(options);
    return options;
  }

  private static void write(String file) throws IOException {
    try (WritableByteChannel channel =
        FileSystems.create(FileSystems.matchNewResource(file, false), "text/plain")) {
      channel.write(ByteBuffer.wrap("{}".getBytes(UTF_8)));
    }
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void jobsWithOneTempLocationDoNotTakeTheReportOfAnother() throws IOException {
    PipelineOptions options = in(folder.toString());
    try (WorkFolder first = WorkFolder.create(options, "dry-run-")) {
      write(first.path() + "report.json");
      try (WorkFolder second = WorkFolder.create(options, "dry-run-")) {
        assertThat(second.path(), is(not(first.path())));
        write(second.path() + "report.json");
      }
      assertThat(Files.readString(Path.of(first.path(), "report.json")), is("{}"));
    }
    assertThat(left(), is(empty()));
  }

  @Test
  void aJobThatFailsBeforeItWritesLeavesNothing() throws IOException {
    WorkFolder.create(in(folder.toString()), "dry-run-").close();
    assertThat(left(), is(empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory://bucket/temp", "memory://bucket/temp/"})
  void nothingIsLeftInAnObjectStore(String tempLocation) throws IOException {
    try (WorkFolder work = WorkFolder.create(in(tempLocation), "dry-run-")) {
      write(work.path() + "report.json");
      assertThat(
          ObjectStore.keys("memory://bucket/"),
          contains(startsWith("memory://bucket/temp/dry-run-")));
    }
    assertThat(ObjectStore.keys("memory://bucket/"), is(empty()));
  }
}
