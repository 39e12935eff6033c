package dev.tunebeam.launcher.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A model in the provider's current list.
 *
 * @param shutdownDay the first day without it, null if none is announced
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LiveModel(String id, @Nullable String owner, @Nullable LocalDate shutdownDay) {}
