package dev.tunebeam.launcher.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A model that the provider lists today.
 *
 * @param shutdownDay the first day without it, null where none is announced
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LiveModel(String id, @Nullable String owner, @Nullable LocalDate shutdownDay) {}
