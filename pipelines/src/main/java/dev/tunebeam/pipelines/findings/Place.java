package dev.tunebeam.pipelines.findings;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.tunebeam.transforms.read.input.InputFormat;

/**
 * A position in an input file.
 *
 * @param file as the user named it
 * @param position the line, or the element, from 1
 * @param note a remark, may be empty; never contains a secret
 * @param format of the file
 */
public record Place(String file, long position, String note, @JsonIgnore InputFormat format) {

  /** The place in messages. */
  public String text() {
    return format.place(file, position);
  }
}
