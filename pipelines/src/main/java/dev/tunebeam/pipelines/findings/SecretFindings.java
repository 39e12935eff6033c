package dev.tunebeam.pipelines.findings;

import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.inspect.Trait;
import java.util.List;

/** Findings about secrets and personal data; they give the place, never the text. */
final class SecretFindings {

  private static final String KEY_WHY =
      "A model repeats what it has learned; a user of it may get a working key.";

  private static final String PERSON_WHY =
      "A model repeats what it has learned, and the provider receives it: personal data.";

  private static final String ACTION =
      "Review these rows; mask or drop them before training, no recipe setting does that.";

  private SecretFindings() {}

  static List<Finding> of(Corpus corpus) {
    Inspection inspection = corpus.inspection();
    FindingList list = new FindingList(corpus);
    list.tally(
        "secret-key",
        inspection.with(Trait.API_KEY),
        "example contains",
        "examples contain",
        "what looks like an API key or token",
        KEY_WHY,
        "Revoke these keys, and remove them before training.");
    person(list, "card", inspection, Trait.CARD, "a card number with a valid check digit");
    person(list, "iban", inspection, Trait.IBAN, "an IBAN with valid check digits");
    person(list, "email", inspection, Trait.EMAIL, "an email address");
    person(list, "phone", inspection, Trait.PHONE, "a phone number");
    return list.list();
  }

  private static void person(
      FindingList list, String id, Inspection inspection, Trait trait, String what) {
    list.tally(
        "personal-" + id,
        inspection.with(trait),
        "example contains",
        "examples contain",
        what,
        PERSON_WHY,
        ACTION);
  }
}
