package dev.tunebeam.dataset.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a setting, once for its flag, the help, the JSON Schema and the reference. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD})
public @interface Setting {
  /** Where it belongs. */
  Group group();

  /** What it means, in sentences that stand behind the name. */
  String text();

  /** What stands for the value in the help, {@code FILE}. */
  String value() default "";

  /** What holds where it is not set and the job decides. */
  String unset() default "";

  /**
   * Whether {@code \n}, {@code \t} and {@code \\} in its flag are escapes, and empty is a value.
   */
  boolean escapes() default false;
}
