package dev.tunebeam.launcher.provider;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

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
      all.add(new DatasetFile.Shard(path, shard.length()));
      bytes += shard.length();
    }
    return new DatasetFile("train", all, 1, bytes, "0123456789abcdef".repeat(4), "0".repeat(32));
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
    assertThat(file("x").name(), is("tunebeam-train-0123456789abcdef.jsonl"));
  }
}
