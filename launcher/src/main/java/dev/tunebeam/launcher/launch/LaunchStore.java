package dev.tunebeam.launcher.launch;

import java.util.Optional;
import java.util.function.Predicate;

/** Persists launch records: {@link LaunchFile}, or nothing in a dry run. */
public interface LaunchStore {

  /** The last run that matches. */
  Optional<LaunchRecord> last(Predicate<LaunchRecord> matches);

  /** Saves a run; returns when it is on disk. */
  void save(LaunchRecord launch);

  /** Stores nothing. */
  LaunchStore NONE =
      new LaunchStore() {
        @Override
        public Optional<LaunchRecord> last(Predicate<LaunchRecord> matches) {
          return Optional.empty();
        }

        @Override
        public void save(LaunchRecord launch) {}
      };
}
