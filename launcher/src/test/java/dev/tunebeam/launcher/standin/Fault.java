package dev.tunebeam.launcher.standin;

import java.time.Duration;
import java.util.Map;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with one request.
 *
 * @param name for a test's message and {@link Recorded#fault()}
 * @param effect whether the provider does what was asked
 * @param delivery what of the request is read and what of the answer is sent
 * @param instead sent instead of the true answer, if anything is
 * @param delay waited between effect and answer
 */
public record Fault(
    String name, boolean effect, Delivery delivery, @Nullable Answer instead, Duration delay) {

  /** How far the exchange gets. */
  public enum Delivery {
    /** The whole request is read, the whole answer is sent. */
    WHOLE,
    /** The connection ends after half of the request's body. */
    HALF_REQUEST,
    /** The whole request is read, then the connection ends. */
    NO_ANSWER,
    /** The connection ends after half of the answer's body; its Content-Length tells the whole. */
    HALF_ANSWER,
    /** The connection stays open and silent until the stand-in is closed. */
    SILENCE
  }

  /** Answers this, without effect. */
  public static Fault answer(int status, Map<String, String> headers, String body) {
    return instead(
        "answer " + status, false, new Answer(status, headers, ByteString.encodeUtf8(body)));
  }

  /** A 500 (or 502, 503, 408, 409 …) in OpenAI's envelope, without effect. */
  public static Fault serverError(int status) {
    return instead("error " + status, false, serverAnswer(status));
  }

  /** The same after the effect: the file or job is there. */
  public static Fault errorAfterEffect(int status) {
    return instead("error " + status + " after effect", true, serverAnswer(status));
  }

  /** The effect, then the connection is dropped without an answer. */
  public static Fault lostAnswer() {
    return cut("lost answer", true, Delivery.NO_ANSWER);
  }

  /** The request is read, has no effect, and the connection is dropped. */
  public static Fault droppedRequest() {
    return cut("dropped request", false, Delivery.NO_ANSWER);
  }

  /** The connection ends while the client still sends; no effect. */
  public static Fault resetInRequest() {
    return cut("reset in request", false, Delivery.HALF_REQUEST);
  }

  /** The effect, then half of the answer. */
  public static Fault resetInAnswer() {
    return cut("reset in answer", true, Delivery.HALF_ANSWER);
  }

  /** The effect, then a wait before the answer. */
  public static Fault slow(Duration delay) {
    return new Fault("slow by " + delay, true, Delivery.WHOLE, null, delay);
  }

  /** The effect, then silence until the client gives up. */
  public static Fault stall() {
    return cut("stall", true, Delivery.SILENCE);
  }

  /** Silence without effect. */
  public static Fault stallBeforeEffect() {
    return cut("stall before effect", false, Delivery.SILENCE);
  }

  /** 429, to be tried again after {@code retryAfterSeconds}; null leaves the header out. */
  public static Fault rateLimited(@Nullable Integer retryAfterSeconds) {
    Answer answer =
        Answer.openAiError(
            new Refusal(
                429, "requests", "rate_limit_exceeded", null, "Rate limit reached for requests."));
    return instead(
        "429",
        false,
        retryAfterSeconds == null
            ? answer
            : answer.with("Retry-After", String.valueOf(retryAfterSeconds)));
  }

  /** 429 that no short wait helps. */
  public static Fault dailyRateLimit() {
    return refusal(
        new Refusal(
            429,
            "invalid_request_error",
            "daily_rate_limit_exceeded",
            null,
            "This fine-tune request has been rate-limited. Your organization has reached the"
                + " maximum of 48 requests per 24 hours."));
  }

  /** 403: this organization may not train any more. */
  public static Fault trainingNotAvailable() {
    return refusal(
        new Refusal(
            403,
            "invalid_request_error",
            "training_not_available",
            null,
            "Fine-tuning is no longer available for your organization."));
  }

  /** Any refusal in OpenAI's envelope, without effect. */
  public static Fault refusal(Refusal refusal) {
    return instead(refusal.status() + " " + refusal.code(), false, Answer.openAiError(refusal));
  }

  /** The effect, then a 200 that is not JSON to its end. */
  public static Fault malformedJson() {
    return instead(
        "malformed JSON", true, Answer.text(200, "application/json", "{\"id\": \"stand-in-"));
  }

  /** A proxy's 502 page, without effect. */
  public static Fault htmlPage() {
    return instead(
        "502 page",
        false,
        Answer.text(
            502,
            "text/html",
            "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad"
                + " Gateway</h1></center></body></html>"));
  }

  private static Answer serverAnswer(int status) {
    return Answer.openAiError(
        new Refusal(
            status,
            "server_error",
            null,
            null,
            "The server had an error while processing your request. Sorry about that!"));
  }

  private static Fault instead(String name, boolean effect, Answer answer) {
    return new Fault(name, effect, Delivery.WHOLE, answer, Duration.ZERO);
  }

  private static Fault cut(String name, boolean effect, Delivery delivery) {
    return new Fault(name, effect, delivery, null, Duration.ZERO);
  }
}
