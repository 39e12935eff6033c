package dev.tunebeam.launcher.command;

import dev.tunebeam.launcher.evaluate.Comparison;
import dev.tunebeam.launcher.evaluate.Verdict;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** When a new model gets the name of another one. */
enum PromotionCondition {
  NOT_WORSE,
  BETTER;

  /** Why a model does not get the name, in a sentence; null if it does. */
  @Nullable String refusal(Comparison comparison) {
    List<Comparison.OfClass> worse = comparison.classes(Verdict.WORSE);
    return switch (comparison.verdict()) {
      case WORSE -> "it is worse";
      case NO_EVIDENCE -> "there is no evidence that it is not worse";
      case BETTER, NOT_WORSE ->
          !worse.isEmpty()
              ? "its recall is worse for "
                  + worse.stream().map(Comparison.OfClass::label).collect(Collectors.joining(", "))
              : this == BETTER && comparison.verdict() != Verdict.BETTER
                  ? "it is not worse, but not better either"
                  : null;
    };
  }

  /** Reads a condition. */
  static final class Name implements ITypeConverter<PromotionCondition> {
    @Override
    public PromotionCondition convert(String name) {
      return switch (name) {
        case "not-worse" -> NOT_WORSE;
        case "better" -> BETTER;
        default -> throw new TypeConversionException("not-worse or better, not '" + name + "'");
      };
    }
  }
}
