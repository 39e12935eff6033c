package dev.tunebeam.pipelines.prepare;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.pipelines.recipe.Recipe;
import dev.tunebeam.pipelines.recipe.ResolvedRecipe;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InputNamesTest {

  private static final Path WORKING = Path.of("").toAbsolutePath();

  @Test
  void aFileIsNamedFromTheWorkingFolderOnAsItsFlagIs() {
    InputNames names = names("", "data/*.csv", "../more/a.csv");
    assertThat(names.name(WORKING.resolve("data/b.csv").toString()), equalTo("data/b.csv"));
    assertThat(
        names.name(WORKING.resolveSibling("more/a.csv").toString()), equalTo("../more/a.csv"));
    assertThat(names.fromWorkingFolder("data/b.csv"), equalTo("data/b.csv"));
  }

  @Test
  void aFileIsNamedFromTheRecipesFolderOnAndReachedThroughIt() {
    InputNames names = names("recipes/", "tickets.csv");
    String path = WORKING.resolve("recipes/tickets.csv").toString();
    assertThat(names.name(path), equalTo("tickets.csv"));
    assertThat(names.fromWorkingFolder("tickets.csv"), equalTo("recipes/tickets.csv"));
  }

  @Test
  void anAbsolutePathStays() {
    InputNames names = names("recipes/", "/data/*.csv", "tickets.csv");
    assertThat(names.name("/data/a.csv"), equalTo("/data/a.csv"));
    assertThat(names.fromWorkingFolder("/data/a.csv"), equalTo("/data/a.csv"));
  }

  @Test
  void anAddressStaysUnlessTheRecipeIsThereToo() {
    assertThat(names("", "s3a://b/x/*.csv").name("s3a://b/x/a.csv"), equalTo("s3a://b/x/a.csv"));
    InputNames below = names("s3a://b/", "x/*.csv");
    assertThat(below.name("s3a://b/x/a.csv"), equalTo("x/a.csv"));
    assertThat(below.fromWorkingFolder("x/a.csv"), equalTo("s3a://b/x/a.csv"));
  }

  /** The names for inputs that a recipe in a folder has; absolute ones are reached as they are. */
  private static InputNames names(String prefix, String... inputs) {
    List<String> reached =
        List.of(inputs).stream()
            .map(input -> input.startsWith("/") || input.contains(":") ? input : prefix + input)
            .toList();
    return InputNames.of(
        new ResolvedRecipe(
            Recipe.of(Map.of("input", List.of(inputs))),
            reached,
            List.of(),
            List.of(),
            null,
            null,
            null,
            "out"));
  }
}
