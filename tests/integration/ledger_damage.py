"""One bit or one page of the ledger changes on disk: the broker or the verification names it, or it changed nothing that they answer
for.  Never a crash, a hang, or a changed event that verifies.  GK_ROUNDS (30) and GK_SEED."""
import collections
import os
import pathlib
import random
import re
import signal
import sqlite3
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from broker import Broker, FORM, PATIENCE, Refused  # noqa: E402

rounds = int(os.environ.get("GK_ROUNDS", "30"))
seed = int(os.environ.get("GK_SEED", "1"))
generator = random.Random(seed)
broker = Broker(workers=("intake", "review"))
ledger = broker.data / "ledger.db"
cases = []

# Not here: what no event can tell, which is the hashes that a case is found by (receipt, applicant, content) and an office's own stream.
CONTENT = ("SELECT * FROM event ORDER BY case_id, seq", "SELECT * FROM seal ORDER BY case_id, seq, name",
           "SELECT id, number, iif(state = 'ledger', '', office), unit, holder, state, seq, head, received_on, due_on, provisional, clock, "
           "outcome FROM cases NOT INDEXED ORDER BY id")


def content():
    """None when SQLite itself cannot read it."""
    db = sqlite3.connect(ledger)
    db.text_factory = bytes
    try:
        return [db.execute(query).fetchall() for query in CONTENT]
    except sqlite3.Error:
        return None
    finally:
        db.close()


def asked(service, **body):
    """Its answer; of a broker that ended, what it said."""
    until = time.monotonic() + PATIENCE
    while broker.alive():
        try:
            return broker.client.ask(service, body, patience=1)
        except Refused as refusal:
            return {"problems": str(refusal)}
        except TimeoutError:
            assert time.monotonic() < until, f"{service} hangs"
    return {"problems": broker.said() or "it ended without a word"}


def problems():
    """What the start or the verification says is wrong; everything else is asked to see that it answers."""
    try:
        broker.start()
    except RuntimeError:
        broker.processes["broker"].wait(PATIENCE)
        return broker.said() or "it ended without a word"
    for service in ("case.list", "queue.list", "admin.workers", "admin.dead_letters"):
        asked(service, **{"as": "wu.gang"})
    for case in cases:
        asked("case.show", **{"as": "wu.gang", "case": case})
    found = asked("query.verify")["problems"]
    broker.kill("broker", signal.SIGTERM)
    return found


digest = broker.client.put("附件".encode())
for number in range(3):
    form = {**FORM, "request": {"description": f"第{number}件不同的申请内容"}}
    cases.append(broker.submit(form, [{"digest": digest, "name": "附件.txt"}])["case"])
    broker.client.ask("case.act", {"as": "chen.jing", "case": cases[-1], "action": "note", "fields": {"text": "一条笔记"}})
broker.until(lambda: not any(row["ready"] or row["leased"] for row in asked("admin.workers", **{"as": "wu.gang"})["services"]
                             if row["service"] in ("intake", "review")), "they are handled")
for name in ("intake", "review", "broker"):
    broker.kill(name, signal.SIGTERM)
whole, before = ledger.read_bytes(), content()
assert before and not problems()
PAGE = 16384
pools = [[at for at, byte in enumerate(whole) if byte],
         [found.start() - back for found in re.finditer(rb"2026-03-02T", whole) for back in (1, 2)],       # case and seq of an event
         [found.start() + at for found in re.finditer(rb"handling", whole) for at in range(-8, 70)]]       # rows of cases
damages = {f"page {at // PAGE}": whole[:at] + bytes(PAGE) + whole[at + PAGE:] for at in range(0, len(whole), PAGE)}
for _ in range(rounds):
    at, bit = generator.choice(generator.choice(pools)), generator.randrange(8)
    damages[f"byte {at}, bit {bit}"] = whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1:]
outcome = collections.Counter()
for what, damaged in damages.items():
    for name in ("ledger.db-wal", "ledger.db-shm"):
        (broker.data / name).unlink(missing_ok=True)
    ledger.write_bytes(damaged)
    broker.log.write_text("")
    found = problems()
    status, said = broker.processes["broker"].returncode, broker.said()
    assert status in (0, 1) and "Sanitizer" not in said, f"seed {seed}, {what}: exit status {status}\n{said[-3000:]}"
    assert found or content() == before, f"seed {seed}, {what}: changed, and nobody says so"
    outcome["named" if found else "nothing changed"] += 1
for name in ("ledger.db-wal", "ledger.db-shm"):
    (broker.data / name).unlink(missing_ok=True)
ledger.write_bytes(whole)
broker.start()
assert broker.close() == 0
print(f"seed {seed}: {len(damages)} damages, {dict(outcome)}")
