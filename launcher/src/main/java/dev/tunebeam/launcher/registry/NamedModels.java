package dev.tunebeam.launcher.registry;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The models of a name.
 *
 * @param current the one that has it
 * @param previous those that had it before, the last one first: where a rollback leads
 * @param rolledBack those that a rollback took it from, the last one first
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NamedModels(
    PromotedModel current, List<PromotedModel> previous, List<PromotedModel> rolledBack) {

  /** Copies; rejects missing keys. */
  public NamedModels {
    requireNonNull(current, "the key 'current' is missing");
    previous = previous == null ? List.of() : List.copyOf(previous);
    rolledBack = rolledBack == null ? List.of() : List.copyOf(rolledBack);
  }

  /** With another model, after those of before, if any. */
  static NamedModels promoted(PromotedModel model, @Nullable NamedModels before) {
    return before == null
        ? new NamedModels(model, List.of(), List.of())
        : new NamedModels(model, first(before.current, before.previous), before.rolledBack);
  }

  /** With the model before the current one. */
  NamedModels back(Instant when) {
    return new NamedModels(
        previous.get(0),
        previous.subList(1, previous.size()),
        first(current.rolledBackAt(when), rolledBack));
  }

  /** With another record of the current model. */
  NamedModels with(PromotedModel same) {
    return new NamedModels(same, previous, rolledBack);
  }

  /** The last rollback that took the name from a model; null if there is none. */
  public @Nullable Instant rolledBack(PromotedModel model) {
    return rolledBack.stream()
        .filter(model::isSameAs)
        .map(PromotedModel::rolledBack)
        .findFirst()
        .orElse(null);
  }

  private static List<PromotedModel> first(PromotedModel one, List<PromotedModel> rest) {
    return Stream.concat(Stream.of(one), rest.stream()).toList();
  }
}
