package dev.tunebeam.launcher.evaluate;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tunebeam.dataset.yaml.DashedNames;

/** What a paired test says of a model against another one. */
public enum Verdict {
  /** It is better, with an error probability below 5 %. */
  BETTER,
  /** With 95 % confidence it is at most worse by the margin. */
  NOT_WORSE,
  /** It is worse, with an error probability below 5 %, and may be so by more than the margin. */
  WORSE,
  /** The rows are too few to tell. */
  NO_EVIDENCE;

  @JsonValue
  @Override
  public String toString() {
    return DashedNames.of(this);
  }
}
