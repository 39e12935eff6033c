package dev.tunebeam.transforms.normalize;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Which of a row's fields become what, as Mustache templates; null where the recipe says nothing.
 * With neither prompt nor completion, a row with {@code messages} is a conversation; otherwise the
 * fields {@code prompt} and {@code completion} stand in for what is not named.
 *
 * @param prompt what the model is given
 * @param completion what it is to answer
 * @param system the system message; a conversation with one of its own keeps that
 * @param className the class that the split is stratified by
 */
public record Mapping(
    @Nullable String prompt,
    @Nullable String completion,
    @Nullable String system,
    @Nullable String className)
    implements Serializable {

  public static final Mapping NONE = new Mapping(null, null, null, null);
}
