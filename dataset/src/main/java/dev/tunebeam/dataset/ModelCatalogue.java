package dev.tunebeam.dataset;

import dev.tunebeam.dataset.terminal.Nearest;
import dev.tunebeam.dataset.yaml.StrictYaml;
import dev.tunebeam.dataset.yaml.StrictYaml.BadYamlException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The current and past models for fine-tuning, with limits, prices and dates. Immutable; in file
 * order, with models added by the user last.
 *
 * <p>Independent of the current date: see {@link Model#trainableOn}.
 */
public final class ModelCatalogue {

  /**
   * The model of a recipe that names none: open to new accounts, no end announced, and the price of
   * each of its methods is the provider's own. No such model is counted without a tokenizer.json.
   */
  public static final String DEFAULT_MODEL = "fireworks/qwen3p5-9b";

  private static final String RESOURCE = "models.yaml";
  private static final int SUGGESTIONS = 3;

  /**
   * {@code ft:gpt-4.1-mini-2025-04-14:acme::abc}, {@code ada:ft-acme-2023-03-01} of GPT-3, {@code
   * gpt-4.1-mini-2025-04-14.ft-abc} of Azure.
   */
  private static final Pattern FINE_TUNED =
      Pattern.compile(
          "(?<provider>[a-z]+/)?(?:ft:(?<base>[^:]+)(?::.*)?|(?<old>[^:]+?)(?::|\\.)ft-.*)");

  private final List<Model> models;
  private final Map<String, Model> byName = new LinkedHashMap<>();

  private ModelCatalogue(List<Model> models) {
    this.models = List.copyOf(models);
    for (Model model : models) {
      byName.putIfAbsent(model.name(), model);
      byName.putIfAbsent(model.id(), model);
    }
    for (Model model : models) {
      for (String alias : model.aliases()) {
        byName.putIfAbsent(model.provider() + "/" + alias, model);
        byName.putIfAbsent(alias, model);
      }
    }
  }

  /** The catalogue that comes with tunebeam. */
  public static ModelCatalogue standard() {
    try (InputStream in =
        Objects.requireNonNull(ModelCatalogue.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      CatalogueRow.Rows rows = StrictYaml.read(in, RESOURCE, CatalogueRow.Rows.class);
      return new ModelCatalogue(List.of()).with(rows.models(), RESOURCE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * This catalogue with the rows of a user's file: a row overrides, key by key, the model that
   * {@link #find} returns for its id and provider, or is added if there is none.
   *
   * @throws BadYamlException if the file is missing or invalid, with file, line and fix
   */
  public ModelCatalogue overriddenBy(Path file) {
    return with(StrictYaml.read(file, CatalogueRow.Rows.class).models(), file.toString());
  }

  /** As {@link #overriddenBy(Path)}, for files on other file systems. */
  public ModelCatalogue overriddenBy(String yaml, String name) {
    return with(StrictYaml.read(yaml, name, CatalogueRow.Rows.class).models(), name);
  }

  /** This catalogue with the prices of training on datasets of a format. */
  public ModelCatalogue pricedFor(Format format) {
    return new ModelCatalogue(models.stream().map(model -> model.pricedFor(format)).toList());
  }

  /** All models in order. */
  public List<Model> models() {
    return models;
  }

  /**
   * The model of a name: an id or an alias, optionally prefixed with {@code provider/}, or the name
   * of a fine-tuned model, which resolves to its base model. If several providers share a name, the
   * first row wins.
   *
   * @throws UnknownModelException if there is none
   */
  public Model find(String name) {
    Model model = lookUp(name);
    if (model != null) {
      return model;
    }
    throw new UnknownModelException(
        "unknown model '%s'%s; see docs/tokens-and-price.md; --prices=FILE adds one."
            .formatted(name, suggestion(name)));
  }

  private @Nullable Model lookUp(String name) {
    Model model = byName.get(name);
    if (model != null) {
      return model;
    }
    Matcher tuned = FINE_TUNED.matcher(name);
    if (!tuned.matches()) {
      return null;
    }
    String base = tuned.group("base") == null ? tuned.group("old") : tuned.group("base");
    return byName.get(Objects.requireNonNullElse(tuned.group("provider"), "") + base);
  }

  /** {@code (did you mean a or b?)}, empty if no name is similar. */
  private String suggestion(String name) {
    Set<String> known = new TreeSet<>(byName.keySet());
    if (!name.contains("/")) {
      known.removeIf(candidate -> candidate.contains("/"));
    }
    List<String> near = new ArrayList<>();
    while (near.size() < SUGGESTIONS) {
      Optional<String> next = Nearest.of(name, known);
      if (next.isEmpty()) {
        break;
      }
      near.add(next.get());
      known.remove(next.get());
    }
    return near.isEmpty() ? "" : " (did you mean " + String.join(" or ", near) + "?)";
  }

  private ModelCatalogue with(List<CatalogueRow> rows, String file) {
    List<Model> merged = new ArrayList<>(models);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < rows.size(); i++) {
      CatalogueRow row = rows.get(i);
      Model base = lookUp(row.provider() == null ? row.id() : row.provider() + "/" + row.id());
      try {
        Model model = base == null ? added(row, file) : row.over(base, file);
        if (!seen.add(model.name())) {
          throw new IllegalArgumentException("duplicate row for " + model.name());
        }
        if (base == null) {
          merged.add(model);
        } else {
          merged.set(models.indexOf(base), model);
        }
      } catch (IllegalArgumentException e) {
        throw new BadYamlException(
            file,
            0,
            "models",
            String.format(Locale.ROOT, "models[%d], id %s: %s", i, row.id(), e.getMessage()));
      }
    }
    return new ModelCatalogue(merged);
  }

  private Model added(CatalogueRow row, String file) {
    if (!row.missing().isEmpty() && !models.isEmpty()) {
      throw new IllegalArgumentException(
          "no such model%s; to add it, set also %s"
              .formatted(suggestion(row.id()), String.join(", ", row.missing())));
    }
    return row.model(file);
  }
}
