package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.Model;
import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.UnknownModelException;
import dev.tunebeam.pipelines.recipe.Recipe;
import dev.tunebeam.pipelines.recipe.ResolvedRecipe;
import dev.tunebeam.pipelines.recipe.UsageException;
import dev.tunebeam.transforms.files.BeamFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** From a recipe to the plan of a job; reads prices, tokenizer and the first rows. */
public final class JobPlanning {

  private JobPlanning() {}

  /** The catalogue, with the prices of a file if one is given. */
  public static ModelCatalogue catalogue(@Nullable String prices) {
    ModelCatalogue standard = ModelCatalogue.standard();
    if (prices == null) {
      return standard;
    }
    try {
      return standard.overriddenBy(
          new String(BeamFiles.read(prices), StandardCharsets.UTF_8), prices);
    } catch (IOException e) {
      throw new UsageException("--prices: cannot read " + ErrorMessages.cause(e));
    }
  }

  /** Finds the input and plans the job. */
  public static PreparePlan plan(ResolvedRecipe resolved, ModelCatalogue catalogue) {
    Recipe recipe = resolved.recipe();
    Model model = model(recipe, catalogue);
    ModelEncoding encoding = ModelEncoding.of(model, resolved.tokenizer());
    // Its tables are built beside the planning: the first task would wait for them.
    Preload.start(encoding.encoding()::newCounter);
    return plan(JobInput.find(resolved), model, encoding);
  }

  /** Plans another recipe for the same model; reads the first rows again only if they differ. */
  public static PreparePlan plan(ResolvedRecipe resolved, PreparePlan before) {
    return plan(before.job().with(resolved), before.model(), before.encoding());
  }

  private static PreparePlan plan(JobInput job, Model model, ModelEncoding encoding) {
    try {
      return PreparePlan.of(job, model, encoding);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static Model model(Recipe recipe, ModelCatalogue catalogue) {
    try {
      return catalogue.find(recipe.model());
    } catch (UnknownModelException e) {
      if (!recipe.model().equals(recipe.launch().catalogueName())) {
        throw e;
      }
      throw new UsageException(
          "launch.model: %s Or set the key model to the one to count and price for."
              .formatted(e.getMessage()));
    }
  }
}
