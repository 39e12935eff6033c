package dev.tunebeam.runner.spill;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.sameInstance;

import dev.tunebeam.runner.spill.GroupReader.Group;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerBuffersTest {

  /** The larger one is written first; the other, still being written, exceeds the budget. */
  @Test
  void groupsThatAreWrittenStayWhenAnotherBufferMustSpill(@TempDir Path folder) throws IOException {
    Storage storage = Storage.of(folder, 10_000, 1);
    WorkerBuffers buffers = new WorkerBuffers(storage);
    try (Groups<String> first = new Groups<>(storage, StringUtf8Coder.of(), 1);
        Groups<String> second = new Groups<>(storage, StringUtf8Coder.of(), 1)) {
      GroupBuffer<String> written = first.buffer(buffers);
      GroupBuffer<String> writing = second.buffer(buffers);
      written.add(bytes("large"), "x".repeat(9_000));
      written.finish();
      for (String value : List.of("a", "b", "c")) {
        writing.add(bytes(value), value.repeat(3_000));
      }
      writing.finish();
      assertThat(read(first), contains("large=9000"));
      assertThat(read(second), contains("a=3000", "b=3000", "c=3000"));
    }
  }

  @Test
  void valuesThatAreWrittenStayWhenAnotherBufferMustSpill(@TempDir Path folder) throws IOException {
    WorkerBuffers buffers = new WorkerBuffers(Storage.of(folder, 10_000, 1));
    try (StoredValues<String> first = new StoredValues<>(StringUtf8Coder.of());
        StoredValues<String> second = new StoredValues<>(StringUtf8Coder.of())) {
      StoreBuffer<String> written = first.buffer(buffers);
      StoreBuffer<String> writing = second.buffer(buffers);
      written.add("x".repeat(9_000));
      written.finish();
      for (String value : List.of("a", "b", "c")) {
        writing.add(value.repeat(3_000));
      }
      writing.finish();
      assertThat(first.all(), contains("x".repeat(9_000)));
      assertThat(second.all(), contains("a".repeat(3_000), "b".repeat(3_000), "c".repeat(3_000)));
    }
  }

  @Test
  void pagesThatAreGivenBackHoldTheNextValues(@TempDir Path folder) throws IOException {
    Storage storage = Storage.of(folder, 10_000, 1);
    byte[] page = storage.budget().takePage();
    Arrays.fill(page, (byte) 'x');
    storage.budget().releasePages(List.of(page));
    PagedBytes next = new PagedBytes(storage.budget());
    next.writeLong(7);
    assertThat(next.page(0), sameInstance(page));
    assertThat(next.getLong(0), equalTo(7L));
    next.clear();
    WorkerBuffers buffers = new WorkerBuffers(storage);
    try (Groups<String> groups = new Groups<>(storage, StringUtf8Coder.of(), 1)) {
      GroupBuffer<String> written = groups.buffer(buffers);
      for (int i = 0; i < 9; i++) {
        written.add(bytes("key"), "a".repeat(3_000 + i)); // spills in between
      }
      written.finish();
      assertThat(
          read(groups),
          containsInAnyOrder(
              IntStream.range(0, 9).mapToObj(i -> "key=" + (3_000 + i)).toArray(String[]::new)));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Each key with the length of its value. */
  private static List<String> read(Groups<String> groups) throws IOException {
    List<String> read = new ArrayList<>();
    GroupReader<String> reader = groups.read(0);
    for (Group<String> group = reader.next(); group != null; group = reader.next()) {
      for (String value : group.values()) {
        read.add(new String(group.key(), StandardCharsets.UTF_8) + "=" + value.length());
      }
    }
    return read;
  }
}
