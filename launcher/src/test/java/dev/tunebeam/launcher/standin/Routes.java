package dev.tunebeam.launcher.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which method and path goes where, in order of addition. */
final class Routes {
  private final List<Route> routes = new ArrayList<>();

  /** Answers a request; {@code ids} are the path's variable parts, decoded. */
  @FunctionalInterface
  interface Handler {
    Answer answer(Call call, List<String> ids);
  }

  private record Route(String method, Pattern path, Handler handler) {}

  /**
   * Adds a route.
   *
   * @param path with {@code {}} for a variable part of one segment and {@code {*}} for one that may
   *     hold slashes
   */
  void add(String method, String path, Handler handler) {
    StringBuilder pattern = new StringBuilder();
    for (String piece : path.split("(?=\\{)|(?<=\\})", -1)) {
      pattern.append(
          switch (piece) {
            case "{}" -> "([^/:]+)";
            case "{*}" -> "(.+)";
            default -> Pattern.quote(piece);
          });
    }
    routes.add(new Route(method, Pattern.compile(pattern.toString()), handler));
  }

  /** The answer of the first route that fits; 405 where only the method is wrong, else 404. */
  Answer answer(Call call) {
    boolean otherMethod = false;
    for (Route route : routes) {
      Matcher matcher = route.path.matcher(call.path());
      if (matcher.matches()) {
        if (route.method.equals(call.method())) {
          List<String> ids = new ArrayList<>();
          for (int group = 1; group <= matcher.groupCount(); group++) {
            ids.add(Call.decode(matcher.group(group)));
          }
          return route.handler.answer(call, ids);
        }
        otherMethod = true;
      }
    }
    if (otherMethod) {
      throw new Refusal(
          405,
          "invalid_request_error",
          "method_not_supported",
          null,
          "Not allowed to " + call.method() + " on " + call.path() + ".");
    }
    throw Refusal.notFound(null, null, "Invalid URL (" + call.method() + " " + call.path() + ")");
  }
}
