package dev.tunebeam.transforms.row;

import org.apache.beam.sdk.transforms.DoFn;

/**
 * A stage that works on one value at a time: what is no value is passed on as it is, and a {@link
 * RejectException} becomes a rejected row.
 */
public abstract class OutcomeFn<I, O> extends DoFn<Outcome<I>, Outcome<O>> {

  /** The value that the next stage gets; throws {@link RejectException} for a bad one. */
  protected abstract O apply(I value);

  /** What goes into the rejects file for a value. */
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
