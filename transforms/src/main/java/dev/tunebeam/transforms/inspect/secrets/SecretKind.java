package dev.tunebeam.transforms.inspect.secrets;

/** A kind of secret or personal data that should not be in a training file. */
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

  /** The placeholder for a secret. */
  String mask() {
    return "[" + title + "]";
  }
}
