package dev.tunebeam.launcher.standin;

import org.jspecify.annotations.Nullable;

/** A request that the provider refuses; each dialect words it in its own envelope. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final String type;
  private final @Nullable String param;
  private final @Nullable String code;

  /**
   * A refusal.
   *
   * @param type OpenAI's error type
   * @param param the parameter at fault, if one is
   * @param code OpenAI's error code, if there is one
   */
  public Refusal(
      int status, String type, @Nullable String code, @Nullable String param, String message) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
    this.code = code;
    this.param = param;
  }

  /** A 400 for a parameter. */
  static Refusal badRequest(@Nullable String param, @Nullable String code, String message) {
    return new Refusal(400, "invalid_request_error", code, param, message);
  }

  /** A 404. */
  static Refusal notFound(@Nullable String param, @Nullable String code, String message) {
    return new Refusal(404, "invalid_request_error", code, param, message);
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }

  @Nullable String param() {
    return param;
  }

  @Nullable String code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
