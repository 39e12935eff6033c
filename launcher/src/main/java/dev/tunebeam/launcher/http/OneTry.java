package dev.tunebeam.launcher.http;

import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * A client that sends each request once. By default OkHttp follows redirects with the key, and
 * resends a POST when a pooled connection turns out to be closed and after a 503 with {@code
 * Retry-After: 0}, which could create a job twice.
 */
final class OneTry {

  private OneTry() {}

  static OkHttpClient of(OkHttpClient client) {
    return client
        .newBuilder()
        .followRedirects(false)
        .followSslRedirects(false)
        .retryOnConnectionFailure(false)
        .addNetworkInterceptor(
            chain -> {
              Response response = chain.proceed(chain.request());
              return response.code() == 503 && response.header("Retry-After", "").matches("0+")
                  ? response.newBuilder().removeHeader("Retry-After").build()
                  : response;
            })
        .build();
  }
}
