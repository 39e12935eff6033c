package dev.tunebeam.runner.execute;

import java.util.List;
import org.apache.beam.sdk.values.WindowedValue;

/** Takes elements, by reference: none is copied or encoded between two functions. */
interface Receiver {

  void accept(WindowedValue<Object> value);

  static Receiver toAll(List<Receiver> receivers) {
    if (receivers.size() == 1) {
      return receivers.get(0);
    }
    Receiver[] all = receivers.toArray(Receiver[]::new);
    return value -> {
      for (Receiver receiver : all) {
        receiver.accept(value);
      }
    };
  }
}
