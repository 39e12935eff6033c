"""Every night: the dataset is prepared on Spark, the model is trained by a pod of the image.

Needs apache-airflow-providers-apache-spark and apache-airflow-providers-cncf-kubernetes, and
apache-airflow-providers-openlineage or no LINEAGE. The connection spark_default names a YARN or standalone
cluster; the folder of the dataset must be the same for both, here a shared volume.
"""

import re
from datetime import timedelta

import pendulum
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.providers.common.compat.sdk import AirflowException, AirflowFailException, AirflowSkipException
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


def judge(exit_code, failure):
    """Skips or fails the task where a retry changes nothing; else Airflow retries it."""
    if exit_code == NOTHING_NEW:
        raise AirflowSkipException(str(failure)) from failure
    if exit_code in NOT_RETRIED:
        raise AirflowFailException(str(failure)) from failure


class TunebeamSpark(SparkSubmitOperator):
    """In client mode the exit code of spark-submit is that of prepare, and the message has it."""

    def execute(self, context):
        try:
            return super().execute(context)
        except AirflowException as failure:
            code = re.search(r"Error code is: (\d+)", str(failure))
            judge(int(code[1]) if code else None, failure)
            raise


class TunebeamPod(KubernetesPodOperator):
    """The exit code is that of the container with the name base."""

    def execute(self, context):
        try:
            return super().execute(context)
        except AirflowException as failure:
            pod = self.remote_pod or self.pod
            statuses = pod.status.container_statuses if pod and pod.status else None
            for container in statuses or []:
                if container.name == "base" and container.state.terminated:
                    judge(container.state.terminated.exit_code, failure)
            raise


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
    prepare = TunebeamSpark(
        task_id="prepare",
        application="/opt/tunebeam/tunebeam-spark.jar",
        java_class="dev.tunebeam.pipelines.Main",
        name="tickets",
        deploy_mode="client",
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
        deferrable=False,  # a deferred task does not come back to execute
        trigger_rule="none_failed",  # also after a skip: a job that is missing is created, one that is there adopted
    )
    prepare >> launch


tickets()
