package dev.tunebeam.transforms.inspect;

/** What should not be in a training file. */
public enum SecretKind {
  EMAIL("e-mail address", Trait.EMAIL),
  PHONE("telephone number", Trait.PHONE),
  CARD("card number", Trait.CARD),
  IBAN("IBAN", Trait.IBAN),
  API_KEY("key", Trait.API_KEY);

  private final String title;
  private final Trait trait;

  SecretKind(String title, Trait trait) {
    this.title = title;
    this.trait = trait;
  }

  /** What stands in the place of a secret. */
  String mask() {
    return "[" + title + "]";
  }

  Trait trait() {
    return trait;
  }
}
