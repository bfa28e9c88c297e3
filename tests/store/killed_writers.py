"""Four writers in a process that is killed again and again: `python -m tests.store.killed_writers URL KILLS DAY DAY`.

Prints `key day position` for every write the store acknowledged to its writer. Each round is a forked child, killed in
the middle of its writes; the next one first repeats, with the same keys, what the last one never heard of.
"""

import os
import random
import signal
import sys
from itertools import count
from threading import Thread

from models.store import KeyUsed, PositionTaken, WardStore, open_store
from tests.store.wards import heart_rate, who

WRITERS = 4


def write_once(store: WardStore, key: str, day_id: str) -> int:
    """Until it is acknowledged: whoever comes second looks again, as charting does."""
    while True:
        try:
            return store.append(day_id, store.positions([day_id])[day_id], [heart_rate(71)], **who(key))[0].position
        except PositionTaken:
            continue
        except KeyUsed as used:
            return used.facts[0].position


def write(store: WardStore, pipe: int, writer: int, first: int, day_id: str) -> None:
    for number in count(first):
        key = f"{writer}-{number}"
        position = write_once(store, key, day_id)
        os.write(pipe, f"{key} {day_id} {position}\n".encode())


def serve_until_killed(url: str, pipe: int, first: list[int], days: list[str]) -> None:
    store = open_store(url, "training")
    for writer in range(WRITERS):
        Thread(target=write, args=(store, pipe, writer, first[writer], days[writer % len(days)])).start()


def one_round(url: str, first: list[int], days: list[str], acknowledged: int) -> list[str]:
    """What was acknowledged before the kill fell, in the middle of something."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        serve_until_killed(url, writing, first, days)
        signal.pause()
    os.close(writing)
    with os.fdopen(reading) as heard:
        lines = [heard.readline() for _ in range(acknowledged)]
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines += heard.readlines()
    return [line for line in lines if line.endswith("\n")]


def main(url: str, kills: int, days: list[str]) -> None:
    chance, first = random.Random(7), [0] * WRITERS
    for _ in range(kills):
        for line in one_round(url, first, days, acknowledged=chance.randint(1, 40)):
            writer, number = line.split()[0].split("-")
            first[int(writer)] = max(first[int(writer)], int(number) + 1)
            sys.stdout.write(line)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
