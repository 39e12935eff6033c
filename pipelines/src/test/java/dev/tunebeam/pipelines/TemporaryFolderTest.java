package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path parent;

  private final String before = System.getProperty("java.io.tmpdir");

  @BeforeEach
  void leadToTheParent() {
    System.setProperty("java.io.tmpdir", parent.toString());
  }

  @AfterEach
  void leadBack() {
    System.setProperty("java.io.tmpdir", before);
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      return files.toList();
    }
  }

  @Test
  void theTemporaryFilesOfAJobAreInOneFolderThatIsDeleted() throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.open()) {
      assertThat(System.getProperty("java.io.tmpdir"), equalTo(folder.path().toString()));
      assertThat(entries(), equalTo(List.of(folder.path())));
      Files.createDirectories(folder.path().resolve("spark-1/blocks"));
      Files.writeString(folder.path().resolve("spark-1/blocks/0"), "block");
    }
    assertThat(entries(), empty());
    assertThat(System.getProperty("java.io.tmpdir"), equalTo(parent.toString()));
  }

  @Test
  void nobodyElseCanReadThem() throws IOException {
    Assumptions.assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    try (TemporaryFolder folder = TemporaryFolder.open()) {
      assertThat(
          PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())),
          equalTo("rwx------"));
    }
  }

  @Test
  void theFolderOfAKilledProcessIsDeletedByTheNextAndThatOfALiveOneIsNot() throws IOException {
    Path killed = Files.createDirectory(parent.resolve("tunebeam-run-1"));
    Files.writeString(killed.resolve("lock"), "");
    Files.writeString(killed.resolve("shard.run"), "rows");
    Path halfDeleted = Files.createDirectory(parent.resolve("tunebeam-run-2"));
    Files.setLastModifiedTime(halfDeleted, FileTime.from(Instant.EPOCH));
    Path justCreated = Files.createDirectory(parent.resolve("tunebeam-run-3"));
    Path others = Files.createDirectory(parent.resolve("spark-4"));

    try (TemporaryFolder live = TemporaryFolder.open()) {
      System.setProperty("java.io.tmpdir", parent.toString());
      try (TemporaryFolder second = TemporaryFolder.open()) {
        assertThat(entries(), containsInAnyOrder(justCreated, others, live.path(), second.path()));
      }
    }
    assertThat(entries(), containsInAnyOrder(justCreated, others));
  }

  @Test
  void aFolderThatIsMissingIsAnError() {
    System.setProperty("java.io.tmpdir", parent.resolve("missing").toString());
    IOException failure = assertThrows(IOException.class, TemporaryFolder::open);
    assertThat(failure.getMessage(), equalTo("there is no such folder"));
  }
}
