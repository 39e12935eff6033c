package dev.tunebeam.launcher.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.http.Secret;
import dev.tunebeam.launcher.terminal.Console;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.FormBody;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;

/**
 * Prints requests instead of sending them and returns minimal mock responses: lists are empty, and
 * created objects have placeholder ids.
 */
final class DryRun implements Interceptor {

  private static final long LONGEST = 4_000;
  private static final MediaType JSON = MediaType.get("application/json");

  /** A job that is looked for by the id that it is going to have. */
  private static final Pattern ONE_JOB = Pattern.compile(".*Jobs/[^/:]+");

  private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]+)\"");

  private final Console console;
  private final List<Map<String, Object>> sent = new ArrayList<>();

  DryRun(Console console) {
    this.console = console;
  }

  /** The requests so far, for {@code --json}. */
  synchronized List<Map<String, Object>> sent() {
    return List.copyOf(sent);
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    print(request);
    String id = "<id of %s %s>".formatted(request.method(), request.url().encodedPath());
    // What a request says about its job or file, the response says again.
    ObjectNode answer =
        jsonBody(request.body()) instanceof ObjectNode sent ? sent.deepCopy() : Json.object();
    String jobId =
        request.url().queryParameterNames().stream()
            .filter(n -> n.endsWith("JobId"))
            .map(request.url()::queryParameter)
            .findFirst()
            .orElse(id);
    answer.put("id", id).put("name", jobId).put("has_more", false);
    answer
        .put("status", "queued")
        .put("state", "STATE_UNSPECIFIED")
        .put("estimation_available", false);
    if (request.body() instanceof MultipartBody multipart) {
      multipart.parts().stream()
          .map(part -> FILE_NAME.matcher(describe(part)))
          .filter(Matcher::find)
          .forEach(name -> answer.put("filename", name.group(1)));
    }
    answer.putArray("data");
    answer.putObject("estimatedCost");
    answer.putObject("file").put("id", id);
    Response.Builder response =
        new Response.Builder()
            .request(request)
            .protocol(Protocol.HTTP_1_1)
            .code(200)
            .message("dry run")
            .body(ResponseBody.create(answer.toString(), JSON));
    if (request.method().equals("GET") && ONE_JOB.matcher(request.url().encodedPath()).matches()) {
      response.code(404);
    }
    if (asksForAnAddress(request)) {
      response
          .code(302)
          .header(
              "Location",
              request
                  .url()
                  .newBuilder()
                  .encodedPath("/signed-address-of-the-file")
                  .build()
                  .toString())
          .header("X-Together-File-Id", "file-id");
    }
    return response.build();
  }

  /** A form post to {@code /files} requests a signed upload URL; the response is a redirect. */
  private static boolean asksForAnAddress(Request request) {
    return request.body() instanceof FormBody && request.url().encodedPath().endsWith("/files");
  }

  private synchronized void print(Request request) throws IOException {
    console.say("");
    console.say(request.method() + " " + request.url());
    for (var header : request.headers()) {
      console.say(
          "%s: %s".formatted(header.getFirst(), hidden(header.getFirst(), header.getSecond())));
    }
    RequestBody body = request.body();
    if (body instanceof MultipartBody multipart) {
      multipart.parts().forEach(part -> console.say(describe(part)));
    } else if (body != null && body.contentLength() > 0) {
      console.say(text(body));
    }
    sent.add(
        Map.of(
            "method", request.method(), "url", request.url().toString(), "body", jsonBody(body)));
  }

  private static Object jsonBody(RequestBody body) throws IOException {
    if (body == null) {
      return "";
    }
    if (body instanceof MultipartBody multipart) {
      return multipart.parts().stream().map(DryRun::describe).toList();
    }
    Object json = Json.parse(text(body));
    return json == null ? text(body) : json;
  }

  private static String hidden(String name, String value) {
    return List.of("authorization", "api-key").contains(name.toLowerCase(Locale.ROOT))
        ? Secret.HIDDEN
        : value;
  }

  private static String describe(MultipartBody.Part part) {
    Headers headers = part.headers();
    String what = headers == null ? "" : headers.get("Content-Disposition");
    try {
      long length = part.body().contentLength();
      return what
          + (what != null && what.contains("filename=")
              ? ": " + Figures.bytes(length)
              : ": " + text(part.body()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String text(RequestBody body) throws IOException {
    if (body.contentLength() > LONGEST) {
      return Figures.bytes(body.contentLength());
    }
    Buffer buffer = new Buffer();
    body.writeTo(buffer);
    return buffer.readUtf8();
  }
}
