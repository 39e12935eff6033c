package dev.tunebeam.launcher.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.Waiting;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one provider and repeats them where that helps and does no harm.
 *
 * <p>Repeated after a wait ({@link Backoff}): what surely took no effect (no connection, 429), and
 * for requests that may be repeated also lost connections, time limits, 408, 5xx and answers that
 * are no JSON. A request that may not be repeated ends with an {@link UncertainException} instead.
 * Final are the other 4xx ({@link RefusedException}), and quotas that end tomorrow or with a
 * payment. When patience is at its end the exit code is {@link ExitCode#TRY_LATER}. No message
 * holds the key. Thread-safe.
 *
 * <p>One file because what is repeated and what is final is one table of cases.
 */
public final class Http {

  /** Codes of 429 that no short wait ends. */
  private static final Set<String> DAILY = Set.of("daily_rate_limit_exceeded");

  private static final int NO_CONTENT = 204;

  private static final Set<String> UNPAID =
      Set.of("insufficient_quota", "billing_hard_limit_reached", "billing_not_active");

  private final OkHttpClient client;
  private final HttpUrl base;
  private final Authorization authorization;
  private final Backoff backoff;
  private final Waiting waiting;
  private final Clock clock;
  private final RandomGenerator random = RandomGenerator.getDefault();

  /**
   * A way to a provider.
   *
   * @param client is used with its pool and time limits; it repeats nothing on its own here
   * @param base ends with a slash
   * @param waiting is told of each wait
   */
  public Http(
      OkHttpClient client,
      HttpUrl base,
      Authorization authorization,
      Backoff backoff,
      Waiting waiting,
      Clock clock) {
    this.client = OneTry.of(client);
    this.base = base;
    this.authorization = authorization;
    this.backoff = backoff;
    this.waiting = waiting;
    this.clock = clock;
  }

  /** Where the provider's answer may lead to without the key: a signed address. */
  public record Redirect(HttpUrl location, okhttp3.Headers headers) {}

  /** The JSON of the answer. */
  public JsonNode json(ApiRequest request) {
    return repeated(
        sending(request),
        response -> {
          notMoved(request, response);
          JsonNode json =
              response.code() == NO_CONTENT ? Json.object() : Json.parse(response.body().string());
          if (json == null) {
            throw new IOException("the answer is no JSON");
          }
          return json;
        });
  }

  /** The bytes of the answer, in memory. */
  public byte[] bytes(ApiRequest request) {
    return repeated(
        sending(request),
        response -> {
          notMoved(request, response);
          return response.body().bytes();
        });
  }

  /** The key goes to the address that the user knows, and to no other. */
  private void notMoved(ApiRequest request, Response response) {
    if (response.isRedirect()) {
      HttpUrl to = response.request().url().resolve(response.header("Location", ""));
      throw new RefusedException(
          response.code(),
          "",
          hidden(
              "%s: %d, the answer points to %s, where the key is not sent; is the address %s right?"
                  .formatted(
                      request.name(),
                      response.code(),
                      to == null ? "nowhere" : to.newBuilder().query(null).build(),
                      base)));
    }
  }

  /** Where the answer, a redirect, points to. */
  public Redirect redirect(ApiRequest request) {
    return repeated(
        sending(request),
        response -> {
          String location = response.header("Location");
          HttpUrl url = location == null ? null : response.request().url().resolve(location);
          if (url == null) {
            throw new IOException("the answer redirects to nowhere");
          }
          return new Redirect(url, response.headers());
        });
  }

  /** Sends bytes to a signed address, without the key. A second time does no harm. */
  public void put(HttpUrl signed, okhttp3.RequestBody body, okhttp3.Headers headers) {
    Request.Builder put = new Request.Builder().url(safe(signed)).headers(headers).put(body);
    repeated(new Sending(put.build(), "PUT to " + signed.host(), true), response -> true);
  }

  /** Reads a signed address, without the key; the bytes are in memory. */
  public byte[] bytes(HttpUrl signed) {
    Request get = new Request.Builder().url(safe(signed)).build();
    return repeated(
        new Sending(get, "GET from " + signed.host(), true), response -> response.body().bytes());
  }

  /** Nobody may read on the way what the provider itself gets encrypted. */
  private HttpUrl safe(HttpUrl signed) {
    if (base.isHttps() && !signed.isHttps()) {
      throw new LauncherException(
          ExitCode.REFUSED,
          "%s points to an address without encryption, %s: nothing is sent there"
              .formatted(base.host(), signed.host()));
    }
    return signed;
  }

  /**
   * A request on its way.
   *
   * @param name what messages call it; without a signature
   */
  private record Sending(Request request, String name, boolean repeatable) {}

  private Sending sending(ApiRequest request) {
    return new Sending(request(request), request.name(), request.repeatable());
  }

  private interface Reader<T> {
    T read(Response response) throws IOException;
  }

  private <T> T repeated(Sending request, Reader<T> reader) {
    Instant start = clock.instant();
    for (int repetition = 1; ; repetition++) {
      String why;
      @Nullable Throwable cause = null;
      @Nullable Duration asked = null;
      try (Response response = client.newCall(request.request()).execute()) {
        if (response.code() < 400) {
          return reader.read(response);
        }
        why = failure(request, response);
        asked = retryAfter(response);
      } catch (IOException e) {
        why = "%s: %s".formatted(request.name(), words(e, request.request().url().host()));
        cause = e;
        if (!request.repeatable() && !neverSent(e)) {
          throw new UncertainException(hidden(why), e);
        }
      }
      Duration delay = backoff.delay(repetition, random);
      delay = asked == null || asked.compareTo(delay) < 0 ? delay : asked;
      Duration spent = Duration.between(start, clock.instant());
      if (spent.plus(delay).compareTo(backoff.patience()) > 0) {
        throw new LauncherException(
            ExitCode.TRY_LATER,
            hidden(why)
                + (asked == null ? "" : "; it asks to wait for " + asked.toSeconds() + " s")
                + "; the same command goes on from here later",
            cause);
      }
      waiting.announce(hidden(why), delay);
      try {
        waiting.sleep(delay);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LauncherException(ExitCode.TRY_LATER, "interrupted while waiting", e);
      }
    }
  }

  private Request request(ApiRequest request) {
    HttpUrl.Builder url = base.newBuilder().addPathSegments(request.path());
    request.query().forEach(entry -> url.addQueryParameter(entry.getKey(), entry.getValue()));
    return new Request.Builder()
        .url(url.build())
        .header(authorization.header(), authorization.value())
        .header("Accept", "application/json")
        .method(request.method(), request.body())
        .build();
  }

  /** Why the request is worth repeating; throws if it is not. */
  private String failure(Sending request, Response response) throws IOException {
    int status = response.code();
    ApiError error = ApiError.parse(response.body().string());
    String said = "%s: %d %s".formatted(request.name(), status, error.message());
    if (status == 429) {
      if (UNPAID.contains(error.code())) {
        throw refused(request, status, error, said + "; see to the account's billing");
      }
      if (DAILY.contains(error.code())) {
        throw new LauncherException(
            ExitCode.TRY_LATER,
            hidden(said) + "; a daily limit: the same command goes on tomorrow");
      }
      return said;
    }
    if (status != 408 && status < 500) {
      throw refused(request, status, error, said);
    }
    if (!request.repeatable()) {
      throw new UncertainException(hidden(said), null);
    }
    return said;
  }

  private RefusedException refused(Sending request, int status, ApiError error, String said) {
    boolean withKey = request.request().header(authorization.header()) != null;
    String advice =
        switch (withKey ? status : 0) {
          case 401 -> "; the key is not accepted: " + authorization.advice();
          case 403 -> "; this key may not do that";
          default -> "";
        };
    return new RefusedException(status, error.code(), hidden(said) + advice);
  }

  private String hidden(String text) {
    return authorization.key().hiddenIn(text);
  }

  /** Seconds, or a date; null where the provider asks for nothing that can be read. */
  private @Nullable Duration retryAfter(Response response) {
    String value = response.header("Retry-After");
    if (value == null) {
      return null;
    }
    try {
      if (value.strip().matches("\\d{1,9}(\\.\\d+)?")) {
        return Duration.ofMillis((long) Math.ceil(Double.parseDouble(value.strip()) * 1000));
      }
      Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(clock.instant(), until);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static boolean neverSent(IOException e) {
    return e instanceof ConnectException
        || e instanceof UnknownHostException
        || e instanceof NoRouteToHostException;
  }

  private static String words(IOException e, String host) {
    if (e instanceof UnknownHostException) {
      return "no such host as " + host;
    }
    if (e instanceof SocketTimeoutException) {
      return "no answer in time";
    }
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
