package dev.tunebeam.pipelines.prepare;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.WithKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorMessagesTest {

  @Test
  void aFullDiskIsNamedWhateverIsAroundIt() {
    String full =
        "the disk is full; free some space, or move the temporary files with"
            + " TUNEBEAM_OPTS=-Djava.io.tmpdir=FOLDER";
    assertThat(
        ErrorMessages.cause(
            new RuntimeException(
                new IllegalStateException("x", new IOException("No space left on device")))),
        equalTo(full));
    // Spark hands a failure of a task over as a text.
    assertThat(
        ErrorMessages.cause(
            new RuntimeException(
                "Job aborted due to stage failure: Task 1 in stage 0.0 failed 1 times\n"
                    + "Caused by: java.io.IOException: No space left on device\n\tat a.B.c()")),
        equalTo(full));
    assertThat(ErrorMessages.cause(new IOException("Disk quota exceeded")), equalTo(full));
  }

  @Test
  void aSpillFolderThatCannotBeWrittenIsNamedWithTheFlag(@TempDir Path temp) throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "");
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--runner=LocalRunner", "--spillLocation=" + file, "--localBufferBytes=1")
                .create());
    pipeline.apply(Create.of(1, 2, 3)).apply(WithKeys.of("key")).apply(GroupByKey.create());
    Exception failure = assertThrows(Exception.class, () -> pipeline.run().waitUntilFinish());
    assertThat(
        ErrorMessages.cause(failure),
        equalTo(
            "cannot write to the spill folder %s: %s. Free space there, or name another folder with --spillLocation."
                .formatted(file, file)));
  }

  @Test
  void tooSmallAHeapIsNamedWithTheFlag() {
    for (Throwable failure :
        List.of(
            new RuntimeException(new OutOfMemoryError("Java heap space")),
            new OutOfMemoryError("GC overhead limit exceeded"),
            new IllegalArgumentException("[INVALID_DRIVER_MEMORY] System memory 1 must be …"))) {
      assertThat(
          ErrorMessages.cause(failure),
          equalTo("out of memory; raise the heap size with TUNEBEAM_OPTS=-Xmx4g"));
    }
  }

  @Test
  void theInnermostCauseSpeaks() {
    assertThat(
        ErrorMessages.cause(new RuntimeException("outer", new IOException("inner\nmore"))),
        equalTo("inner"));
    assertThat(ErrorMessages.cause(new IllegalStateException()), equalTo("IllegalStateException"));
    assertThat(
        ErrorMessages.cause(new RuntimeException(new AccessDeniedException("/a"))),
        equalTo("permission denied: /a"));
    assertThat(
        ErrorMessages.cause(new RuntimeException(new NoSuchFileException("/a"))),
        equalTo("no such file: /a"));
  }

  @Test
  void aFolderBelowAFileCannotBeWritten(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThat(
        ErrorMessages.cannotWrite(file.resolve("a/b").toString(), new IOException("x")),
        equalTo(file + " is a file, not a folder"));
    assertThat(
        ErrorMessages.cannotWrite(
            folder.resolve("a").toString(), new IOException("Unable to create parent directories")),
        equalTo("the folder cannot be created"));
    assertThat(
        ErrorMessages.cannotWrite("s3a://bucket/a", new IOException("no such bucket")),
        equalTo("no such bucket"));
  }
}
