package dev.tunebeam.pipelines.recipe;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a key of the recipe or a flag, once for the reference, the JSON Schema and the help.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD})
@interface Setting {
  /** Where it belongs. */
  Group group();

  /** What it means, in sentences that stand behind the name. */
  String text();

  /** What stands for the value in the help, {@code FILE}. */
  String value() default "";

  /** What holds where it is not set and the job decides. */
  String unset() default "";
}
