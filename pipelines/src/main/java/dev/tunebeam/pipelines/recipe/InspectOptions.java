package dev.tunebeam.pipelines.recipe;

import org.apache.beam.sdk.options.Default;
import org.jspecify.annotations.Nullable;

/** The flags of {@code inspect}: all of {@code prepare}, and those that stand here. */
public interface InspectOptions extends PrepareOptions {

  /** See {@link Setting#text}. */
  @Setting(group = Group.RUN, value = "FILE", text = "Write what was found as JSON too.")
  @Nullable String getJson();

  /** See the getter. */
  void setJson(@Nullable String value);

  /** See {@link Setting#text}. */
  @Setting(
      group = Group.RUN,
      value = "FILE",
      text = "Write the recipe that does what is recommended, for prepare.")
  @Nullable String getRecipeOut();

  /** See the getter. */
  void setRecipeOut(@Nullable String value);

  /** See {@link Setting#text}. */
  @Setting(group = Group.RUN, value = "", text = "Take all recommendations without asking.")
  @Default.Boolean(false)
  boolean isYes();

  /** See the getter. */
  void setYes(boolean value);
}
