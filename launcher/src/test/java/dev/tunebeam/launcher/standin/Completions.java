package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * {@code /chat/completions} and {@code /completions}: schemas CreateChatCompletionResponse and
 * CreateCompletionResponse. Fine-tuned models answer from {@link KnownAnswers}.
 */
final class Completions {
  private static final int LEGACY_MAX_TOKENS = 16;
  private final Store store;
  private final BaseModels models;
  private final Behaviour behaviour;
  private final UnaryOperator<String> asked;

  Completions(Store store, BaseModels models, Behaviour behaviour) {
    this(store, models, behaviour, UnaryOperator.identity());
  }

  /** With the model that answers for a name. */
  Completions(Store store, BaseModels models, Behaviour behaviour, UnaryOperator<String> asked) {
    this.asked = asked;
    this.store = store;
    this.models = models;
    this.behaviour = behaviour;
  }

  Answer chat(Call call, List<String> ids) {
    Fields body = new Fields(call.json());
    String model = body.text("model");
    JsonNode messages = body.json().path("messages");
    if (!messages.isArray() || messages.isEmpty()) {
      throw body.wrong("messages", "a list of at least one message");
    }
    long most =
        body.whole(
            "max_completion_tokens", 1, 1 << 20, body.whole("max_tokens", 1, 1 << 20, 1 << 20));
    int alternatives = (int) body.whole("top_logprobs", 0, 20, 0);
    boolean logprobs = body.json().path("logprobs").asBoolean();
    if (body.has("top_logprobs") && !logprobs) {
      throw Refusal.badRequest("logprobs", null, "logprobs must be true to use top_logprobs.");
    }
    plain(body);
    KnownAnswers known = known(model);
    KnownAnswers.Given given = known.answer(KnownAnswers.key(messages), behaviour.wrongPercent());
    Spoken spoken = Spoken.of(given, known.classes(), stops(body), (int) most);
    JsonNode toolCalls = given.answer().toolCalls();
    ObjectNode message =
        Json.object()
            .put("role", "assistant")
            .put("content", toolCalls != null && spoken.text().isEmpty() ? null : spoken.text())
            .put("refusal", (String) null);
    if (toolCalls != null) {
      message.set("tool_calls", toolCalls);
    }
    ObjectNode choice =
        Json.object()
            .put("index", 0)
            .put("finish_reason", toolCalls != null ? "tool_calls" : spoken.finishReason());
    choice.set("message", message);
    choice.set("logprobs", logprobs ? spoken.chatLogprobs(alternatives) : null);
    int prompt = Spoken.tokens(KnownAnswers.key(messages)).size();
    return answer(
        "chatcmpl-", "chat.completion", model, List.of(choice), prompt, spoken.tokens().size());
  }

  Answer complete(Call call, List<String> ids) {
    Fields body = new Fields(call.json());
    String model = body.text("model");
    List<String> prompts = new ArrayList<>();
    JsonNode prompt = body.json().path("prompt");
    if (prompt.isArray()) {
      prompt.forEach(one -> prompts.add(one.asText()));
    } else {
      prompts.add(body.text("prompt"));
    }
    int most = (int) body.whole("max_tokens", 0, 1 << 20, LEGACY_MAX_TOKENS);
    int alternatives = (int) body.whole("logprobs", 0, 5, 0);
    plain(body);
    KnownAnswers known = known(model);
    List<ObjectNode> choices = new ArrayList<>();
    int read = 0;
    int said = 0;
    for (String one : prompts) {
      KnownAnswers.Given given = known.answer(one, behaviour.wrongPercent());
      Spoken spoken = Spoken.of(given, known.classes(), stops(body), most);
      ObjectNode choice =
          Json.object()
              .put("text", spoken.text())
              .put("index", choices.size())
              .put("finish_reason", spoken.finishReason());
      choice.set(
          "logprobs",
          body.has("logprobs") ? spoken.completionLogprobs(alternatives, one.length()) : null);
      choices.add(choice);
      read += Spoken.tokens(one).size();
      said += spoken.tokens().size();
    }
    return answer("cmpl-", "text_completion", model, choices, read, said);
  }

  private static void plain(Fields body) {
    if (body.json().path("stream").asBoolean()
        || body.json().path("echo").asBoolean()
        || body.whole("n", 1, 128, 1) != 1) {
      throw Refusal.badRequest(
          null, "stand_in_limit", "The stand-in has no stream, no echo and no n above 1.");
    }
  }

  private static List<String> stops(Fields body) {
    JsonNode stop = body.json().path("stop");
    List<String> stops = new ArrayList<>();
    if (stop.isTextual()) {
      stops.add(stop.asText());
    } else {
      stop.forEach(one -> stops.add(one.asText()));
    }
    if (stops.size() > 4) {
      throw body.wrong("stop", "at most 4 sequences");
    }
    return stops;
  }

  private KnownAnswers known(String name) {
    String model = asked.apply(name);
    TunedModel tuned = store.model(model);
    if (tuned != null) {
      return tuned.memory().answers();
    }
    if (models.get(model) == null) {
      throw OpenAiModels.missing(model);
    }
    return KnownAnswers.of(List.of());
  }

  private Answer answer(
      String prefix, String object, String model, List<ObjectNode> choices, int read, int said) {
    ObjectNode json =
        Json.object()
            .put("id", store.newId(prefix))
            .put("object", object)
            .put("created", store.now())
            .put("model", model);
    ArrayNode all = Json.array();
    choices.forEach(all::add);
    json.set("choices", all);
    json.set(
        "usage",
        Json.object()
            .put("prompt_tokens", read)
            .put("completion_tokens", said)
            .put("total_tokens", read + said));
    return Answer.ok(json);
  }
}
