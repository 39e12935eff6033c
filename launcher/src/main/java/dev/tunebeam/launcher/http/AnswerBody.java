package dev.tunebeam.launcher.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import okhttp3.Response;
import okio.BufferedSource;

/** Reads response bodies into memory, up to a limit: a body without an end fills no heap. */
final class AnswerBody {

  /** Far above the longest list and the metrics of the longest job. */
  static final long MOST = 64_000_000;

  /** Enough for any error message; the rest is not read. */
  private static final long MOST_OF_ERRORS = 1_000_000;

  private AnswerBody() {}

  /**
   * The whole body.
   *
   * @throws IOException also if it has more than {@link #MOST} bytes
   */
  static byte[] bytes(Response response) throws IOException {
    BufferedSource source = response.body().source();
    if (source.request(MOST + 1)) {
      throw new IOException(
          String.format(Locale.ROOT, "the response has more than %,d bytes", MOST));
    }
    return source.readByteArray();
  }

  /** The whole body as UTF-8 text. */
  static String text(Response response) throws IOException {
    return new String(bytes(response), StandardCharsets.UTF_8);
  }

  /** The beginning of the body of an error. */
  static String ofError(Response response) throws IOException {
    BufferedSource source = response.body().source();
    return source.request(MOST_OF_ERRORS) ? source.readUtf8(MOST_OF_ERRORS) : source.readUtf8();
  }
}
