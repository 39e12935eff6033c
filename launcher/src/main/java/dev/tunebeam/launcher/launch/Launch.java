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
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
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
  private final Uploads uploads;
  private final OneJob jobs;
  private final Creation creation;
  private final Console console;
  private final LaunchStore store;
  private final Clock clock;

  /**
   * The conditions of a launch.
   *
   * @param model the catalogue's row of the base model, null if there is none
   * @param again whether to replace a lost job
   * @param further the tuned model to train further, asked for when a job is to be created; empty
   *     for the model of the settings
   */
  public record Terms(
      Preflight preflight,
      @Nullable Model model,
      Budget budget,
      boolean again,
      Supplier<Optional<String>> further) {

    /** With another budget. */
    public Terms with(Budget other) {
      return new Terms(preflight, model, other, again, further);
    }

    /** For a dry run, which spends nothing. */
    public Terms withoutBudget() {
      return new Terms(preflight, model, new Budget(null, true, true), again, further);
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
      Clock clock,
      LaunchStore store) {
    this.provider = provider;
    this.baseUrl = baseUrl;
    this.dataset = dataset;
    this.settings = settings;
    this.terms = terms;
    this.uploads =
        new Uploads(provider, dataset, new FindOrCreate(backoff, console), console, store);
    this.jobs = new OneJob(provider, console);
    this.creation = new Creation(provider, jobs, store, backoff, console, clock);
    this.console = console;
    this.store = store;
    this.clock = clock;
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
      Optional<Existing> there = existing(launch);
      if (there.isEmpty()) {
        return create(launch);
      }
      Job job = there.get().job();
      launch = there.get().launch().with(job);
      store.save(launch);
      if (!job.status().isLost() || !terms.again()) {
        console.tell("job %s already exists: %s".formatted(job.id(), job.providerStatus()));
        return new Outcome(job, true, launch);
      }
      launch = launch.nextAttempt();
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

  private LaunchRecord attempt(int attempt) {
    return LaunchRecord.begun(provider.profile().name(), baseUrl, digest(), settings, attempt);
  }

  private String digest() {
    return dataset.manifest().digest();
  }

  /** A job, and its run with the files that it was found by. */
  private record Existing(Job job, LaunchRecord launch) {}

  /** The existing job of a run; uploads and creates nothing. */
  private Optional<Existing> existing(LaunchRecord launch) {
    if (launch.job() != null) {
      Job known = remembered(launch.job().id());
      JobRequest request = launch.request();
      Job stays = request == null ? known : jobs.find(request, known);
      return Optional.of(new Existing(stays, launch));
    }
    LaunchRecord seen = launch;
    for (DatasetFile file : dataset.files()) {
      Optional<RemoteFile> there = uploads.existing(seen, file);
      if (there.isEmpty()) {
        return Optional.empty(); // no job without its files
      }
      seen = seen.with(file.split(), new UploadedFile(there.get(), file.hash()));
    }
    LaunchRecord withFiles = seen;
    return jobs.find(Objects.requireNonNull(seen.request()))
        .map(job -> new Existing(job, withFiles));
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
    TrainingSettings trained = terms.further().get().map(settings::of).orElse(settings);
    terms.preflight().check(dataset, provider, terms.model(), trained);
    // A job that may be there already is one of those that are counted.
    List<String> account =
        begun.step() == Step.CREATING ? List.of() : provider.checkAccount(dataset.files(), trained);
    RunPrice price =
        RunPrice.of(
            dataset.manifest(), terms.model(), Objects.requireNonNullElse(settings.epochs(), 0));
    console.say(LaunchText.hints(provider.profile(), trained, !trained.equals(settings)));
    console.say(LaunchText.price(provider.profile(), trained.model(), price));
    LaunchText.images(dataset.manifest()).forEach(console::tell);
    provider.beforehand(dataset.manifest(), trained).forEach(console::say);
    account.forEach(console::say);
    if (asksProvider()) {
      terms.budget().check(price.usd(), what(trained), console);
    } else {
      terms.budget().allow(price.usd(), what(trained), console);
    }
    LaunchRecord launch = begun;
    store.save(launch);
    launch = uploads.all(launch);
    if (launch.step() != Step.CREATING) {
      launch = launch.with(Step.UPLOADED);
      store.save(launch);
    } else if (launch.creatingSince() == null) {
      launch = launch.creating(clock.instant()); // of an older version
    }
    JobRequest request = Objects.requireNonNull(launch.request()).with(trained);
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
      terms.budget().allow(price.usd(), what(trained), console);
    }
    launch = launch.with(price.usd());
    Found<Job> found = job(request, launch);
    launch = launch.with(found.thing());
    save(launch, found.thing());
    console.tell("%s job %s".formatted(found.adopted() ? "found" : "created", found.thing().id()));
    return new Outcome(found.thing(), found.adopted(), launch);
  }

  /** Whether the provider estimates the price once it has the files; its estimate then counts. */
  private boolean asksProvider() {
    return provider.estimates(settings);
  }

  private String what(TrainingSettings trained) {
    return "training %s at %s".formatted(trained.model(), provider.profile().title());
  }

  private Found<Job> job(JobRequest request, LaunchRecord launch) {
    try {
      return creation.have(request, launch);
    } catch (RefusedException e) {
      throw e.code().equals("training_not_available") ? closed(e) : e;
    }
  }

  /** Whatever keeps it from being saved: a job that is billed is named. */
  private void save(LaunchRecord launch, Job job) {
    try {
      store.save(launch);
    } catch (LauncherException e) {
      throw new LauncherException(
          e.exitCode(),
          "job %s is there at %s, and billed; %s; then run the same command again, which finds it"
              .formatted(job.id(), provider.profile().title(), e.text()),
          e);
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
}
