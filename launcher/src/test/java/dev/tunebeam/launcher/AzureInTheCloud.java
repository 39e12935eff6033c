package dev.tunebeam.launcher;

import dev.tunebeam.dataset.terminal.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;

/** The stand-in's Azure: a key for the API, and an application of Entra ID for the management. */
abstract class AzureInTheCloud extends StandInTest {

  static final String MODEL = "gpt-4.1-mini-2025-04-14.ft-abc-tickets";

  /** As a deployment for the time of a command is named. */
  static final String TEMPORARY = "tunebeam-temporary-[0-9a-f]{12}";

  /** The path of a deployment in the management API. */
  final String path = "/azure" + standIn.azureResource() + "/deployments/[^/]+";

  @BeforeEach
  void addresses() {
    variables.put("AZURE_OPENAI_ENDPOINT", standIn.root());
    variables.put("AZURE_OPENAI_API_KEY", standIn.key());
    variables.put("AZURE_OPENAI_RESOURCE_ID", standIn.azureResource());
    variables.put("AZURE_MANAGEMENT_ENDPOINT", standIn.azureManagementUrl());
    variables.put("AZURE_AUTHORITY_HOST", standIn.azureManagementUrl());
    variables.put("AZURE_TENANT_ID", "tenant");
    variables.put("AZURE_CLIENT_ID", "client");
    variables.put("AZURE_CLIENT_SECRET", standIn.key());
    variables.put("HOME", folder.toString());
  }

  /** A dataset, and a model at Azure that was trained on it. */
  Path trained() {
    Path dataset = dataset();
    standIn.addTunedModel(MODEL, DatasetOnDisk.bytes(dataset, "validation").utf8());
    return dataset;
  }

  /** What the next command leaves: nothing is deployed, and no record. */
  Ended nextCommand() {
    return fast("undeploy", "--provider=azure").with(ExitCode.SUCCEEDED);
  }
}
