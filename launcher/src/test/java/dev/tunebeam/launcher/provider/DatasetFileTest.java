package dev.tunebeam.launcher.provider;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFileTest {

  @TempDir private Path folder = Path.of("");

  private DatasetFile file(String... shards) throws Exception {
    List<DatasetFile.Shard> all = new ArrayList<>();
    long bytes = 0;
    for (String shard : shards) {
      Path path = Files.writeString(folder.resolve("shard-" + all.size()), shard);
      all.add(
          new DatasetFile.Shard(
              path, shard.length(), Scripted.sha256(shard.getBytes(StandardCharsets.UTF_8))));
      bytes += shard.length();
    }
    return new DatasetFile("train", all, 1, bytes);
  }

  @Test
  void itsShardsAreReadOneBehindTheOtherFromAnyPlaceOn() throws Exception {
    DatasetFile file = file("one\n", "", "two\n", "three\n");
    String whole = "one\ntwo\nthree\n";
    for (int offset = 0; offset <= whole.length(); offset++) {
      try (InputStream in = file.open(offset)) {
        assertThat(
            new String(in.readAllBytes(), StandardCharsets.UTF_8), is(whole.substring(offset)));
      }
      try (InputStream in = file.open(offset)) {
        assertThat(in.read(), is(offset == whole.length() ? -1 : (int) whole.charAt(offset)));
      }
    }
  }

  @Test
  void itsNameTellsItsContent() throws Exception {
    // printf x | sha256sum; of two shards, the same of their hashes, a line each
    assertThat(file("x").name(), is("tunebeam-train-2d711642b726b044.jsonl"));
    assertThat(file("x", "y").name(), is("tunebeam-train-7f395d7422a497f6.jsonl"));
  }

  @Test
  void theLastBytesOfAShardThatChangedAreNotHandedOut() throws Exception {
    DatasetFile file = file("one\n", "two\n");
    Files.writeString(folder.resolve("shard-1"), "twO\n");
    for (int offset = 0; offset < 8; offset++) {
      try (InputStream in = file.open(offset)) {
        in.skipNBytes(Math.max(0, 4 - offset));
        DatasetChangedException changed =
            assertThrows(DatasetChangedException.class, in::readAllBytes);
        assertThat(
            changed.text(),
            is(
                "%s does not match its SHA-256 in the manifest; prepare the dataset again with --overwrite"
                    .formatted(folder.resolve("shard-1"))));
      } catch (DatasetChangedException beforeTheOffset) {
        assertThat(offset > 7, is(true));
      }
    }
    Files.writeString(folder.resolve("shard-1"), "tw");
    assertThrows(DatasetChangedException.class, file::verified);
    Files.delete(folder.resolve("shard-1"));
    assertThat(
        assertThrows(DatasetChangedException.class, file::verified).text(),
        is(
            "%s is listed in the manifest but missing; prepare the dataset again with --overwrite"
                .formatted(folder.resolve("shard-1"))));
  }
}
