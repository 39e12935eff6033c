package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A page of a list: {@code limit} elements after the one whose id is {@code after}. */
record Page<T>(List<T> elements, boolean more, Function<T, String> id) {

  static <T> Page<T> of(
      List<T> all, Call call, int defaultLimit, int mostLimit, Function<T, String> id) {
    int limit = number(call, "limit", defaultLimit, 1, mostLimit);
    String after = call.query("after");
    int from = 0;
    if (after != null) {
      List<String> ids = all.stream().map(id).toList();
      from = ids.lastIndexOf(after) + 1;
      if (from == 0) {
        throw Refusal.badRequest("after", null, "No such object: " + after);
      }
    }
    int until = (int) Math.min(all.size(), (long) from + limit);
    return new Page<>(List.copyOf(all.subList(from, until)), until < all.size(), id);
  }

  /** OpenAI's list object, without first_id and last_id. */
  ObjectNode json(Function<T, ? extends JsonNode> json) {
    ObjectNode list = Json.object().put("object", "list");
    list.set("data", Json.array(elements, json));
    return list.put("has_more", more);
  }

  @Nullable String firstId() {
    return elements.isEmpty() ? null : id.apply(elements.get(0));
  }

  @Nullable String lastId() {
    return elements.isEmpty() ? null : id.apply(elements.get(elements.size() - 1));
  }

  static int number(Call call, String name, int otherwise, int least, int most) {
    String text = call.query(name);
    if (text == null || text.isEmpty()) {
      return otherwise;
    }
    if (text.matches("-?\\d{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw Refusal.badRequest(
        name, null, "'" + name + "' must be a whole number from " + least + " to " + most + ".");
  }
}
