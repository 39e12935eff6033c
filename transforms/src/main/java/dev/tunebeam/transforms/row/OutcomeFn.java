package dev.tunebeam.transforms.row;

import org.apache.beam.sdk.transforms.DoFn;

/**
 * A stage that processes one value at a time: anything but a value is passed on unchanged, and a
 * {@link RejectException} becomes a rejected row.
 */
public abstract class OutcomeFn<I, O> extends DoFn<Outcome<I>, Outcome<O>> {

  /** The value for the next stage; throws {@link RejectException} for an invalid one. */
  protected abstract O apply(I value);

  /** The rejected row for a value. */
  protected abstract Rejected reject(I value, Reason reason, String message);

  @ProcessElement
  public void process(@Element Outcome<I> outcome, OutputReceiver<Outcome<O>> out) {
    I value = outcome.value();
    if (value == null) {
      out.output(outcome.passOn());
      return;
    }
    Outcome<O> next;
    try {
      next = Outcome.of(apply(value));
    } catch (RejectException e) {
      next = Outcome.rejected(reject(value, e.reason(), e.getMessage()));
    }
    out.output(next);
  }
}
