"""A real Kafka broker: Apache Kafka's own jars, from Maven Central; one node, KRaft, on the loopback address."""

from __future__ import annotations

import socket
import subprocess
import time
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyspark
from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

VERSION = "4.2.1"
PATIENCE = 600
JARS = Path(__file__).parents[2] / f".cache/spark/kafka-{VERSION}"


def fetch() -> Path:
    """Kafka's jars and what they need, fetched once by the Ivy that comes with Spark."""
    if not JARS.exists():
        aside = JARS.with_name(f"{JARS.name}.part")
        spark_jars = Path(pyspark.__file__).parent / "jars"
        ivy = ["-dependency", "org.apache.kafka", "kafka_2.13", VERSION, "-confs", "default", "-types", "jar", "bundle"]
        pattern = str(aside / "[artifact]-[revision].[ext]")
        command = ["java", "-cp", f"{spark_jars}/*", "org.apache.ivy.Main", *ivy, "-retrieve", pattern]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=600)
        aside.rename(JARS)
    return JARS


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


def properties(folder: Path, port: int, controller: int) -> Path:
    """The settings of a node that is broker and controller in one."""
    path = folder / "server.properties"
    path.write_text(f"""
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs={folder}/log
num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
""")
    return path


@contextmanager
def broker(folder: Path) -> Iterator[str]:
    """Starts a broker, gives its address once it answers, and ends it."""
    port, controller = free_ports(2)
    settings = properties(folder, port, controller)
    java = ["java", "-Xmx512m", "-cp", f"{fetch()}/*"]
    cluster = urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
    # A cluster's name must not look like an option.
    cluster = cluster.replace("-", "A")
    formatting = [*java, "kafka.tools.StorageTool", "format", "-t", cluster, "-c", str(settings)]
    subprocess.run(formatting, check=True, stdout=subprocess.DEVNULL, timeout=PATIENCE)
    with (folder / "broker.log").open("w") as log:
        process = subprocess.Popen([*java, "kafka.Kafka", str(settings)], stdout=log, stderr=log)
    try:
        address = f"127.0.0.1:{port}"
        wait_for(address, process, folder / "broker.log")
        yield address
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Waits until a broker answers."""
    client = AdminClient({"bootstrap.servers": address, "log_level": 0})
    deadline = time.monotonic() + PATIENCE
    while True:
        assert process.poll() is None, log.read_text()[-2000:]
        assert time.monotonic() < deadline, "the broker does not answer"
        try:
            if client.list_topics(timeout=5).brokers:
                return
        except KafkaException:
            time.sleep(0.2)
