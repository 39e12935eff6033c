package dev.tunebeam.runner.execute;

import dev.tunebeam.runner.plan.Consumer;
import dev.tunebeam.runner.spill.Values;
import java.util.List;
import org.apache.beam.sdk.values.WindowedValue;

/** Reads elements that were kept for a level. */
record StoredTask(List<Consumer> consumers, Values<WindowedValue<Object>> elements)
    implements Task {

  @Override
  public void run(Worker worker) {
    Receiver output = worker.inputOf(consumers);
    for (WindowedValue<Object> element : elements) {
      output.accept(element);
      worker.endElement();
    }
  }
}
