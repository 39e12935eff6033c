package dev.tunebeam.launcher.command;

/** File names derived from provider ids. */
final class FileName {

  private FileName() {}

  /** The name with every character replaced that is not safe in a file name. */
  static String of(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]+", "-");
  }
}
