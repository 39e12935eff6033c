package dev.tunebeam.launcher.command;

/** Names of files made of names that providers gave. */
final class FileName {

  private FileName() {}

  /** The name with everything replaced that a file system may not like. */
  static String of(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]+", "-");
  }
}
