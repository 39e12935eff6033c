package dev.tunebeam.transforms.shard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillingSorterTest {

  @Property
  void theOrderIsThatOfAPlainSortWhateverTheMemory(
      @ForAll @Size(max = 60) List<@Size(max = 40) byte[]> entries,
      @ForAll @LongRange(min = 0, max = 3000) long maxBytes)
      throws IOException {
    Path folder = Files.createTempDirectory("sorter-test");
    List<byte[]> expected = new ArrayList<>(entries);
    expected.sort(Arrays::compareUnsigned);

    try (SpillingSorter sorter = new SpillingSorter(maxBytes, folder)) {
      entries.forEach(sorter::add);
      Iterable<byte[]> sorted = sorter.sorted();

      assertThat(texts(sorted), equalTo(texts(expected)));
      assertThat("once more", texts(sorted), equalTo(texts(expected)));
      assertThat("asked again", texts(sorter.sorted()), equalTo(texts(expected)));
    }
    assertThat(files(folder), empty());
    Files.delete(folder);
  }

  @Property
  void oneSorterServesOneShardAfterTheOther(
      @ForAll @Size(max = 5) List<@Size(max = 30) List<@Size(max = 40) byte[]>> shards,
      @ForAll @LongRange(min = 0, max = 3000) long maxBytes)
      throws IOException {
    Path folder = Files.createTempDirectory("sorter-test");
    SpillingSorter sorter = new SpillingSorter(maxBytes, folder);
    for (List<byte[]> shard : shards) {
      List<byte[]> expected = new ArrayList<>(shard);
      expected.sort(Arrays::compareUnsigned);
      shard.forEach(sorter::add);

      assertThat(texts(sorter.sorted()), equalTo(texts(expected)));
      sorter.close();
      assertThat(texts(sorter.sorted()), empty());
      assertThat(files(folder), empty());
    }
    Files.delete(folder);
  }

  @Test
  void anEntryMayBeLargerThanAPage(@TempDir Path folder) {
    byte[] large = new byte[200_000];
    large[0] = 2;
    for (long maxBytes : new long[] {0, 1 << 20}) {
      try (SpillingSorter sorter = new SpillingSorter(maxBytes, folder)) {
        for (byte[] entry : List.of(bytes("b"), large, bytes("a"))) {
          sorter.add(entry);
        }
        assertThat(texts(sorter.sorted()), equalTo(texts(List.of(large, bytes("a"), bytes("b")))));
      }
    }
  }

  @Test
  void withinItsMemoryItWritesNoFile(@TempDir Path folder) throws IOException {
    try (SpillingSorter sorter = new SpillingSorter(1000, folder)) {
      sorter.add(bytes("b"));
      sorter.add(bytes("a"));

      assertThat(texts(sorter.sorted()), equalTo(texts(List.of(bytes("a"), bytes("b")))));
      assertThat(files(folder), empty());
    }
  }

  @Test
  void beyondItsMemoryItWritesAFileForEachFilling(@TempDir Path folder) throws IOException {
    try (SpillingSorter sorter = new SpillingSorter(200, folder)) {
      for (int i = 0; i < 9; i++) {
        sorter.add(new byte[60]);
      }
      // A byte string costs its length and 40: the third one is too much.
      assertThat(files(folder), hasSize(3));
    }
    assertThat(files(folder), empty());
  }

  @Test
  void filesGoEvenIfTheEntriesWereNotReadToTheEnd(@TempDir Path folder) throws IOException {
    try (SpillingSorter sorter = new SpillingSorter(0, folder)) {
      sorter.add(bytes("b"));
      sorter.add(bytes("a"));
      assertThat(sorter.sorted().iterator().next(), equalTo(bytes("a")));
    }
    assertThat(files(folder), empty());
  }

  @Test
  void twoPassesCanBeUnderWayAtOnce(@TempDir Path folder) {
    try (SpillingSorter sorter = new SpillingSorter(0, folder)) {
      sorter.add(bytes("b"));
      sorter.add(bytes("a"));
      Iterable<byte[]> sorted = sorter.sorted();
      Iterator<byte[]> ahead = sorted.iterator();
      ahead.next();

      assertThat(sorted.iterator().next(), equalTo(bytes("a")));
      assertThat(ahead.next(), equalTo(bytes("b")));
      assertThrows(NoSuchElementException.class, ahead::next);
    }
  }

  @Test
  void bytesAreComparedAsUnsignedAndAPrefixComesFirst(@TempDir Path folder) {
    List<byte[]> expected =
        List.of(new byte[0], new byte[] {1}, new byte[] {1, 0}, new byte[] {127}, new byte[] {-1});
    for (long maxBytes : new long[] {0, 1000}) {
      try (SpillingSorter sorter = new SpillingSorter(maxBytes, folder)) {
        for (int i = expected.size() - 1; i >= 0; i--) {
          sorter.add(expected.get(i));
        }
        assertThat(texts(sorter.sorted()), equalTo(texts(expected)));
      }
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamedWithWhatToDo(@TempDir Path folder) {
    Path missing = folder.resolve("missing");
    try (SpillingSorter sorter = new SpillingSorter(0, missing)) {
      Exception thrown = assertThrows(UncheckedIOException.class, () -> sorter.add(bytes("a")));

      assertThat(thrown.getMessage(), containsString("cannot sort a shard in " + missing));
      assertThat(thrown.getMessage(), containsString("-Djava.io.tmpdir"));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static List<String> texts(Iterable<byte[]> entries) {
    List<String> texts = new ArrayList<>();
    entries.forEach(entry -> texts.add(HexFormat.of().formatHex(entry)));
    return texts;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
