package dev.tunebeam.transforms.row;

import java.util.Map;

/**
 * One row of the input.
 *
 * @param source its position
 * @param raw its text in the file, for the rejects file; without the line ending
 * @param fields its values by name, in file order; a value is a String, a {@link JsonNumber}, a
 *     Boolean, null, a List or a Map of these
 */
public record Row(Source source, String raw, Map<String, Object> fields) {}
