package dev.tunebeam.transforms.inspect.secrets;

/** What should not be in a training file. */
public enum SecretKind {
  EMAIL("e-mail address"),
  PHONE("telephone number"),
  CARD("card number"),
  IBAN("IBAN"),
  API_KEY("key");

  private final String title;

  SecretKind(String title) {
    this.title = title;
  }

  /** What stands in the place of a secret. */
  String mask() {
    return "[" + title + "]";
  }
}
