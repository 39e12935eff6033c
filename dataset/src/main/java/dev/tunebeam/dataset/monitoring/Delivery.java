package dev.tunebeam.dataset.monitoring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Brings texts to files and HTTP endpoints, within five seconds each. What fails is said once for
 * each receiver, with no more of an address than its host, and goes no further.
 */
final class Delivery {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private static final int REFUSED = 300;

  private final Consumer<String> warn;
  private final Set<String> failed = new HashSet<>();

  /**
   * @param warn gets a line for each receiver that cannot be reached
   */
  Delivery(Consumer<String> warn) {
    this.warn = warn;
  }

  private interface Attempt {

    void run() throws IOException, InterruptedException;
  }

  /**
   * Sends a request; any answer below 300 is a success.
   *
   * @param receiver what it is, for the warning
   */
  void send(String receiver, String method, URI address, Map<String, String> headers, String body) {
    attempt(
        receiver + " at " + address.getHost(),
        () -> {
          HttpRequest.Builder request =
              HttpRequest.newBuilder(address)
                  .timeout(LIMIT)
                  .method(method, HttpRequest.BodyPublishers.ofString(body));
          headers.forEach(request::setHeader);
          int status =
              HttpClient.newBuilder()
                  .connectTimeout(LIMIT)
                  .build()
                  .send(request.build(), HttpResponse.BodyHandlers.discarding())
                  .statusCode();
          if (status >= REFUSED) {
            throw new IOException("it answered with status " + status);
          }
        });
  }

  /** Appends a line to a file in one write, so that the lines of several processes stay whole. */
  void append(String receiver, Path file, String line) {
    attempt(
        "%s in %s".formatted(receiver, file),
        () ->
            Files.write(
                file,
                (line + "\n").getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND));
  }

  /** Replaces a file in one step. */
  void replace(String receiver, Path file, String text) {
    attempt(
        "%s in %s".formatted(receiver, file),
        () -> {
          Path next = file.resolveSibling("." + file.getFileName() + ".tmp");
          Files.writeString(next, text);
          Files.move(
              next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
  }

  private void attempt(String receiver, Attempt attempt) {
    try {
      attempt.run();
    } catch (IOException | IllegalArgumentException | SecurityException e) {
      if (failed.add(receiver)) {
        String reason =
            e.getMessage() == null || e.getMessage().isBlank()
                ? e.getClass().getSimpleName()
                : e.getMessage();
        warn.accept("%s: not delivered (%s); the job is not affected".formatted(receiver, reason));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
