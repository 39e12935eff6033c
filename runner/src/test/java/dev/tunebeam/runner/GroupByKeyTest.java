package dev.tunebeam.runner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GroupByKeyTest {

  @Property(tries = 10)
  void groupsAreThoseOfAMapWhenEverythingSpills(
      @ForAll @Size(max = 400) List<@IntRange(max = 60) Integer> keys) throws IOException {
    List<KV<String, String>> pairs = new ArrayList<>();
    Map<String, List<String>> expected = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      // Some keys and values longer than a page.
      String key = "k".repeat(keys.get(i) * 30);
      String value = i + "v".repeat(i % 7 == 0 ? 3_000 : i % 7);
      pairs.add(KV.of(key, value));
      expected.computeIfAbsent(key, unused -> new ArrayList<>()).add(value);
    }
    expected.values().forEach(Collections::sort);
    Path folder = Files.createTempDirectory("spill");
    Collector<KV<String, List<String>>> groups = new Collector<>();
    Pipeline pipeline = TestPipelines.create(folder, 1);
    pipeline
        .apply(Create.of(pairs).withCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of())))
        .apply(GroupByKey.create())
        .apply(ParDo.of(new SortTwice()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), ListCoder.of(StringUtf8Coder.of())))
        .apply(ParDo.of(groups));
    pipeline.run().waitUntilFinish();

    Map<String, List<String>> actual = new HashMap<>();
    groups.values().forEach(group -> actual.put(group.getKey(), group.getValue()));
    assertThat(actual, equalTo(expected));
    assertThat(groups.values().size(), equalTo(expected.size()));
    assertThat(folder.toFile().list(), arrayWithSize(0));
    Files.delete(folder);
  }

  @Test
  void oneKeyWithManyValuesIsReadFromDiskAsOftenAsItIsIterated(@TempDir Path folder) {
    Collector<Long> sums = new Collector<>();
    Pipeline pipeline = TestPipelines.create(folder, 1 << 18);
    pipeline
        .apply(GenerateSequence.from(0).to(300_000))
        .apply(WithKeys.of("the only one"))
        .apply(GroupByKey.create())
        .apply(ParDo.of(new SumTwice()))
        .apply(ParDo.of(sums));
    pipeline.run().waitUntilFinish();

    assertThat(sums.values(), contains(2 * 299_999L * 150_000L));
    assertThat(folder.toFile().list(), arrayWithSize(0));
  }

  @Test
  void moreKeysThanAreHeldAreCombinedToo(@TempDir Path folder) {
    Collector<KV<Integer, Integer>> sums = new Collector<>();
    Pipeline pipeline = TestPipelines.create(folder, 1 << 16);
    pipeline
        .apply(GenerateSequence.from(0).to(60_000))
        .apply(ParDo.of(new ModuloTenThousand()))
        .setCoder(KvCoder.of(VarIntCoder.of(), VarIntCoder.of()))
        .apply(Sum.integersPerKey())
        .apply(ParDo.of(sums));
    pipeline.run().waitUntilFinish();

    Map<Integer, Integer> actual = new HashMap<>();
    sums.values().forEach(sum -> actual.put(sum.getKey(), sum.getValue()));
    Map<Integer, Integer> expected = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      expected.put(i, 6);
    }
    assertThat(actual, equalTo(expected));
  }

  @Test
  void aKeyAndValuesWithoutBytesAreAGroup(@TempDir Path folder) {
    Collector<KV<Void, Long>> counts = new Collector<>();
    Pipeline pipeline = TestPipelines.create(folder, 1 << 16);
    pipeline
        .apply(
            Create.of(KV.of((Void) null, (Void) null), KV.of((Void) null, (Void) null))
                .withCoder(KvCoder.of(VoidCoder.of(), VoidCoder.of())))
        .apply(GroupByKey.create())
        .apply(ParDo.of(new CountValues()))
        .setCoder(KvCoder.of(VoidCoder.of(), VarLongCoder.of()))
        .apply(ParDo.of(counts));
    pipeline.run().waitUntilFinish();

    assertThat(counts.values(), equalTo(List.of(KV.of((Void) null, 2L))));
  }

  private static final class CountValues extends DoFn<KV<Void, Iterable<Void>>, KV<Void, Long>> {
    @ProcessElement
    public void processElement(
        @Element KV<Void, Iterable<Void>> group, OutputReceiver<KV<Void, Long>> out) {
      long count = 0;
      for (Iterator<Void> values = group.getValue().iterator(); values.hasNext(); values.next()) {
        count++;
      }
      out.output(KV.of(group.getKey(), count));
    }
  }

  private static final class SortTwice
      extends DoFn<KV<String, Iterable<String>>, KV<String, List<String>>> {
    @ProcessElement
    public void processElement(
        @Element KV<String, Iterable<String>> group, OutputReceiver<KV<String, List<String>>> out) {
      List<String> values = new ArrayList<>();
      group.getValue().forEach(values::add);
      List<String> again = new ArrayList<>();
      group.getValue().forEach(again::add);
      assertThat(again, equalTo(values));
      Collections.sort(values);
      out.output(KV.of(group.getKey(), values));
    }
  }

  private static final class SumTwice extends DoFn<KV<String, Iterable<Long>>, Long> {
    @ProcessElement
    public void processElement(
        @Element KV<String, Iterable<Long>> group, OutputReceiver<Long> out) {
      long sum = 0;
      for (int i = 0; i < 2; i++) {
        for (long value : group.getValue()) {
          sum += value;
        }
      }
      out.output(sum);
    }
  }

  private static final class ModuloTenThousand extends DoFn<Long, KV<Integer, Integer>> {
    @ProcessElement
    public void processElement(@Element Long number, OutputReceiver<KV<Integer, Integer>> out) {
      out.output(KV.of((int) (number % 10_000), 1));
    }
  }
}
