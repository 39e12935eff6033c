package dev.tunebeam.transforms.read;

import java.util.List;
import java.util.Locale;

/** Recognizes the usual names of splits. A pure function. */
final class SplitNames {

  private static final List<String> TRAIN = List.of("train", "training");

  /** The best first: a test split is for the end. */
  private static final List<String> VALIDATION =
      List.of("validation", "valid", "val", "dev", "eval", "test");

  private SplitNames() {}

  /** Flags that name the rows among arrays; the first if none has the name of a train split. */
  static String flags(List<String> arrays) {
    String train = first(TRAIN, arrays);
    String validation = first(VALIDATION, arrays);
    return "--rows="
        + (train.isEmpty() ? arrays.get(0) : train)
        + (train.isEmpty() || validation.isEmpty() ? "" : " --validationRows=" + validation);
  }

  private static String first(List<String> names, List<String> arrays) {
    for (String name : names) {
      for (String array : arrays) {
        if (array.toLowerCase(Locale.ROOT).equals(name)) {
          return array;
        }
      }
    }
    return "";
  }
}
