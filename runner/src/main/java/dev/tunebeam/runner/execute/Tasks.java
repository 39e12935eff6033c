package dev.tunebeam.runner.execute;

import dev.tunebeam.runner.metrics.JobMetrics;
import dev.tunebeam.runner.plan.CombineStep;
import dev.tunebeam.runner.plan.Consumer;
import dev.tunebeam.runner.plan.GroupStep;
import dev.tunebeam.runner.plan.ImpulseStep;
import dev.tunebeam.runner.plan.ParDoStep;
import dev.tunebeam.runner.plan.Plan;
import dev.tunebeam.runner.plan.ReadStep;
import dev.tunebeam.runner.plan.ReshuffleStep;
import dev.tunebeam.runner.plan.Step;
import dev.tunebeam.runner.plan.ViewStep;
import dev.tunebeam.runner.spill.Groups;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.options.PipelineOptions;

/** Divides what there is to read on a level between the workers. */
final class Tasks {

  private static final int PARTS_PER_WORKER = 8;
  private static final long LEAST_PART = 1 << 20;
  private static final long LARGEST_PART = 64 << 20;

  private final Plan plan;
  private final Stores stores;
  private final PipelineOptions options;
  private final JobMetrics metrics;

  Tasks(Plan plan, Stores stores, PipelineOptions options, JobMetrics metrics) {
    this.plan = plan;
    this.stores = stores;
    this.options = options;
    this.metrics = metrics;
  }

  List<Task> of(int level) throws Exception {
    List<Task> tasks = new ArrayList<>();
    for (Step step : plan.steps()) {
      if (step instanceof ImpulseStep impulse && plan.isReadOn(impulse, level)) {
        tasks.add(new ImpulseTask(impulse));
      } else if (step instanceof ReadStep read && plan.isReadOn(read, level)) {
        addParts(read, tasks);
      } else if (step instanceof GroupStep group && plan.isReadOn(group, level)) {
        Groups<Object> groups = stores.groups(group);
        largestFirst(groups).forEach(i -> tasks.add(new GroupTask(group, groups, i)));
      } else if (step instanceof CombineStep combine && plan.isReadOn(combine, level)) {
        Groups<Object> groups = stores.accumulators(combine);
        largestFirst(groups)
            .forEach(
                i -> tasks.add(new CombineTask(combine, groups, i, metrics.step(step.name()))));
      } else if (step instanceof ReshuffleStep shuffle && plan.isReadOn(shuffle, level)) {
        stores.elements(shuffle).segments().stream()
            .map(segment -> new StoredTask(plan.consumersOf(shuffle, level), segment))
            .forEach(tasks::add);
      } else if (step instanceof ParDoStep parDo && parDo.firstLevel() == level && level > 0) {
        stores.elements(parDo).segments().stream()
            .map(segment -> new StoredTask(List.of(parDo), segment))
            .forEach(tasks::add);
      }
    }
    return tasks;
  }

  private <T> void addParts(ReadStep read, List<Task> tasks) throws Exception {
    @SuppressWarnings("unchecked")
    BoundedSource<T> source = (BoundedSource<T>) read.source();
    MetricsContainer outer = MetricsEnvironment.setCurrentContainer(metrics.step(read.name()));
    try {
      long each =
          source.getEstimatedSizeBytes(options)
              / ((long) PARTS_PER_WORKER * stores.storage().workers());
      for (BoundedSource<T> part :
          source.split(Math.max(LEAST_PART, Math.min(LARGEST_PART, each)), options)) {
        tasks.add(new ReadTask(read, part, options, metrics.step(read.name())));
      }
    } finally {
      MetricsEnvironment.setCurrentContainer(outer);
    }
  }

  /** Partitions that are not empty; a large one that came last would be waited for. */
  private static List<Integer> largestFirst(Groups<?> groups) {
    return IntStream.range(0, groups.partitions())
        .filter(partition -> groups.bytes(partition) > 0)
        .boxed()
        .sorted(Comparator.<Integer>comparingLong(groups::bytes).reversed())
        .toList();
  }

  /** Gives back what is not read on a later level. */
  void closeReadOn(int level) {
    for (Step step : plan.steps()) {
      if (step instanceof Consumer consumer
          && !(step instanceof ViewStep)
          && plan.lastReadOf(consumer) == level) {
        stores.close(consumer);
      }
    }
  }
}
