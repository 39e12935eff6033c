package dev.tunebeam.transforms.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FolderFilesTest {

  enum Kind {
    LOCAL,
    REMOTE,
    /** Hadoop's own file system of this machine stands for HDFS. */
    HADOOP;

    FolderFiles at(Path folder) {
      return switch (this) {
        case LOCAL -> new LocalFolder(folder.toString());
        case REMOTE -> new RemoteFolder(folder.toString());
        case HADOOP -> new HadoopFolder(folder.toString(), new Configuration());
      };
    }
  }

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @EnumSource
  void aFileIsCreatedOnlyIfThereIsNoneAndReplacedWithoutRemains(Kind kind) throws IOException {
    FolderFiles files = kind.at(folder);
    assertThat(files.read("lock"), nullValue());
    assertThat(files.create("lock", "first".getBytes(UTF_8)), is(true));
    assertThat(files.create("lock", "second".getBytes(UTF_8)), is(false));
    assertThat(new String(files.read("lock"), UTF_8), equalTo("first"));
    files.replace("lock", "third".getBytes(UTF_8));
    assertThat(Files.readString(folder.resolve("lock")), equalTo("third"));
    assertThat(names(), equalTo(List.of("lock")));
  }

  @ParameterizedTest
  @EnumSource
  void filesAreMovedListedAndDeletedInFoldersOfIt(Kind kind) throws IOException {
    FolderFiles files = kind.at(folder);
    files.create("a", "a".getBytes(UTF_8));
    files.move(List.of("a"), List.of(".data-1/a"));
    files.sync(List.of(".data-1/a"));
    assertThat(new String(files.read(".data-1/a"), UTF_8), equalTo("a"));
    assertThat(files.list(".data-*/*"), equalTo(List.of(".data-1/a")));
    assertThat(files.list("a*"), equalTo(List.of()));
    assertThat(files.list("none-*/*"), equalTo(List.of()));
    boolean linked = files.link(List.of(".data-1/a"));
    assertThat(linked, is(kind == Kind.LOCAL));
    assertThat(files.list("a*"), equalTo(linked ? List.of("a") : List.of()));
    files.delete(List.of("a", ".data-1/a", ".data-1/none", ".data-1/"));
    assertThat(names(), equalTo(List.of()));
  }

  @Test
  void moreThanTenThousandFilesHaveNoLinks() throws IOException {
    assertThat(Kind.LOCAL.at(folder).link(Collections.nCopies(10_001, ".data-1/a")), is(false));
  }

  @Test
  void aFileThatIsNotThereCannotBeSynced() throws IOException {
    Path file = folder.resolve("a");
    assertThrows(NoSuchFileException.class, () -> BeamFiles.sync(file.toString()));
    Files.writeString(file, "a");
    BeamFiles.sync(file.toString());
    assertThat(Files.readString(file), equalTo("a"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> !name.endsWith(".crc")) // Hadoop's checksums
          .toList();
    }
  }
}
