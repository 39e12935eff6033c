package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.DataFolder;
import dev.tunebeam.dataset.DatasetDigest;
import dev.tunebeam.transforms.write.JobReport;
import dev.tunebeam.transforms.write.WrittenFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The final names of the files of a job: in a folder that is named by their content, since data
 * files are never replaced by others. A pure function of the report.
 *
 * @param folder its name
 */
record DataFiles(String folder, JobReport report) {

  /** Names the folder by the names and hashes of all files, rejected rows and conflicts too. */
  static DataFiles of(JobReport report) {
    List<String> names = new ArrayList<>();
    List<String> hashes = new ArrayList<>();
    for (WrittenFile.Kind kind : WrittenFile.Kind.values()) {
      names.addAll(names(report, kind));
      files(report, kind).forEach(file -> hashes.add(file.sha256()));
    }
    return new DataFiles(DataFolder.of(DatasetDigest.of(names, hashes)), report);
  }

  /** The paths of the files of a kind in the dataset's folder, in order. */
  List<String> paths(WrittenFile.Kind kind) {
    return names(report, kind).stream().map(name -> folder + "/" + name).toList();
  }

  /** The files of a kind, in the same order. */
  List<WrittenFile> files(WrittenFile.Kind kind) {
    return files(report, kind);
  }

  /** The names of the files of a kind: {@code train-00000-of-00002.jsonl} and so on. */
  static List<String> names(JobReport report, WrittenFile.Kind kind) {
    int count = files(report, kind).size();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(String.format(Locale.ROOT, "%s-%05d-of-%05d%s", kind, i, count, kind.extension()));
    }
    return names;
  }

  static List<WrittenFile> files(JobReport report, WrittenFile.Kind kind) {
    return report.files().stream().filter(file -> file.kind() == kind).toList();
  }
}
