package dev.tunebeam.pipelines.findings;

import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.inspect.Trait;
import java.util.List;

/** Secrets and personal data; they are told by place, never by text. */
final class SecretFindings {

  private static final String KEY_WHY =
      "A model repeats what it has learned; whoever asks it may get a key that works.";

  private static final String PERSON_WHY =
      "A model repeats what it has learned, and the provider gets it: personal data.";

  private static final String ACTION =
      "Look at these rows; mask or drop them before training. No recipe does that for you.";

  private SecretFindings() {}

  static List<Finding> of(Corpus corpus) {
    Inspection inspection = corpus.inspection();
    FindingList list = new FindingList(corpus);
    list.tally(
        "secret-key",
        inspection.with(Trait.API_KEY),
        "example holds",
        "examples hold",
        "what looks like a key or token",
        KEY_WHY,
        "Revoke these keys, and take them out before training.");
    person(list, "card", inspection, Trait.CARD, "a card number whose check digit is right");
    person(list, "iban", inspection, Trait.IBAN, "an IBAN whose check digits are right");
    person(list, "email", inspection, Trait.EMAIL, "an e-mail address");
    person(list, "phone", inspection, Trait.PHONE, "a telephone number");
    return list.list();
  }

  private static void person(
      FindingList list, String id, Inspection inspection, Trait trait, String what) {
    list.tally(
        "personal-" + id,
        inspection.with(trait),
        "example holds",
        "examples hold",
        what,
        PERSON_WHY,
        ACTION);
  }
}
