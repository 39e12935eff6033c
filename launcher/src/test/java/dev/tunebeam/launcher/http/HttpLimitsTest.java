package dev.tunebeam.launcher.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.Impatient;
import dev.tunebeam.launcher.process.LauncherException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** A response without an end holds neither the command nor the heap. */
class HttpLimitsTest {

  /** What a server writes after the headers, until it is cut off. */
  private interface Body {
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  private static LauncherException failure(Body body) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> serve(server, body));
      thread.setDaemon(true);
      thread.start();
      Http http =
          new Http(
              new OkHttpClient.Builder().readTimeout(Duration.ofSeconds(5)).build(),
              HttpUrl.get("http://127.0.0.1:" + server.getLocalPort() + "/"),
              new Authorization("Authorization", "", new Secret("the-key", "a test"), "a test"),
              new Backoff(Duration.ofMillis(1), Duration.ZERO, Duration.ofMillis(1), new Random(1)),
              new Impatient(),
              Clock.systemUTC());
      return assertTimeoutPreemptively(
          Duration.ofMinutes(2),
          () -> assertThrows(LauncherException.class, () -> http.json(ApiRequest.get("jobs"))));
    }
  }

  private static void serve(ServerSocket server, Body body) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().read(new byte[4096]);
      OutputStream out = socket.getOutputStream();
      out.write(
          "HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      body.write(out);
    } catch (IOException | InterruptedException e) {
      // The client has had enough.
    }
  }

  @Test
  void aBodyOfAByteNowAndThenEndsWithTheTimeout() throws IOException {
    LauncherException e =
        failure(
            out -> {
              while (true) {
                out.write(' ');
                out.flush();
                Thread.sleep(100);
              }
            });
    assertThat(e.exitCode(), is(ExitCode.TRY_LATER));
    assertThat(e.text(), is("GET jobs: timeout; run the same command later to resume"));
  }

  @Test
  void aBodyWithoutAnEndIsNotReadIntoTheHeap() throws IOException {
    byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    LauncherException e =
        failure(
            out -> {
              while (true) {
                out.write(blanks);
              }
            });
    assertThat(e.exitCode(), is(ExitCode.TRY_LATER));
    assertThat(
        e.text(),
        is(
            "GET jobs: the response has more than 64,000,000 bytes; run the same command later to"
                + " resume"));
  }
}
