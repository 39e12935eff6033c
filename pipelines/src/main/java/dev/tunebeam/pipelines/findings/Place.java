package dev.tunebeam.pipelines.findings;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A position in an input file.
 *
 * @param file as the user named it
 * @param position the line, or the element, from 1
 * @param note a remark, may be empty; never contains a secret
 * @param text the place in messages
 */
public record Place(String file, long position, String note, @JsonIgnore String text) {}
