"""Kill the broker or a worker at a random instant, again and again, under load, and often the power goes with the broker: what was
acknowledged is there once, numbers have no holes or doubles, the chain verifies, nothing stays stuck; and no timer fires twice or not
at all.  GK_ROUNDS (10) and GK_SEED."""
import collections
import json
import os
import pathlib
import random
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from fault import FaultBroker  # noqa: E402
from broker import Client, FORM, PATIENCE, Refused, Worker  # noqa: E402

rounds = int(os.environ.get("GK_ROUNDS", "10"))
seed = int(os.environ.get("GK_SEED", str(int(time.time()))))
generator = random.Random(seed)
conf = "services\n" + "".join(f"    {name}\n        lease = \"2 s\"\n        max_attempts = 100\n"
                              for name in ("intake", "review", "confidentiality", "reply", "reminder"))
broker = FaultBroker(conf=conf, workers=("intake", "review"))
acknowledged = collections.defaultdict(list)        # by kind: what a client was told
ways = collections.Counter()
stop = threading.Event()
lock = threading.Lock()


def form_of(person, number):
    form = json.loads(json.dumps(FORM))
    form["applicant"]["name"] = f"申请人{person}"
    form["applicant"]["proof"] = {"type": "passport", "number": f"P{person:07d}"}
    form["applicant"]["contact"].pop("email", None)
    form["request"]["description"] = f"第{person}人的第{number}件申请，请求公开有关文件"
    return form


def applicant(person):
    """Submit, and note on each case; each request is sent until it is answered, always with its id."""
    client, number = Client(broker.endpoint), 0
    while not stop.is_set():
        number += 1
        request = f"s{person}-{number}"
        try:
            answer = client.ask("application.submit", {"form": form_of(person, number)}, request, patience=60)
            again = client.ask("application.submit", {"form": form_of(person, number)}, request, patience=60)
            assert again["receipt"] == answer["receipt"], "a repeated submission shows another receipt"
            note = {"as": "chen.jing", "case": answer["case"], "action": "note", "fields": {"text": request}}
            seq = client.ask("case.act", note, f"n{person}-{number}", patience=60)["seq"]
        except Refused as refusal:
            if refusal.code != "stale":
                raise
            continue
        with lock:
            acknowledged["cases"].append((person, answer["case"], answer["receipt"]))
            acknowledged["notes"].append((answer["case"], seq))


def die():
    """The broker dies, and comes up on what the disk kept."""
    how = generator.choice(["kept", "lost", "torn"])
    ways[how] += 1
    broker.kill("broker")
    broker.cut(how, generator)
    broker.start()


threads = [threading.Thread(target=applicant, args=(person,), daemon=True) for person in range(1, 4)]
for thread in threads:
    thread.start()
killed = collections.Counter()
for _ in range(rounds):
    time.sleep(generator.uniform(0.02, 0.4))
    victim = generator.choice(["broker", "broker", "intake", "review"])
    killed[victim] += 1
    if victim == "broker":
        die()
    else:
        broker.kill(victim)
        broker.worker(victim)
stop.set()
for thread in threads:
    thread.join(120)
    assert not thread.is_alive(), "a client is still waiting"

waiting = lambda: [row for row in broker.client.ask("admin.workers", {"as": "wu.gang"})["services"]     # noqa: E731
                   if row["service"] in ("intake", "review") and (row["ready"] or row["leased"])]
broker.until(lambda: not waiting(), f"jobs stay: {waiting()}")
report = broker.verify()
assert report["problems"] == [], report["problems"]
rows, after = [], None
while True:
    page = broker.client.ask("case.list", {"as": "wu.gang", **({"after": after} if after else {})})
    rows += page["cases"]
    if not page["more"]:
        break
    after = rows[-1]["case"]
assert all(row["state"] == "handling" for row in rows), "a case is stuck"
serials = sorted(int(row["number"].rsplit("-", 1)[1]) for row in rows)
assert serials == list(range(1, len(rows) + 1)), "numbers have a hole or a double"
known = {row["case"] for row in rows}
assert {case for _, case, _ in acknowledged["cases"]} <= known, "an acknowledged application is lost"
ordinals = collections.defaultdict(list)
for person, case, receipt in acknowledged["cases"]:
    view = broker.client.ask("case.show", {"as": "wu.gang", "case": case})
    ordinals[person].append(view["ordinal"])
    events = [event["event"] for event in view["timeline"]]
    assert events.count("noted") == 1 and events.count("registered") == 1 and events.count("triaged") == 1, events
    assert broker.client.ask("application.status", {"receipt": receipt})["number"] == view["number"]
for person, taken in ordinals.items():
    assert sorted(taken) == list(range(1, len(taken) + 1)), f"ordinals of {person}: {sorted(taken)}"


def advance(last):
    """Move the clock to the due date, until it is there or the broker is killed; played workers take what that brings."""
    client = broker.client
    client.connect()
    client.socket.send_multipart(client.frames("admin.training_advance", "over", b'{"as":"sun.lei","to":"2026-03-30"}'))
    players = {Worker(broker.endpoint, "reminder", 100): b'{"ok":{"sent":[],"failed":[]}}',
               Worker(broker.endpoint, "reply", 100): b'{"error":{"code":"io","text":"no letters here","retry":false}}'}
    until = time.monotonic() + (PATIENCE if last else generator.uniform(0.02, 0.3))
    there = False
    while not there and time.monotonic() < until:
        for worker, finding in players.items():
            while worker.socket.poll(5):
                frames = worker.socket.recv_multipart()
                if frames[1] == b"\x02":
                    worker.final(frames[2], finding)
        while client.socket.poll(0):
            there |= client.socket.recv_multipart()[1] == b"\x03"
    for worker in players:
        worker.close()
    assert there or not last, "the clock did not arrive"
    return there


steps = 1
while not advance(steps == rounds):
    die()
    steps += 1
for row in rows:
    timeline = broker.client.ask("case.show", {"as": "wu.gang", "case": row["case"]})["timeline"]
    fired = [event["data"]["left"] for event in timeline if event["event"] == "reminder_due"]
    assert fired == [5, 3, 1, 0], f"{row['case']}: reminders with {fired} days left"
    told = [event["data"]["cause"] for event in timeline if event["event"] == "notified"]
    assert len(told) == len(set(told)) >= 4, "a job was done twice or not at all"
assert broker.verify()["problems"] == []
status = broker.close()
assert status == 0, f"the broker ended with {status}"
print(f"seed {seed}: {rounds} kills {dict(killed)}, {len(rows)} cases, {len(acknowledged['notes'])} notes, {report['events']} events; "
      f"{steps} starts while the clock went on; what was not synced was {dict(ways)}")
