package dev.tunebeam.launcher.provider;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tunebeam.launcher.provider.UploadParts.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class UploadPartsPropertyTest {

  private static DatasetFile file(List<Integer> shards) {
    List<DatasetFile.Shard> all = new ArrayList<>();
    long bytes = 0;
    for (int shard : shards) {
      all.add(new DatasetFile.Shard(Path.of("shard"), shard, "0".repeat(64)));
      bytes += shard;
    }
    return new DatasetFile("train", all, 1, bytes);
  }

  @Property
  void partsCoverTheFileWithinTheLimitAndEndWhereShardsEnd(
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 300) Integer> shards,
      @ForAll @IntRange(min = 1, max = 200) int largest) {
    DatasetFile file = file(shards);
    List<Part> parts = UploadParts.of(file, largest);
    Set<Long> ends = new TreeSet<>();
    long end = 0;
    for (int shard : shards) {
      end += shard;
      ends.add(end);
    }
    long next = 0;
    for (int number = 0; number < parts.size(); number++) {
      Part part = parts.get(number);
      assertThat(part.number(), is(number));
      assertThat(part.offset(), is(next));
      assertTrue(part.length() > 0 && part.length() <= largest, part.toString());
      next += part.length();
      // Only a shard that is larger than a part is cut.
      assertTrue(ends.contains(next) || part.length() == largest, part.toString());
    }
    assertThat(next, is(file.bytes()));
  }

  @Test
  void asManyWholeShardsAsFitAreAPart() {
    assertThat(
        UploadParts.of(file(List.of(30, 30, 50, 250, 10)), 100),
        contains(
            new Part(0, 0, 60),
            new Part(1, 60, 50),
            new Part(2, 110, 100),
            new Part(3, 210, 100),
            new Part(4, 310, 60)));
  }
}
