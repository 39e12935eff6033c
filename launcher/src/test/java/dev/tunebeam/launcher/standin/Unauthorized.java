package dev.tunebeam.launcher.standin;

/** The 401s: OpenAI's echo a part of the key that was sent. */
final class Unauthorized {
  private Unauthorized() {}

  static Refusal refusal(Call call) {
    String header = call.header("Authorization");
    String sent = header == null ? call.header("api-key") : header.replaceFirst("^Bearer ", "");
    if (sent == null || sent.isBlank()) {
      return new Refusal(
          401,
          "invalid_request_error",
          null,
          null,
          "You didn't provide an API key. You need to provide your API key in an Authorization"
              + " header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).");
    }
    String shown =
        sent.length() < 12
            ? "***"
            : sent.substring(0, 8) + "***" + sent.substring(sent.length() - 4);
    return new Refusal(
        401,
        "invalid_request_error",
        "invalid_api_key",
        null,
        "Incorrect API key provided: " + shown + ".");
  }
}
