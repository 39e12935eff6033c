package dev.tunebeam.launcher.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A provider in memory behind a network that fails as it is told, in simulated time: no socket, no
 * thread, so that the same script gives the same exchange.
 */
public final class SimulatedWire implements Interceptor {

  /** The key. */
  public static final String KEY = "sk-simulated-0123456789abcdef";

  /** Ends the simulated process. Not an exception: nobody catches it. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed", null, false, false);
    }
  }

  /**
   * What becomes of one request.
   *
   * @param name for messages
   * @param effects how often it takes effect before its answer: 0, 1, or 2 for one that a proxy
   *     repeats
   * @param late when it takes effect after its answer, null if not
   * @param answer instead of the true one, null for the true one
   * @param lost whether the answer is lost
   * @param killed whether the process is killed instead of seeing the answer
   */
  public record Fate(
      String name,
      int effects,
      @Nullable Duration late,
      @Nullable Answer answer,
      boolean lost,
      boolean killed) {

    /** Nothing goes wrong. */
    public static final Fate WELL = new Fate("well", 1, null, null, false, false);

    @Override
    public String toString() {
      return name;
    }
  }

  /** Decides about each request. */
  @FunctionalInterface
  public interface Script {
    /** The fate of a request; {@code creates} whether it would create a job. */
    Fate next(String method, String path, boolean creates);
  }

  /** A clock that the simulation moves. */
  public static final class Time extends java.time.Clock {
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");

    /** Lets time pass. */
    public void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public java.time.ZoneId getZone() {
      return java.time.ZoneOffset.UTC;
    }

    @Override
    public java.time.Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }

  private record Late(Instant at, Call call) {}

  private final Time time;
  private final Store store;
  private final List<Dialect> dialects;
  private final List<Late> late = new ArrayList<>();
  private final Map<String, Instant> listedFrom = new HashMap<>();
  private Script script = (method, path, creates) -> Fate.WELL;
  private Duration lag = Duration.ZERO;

  /** All dialects, over one empty account. */
  public SimulatedWire(Time time) {
    this.time = time;
    this.store = new Store(time);
    BaseModels models = new BaseModels();
    Behaviour behaviour = new Behaviour();
    Training training = new Training(store, behaviour);
    SignedAddresses addresses = new SignedAddresses();
    this.dialects =
        List.of(
            new OpenAiDialect(OpenAiDialect.OPENAI, store, models, training, behaviour),
            new OpenAiDialect(OpenAiDialect.AZURE, store, models, training, behaviour),
            new OpenAiDialect(OpenAiDialect.NEBIUS, store, models, training, behaviour),
            new StandInTogether(store, models, training, behaviour, addresses),
            new StandInFireworks(store, models, training, behaviour, addresses),
            addresses);
    models.add("meta-llama/Meta-Llama-3.1-8B-Instruct", null, true);
  }

  /** The account at Fireworks. */
  public static String fireworksAccount() {
    return StandInFireworks.ACCOUNT;
  }

  /** What happens from now on; jobs created from now on are listed after the lag. */
  public void script(Script next, Duration listLag) {
    this.script = next;
    this.lag = listLag;
  }

  /** The jobs, oldest first. */
  public List<Job> jobs() {
    settle();
    return store.jobs();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    time.pass(Duration.ofMillis(300));
    settle();
    Request request = chain.request();
    Call call = call(request);
    boolean creates =
        call.method().equals("POST")
            && call.path().matches(".*/(jobs|fine-tunes|supervisedFineTuningJobs|dpoJobs)");
    Fate fate = script.next(call.method(), call.path(), creates);
    Answer answer = null;
    for (int i = 0; i < fate.effects(); i++) {
      answer = effect(call, time.instant());
    }
    if (fate.late() != null) {
      late.add(new Late(time.instant().plus(fate.late()), call));
    }
    if (fate.killed()) {
      throw new Killed();
    }
    if (fate.lost()) {
      time.pass(Duration.ofSeconds(5));
      throw new SocketTimeoutException("timeout");
    }
    if (fate.answer() != null) {
      answer = fate.answer();
    }
    return response(request, answer == null ? Answer.text(500, "text/plain", "") : answer);
  }

  /** What was under way for long arrives. */
  private void settle() {
    for (Late one : List.copyOf(late)) {
      if (!one.at().isAfter(time.instant())) {
        late.remove(one);
        effect(one.call(), one.at());
      }
    }
  }

  private Answer effect(Call call, Instant at) {
    int before = store.jobs().size();
    Answer answer = answered(call);
    for (Job job : store.jobs().subList(before, store.jobs().size())) {
      listedFrom.put(job.id(), at.plus(lag));
    }
    return call.method().equals("GET") ? withoutLagging(answer) : answer;
  }

  private Answer withoutLagging(Answer answer) {
    if (listedFrom.values().stream().noneMatch(time.instant()::isBefore)) {
      return answer;
    }
    com.fasterxml.jackson.databind.JsonNode json = Json.parse(answer.body());
    if (json == null || !json.path("data").isArray()) {
      return answer;
    }
    var kept = Json.array();
    for (var item : json.path("data")) {
      if (!time.instant()
          .isBefore(listedFrom.getOrDefault(item.path("id").asText(), Instant.MIN))) {
        kept.add(item);
      }
    }
    ((com.fasterxml.jackson.databind.node.ObjectNode) json).set("data", kept);
    return Answer.json(answer.status(), json);
  }

  private Answer answered(Call call) {
    for (Dialect dialect : dialects) {
      if (call.path().startsWith(dialect.prefix())) {
        try {
          return dialect.answer(call.at(call.path().substring(dialect.prefix().length())));
        } catch (Refusal refusal) {
          return dialect.refuse(refusal);
        }
      }
    }
    throw new IllegalStateException(call.path());
  }

  private static Call call(Request request) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    request.headers().forEach(pair -> headers.put(pair.getFirst(), List.of(pair.getSecond())));
    headers.put("Host", List.of(request.url().host()));
    Buffer body = new Buffer();
    if (request.body() != null) {
      try {
        request.body().writeTo(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (request.body().contentType() != null) {
        headers.put("Content-Type", List.of(request.body().contentType().toString()));
      }
    }
    return new Call(
        request.method(),
        request.url().encodedPath(),
        Call.parseQuery(request.url().encodedQuery()),
        headers,
        body.readByteString());
  }

  private static Response response(Request request, Answer answer) {
    Response.Builder response =
        new Response.Builder()
            .request(request)
            .protocol(Protocol.HTTP_1_1)
            .code(answer.status())
            .message("simulated")
            .body(ResponseBody.create(answer.body(), MediaType.get("application/json")));
    answer.headers().forEach(response::header);
    return response.build();
  }
}
