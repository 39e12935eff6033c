package dev.tunebeam.launcher.launch;

import dev.tunebeam.dataset.Model;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.launcher.http.Backoff;
import dev.tunebeam.launcher.http.RefusedException;
import dev.tunebeam.launcher.launch.FindOrCreate.Found;
import dev.tunebeam.launcher.launch.LaunchRecord.Step;
import dev.tunebeam.launcher.launch.LaunchRecord.UploadedFile;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.DatasetFile;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobRequest;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.provider.RemoteFile;
import dev.tunebeam.launcher.provider.TrainingSettings;
import dev.tunebeam.launcher.terminal.Console;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Launches one job for one dataset: looks for an existing job, prices, uploads and creates, and
 * records each step in {@link LaunchFile} before and after. Idempotent across retries and machines:
 * one file for the same bytes, one job for the same dataset and settings. What the launch file does
 * not know is found by the file name, which contains the content's hash, and by the run that the
 * job carries.
 *
 * <p>One file because the order of the steps is what prevents paying twice.
 */
public final class Launch {

  private final Provider provider;
  private final String baseUrl;
  private final Dataset dataset;
  private final TrainingSettings settings;
  private final Terms terms;
  private final FindOrCreate once;
  private final OneJob jobs;
  private final Console console;
  private final LaunchStore store;

  /** The conditions of a launch: checks, model, budget, and whether to replace a lost job. */
  public record Terms(Preflight preflight, @Nullable Model model, Budget budget, boolean again) {

    /** For a dry run, which spends nothing. */
    public Terms withoutBudget() {
      return new Terms(preflight, model, new Budget(null, true), again);
    }
  }

  /** A job, whether it existed before, and its launch record. */
  public record Outcome(Job job, boolean adopted, LaunchRecord launch) {}

  /**
   * Creates a launch.
   *
   * @param baseUrl of the provider: another URL counts as another provider
   * @param store records the steps
   */
  public Launch(
      Provider provider,
      String baseUrl,
      Dataset dataset,
      TrainingSettings settings,
      Terms terms,
      Backoff backoff,
      Console console,
      LaunchStore store) {
    this.provider = provider;
    this.baseUrl = baseUrl;
    this.dataset = dataset;
    this.settings = settings;
    this.terms = terms;
    this.once = new FindOrCreate(backoff, console);
    this.jobs = new OneJob(provider, once, console, store == LaunchStore.NONE ? 1 : OneJob.LOOKS);
    this.console = console;
    this.store = store;
  }

  /**
   * The job, found or created.
   *
   * @throws LauncherException if no job was created
   */
  public Outcome run() {
    LaunchRecord launch = begun();
    if (launch.job() == null && launch.step() != Step.CREATING) {
      // Before anything is sent; a job that may exist already is looked for first.
      terms.preflight().check(dataset, provider, terms.model(), settings);
    }
    while (true) {
      Optional<Job> there = existing(launch);
      if (there.isEmpty()) {
        return create(launch);
      }
      Job job = there.get();
      launch = launch.with(job);
      store.save(launch);
      if (!job.status().isLost() || !terms.again()) {
        console.tell("job %s already exists: %s".formatted(job.id(), job.providerStatus()));
        return new Outcome(job, true, launch);
      }
      launch = next(launch);
    }
  }

  /** The last run of this dataset and these settings, or a new one. */
  private LaunchRecord begun() {
    return store
        .last(
            launch ->
                launch.provider().equals(provider.profile().name())
                    && launch.baseUrl().equals(baseUrl)
                    && launch.digest().equals(digest())
                    && launch.settings().equals(settings))
        .orElseGet(() -> attempt(1));
  }

  private LaunchRecord next(LaunchRecord lost) {
    LaunchRecord next = attempt(lost.attempt() + 1);
    for (var file : lost.files().entrySet()) {
      next = next.with(file.getKey(), file.getValue());
    }
    return next;
  }

  private LaunchRecord attempt(int attempt) {
    String name = provider.profile().name();
    return new LaunchRecord(
        RunName.of(name, digest(), settings, attempt),
        name,
        baseUrl,
        digest(),
        settings,
        attempt,
        null,
        Step.UPLOADING,
        new TreeMap<>(),
        null,
        null);
  }

  private String digest() {
    return dataset.manifest().digest();
  }

  /** The existing job of a run; uploads and creates nothing. */
  private Optional<Job> existing(LaunchRecord launch) {
    if (launch.job() != null) {
      return Optional.of(remembered(launch.job().id()));
    }
    LaunchRecord seen = launch;
    for (DatasetFile file : dataset.files()) {
      Optional<RemoteFile> there = known(seen, file).or(() -> provider.findFile(file));
      if (there.isEmpty()) {
        return Optional.empty(); // no job without its files
      }
      seen = seen.with(file.split(), new UploadedFile(there.get(), file.sha256()));
    }
    return jobs.find(request(seen));
  }

