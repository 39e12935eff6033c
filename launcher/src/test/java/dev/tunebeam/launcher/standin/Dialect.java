package dev.tunebeam.launcher.standin;

/** One provider's API over the shared state. */
public interface Dialect {
  /** Where the API is mounted: the beginning of its paths, such as {@code /v1/}. */
  String prefix();

  /** True where the request carries the key in the way of this provider. */
  boolean authorized(Call call, String key);

  /** Does what is asked; {@link Refusal} where the provider would refuse. */
  Answer answer(Call call);

  /** A refusal in this provider's envelope. */
  Answer refuse(Refusal refusal);

  /** The key as {@code Authorization: Bearer}. */
  static boolean bearer(Call call, String key) {
    return ("Bearer " + key).equals(call.header("Authorization"));
  }
}
