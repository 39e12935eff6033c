package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.Inferred;
import dev.tunebeam.pipelines.recipe.Recipe;
import dev.tunebeam.pipelines.recipe.ResolvedRecipe;
import dev.tunebeam.transforms.normalize.dialect.FolderProposal;
import dev.tunebeam.transforms.read.InputFiles;
import dev.tunebeam.transforms.read.NamedSplits;
import dev.tunebeam.transforms.read.SeveralArraysException;
import dev.tunebeam.transforms.read.input.InputFile;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.read.input.UnusableInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a job. If the recipe says nothing about the validation split and the names of the
 * files, or of the arrays of a JSON file, give one, that one is taken.
 *
 * @param resolved the recipe, with the split that was found
 * @param options how to read
 * @param files the files, with those of the validation split behind the others
 * @param names names of the files
 * @param inferred the split that was found, by recipe key
 * @param proposals the same as a question
 */
record JobInput(
    ResolvedRecipe resolved,
    ReadOptions options,
    InputFiles files,
    InputNames names,
    SortedMap<String, List<Inferred>> inferred,
    List<Proposal> proposals) {

  private static final int FILES_NAMED = 3;

  private static final int FILES_OF_A_CLASS = 5;

  /** Finds the input of a recipe. */
  static JobInput find(ResolvedRecipe resolved) {
    JobInput input = withSplits(resolved);
    List<String> folders = input.files.folders();
    // A file of many lines is not one text; corpora of one text a file have many.
    boolean texts =
        input.resolved.recipe().rows() == null
            && input.files.areTexts()
            && FolderProposal.areClasses(folders)
            && input.files.files().size() >= FILES_OF_A_CLASS * folders.size();
    return texts ? input.ofWholeTexts() : input;
  }

  private JobInput ofWholeTexts() {
    JobInput whole =
        with(
            resolved.with(
                changed(resolved, Map.of("rows", ReadOptions.WHOLE_FILE)),
                resolved.input(),
                resolved.validationInput()));
    whole.inferred.put(
        "rows",
        List.of(Inferred.of(ReadOptions.WHOLE_FILE, "many text files in folders of classes")));
    return whole;
  }

  private static JobInput withSplits(ResolvedRecipe resolved) {
    ReadOptions options = options(resolved.recipe());
    if (!resolved.recipe().leavesValidationOpen()) {
      return of(resolved, options, found(resolved, options));
    }
    try {
      InputFiles files = InputFiles.find(resolved.input(), options);
      NamedSplits splits =
          NamedSplits.ofFiles(files.files().stream().map(InputFile::path).toList());
      return splits == null
          ? of(resolved, options, files)
          : ofFiles(resolved, options, files, splits);
    } catch (SeveralArraysException e) {
      NamedSplits splits = NamedSplits.ofArrays(e.arrays());
      if (splits == null) {
        throw e;
      }
      return ofArrays(resolved, splits, e);
    }
  }

  /** The files for a recipe that differs in other settings; they are read again if need be. */
  JobInput with(ResolvedRecipe changed) {
    ReadOptions newOptions = options(changed.recipe());
    return new JobInput(
        changed,
        newOptions,
        newOptions.equals(options) ? files : found(changed, newOptions),
        names,
        inferred,
        proposals);
  }

  private static JobInput of(ResolvedRecipe resolved, ReadOptions options, InputFiles files) {
    return new JobInput(
        resolved, options, files, InputNames.of(resolved), new TreeMap<>(), List.of());
  }

  private static InputFiles found(ResolvedRecipe resolved, ReadOptions options) {
    InputFiles input = InputFiles.find(resolved.input(), options);
    String rows = resolved.recipe().validationRows();
    return resolved.validationInput().isEmpty()
        ? input
        : input.with(
            InputFiles.find(
                resolved.validationInput(), rows == null ? options : options.withRows(rows)));
  }

  private static JobInput ofFiles(
      ResolvedRecipe resolved, ReadOptions options, InputFiles files, NamedSplits splits) {
    InputNames names = InputNames.of(resolved);
    List<String> all = named(files.files().stream().map(InputFile::path).toList(), names);
    List<String> train = FileGlob.of(named(splits.train(), names), all);
    List<String> validation = FileGlob.of(named(splits.validation(), names), all);
    ResolvedRecipe given =
        resolved.with(
            changed(resolved, Map.of("input", train, "validationInput", validation)),
            train.stream().map(names::fromWorkingFolder).toList(),
            validation.stream().map(names::fromWorkingFolder).toList());
    String left =
        left(splits.rest().isEmpty() ? List.of() : FileGlob.of(named(splits.rest(), names), all));
    SortedMap<String, List<Inferred>> inferred = new TreeMap<>();
    inferred.put(
        "validationInput", List.of(Inferred.of(shown(validation), "by the names of files" + left)));
    return new JobInput(
        given,
        options,
        files.of(splits),
        InputNames.of(given),
        inferred,
        List.of(
            new Proposal(
                "The files look like given splits: train on %s, hold out %s%s. Use them?"
                    .formatted(shown(train), shown(validation), left),
                "choose the files with --input and --validationInput, or hold out a share of all"
                    + " with --validation=0.1")));
  }

  private static JobInput ofArrays(
      ResolvedRecipe resolved, NamedSplits splits, SeveralArraysException instead) {
    String train = splits.train().get(0);
    String validation = splits.validation().get(0);
    ResolvedRecipe given =
        resolved.with(
            changed(resolved, Map.of("rows", train, "validationRows", validation)),
            resolved.input(),
            resolved.input());
    ReadOptions options = options(given.recipe());
    String left = left(splits.rest());
    SortedMap<String, List<Inferred>> inferred = new TreeMap<>();
    inferred.put("rows", List.of(Inferred.of(train, "the name of a split")));
    inferred.put("validationRows", List.of(Inferred.of(validation, "the name of a split" + left)));
    InputFiles files;
    try {
      files = found(given, options);
    } catch (UnusableInputException e) {
      // Other files have other arrays, or none.
      throw instead;
    }
    return new JobInput(
        given,
        options,
        files,
        InputNames.of(given),
        inferred,
        List.of(
            new Proposal(
                "The arrays look like given splits: train on %s, hold out %s%s. Use them?"
                    .formatted(train, validation, left),
                "choose the arrays with --rows and --validationRows")));
  }

  private static Recipe changed(ResolvedRecipe resolved, Map<String, Object> settings) {
    Map<String, Object> values = new LinkedHashMap<>(resolved.recipe().values());
    values.putAll(settings);
    return Recipe.of(values);
  }

  private static List<String> named(List<String> paths, InputNames names) {
    return paths.stream().map(names::name).toList();
  }

  private static String left(List<String> rest) {
    return rest.isEmpty()
        ? ""
        : "; " + shown(rest) + (rest.size() == 1 ? " is" : " are") + " left out";
  }

  private static String shown(List<String> names) {
    int more = names.size() - FILES_NAMED;
    return String.join(", ", names.subList(0, Math.min(FILES_NAMED, names.size())))
        + (more > 0 ? String.format(Locale.ROOT, " and %d more", more) : "");
  }

  private static ReadOptions options(Recipe recipe) {
    return ReadOptions.defaults()
        .withFormat(recipe.inputFormat())
        .withCharset(recipe.charset())
        .withFieldSeparator(recipe.fieldSeparator())
        .withSheet(recipe.sheet())
        .withRows(recipe.rows())
        .withMaxRowBytes(Math.toIntExact(recipe.maxRowBytes()))
        .withChanges(recipe.changes());
  }
}
