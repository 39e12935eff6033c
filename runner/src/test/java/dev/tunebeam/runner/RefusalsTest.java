package dev.tunebeam.runner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;

final class RefusalsTest {

  @Test
  void stateIsRefused() {
    assertRefused(
        pairs -> pairs.apply("Remember", ParDo.of(new Remember())), "Remember", "state [");
  }

  @Test
  void timersAreRefused() {
    assertRefused(pairs -> pairs.apply("Wake", ParDo.of(new Wake())), "Wake", "timers");
  }

  @Test
  void bundleFinalizersAreRefused() {
    assertRefused(
        pairs -> pairs.apply("Finalize", ParDo.of(new Finalize())),
        "Finalize",
        "a bundle finalizer");
  }

  @Test
  void windowsAreRefused() {
    assertRefused(
        pairs -> pairs.apply("Days", Window.into(FixedWindows.of(Duration.standardDays(1)))),
        "Days",
        "windows (");
  }

  @Test
  void triggersAreRefused() {
    assertRefused(
        pairs ->
            pairs
                .apply(
                    Window.<KV<Integer, Integer>>configure()
                        .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                        .withAllowedLateness(Duration.ZERO)
                        .discardingFiredPanes())
                .apply("Group", GroupByKey.create()),
        "Group",
        "a trigger (");
  }

  @Test
  void timestampCombinersAreRefused() {
    assertRefused(
        pairs ->
            pairs
                .apply(
                    Window.<KV<Integer, Integer>>configure()
                        .withTimestampCombiner(TimestampCombiner.EARLIEST))
                .apply("Group", GroupByKey.create()),
        "Group",
        "a timestamp combiner (EARLIEST)");
  }

  @Test
  void unboundedReadsAreRefused() {
    assertRefused(
        pairs -> pairs.getPipeline().apply("Endless", GenerateSequence.from(0)),
        "Endless",
        "an unbounded collection");
  }

  @Test
  void aPipelineThatIsRefusedIsAsItWas() {
    Pipeline pipeline = TestPipelines.create();
    pipeline.apply("Endless", GenerateSequence.from(0));
    assertThrows(UnsupportedOperationException.class, pipeline::run);
    // Nothing was replaced in it, so the answer is the same.
    String again = assertThrows(UnsupportedOperationException.class, pipeline::run).getMessage();
    assertThat(again, containsString("Endless"));
  }

  private static void assertRefused(
      Consumer<PCollection<KV<Integer, Integer>>> step, String name, String feature) {
    Pipeline pipeline = TestPipelines.create();
    step.accept(
        pipeline.apply(
            Create.of(KV.of(1, 2)).withCoder(KvCoder.of(VarIntCoder.of(), VarIntCoder.of()))));
    String message = assertThrows(UnsupportedOperationException.class, pipeline::run).getMessage();
    assertThat(message, containsString(name));
    assertThat(message, containsString(": " + feature));
    assertThat(message, containsString("--runner=DirectRunner"));
  }

  static final class Remember extends DoFn<KV<Integer, Integer>, Integer> {
    @StateId("last")
    final StateSpec<ValueState<Integer>> last = StateSpecs.value(VarIntCoder.of());

    @ProcessElement
    public void processElement(@StateId("last") ValueState<Integer> state) {
      state.clear();
    }
  }

  static final class Wake extends DoFn<KV<Integer, Integer>, Integer> {
    @TimerId("alarm")
    final TimerSpec alarm = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    @ProcessElement
    public void processElement() {}

    @OnTimer("alarm")
    public void onAlarm() {}
  }

  static final class Finalize extends DoFn<KV<Integer, Integer>, Integer> {
    @ProcessElement
    public void processElement(BundleFinalizer finalizer) {}
  }
}
