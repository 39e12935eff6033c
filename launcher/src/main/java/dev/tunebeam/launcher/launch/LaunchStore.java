package dev.tunebeam.launcher.launch;

import java.util.Optional;
import java.util.function.Predicate;

/** What is remembered from one launch to the next: {@link LaunchFile}, or nothing in a dry run. */
public interface LaunchStore {

  /** The last run that matches. */
  Optional<LaunchRecord> last(Predicate<LaunchRecord> matches);

  /** Keeps a run; returns when it is safe. */
  void save(LaunchRecord launch);

  /** Remembers nothing. */
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
