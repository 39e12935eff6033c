package dev.tunebeam.launcher.provider;

import dev.tunebeam.dataset.DeploymentType;
import java.util.List;
import java.util.Optional;

/**
 * The deployments of a provider whose fine-tuned models must be deployed before use. All methods
 * are idempotent and retried; they return when the provider has accepted the request, not when it
 * is done. Thread-safe.
 */
public interface Deployments {

  /**
   * A request to deploy a model. A second one with the same name is the same deployment.
   *
   * @param name letters, digits and dashes, at most 64
   * @param model the fine-tuned model
   * @param base the model that it was trained from, as the catalogue names it
   * @param capacity in the provider's unit
   */
  record Request(String name, String model, String base, DeploymentType type, int capacity) {}

  /** Where they are at the provider, as {@link Provider#deployments(String)} takes it. */
  String place();

  /** All deployments. */
  List<Deployment> list();

  /** The deployment of a name. */
  Optional<Deployment> find(String name);

  /**
   * Rejects a deployment that the account has no room for, before it is requested.
   *
   * @throws dev.tunebeam.launcher.process.LauncherException with the limit
   */
  void checkRoom();

  /** Creates a deployment, which may be billed from then on. */
  Deployment create(Request request);

  /** Deletes a deployment; no effect if it is not there. */
  void delete(String name);

  /** What one unit of capacity is, for messages. */
  String unit();
}
