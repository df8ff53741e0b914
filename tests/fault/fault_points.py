"""The power goes right before and right behind each write, fdatasync, rename, removal and send of a story (lib/story.py), its first
start included; on what the disk kept the story is told again from the start, and ends as if nothing had been.

GK_ROUNDS points (16), or "all"; GK_SEED; GK_PLANT: one of lib/fault.py's PLANTS, which must then be found."""
import collections
import os
import pathlib
import random
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from fault import NAMES, FaultBroker  # noqa: E402
from story import CONF, Died, Story  # noqa: E402

seed = int(os.environ.get("GK_SEED", str(int(time.time()))))
plant = os.environ.get("GK_PLANT", "")
generator = random.Random(seed)


def without_a_fault():
    """The story as it should be, and the operation that each pair of points belongs to."""
    broker = FaultBroker(conf=CONF, org=False, plant=plant)         # a planted fault has fewer points
    story = Story(broker)
    story.tell()
    story.check()
    broker.cut("kept", generator)
    broker.close()
    return story, broker.ops


def chosen(ops, rounds):
    """Points, counted from 1: all, or so many, of each kind of operation as many as there are."""
    if rounds == "all":
        return range(1, 2 * len(ops) + 1)
    kinds = collections.defaultdict(list)
    for number, op in enumerate(ops):
        kinds[op] += [2 * number + 1, 2 * number + 2]
    for points in kinds.values():
        generator.shuffle(points)
    return [points[turn] for turn in range(int(rounds)) for points in kinds.values() if turn < len(points)][:int(rounds)]


def one(model, point, how):
    """One death; what it was in."""
    broker = FaultBroker(conf=CONF, started=False, plant=plant)
    story = Story(broker, model)
    broker.arm(point)
    try:
        broker.start()
        story.tell()
    except (Died, RuntimeError):
        pass
    assert broker.page["killed_in"], f"the fault did not fire: {broker.page['points']} points were passed\n" + broker.said()[-2000:]
    killed_in = broker.page["killed_in"]
    try:
        broker.cut(how, generator)
        broker.start()
        story.kept()
        story.tell()
        story.check()
    except Exception:
        print(broker.said()[-3000:])
        raise
    finally:
        status = broker.close()
    assert status == 0, f"the broker ended with {status}"
    return killed_in


began = time.monotonic()
model, ops = without_a_fault()
points = chosen(ops, os.environ.get("GK_ROUNDS", "16"))
done, ways = collections.Counter(), collections.Counter()
for point in points:
    how = "lost" if plant else generator.choice(["lost", "lost", "torn", "torn", "kept"])
    try:
        killed_in = one(model, point, how)
    except BaseException:
        print(f"seed {seed}: point {point} of {2 * len(ops)}, what was not synced was {how}", flush=True)
        raise
    done[NAMES[killed_in]] += 1
    ways[how] += 1
print(f"seed {seed}: {len(points)} of {2 * len(ops)} points in {time.monotonic() - began:.0f} s, each fired; died in {dict(done)}; "
      f"what was not synced was {dict(ways)}")
