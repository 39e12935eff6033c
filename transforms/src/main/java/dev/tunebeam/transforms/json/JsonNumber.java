package dev.tunebeam.transforms.json;

import java.io.Serializable;

/** A JSON number, kept as text so that 1.0 stays 1.0 and 1e5 stays 1e5. */
public record JsonNumber(String text) implements Serializable {

  @Override
  public String toString() {
    return text;
  }
}
