"""Publishes a file of ratings to Kafka: so many every so many seconds, as the post's producer did (1,000 every 5)."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable

from .npy import RunError

Rating = tuple[str, str, float]


def publish(servers: str, topic: str, ratings: Iterable[Rating], batch: int, seconds: float) -> int:
    """Sends ratings, in their order, and waits until the broker has each batch; returns how many were sent.

    :param seconds: from the beginning of a batch to that of the next; 0: as fast as the broker takes them
    """
    from confluent_kafka import KafkaError, Message, Producer  # noqa: PLC0415  Only who publishes needs it.

    failed: list[str] = []

    def delivered(error: KafkaError | None, _message: Message) -> None:
        if error is not None:
            failed.append(str(error))

    # In order, each once, whatever is sent again.
    producer = Producer({"bootstrap.servers": servers, "enable.idempotence": True})
    sent, due = 0, time.monotonic()
    for rating in ratings:
        while True:
            try:
                producer.produce(topic, _message(rating), partition=0, on_delivery=delivered)
                break
            except BufferError:
                producer.poll(0.1)
        sent += 1
        if sent % batch == 0:
            producer.flush()
            due += seconds
            time.sleep(max(0.0, due - time.monotonic()))
        if failed:
            raise RunError(f"Kafka did not take a rating: {failed[0]}")
    producer.flush()
    if failed:
        raise RunError(f"Kafka did not take a rating: {failed[0]}")
    return sent


def _message(rating: Rating) -> bytes:
    user, item, value = rating
    return json.dumps({"user": user, "item": item, "value": value}, allow_nan=False).encode()
