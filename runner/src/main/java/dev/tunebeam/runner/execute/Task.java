package dev.tunebeam.runner.execute;

/** What one worker does in one go: reads something and passes on its elements. */
interface Task {

  void run(Worker worker) throws Exception;
}
