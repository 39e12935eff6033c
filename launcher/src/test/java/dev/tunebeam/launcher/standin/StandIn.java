package dev.tunebeam.launcher.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A provider on 127.0.0.1 that keeps state and fails when told to. All dialects see the same files,
 * jobs and models, each under its own address. Safe for many threads: requests take effect one at a
 * time, delays and hooks are outside.
 */
public final class StandIn implements AutoCloseable {
  /** The key of {@link #start()}. */
  public static final String KEY = "sk-stand-in-0123456789abcdef";

  private final Object lock = new Object();
  private final Store store = new Store();
  private final BaseModels models = new BaseModels();
  private final Behaviour behaviour = new Behaviour();
  private final Training training = new Training(store, behaviour);
  private final Plan plan = new Plan();
  private final List<Dialect> dialects;
  private final String key;
  private final AzureManagement management;
  private final Front front;

  private StandIn(int port, String key) throws IOException {
    this.key = key;
    management = new AzureManagement(store, key);
    SignedAddresses addresses = new SignedAddresses();
    dialects =
        List.of(
            openAi(OpenAiDialect.OPENAI),
            azure(OpenAiDialect.AZURE),
            azure(OpenAiDialect.AZURE_PREVIEW),
            management,
            openAi(OpenAiDialect.NEBIUS),
            new StandInTogether(store, models, training, behaviour, addresses),
            new StandInFireworks(store, models, training, behaviour, addresses),
            addresses);
    front = new Front(port, plan, this::answer);
  }

  private Dialect azure(OpenAiDialect.Variant variant) {
    return new OpenAiDialect(variant, store, models, training, behaviour, management::modelOf);
  }

  private Dialect openAi(OpenAiDialect.Variant variant) {
    return new OpenAiDialect(variant, store, models, training, behaviour);
  }

  /** On a free port, with {@link #KEY}. */
  public static StandIn start() {
    return start(0, KEY);
  }

  /** On a port (0 for a free one), with a key of the caller's. */
  public static StandIn start(int port, String key) {
    try {
      return new StandIn(port, key);
    } catch (IOException e) {
      throw new UncheckedIOException("Port " + port + " cannot be taken: " + e.getMessage(), e);
    }
  }

  /** {@code http://127.0.0.1:PORT}: the root, without a path. */
  public String root() {
    return "http://127.0.0.1:" + front.port();
  }

  /** OpenAI's base URL, {@code /v1} included. */
  public String url() {
    return root() + "/v1";
  }

  /** Azure's base URL; the endpoint is {@link #root()}. The key goes into {@code api-key}. */
  public String azureUrl() {
    return root() + "/openai/v1";
  }

  /** What stands for Azure's management API and for the login of Entra ID. */
  public String azureManagementUrl() {
    return root() + AzureManagement.PREFIX;
  }

  /** The id of the only resource at Azure. */
  public String azureResource() {
    return AzureManagement.RESOURCE;
  }

  /** The names of what is deployed at Azure. */
  public List<String> deployed() {
    synchronized (lock) {
      return management.names();
    }
  }

  /** How many deployments there have been at Azure. */
  public int deployments() {
    synchronized (lock) {
      return management.created();
    }
  }

  /** How many tokens Entra ID has given. */
  public int logins() {
    synchronized (lock) {
      return management.logins();
    }
  }

  /** Deploys a model at Azure, as another client would. */
  public void addDeployment(String name, String model) {
    synchronized (lock) {
      management.add(name, model);
    }
  }

  /** The next questions at Azure are answered DeploymentNotReady. */
  public void deploymentsNotReady(int questions) {
    synchronized (lock) {
      management.notReady(questions);
    }
  }

  /** Nebius' base URL. */
  public String nebiusUrl() {
    return root() + "/nebius/v1";
  }

  /** Together's base URL, {@code /v1} included. */
  public String togetherUrl() {
    return root() + "/together/v1";
  }

  /**
   * What stands for {@code https://api.fireworks.ai}; {@code /v1} and {@code /inference} follow.
   */
  public String fireworksUrl() {
    return root() + "/fireworks";
  }

  /** The only account at Fireworks. */
  public String fireworksAccount() {
    return StandInFireworks.ACCOUNT;
  }

  /** The only key that is accepted. */
  public String key() {
    return key;
  }

  /** Settings; each change counts from the next request on. */
  public Behaviour behaviour() {
    return behaviour;
  }

  /** One more model of the provider's own. */
  public void addBaseModel(String id, @Nullable String shutdown, boolean trainable) {
    models.add(id, shutdown, trainable);
  }

