package dev.tunebeam.launcher.launch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.launcher.launch.LaunchRecord.Step;
import dev.tunebeam.launcher.launch.LaunchRecord.UploadedFile;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobStatus;
import dev.tunebeam.launcher.provider.RemoteFile;
import dev.tunebeam.launcher.provider.TrainingSettings;
import dev.tunebeam.launcher.provider.UploadJournal.Session;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchFileTest {

  @TempDir private Path folder = Path.of("");

  private static LaunchRecord begun(String run) {
    return new LaunchRecord(
        run,
        "openai",
        "https://api.openai.com/v1/",
        "digest",
        new TrainingSettings(
            "gpt-4o-mini-2024-07-18",
            Method.DPO,
            3,
            4,
            new BigDecimal("1.80"),
            new BigDecimal("0.00001"),
            new BigDecimal("1e-1"),
            0,
            "straße",
            new TrainingSettings.Wandb("project", null, null, List.of()),
            null,
            null),
        1,
        new BigDecimal("9.000000"),
        Step.UPLOADING,
        new TreeMap<>(),
        new Session(
            "upload_1",
            "hash",
            Instant.parse("2026-11-20T12:00:00Z"),
            new TreeMap<>(Map.of(10, "part_b", 2, "part_a"))),
        null,
        null);
  }

  @Test
  void whatIsWrittenIsReadTheSame() {
    LaunchRecord begun = begun("run-1");
    new LaunchFile(folder).save(begun);
    assertThat(new LaunchFile(folder).records(), contains(begun));
  }

  @Test
  void whatEarlierVersionsWroteIsReadTheSame() throws IOException {
    Files.writeString(
        folder.resolve("launch.json"),
        """
        {"launches": [{"run": "run-1", "provider": "openai",
          "baseUrl": "https://api.openai.com/v1/", "digest": "digest",
          "settings": {"model": "gpt-4o-mini-2024-07-18", "method": "dpo", "epochs": 3,
            "batchSize": 4, "learningRateMultiplier": 1.8, "learningRate": 0.00001, "beta": 0.1,
            "seed": 0, "suffix": "straße", "wandb": {"project": "project"}},
          "attempt": 1, "usd": 9.000000, "step": "uploading", "files": {},
          "upload": {"id": "upload_1", "sha256": "hash", "expiresAt": "2026-11-20T12:00:00Z",
            "parts": {"2": "part_a", "10": "part_b"}}}]}
        """);
    assertThat(new LaunchFile(folder).records(), contains(begun("run-1")));
  }

  @Test
  void aRunKeepsItsPlaceAndAnUploadEndsWithItsFile() {
    LaunchFile file = new LaunchFile(folder);
    file.save(begun("run-1"));
    file.save(begun("run-2"));
    LaunchRecord uploaded =
        begun("run-1").with("train", new UploadedFile(new RemoteFile("file-1", "n", 5), "hash"));
    file.save(uploaded);
    assertThat(file.records(), contains(uploaded, begun("run-2")));
    assertThat(uploaded.upload() == null, is(true));
    assertThat(
        file.last(run -> run.provider().equals("openai")).map(LaunchRecord::run).orElse(""),
        is("run-2"));
  }

  @Test
  void aJobThatIsOverEndsItsRun() {
    Job job = FakeProvider.job("job-1", JobStatus.SUCCEEDED, 0, null);
    assertThat(begun("run-1").with(job).step(), is(Step.OVER));
    Job queued = FakeProvider.job("job-1", JobStatus.QUEUED, 0, null);
    assertThat(begun("run-1").with(queued).step(), is(Step.CREATED));
  }

  @Test
  void whatAProcessThatWasKilledLeftBehindIsNoMatter() throws IOException {
    Files.writeString(folder.resolve(".launch.json.new"), "{\"laun");
    LaunchFile file = new LaunchFile(folder);
    assertThat(file.records(), empty());
    file.save(begun("run-1"));
    assertThat(file.records(), contains(begun("run-1")));
    assertThat(Files.exists(folder.resolve(".launch.json.new")), is(false));
  }
}
