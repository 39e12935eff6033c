package dev.tunebeam.transforms.compare;

import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.fingerprint.ExampleFingerprints;
import dev.tunebeam.transforms.row.Source;
import org.jspecify.annotations.Nullable;

/** Compared texts for tests. */
final class Texts {

  static final Comparison BY_EXAMPLE = new Comparison(0.8, NearBy.EXAMPLE);

  private Texts() {}

  static ComparedText text(String text) {
    return of(NearBy.EXAMPLE, Example.ofPair(new Source(0, 0, 1), "", null, null, text, null));
  }

  static ComparedText pair(String prompt, String completion) {
    return pair(prompt, completion, null);
  }

  static ComparedText pair(String prompt, String completion, @Nullable String className) {
    return of(NearBy.EXAMPLE, example(prompt, completion, className));
  }

  static Example example(String prompt, String completion, @Nullable String className) {
    return Example.ofPair(new Source(0, 0, 1), "", null, prompt, completion, className);
  }

  static ComparedText of(NearBy by, Example example) {
    ExampleFingerprints fingerprints = ExampleFingerprints.of(example).shuffled(42);
    return new ComparedTexts(by).of(example, fingerprints, fingerprints.prompt(), false);
  }

  static Relation relation(ComparedText a, ComparedText b) {
    return BY_EXAMPLE.of(a, b).relation();
  }
}
