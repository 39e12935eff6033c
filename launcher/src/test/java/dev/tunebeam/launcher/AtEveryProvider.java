package dev.tunebeam.launcher;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** The providers other than OpenAI, each at the stand-in. */
abstract class AtEveryProvider extends StandInTest {

  /**
   * Those with an API; the regular expressions are those of the creation of a job and of the last
   * request of an upload.
   */
  enum At {
    AZURE("gpt-4o-mini-2024-07-18", "/openai/v1/fine_tuning/jobs", "/openai/v1/files"),
    NEBIUS(
        "meta-llama/Meta-Llama-3.1-8B-Instruct", "/nebius/v1/fine_tuning/jobs", "/nebius/v1/files"),
    TOGETHER(
        "meta-llama/Meta-Llama-3.1-8B-Instruct-Reference",
        "/together/v1/fine-tunes",
        "/together/v1/files/[^/]+/preprocess"),
    FIREWORKS(
        "accounts/fireworks/models/llama-v3p1-8b-instruct",
        "/fireworks/v1/accounts/[^/]+/supervisedFineTuningJobs",
        "/fireworks/v1/accounts/[^/]+/datasets/[^/]+:upload");

    private final String model;
    private final String creation;
    private final String upload;

    At(String model, String creation, String upload) {
      this.model = model;
      this.creation = creation;
      this.upload = upload;
    }

    String model() {
      return model;
    }

    String creation() {
      return creation;
    }

    String upload() {
      return upload;
    }

    String flag() {
      return "--provider=" + name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  @BeforeEach
  void addresses() {
    standIn.addBaseModel(At.NEBIUS.model, null, true);
    variables.put("AZURE_OPENAI_ENDPOINT", standIn.root());
    variables.put("NEBIUS_BASE_URL", standIn.nebiusUrl());
    variables.put("TOGETHER_BASE_URL", standIn.togetherUrl());
    variables.put("FIREWORKS_BASE_URL", standIn.fireworksUrl());
    variables.put("FIREWORKS_ACCOUNT_ID", standIn.fireworksAccount());
    for (String provider : List.of("AZURE_OPENAI", "NEBIUS", "TOGETHER", "FIREWORKS")) {
      variables.put(provider + "_API_KEY", standIn.key());
    }
  }
}
