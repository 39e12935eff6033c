package dev.tunebeam.launcher.launch;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.launcher.launch.FindOrCreate.Found;
import dev.tunebeam.launcher.launch.LaunchRecord.UploadedFile;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.DatasetChangedException;
import dev.tunebeam.launcher.provider.DatasetFile;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.provider.RemoteFile;
import dev.tunebeam.launcher.terminal.Console;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of a dataset at a provider: each is uploaded once, and recorded. If the dataset is
 * replaced or changed while it is sent, nothing that this launch uploaded stays there.
 */
record Uploads(
    Provider provider, Dataset dataset, FindOrCreate once, Console console, LaunchStore store) {

  /** Of a digest in messages. */
  private static final int DIGITS = 12;

  /**
   * The run with all its files at the provider.
   *
   * @throws LauncherException if the dataset is not what the manifest says
   */
  LaunchRecord all(LaunchRecord begun) {
    LaunchRecord launch = begun;
    Map<String, RemoteFile> own = new TreeMap<>();
    for (DatasetFile file : dataset.files()) {
      try {
        Found<RemoteFile> found = upload(launch, file);
        if (!found.adopted()) {
          own.put(file.split(), found.thing());
        }
        launch = launch.with(file.split(), new UploadedFile(found.thing(), file.hash()));
        store.save(launch);
        console.tell(
            "%s %s as %s (%s)"
                .formatted(
                    file.split(),
                    found.adopted() ? "already exists" : "uploaded",
                    found.thing().id(),
                    Figures.bytes(file.bytes())));
      } catch (DatasetChangedException e) {
        withdraw(launch, own);
        throw dataset.isReplaced() ? replaced(e) : e;
      }
    }
    if (dataset.isReplaced()) {
      console.tell(
          "the dataset in %s was replaced meanwhile; this launches the one that was uploaded, %s"
              .formatted(dataset.folder(), dataset.manifest().digest().substring(0, DIGITS)));
    }
    return launch;
  }

  private void withdraw(LaunchRecord launch, Map<String, RemoteFile> own) {
    LaunchRecord left = launch;
    for (var file : own.entrySet()) {
      provider.deleteFile(file.getValue());
      left = left.without(file.getKey());
      store.save(left);
    }
  }

  private LauncherException replaced(DatasetChangedException e) {
    return new LauncherException(
        ExitCode.TRY_LATER,
        ("the dataset in %s was replaced while it was uploaded, so nothing was started, and what"
                + " was uploaded is deleted; run the same command again to launch the new one")
            .formatted(dataset.folder()),
        e);
  }

  private Found<RemoteFile> upload(LaunchRecord launch, DatasetFile file) {
    Journal journal = new Journal(launch, store, file, console);
    try (journal) {
      return once.have(() -> existing(launch, file), () -> provider.upload(file, journal));
    }
  }

  /** A file that is there: uploaded by this run, its previous attempt, or another launch. */
  Optional<RemoteFile> existing(LaunchRecord launch, DatasetFile file) {
    UploadedFile own = launch.files().get(file.split());
    return own != null && own.sha256().equals(file.hash()) && provider.holds(own.file())
        ? Optional.of(own.file())
        : provider.findFile(file);
  }
}
