"""Every night: the dataset is prepared on Spark, the model is trained by a pod of the image.

Needs apache-airflow-providers-apache-spark and apache-airflow-providers-cncf-kubernetes. The connection
spark_default names the cluster; the folder of the dataset must be the same for both, here a bucket that is
copied by the pod's init step, or a shared volume.
"""

from datetime import timedelta

import pendulum
from airflow.exceptions import AirflowException, AirflowFailException
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.sdk import dag
from kubernetes.client import models as k8s

# A matter for a person: retrying changes nothing. 1 and 75 are retried, 7 is nothing new.
NOT_RETRIED = {2, 3, 4, 5, 6, 8, 9}
NOTHING_NEW = 7

OPENS = " ".join(
    f"--add-opens=java.base/{package}=ALL-UNNAMED"
    for package in (
        "java.lang java.lang.invoke java.util java.util.concurrent java.net java.nio sun.nio.ch sun.security.action"
    ).split()
)

LINEAGE = {
    "OPENLINEAGE_PARENT_ID": "{{ macros.OpenLineageProviderPlugin.lineage_parent_id(task_instance) }}",
    "TUNEBEAM_PIPELINE": "tickets",
    "TUNEBEAM_LOG_FORMAT": "json",
}


class TunebeamPod(KubernetesPodOperator):
    """Fails at once on exit codes that no retry can change."""

    def execute(self, context):
        try:
            return super().execute(context)
        except AirflowException as failure:
            if exit_code(self.remote_pod or self.pod) in NOT_RETRIED:
                raise AirflowFailException(str(failure)) from failure
            raise


def exit_code(pod):
    """The exit code of the container with the name base, None if there is none."""
    for container in (pod.status.container_statuses or []) if pod and pod.status else []:
        if container.name == "base" and container.state.terminated:
            return container.state.terminated.exit_code
    return None


@dag(
    schedule="15 2 * * *",
    start_date=pendulum.datetime(2026, 11, 1, tz="Europe/Berlin"),
    catchup=False,
    max_active_runs=1,
    default_args={
        "retries": 2,
        "retry_delay": timedelta(minutes=10),
        "execution_timeout": timedelta(hours=8),
    },
)
def tickets():
    prepare = SparkSubmitOperator(
        task_id="prepare",
        application="/opt/tunebeam/tunebeam-spark.jar",
        java_class="dev.tunebeam.pipelines.Main",
        name="tickets",
        executor_memory="4g",
        executor_cores=4,
        conf={
            "spark.driver.extraJavaOptions": OPENS,
            "spark.executor.extraJavaOptions": OPENS,
        },
        env_vars=LINEAGE,
        application_args=[
            "prepare",
            "--recipe=/mnt/tickets/recipe.yaml",
            "--output=/mnt/tickets/out",
            "--previous=/mnt/tickets/out",
            "--overwrite",
        ],
    )
    launch = TunebeamPod(
        task_id="launch",
        image="registry.example.com/tunebeam:0.1.0",
        arguments=["launch", "/mnt/tickets/out", "--yes", "--budget=50"],
        skip_on_exit_code=[NOTHING_NEW],
        secrets=[],
        env_from=[k8s.V1EnvFromSource(secret_ref=k8s.V1SecretEnvSource(name="tickets-keys"))],
        env_vars=LINEAGE,
        volumes=[
            k8s.V1Volume(
                name="data",
                persistent_volume_claim=k8s.V1PersistentVolumeClaimVolumeSource(claim_name="tickets-data"),
            )
        ],
        volume_mounts=[k8s.V1VolumeMount(name="data", mount_path="/mnt/tickets")],
        termination_grace_period=60,
    )
    prepare >> launch


tickets()
