package dev.tunebeam.launcher.standin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Storage behind signed URLs, as Together and Fireworks have it: the address is the permission. As
 * at S3 a request that also brings an Authorization header is refused: the key is not for the
 * storage.
 */
final class SignedAddresses implements Dialect {
  /** Where an address leads; one of both is null. */
  private record Target(
      long size, @Nullable Consumer<ByteString> put, @Nullable Supplier<ByteString> get) {}

  private final Map<String, Target> targets = new LinkedHashMap<>();

  /**
   * An address to PUT to.
   *
   * @param call the request that asked for it, for the host
   * @param size what the body must have; -1 for any
   */
  String forPut(Call call, long size, Consumer<ByteString> put) {
    return address(call, new Target(size, put, null));
  }

  /** An address to GET from. */
  String forGet(Call call, Supplier<ByteString> get) {
    return address(call, new Target(-1, null, get));
  }

  private String address(Call call, Target target) {
    String token = "object" + (targets.size() + 1);
    targets.put(token, target);
    return "http://" + call.header("Host") + prefix() + token + "?X-Signature=stand-in";
  }

  @Override
  public String prefix() {
    return "/signed/";
  }

  @Override
  public boolean authorized(Call call, String key) {
    return true;
  }

  @Override
  public Answer answer(Call call) {
    Target target = targets.get(call.path());
    if (target == null || !"stand-in".equals(call.query("X-Signature"))) {
      return error(403, "SignatureDoesNotMatch");
    }
    if (call.header("Authorization") != null) {
      return error(400, "Only one auth mechanism allowed");
    }
    if (call.method().equals("PUT") && target.put != null) {
      if (target.size >= 0 && target.size != call.body().size()) {
        return error(400, "The body has " + call.body().size() + " bytes, not " + target.size);
      }
      target.put.accept(call.body());
      return new Answer(
          200, Map.of("ETag", "\"" + call.body().md5().hex() + "\""), ByteString.EMPTY);
    }
    if (call.method().equals("GET") && target.get != null) {
      return new Answer(200, Map.of("Content-Type", "application/octet-stream"), target.get.get());
    }
    return error(405, "MethodNotAllowed");
  }

  @Override
  public Answer refuse(Refusal refusal) {
    return error(refusal.status(), refusal.text());
  }

  private static Answer error(int status, String message) {
    return Answer.text(
        status,
        "application/xml",
        String.join("", List.of("<Error><Message>", message, "</Message></Error>")));
  }
}
