package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.launcher.http.Authorization;
import dev.tunebeam.launcher.http.BaseUrl;
import dev.tunebeam.launcher.http.Secret;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.registry.MlflowModels;
import dev.tunebeam.launcher.terminal.Console;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags for the same name at MLflow. */
final class MlflowOptions {

  private static final String TOKEN = "MLFLOW_TRACKING_TOKEN";
  private static final String USER = "MLFLOW_TRACKING_USERNAME";
  private static final String PASSWORD = "MLFLOW_TRACKING_PASSWORD";

  @Option(
      names = "--mlflow",
      paramLabel = "URI",
      description =
          "MLflow tracking server that gets the name as an alias too; its token is in"
              + " MLFLOW_TRACKING_TOKEN.")
  private @Nullable String uri;

  @Option(
      names = "--mlflowModel",
      paramLabel = "NAME",
      description = "Registered model at MLflow that has the aliases.")
  private @Nullable String model;

  /** Rejects one flag without the other, an address that is none and a token that is none. */
  void check(Shell shell) {
    if ((uri == null) != (model == null)) {
      throw wrongUse("--mlflow=URI and --mlflowModel=NAME go together");
    }
    if (uri != null) {
      base(uri);
      authorization(shell);
    }
  }

  /** The flags as they were given, for commands to repeat; empty if there are none. */
  String[] given() {
    return uri == null ? new String[0] : new String[] {"--mlflow=" + uri, "--mlflowModel=" + model};
  }

  /** The registered model; null if there are no flags. */
  @Nullable MlflowModels models(ProviderOptions options, Shell shell, Console console) {
    if (uri == null || model == null) {
      return null;
    }
    return new MlflowModels(
        options.anonymous(base(uri), shell, console).http("api/2.0/mlflow", authorization(shell)),
        base(uri).toString(),
        model);
  }

  private static HttpUrl base(String uri) {
    return BaseUrl.of(uri, "--mlflow");
  }

  private static Authorization authorization(Shell shell) {
    String token = shell.variables().getOrDefault(TOKEN, "");
    String user = shell.variables().getOrDefault(USER, "");
    String password = shell.variables().getOrDefault(PASSWORD, "");
    if (!token.isBlank()) {
      return new Authorization("Authorization", "Bearer ", new Secret(token, TOKEN), TOKEN);
    }
    if (!user.isBlank()) {
      byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      Secret secret = new Secret(Base64.getEncoder().encodeToString(both), PASSWORD);
      return new Authorization("Authorization", "Basic ", secret, PASSWORD);
    }
    return Authorization.without(new Secret(Secret.HIDDEN, "no token"), TOKEN);
  }
}