  /** A fault for the n-th request of all, counted from 1 since the start. */
  public void onRequest(int n, Fault fault) {
    plan.fault(Which.number(n), fault);
  }

  /** A fault for the n-th request that fits, counted from now. */
  public void onRequest(String method, String pathRegex, int n, Fault fault) {
    plan.fault(Which.nth(method, pathRegex, n), fault);
  }

  /** A fault for some requests. */
  public void onRequest(Which which, Fault fault) {
    plan.fault(which, fault);
  }

  /** Runs after the n-th request of all was read, before it has an effect. */
  public void beforeEffect(int n, Runnable hook) {
    beforeEffect(Which.number(n), hook);
  }

  /** Runs after some requests were read, before they have an effect. */
  public void beforeEffect(Which which, Runnable hook) {
    plan.hook(which, Plan.Moment.BEFORE_EFFECT, hook);
  }

  /** Runs after the effect of the n-th request of all, before its answer is sent. */
  public void beforeAnswer(int n, Runnable hook) {
    beforeAnswer(Which.number(n), hook);
  }

  /** Runs after the effect of some requests, before their answers are sent. */
  public void beforeAnswer(Which which, Runnable hook) {
    plan.hook(which, Plan.Moment.BEFORE_ANSWER, hook);
  }

  /** The faults that no request has met. */
  public List<Fault> unusedFaults() {
    return plan.unused();
  }

  /** Forgets all faults and hooks. */
  public void clearFaults() {
    plan.clear();
  }

  /** All requests so far, by arrival; one that is under way has status 0. */
  public List<Recorded> requests() {
    return front.recorded();
  }

  /** The requests of a method whose whole path fits. */
  public List<Recorded> requests(String method, String pathRegex) {
    Which which = Which.every(method, pathRegex);
    return requests().stream().filter(one -> which.fits(one.method(), one.path())).toList();
  }

  /** The existing files, oldest first. */
  public List<StoredFile> files() {
    synchronized (lock) {
      return store.files();
    }
  }

  /** All multipart uploads, oldest first. */
  public List<PartedUpload> uploads() {
    synchronized (lock) {
      return store.uploads();
    }
  }

  /** All jobs, oldest first. */
  public List<Job> jobs() {
    synchronized (lock) {
      return store.jobs();
    }
  }

  /** Puts a file there, as if it had been uploaded for fine-tuning; returns its id. */
  public String addFile(String filename, String content) {
    synchronized (lock) {
      return store.addFile(filename, "fine-tune", ByteString.encodeUtf8(content)).id();
    }
  }

  /** Puts a model there that has learned these training lines, as if a job had made it. */
  public void addTunedModel(String id, String lines) {
    synchronized (lock) {
      List<ByteString> files = List.of(ByteString.encodeUtf8(lines));
      store.addModel(new TunedModel(id, store.now(), new Memory(files)));
    }
  }

  /** The fine-tuned models that are there, oldest first, checkpoints' included. */
  public List<String> tunedModels() {
    synchronized (lock) {
      return store.models().stream().map(TunedModel::id).toList();
    }
  }

  /** Moves every job by one step. */
  public void advance() {
    synchronized (lock) {
      store.jobs().forEach(training::move);
    }
  }

  /** Moves every job until none changes any more. */
  public void advanceToEnd() {
    for (int step = 0;
        step < 10 + behaviour.runningSteps() + behaviour.unknownStatuses().size();
        step++) {
      advance();
    }
  }

  /** Lets the provider's clock go ahead; uploads expire after an hour. */
  public void passTime(long seconds) {
    synchronized (lock) {
      store.passTime(seconds);
    }
  }

  private Answer answer(Call call) {
    for (Dialect dialect : dialects) {
      if (call.path().startsWith(dialect.prefix())) {
        return answer(dialect, call.at(call.path().substring(dialect.prefix().length())));
      }
    }
    return Answer.openAiError(
        Refusal.notFound(null, null, "Invalid URL (" + call.method() + " " + call.path() + ")"));
  }

  private Answer answer(Dialect dialect, Call call) {
    try {
      if (!dialect.authorized(call, key)) {
        throw Unauthorized.refusal(call);
      }
      synchronized (lock) {
        return dialect.answer(call);
      }
    } catch (Refusal refusal) {
      return dialect.refuse(refusal);
    } catch (RuntimeException e) {
      // A fault of the stand-in itself must not look like one of the network.
      return Answer.text(500, "text/plain", "The stand-in has a bug: " + e);
    }
  }

  @Override
  public void close() {
    front.close();
  }
}
