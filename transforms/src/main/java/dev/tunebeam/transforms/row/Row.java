package dev.tunebeam.transforms.row;

import java.util.Map;

/**
 * One row of the input.
 *
 * @param source where it stands
 * @param raw its text as it stood in the file, for the rejects file; without the line end
 * @param fields its values by name, in the order of the file; a value is a String, a {@link
 *     JsonNumber}, a Boolean, null, a List or a Map of the same
 */
public record Row(Source source, String raw, Map<String, Object> fields) {}
