package dev.tunebeam.launcher.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.Waiting;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one provider and retries them where that is safe.
 *
 * <p>Retried after a delay ({@link Backoff}): requests that were never sent (no connection), and
 * for idempotent requests also lost connections, timeouts, 408, 429, 5xx and responses that do not
 * have the expected form ({@link UnexpectedAnswerException}). A non-idempotent request ends with an
 * {@link UncertainException} instead: even a 429 may come after the effect. Not retried: the other
 * 4xx ({@link RefusedException}), and quotas that reset the next day or after a payment. When the
 * retry time is used up, the exit code is {@link ExitCode#TRY_LATER}. No message and no response
 * contains the key. Thread-safe.
 *
 * <p>The timeout bounds a whole exchange, to the last byte of the response ({@link AnswerBody}
 * bounds its size); a request body adds a second for each {@value #SLOWEST} bytes.
 *
 * <p>One file because the retry policy is one table of cases.
 */
public final class Http {

  /** Error codes of 429 that a short wait does not resolve. */
  private static final Set<String> DAILY = Set.of("daily_rate_limit_exceeded");

  private static final int NO_CONTENT = 204;

  /** Bytes a second that an upload reaches at least. */
  private static final int SLOWEST = 100_000;

  private static final Set<String> UNPAID =
      Set.of("insufficient_quota", "billing_hard_limit_reached", "billing_not_active");

  private final OkHttpClient client;
  private final HttpUrl base;
  private final Authorization authorization;
  private final Backoff backoff;
  private final Waiting waiting;
  private final Clock clock;

  /**
   * Creates a client for a provider.
   *
   * @param client its connection pool and timeouts are used; its own retries are switched off
   * @param base the base URL, with a trailing slash
   * @param waiting is notified before each wait
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

  /** A signed URL from a response, which is used without the key. */
  public record Redirect(HttpUrl location, okhttp3.Headers headers) {}

  /** Returns the response as JSON of any form. */
  public JsonNode json(ApiRequest request) {
    return json(request, json -> json);
  }

  /**
   * Returns what a response says.
   *
   * @param reading of its JSON; throws an {@link UnexpectedAnswerException} if the form is wrong
   */
  public <T> T json(ApiRequest request, Function<JsonNode, T> reading) {
    return repeated(
        sending(request),
        response -> {
          notMoved(request, response);
          String text = response.code() == NO_CONTENT ? "{}" : AnswerBody.text(response);
          JsonNode json = Json.parse(text);
          try {
            if (json == null) {
              throw new UnexpectedAnswerException("the response is not JSON");
            }
            return reading.apply(authorization.key().hiddenIn(json));
          } catch (UnexpectedAnswerException e) {
            throw new IOException(
                String.format(
                    Locale.ROOT,
                    "%s: %d %s",
                    e.getMessage(),
                    response.code(),
                    ApiError.parse(text).message()),
                e);
          }
        });
  }

  /** Deletes what is at a path; no effect if nothing is there. */
  public void delete(String path) {
    try {
      json(ApiRequest.delete(path));
    } catch (RefusedException e) {
      if (e.status() != 404) {
        throw e;
      }
    }
  }

  /** Deletes what a request names, whatever the response says; no effect if nothing is there. */
  public void delete(ApiRequest request) {
    try {
      repeated(
          sending(request),
          response -> {
            notMoved(request, response);
            return true;
          });
    } catch (RefusedException e) {
      if (e.status() != 404) {
        throw e;
      }
    }
  }

  /** Returns the response body, in memory. */
  public byte[] bytes(ApiRequest request) {
    return repeated(
        sending(request),
        response -> {
          notMoved(request, response);
          return authorization.key().hiddenIn(AnswerBody.bytes(response));
        });
  }

  /** The key is only sent to the configured address, never to a redirect target. */
  private void notMoved(ApiRequest request, Response response) {
    if (response.isRedirect()) {
      HttpUrl to = response.request().url().resolve(response.header("Location", ""));
      throw new RefusedException(
          response.code(),
          "",
          hidden(
              String.format(
                  Locale.ROOT,
                  "%s: %d redirects to %s, where the key is not sent; is the base URL %s correct?",
                  request.name(),
                  response.code(),
                  to == null ? "nowhere" : to.newBuilder().query(null).build(),
                  base)));
    }
  }

  /** Returns the target of a redirect. */
  public Redirect redirect(ApiRequest request) {
    return repeated(
        sending(request),
        response -> {
          String location = response.header("Location");
          HttpUrl url = location == null ? null : response.request().url().resolve(location);
          if (url == null) {
            throw new IOException("the redirect has no valid location");
          }
          return new Redirect(url, response.headers());
        });
  }

  /** Uploads bytes to a signed URL, without the key. Idempotent. */
  public void put(HttpUrl signed, okhttp3.RequestBody body, okhttp3.Headers headers) {
    Request.Builder put = new Request.Builder().url(safe(signed)).headers(headers).put(body);
    repeated(new Sending(put.build(), "PUT to " + signed.host(), true), response -> true);
  }

  /** Downloads from a signed URL, without the key; the bytes are in memory. */
  public byte[] bytes(HttpUrl signed) {
    Request get = new Request.Builder().url(safe(signed)).build();
    return repeated(
        new Sending(get, "GET from " + signed.host(), true),
        response -> authorization.key().hiddenIn(AnswerBody.bytes(response)));
  }

  /** Rejects a signed URL without encryption if the provider's own URL is encrypted. */
  private HttpUrl safe(HttpUrl signed) {
    if (base.isHttps() && !signed.isHttps()) {
      throw new LauncherException(
          ExitCode.REFUSED,
          "%s redirects to an unencrypted URL, %s: nothing was sent"
              .formatted(base.host(), signed.host()));
    }
    return signed;
  }

  /**
   * A request in flight.
   *
   * @param name the name in messages, without a signature
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
      try (Response response = call(request.request()).execute()) {
        if (response.code() < 400) {
          return reader.read(response);
        }
        why = failure(request, response);
        asked = RetryAfter.of(response, clock);
      } catch (IOException e) {
        why = "%s: %s".formatted(request.name(), words(e, request.request().url().host()));
        cause = e;
        if (!request.repeatable() && !neverSent(e)) {
          throw new UncertainException(hidden(why), e);
        }
      }
      Duration delay = backoff.delay(repetition);
      delay = asked == null || asked.compareTo(delay) < 0 ? delay : asked;
      Duration spent = Duration.between(start, clock.instant());
      if (spent.plus(delay).compareTo(backoff.patience()) > 0) {
        throw new LauncherException(
            ExitCode.TRY_LATER,
            hidden(why)
                + (asked == null ? "" : "; Retry-After is " + asked.toSeconds() + " s")
                + "; run the same command later to resume",
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

  /** A call that ends within its time however slowly the bytes come. */
  private Call call(Request request) throws IOException {
    Call call = client.newCall(request);
    if (client.readTimeoutMillis() > 0) {
      long sending = request.body() == null ? 0 : Math.max(0, request.body().contentLength());
      call.timeout()
          .timeout(client.readTimeoutMillis() + sending * 1000 / SLOWEST, TimeUnit.MILLISECONDS);
    }
    return call;
  }

  private Request request(ApiRequest request) {
    HttpUrl.Builder url = base.newBuilder().addPathSegments(request.path());
    request.query().forEach(entry -> url.addQueryParameter(entry.getKey(), entry.getValue()));
    Request.Builder builder =
        new Request.Builder()
            .url(url.build())
            .header("Accept", "application/json")
            .method(request.method(), request.body());
    if (!authorization.header().isEmpty()) {
      builder.header(authorization.header(), authorization.value());
    }
    return builder.build();
  }

  /** The reason for a retry; throws if the failure is final. */
  private String failure(Sending request, Response response) throws IOException {
    int status = response.code();
    ApiError error = ApiError.parse(AnswerBody.ofError(response));
    String said = String.format(Locale.ROOT, "%s: %d %s", request.name(), status, error.message());
    if (status == 429) {
      if (UNPAID.contains(error.code())) {
        throw refused(request, status, error, said + "; check the account's billing");
      }
      if (DAILY.contains(error.code())) {
        throw new LauncherException(
            ExitCode.TRY_LATER,
            hidden(said) + "; a daily limit: run the same command tomorrow to resume");
      }
    } else if (status != 408 && status < 500) {
      throw refused(request, status, error, said);
    }
    if (!request.repeatable()) {
      Duration asked = RetryAfter.of(response, clock);
      throw new UncertainException(hidden(said), null, asked == null ? Duration.ZERO : asked);
    }
    return said;
  }

  private RefusedException refused(Sending request, int status, ApiError error, String said) {
    boolean withKey =
        authorization.header().isEmpty()
            || request.request().header(authorization.header()) != null;
    String advice =
        switch (withKey ? status : 0) {
          case 401 -> "; the key was rejected: " + authorization.advice();
          case 403 -> "; the key lacks permission";
          default -> "";
        };
    return new RefusedException(status, error.code(), hidden(said) + advice);
  }

  private String hidden(String text) {
    return authorization.key().hiddenIn(text);
  }

  private static boolean neverSent(IOException e) {
    return e instanceof ConnectException
        || e instanceof UnknownHostException
        || e instanceof NoRouteToHostException;
  }

  private static String words(IOException e, String host) {
    if (e instanceof UnknownHostException) {
      return "unknown host " + host;
    }
    if (e instanceof InterruptedIOException) {
      return "timeout";
    }
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
