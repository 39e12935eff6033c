package dev.tunebeam.pipelines.gates;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A figure that differs from that of the previous dataset by so much that it is worth a look.
 *
 * @param measure what it is, in words
 * @param unit how it is written
 * @param before that of the previous dataset; null where the figure is a difference itself
 * @param now that of the dataset; shares are from 0 to 1, prices in dollars
 * @param note what it stands for; null for nothing
 */
public record Change(
    String measure,
    @JsonIgnore Unit unit,
    @JsonInclude(Include.NON_NULL) @Nullable BigDecimal before,
    BigDecimal now,
    @JsonInclude(Include.NON_NULL) @Nullable String note) {

  /** The figure before as a person reads it; empty if there is none. */
  public String beforeText() {
    return before == null ? "" : unit.figure(before, now);
  }

  /** The figure of the dataset as a person reads it. */
  public String nowText() {
    return unit.figure(now, before == null ? BigDecimal.ZERO : before);
  }
}