  private Job remembered(String id) {
    try {
      return provider.job(id);
    } catch (RefusedException e) {
      if (e.status() != 404) {
        throw e;
      }
      throw new LauncherException(
          ExitCode.REFUSED,
          ("%s. %s records this job: does the key belong to the same account? If the job was"
                  + " deleted, move the file away to launch a new one")
              .formatted(e.text(), LaunchFile.NAME),
          e);
    }
  }

  private Outcome create(LaunchRecord begun) {
    terms.preflight().check(dataset, provider, terms.model(), settings);
    RunPrice price =
        RunPrice.of(
            dataset.manifest(), terms.model(), Objects.requireNonNullElse(settings.epochs(), 0));
    console.say(LaunchText.price(provider.profile(), settings.model(), price));
    provider.beforehand(dataset.manifest(), settings).forEach(console::say);
    if (asksProvider()) {
      terms.budget().check(price.usd(), what(), console);
    } else {
      terms.budget().allow(price.usd(), what(), console);
    }
    LaunchRecord launch = begun;
    store.save(launch);
    for (DatasetFile file : dataset.files()) {
      launch = upload(launch, file);
    }
    // A create request that was in flight when a process died may have taken effect.
    boolean mayBeThere = launch.step() == Step.CREATING;
    if (!mayBeThere) {
      launch = launch.with(Step.UPLOADED);
      store.save(launch);
    }
    JobRequest request = request(launch);
    Optional<BigDecimal> estimate = provider.estimate(request);
    if (estimate.isPresent()) {
      if (price.farFrom(estimate.get())) {
        console.tell(
            "%s's own estimate: %s, %s compared with the price above"
                .formatted(
                    provider.profile().title(),
                    Figures.dollars(estimate.get()),
                    price.differenceTo(estimate.get())));
      }
      price = price.estimatedAs(estimate.get());
    }
    if (asksProvider()) {
      terms.budget().allow(price.usd(), what(), console);
    }
    launch = launch.with(price.usd()).with(Step.CREATING);
    store.save(launch);
    Found<Job> found = job(request, mayBeThere, launch);
    launch = launch.with(found.thing());
    store.save(launch);
    console.tell("%s job %s".formatted(found.adopted() ? "found" : "created", found.thing().id()));
    return new Outcome(found.thing(), found.adopted(), launch);
  }

  /** Whether the provider estimates the price once it has the files; its estimate then counts. */
  private boolean asksProvider() {
    return provider.estimates();
  }

  private String what() {
    return "training %s at %s".formatted(settings.model(), provider.profile().title());
  }

  private LaunchRecord upload(LaunchRecord launch, DatasetFile file) {
    Journal journal = new Journal(launch, store, file, console);
    try (journal) {
      Found<RemoteFile> found =
          once.have(
              () -> known(launch, file).or(() -> provider.findFile(file)),
              () -> provider.upload(file, journal),
              1,
              false);
      LaunchRecord uploaded =
          launch.with(file.split(), new UploadedFile(found.thing(), file.sha256()));
      store.save(uploaded);
      console.tell(
          "%s %s as %s (%s)"
              .formatted(
                  file.split(),
                  found.adopted() ? "already exists" : "uploaded",
                  found.thing().id(),
                  Figures.bytes(file.bytes())));
      return uploaded;
    }
  }

  /** The file uploaded by this run or its previous attempt. */
  private Optional<RemoteFile> known(LaunchRecord launch, DatasetFile file) {
    UploadedFile own = launch.files().get(file.split());
    return own != null && own.sha256().equals(file.sha256()) && provider.holds(own.file())
        ? Optional.of(own.file())
        : Optional.empty();
  }

  private Found<Job> job(JobRequest request, boolean mayBeThere, LaunchRecord launch) {
    try {
      return jobs.have(request, mayBeThere);
    } catch (RefusedException e) {
      store.save(launch.with(Step.UPLOADED)); // surely no job
      throw e.code().equals("training_not_available") ? closed(e) : e;
    }
  }

  private LauncherException closed(RefusedException refused) {
    Model model = terms.model();
    String until =
        model == null || model.lastDay() == null
            ? ""
            : "; other organisations can train %s until %s".formatted(model.id(), model.lastDay());
    return new LauncherException(
        ExitCode.REFUSED,
        ("%s%s. Retrying will not help: %s has closed fine-tuning for this organisation."
                    + " Choose another ")
                .formatted(refused.text(), until, provider.profile().title())
            + "--provider; "
            + terms.preflight().alternatives(dataset.manifest().format()),
        refused);
  }

  private JobRequest request(LaunchRecord launch) {
    UploadedFile train = Objects.requireNonNull(launch.files().get(dataset.train().split()));
    DatasetFile validation = dataset.validation();
    UploadedFile other = validation == null ? null : launch.files().get(validation.split());
    return new JobRequest(
        settings, train.file(), other == null ? null : other.file(), digest(), launch.run());
  }
}
