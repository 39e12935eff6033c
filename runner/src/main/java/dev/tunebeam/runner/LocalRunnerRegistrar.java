package dev.tunebeam.runner;

import java.util.List;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.runners.PipelineRunnerRegistrar;

/** Makes {@code --runner=LocalRunner} known. */
public final class LocalRunnerRegistrar implements PipelineRunnerRegistrar {

  @Override
  public Iterable<Class<? extends PipelineRunner<?>>> getPipelineRunners() {
    return List.of(LocalRunner.class);
  }
}
