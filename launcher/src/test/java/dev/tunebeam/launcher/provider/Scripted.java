package dev.tunebeam.launcher.provider;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.launcher.http.Backoff;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.http.Secret;
import dev.tunebeam.launcher.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** A server that gives the answers it was told, in order, and shows what it was asked. */
public final class Scripted implements AutoCloseable, UploadJournal {

  public static final String KEY = "the-key-of-the-account";
  public static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  public static final String RUN = "0f3c5a1b2c3d4e5f60718293a4b5c6d7";

  public final MockWebServer server = new MockWebServer();

  private Instant now = NOW;

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  /** The reasons of all waits. */
  public final List<String> waits = new ArrayList<>();

  public Scripted() {
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client for a path on the server. */
  public Connection connection(String path, Map<String, String> variables) {
    return new Connection(
        new OkHttpClient.Builder().readTimeout(Duration.ofSeconds(2)).build(),
        server.url(path),
        new Secret(KEY, "the test"),
        "the test",
        new Backoff(
            Duration.ofMillis(1), Duration.ofSeconds(5), Duration.ofMillis(1), new Random(1)),
        new Waiting() {
          @Override
          public void sleep(Duration time) {
            now = now.plus(time.plusSeconds(1)); // ends patience, should a script be too short
          }

          @Override
          public void announce(String why, Duration time) {
            waits.add(why);
          }
        },
        clock,
        variables);
  }

  public Scripted answers(String json) {
    return answers(200, json);
  }

  public Scripted answers(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    return this;
  }

  public Scripted answers(MockResponse.Builder response) {
    server.enqueue(response.build());
    return this;
  }

  /** The request arrives, its answer does not. */
  public Scripted losesTheAnswer() {
    server.enqueue(
        new MockResponse.Builder()
            .onResponseStart(new SocketEffect.CloseSocket())
            .body("{}")
            .build());
    return this;
  }

  /** The next request; it must be there already. */
  public Asked asked() {
    try {
      RecordedRequest request = server.takeRequest(5, TimeUnit.SECONDS);
      assertNotNull(request, "there was no further request");
      return new Asked(request);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A recorded request. */
  public record Asked(RecordedRequest request) {

    /** The method and the path with its query, decoded. */
    public Asked line(String expected) {
      String query = request.getUrl().query();
      assertThat(
          request.getMethod()
              + " "
              + request.getUrl().encodedPath()
              + (query == null ? "" : "?" + query),
          is(expected));
      return this;
    }

    public Asked header(String name, @Nullable String expected) {
      assertThat(name, request.getHeaders().get(name), is(expected));
      return this;
    }

    public Asked json(String expected) {
      assertThat(Json.parse(text()), is(Scripted.json(expected)));
      return this;
    }

    /** The body, its multipart boundaries as dashes. */
    public String text() {
      assertNotNull(request.getBody());
      String text = request.getBody().utf8();
      String type = request.getHeaders().get("Content-Type");
      int boundary = type == null ? -1 : type.indexOf("boundary=");
      return boundary < 0 ? text : text.replace(type.substring(boundary + 9), "BOUNDARY");
    }
  }

  public static JsonNode json(String text) {
    JsonNode json = Json.parse(text.replace('\'', '"'));
    assertNotNull(json, text);
    return json;
  }

  /** A split of two shards in a folder. */
  public static DatasetFile file(Path folder) {
    byte[] first = "{\"messages\":[]}\n".getBytes(StandardCharsets.UTF_8);
    byte[] second = "{\"messages\":[1]}\n".getBytes(StandardCharsets.UTF_8);
    try {
      Path one = Files.write(folder.resolve("train-00000-of-00002.jsonl"), first);
      Path two = Files.write(folder.resolve("train-00001-of-00002.jsonl"), second);
      return new DatasetFile(
          "train",
          List.of(
              new DatasetFile.Shard(one, first.length, sha256(first)),
              new DatasetFile.Shard(two, second.length, sha256(second))),
          2,
          first.length + second.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A hash in hex. */
  public static String sha256(byte[] bytes) {
    return ByteString.of(bytes).sha256().hex();
  }

  public static JobRequest request(TrainingSettings settings, boolean validation) {
    return new JobRequest(
        settings,
        new RemoteFile("file-train", "train.jsonl", 33),
        validation ? new RemoteFile("file-valid", "valid.jsonl", 11) : null,
        "digest",
        RUN);
  }

  /** Settings with a model, and nothing else but what a test changes. */
  public static TrainingSettings settings(String model) {
    return new TrainingSettings(
        model, Method.SUPERVISED, null, null, null, null, null, null, null, null, null, null);
  }

  @Override
  public @Nullable Session session(String sha256) {
    return null;
  }

  @Override
  public void save(Session session) {}

  @Override
  public LongConsumer progress() {
    return bytes -> {};
  }

  @Override
  public void close() {
    server.close();
  }
}
