package dev.tunebeam.runner.execute;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;

/** Elements with timestamp and pane; most have none, and take one byte more than their value. */
final class ElementCoder extends CustomCoder<WindowedValue<Object>> {

  private static final int VALUE_ONLY = 0;
  private static final int FULL = 1;

  private final Coder<Object> valueCoder;
  private final Coder<WindowedValue<Object>> fullCoder;

  ElementCoder(Coder<Object> valueCoder) {
    this.valueCoder = valueCoder;
    this.fullCoder = WindowedValues.getFullCoder(valueCoder, GlobalWindow.Coder.INSTANCE);
  }

  @Override
  public void encode(WindowedValue<Object> element, OutputStream out) throws IOException {
    if (element.getTimestamp().equals(BoundedWindow.TIMESTAMP_MIN_VALUE)
        && element.getPaneInfo().equals(PaneInfo.NO_FIRING)) {
      out.write(VALUE_ONLY);
      valueCoder.encode(element.getValue(), out);
    } else {
      out.write(FULL);
      fullCoder.encode(element, out);
    }
  }

  @Override
  public WindowedValue<Object> decode(InputStream in) throws IOException {
    return in.read() == VALUE_ONLY
        ? WindowedValues.valueInGlobalWindow(valueCoder.decode(in))
        : fullCoder.decode(in);
  }
}
