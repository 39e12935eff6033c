package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.ByteString;

/** A plain client for the stand-in's own tests. */
final class Client {
  private static final MediaType JSON = MediaType.get("application/json");
  private final OkHttpClient http =
      new OkHttpClient.Builder()
          .retryOnConnectionFailure(false)
          .followRedirects(false)
          .readTimeout(Duration.ofSeconds(20))
          .build();
  private final String root;
  private final String header;
  private final String key;

  Client(String root, String header, String key) {
    this.root = root;
    this.header = header;
    this.key = key;
  }

  static Client of(StandIn standIn) {
    return new Client(standIn.url(), "Authorization", "Bearer " + standIn.key());
  }

  /** An answer, read. */
  record Reply(int status, Headers headers, String text) {
    JsonNode json() {
      JsonNode json = Json.parse(ByteString.encodeUtf8(text));
      if (json == null) {
        throw new AssertionError("not JSON: " + text);
      }
      return json;
    }

    String at(String field) {
      return json().path(field).asText();
    }
  }

  Reply get(String path) throws IOException {
    return send(request(path).get().build());
  }

  Reply delete(String path) throws IOException {
    return send(request(path).delete().build());
  }

  Reply post(String path) throws IOException {
    return send(request(path).post(RequestBody.create(new byte[0])).build());
  }

  Reply post(String path, JsonNode body) throws IOException {
    return send(request(path).post(RequestBody.create(Json.text(body), JSON)).build());
  }

  Reply post(String path, MultipartBody form) throws IOException {
    return send(request(path).post(form).build());
  }

  Reply put(String url, RequestBody body) throws IOException {
    return send(new Request.Builder().url(url).put(body).build());
  }

  Reply upload(String filename, String content) throws IOException {
    return post("/files", fileForm(filename, content));
  }

  static MultipartBody fileForm(String filename, String content) {
    return new MultipartBody.Builder()
        .setType(MultipartBody.FORM)
        .addFormDataPart("purpose", "fine-tune")
        .addFormDataPart("file", filename, bytes(content))
        .build();
  }

  static RequestBody bytes(String content) {
    return RequestBody.create(content.getBytes(StandardCharsets.UTF_8));
  }

  Request.Builder request(String path) {
    return new Request.Builder().url(root + path).header(header, key);
  }

  Reply send(Request request) throws IOException {
    try (Response response = http.newCall(request).execute()) {
      return new Reply(response.code(), response.headers(), response.body().string());
    }
  }
}
