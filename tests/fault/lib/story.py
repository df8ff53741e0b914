"""A story of some people and all kinds of work, told to a broker that may die at any moment, and told again from the start until it
ends: what was answered once is answered so again, and at the end all is there once."""
import collections
import hashlib
import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "integration/lib"))
from broker import Client, FORM, ORG, PATIENCE, Refused, Worker  # noqa: E402

CHUNK = 256 * 1024
ATTACHED = "附件一".encode() * 40000              # two chunks
SECRET = "机密★10年\n".encode() * 10
CONF = "services\n" + "".join(f"    {name}\n        lease = \"2 s\"\n        max_attempts = 100\n        backoff = \"10 ms\"\n"
                              for name in ("intake", "review", "confidentiality", "reply", "reminder", "echo"))


class Died(Exception):
    """The broker is no more."""


def finding(service, job):
    """What a worker says; the same each time."""
    facts = job["facts"]
    if service == "intake":
        return {"complete": True, "missing": [], "received_on": facts["submitted_on"], "duplicate_of": [], "disguise": None, "flags": []}
    if service == "review":
        return {"unit": "BGS"}
    if service == "reminder":
        return {"sent": [], "failed": []}
    marks = [{"kind": "secret_mark", "class": "A", "document": document["digest"], "name": document["name"], "page": 1, "offset": 0,
              "length": 6, "excerpt": "机密", "level": "机密", "term": "10年"} for document in facts["documents"] if "密" in document["name"]]
    verdicts = [{"digest": document["digest"], "verdict": "class_a" if "密" in document["name"] else "clean", "pages": 1, "chars": 17}
                for document in facts["documents"]]
    return {"verdict": "class_a" if marks else "clean", "findings": marks, "documents": verdicts}


class Story:
    """`model`: how it went without a fault; None: this is that one."""

    def __init__(self, broker, model=None):
        self.b, self.model = broker, model
        self.told, self.cases, self.seen, self.players, self.jobs = {}, {}, {}, {}, []

    # ---- asking, while the played workers work ------------------------------------------------

    def work(self):
        """Do the oldest job that is there, and wait for what comes of it: so each telling asks the same of the disk."""
        self.collect()
        if not self.jobs:
            return
        self.look("query.verify", {})               # what was handed out before this has arrived when it is answered
        self.collect()
        service, address, payload = self.jobs.pop(self.jobs.index(min(self.jobs, key=lambda job: job[1][:8])))
        if service == "echo":
            self.players[service].final(address, payload[::-1])
            return
        job = json.loads(payload)
        before = self.events(job["case"])
        if service == "reply":
            facts = job["facts"]
            data = f"%PDF-1.4 {facts['letter']} {job['case']}".encode()
            digest = self.put(f"{facts['letter']}-{job['case'][1:]}", data, idle=True)
            ok = {"letter": facts["letter"], "digest": digest, "pages": 1, "size": len(data), "check_code": facts["head"][:8]}
        else:
            ok = finding(service, job)
        self.players[service].final(address, json.dumps({"ok": ok}).encode())
        until = time.monotonic() + PATIENCE
        while self.events(job["case"]) == before:
            assert time.monotonic() < until, f"{service} {job['task']}: nothing came of it"

    def collect(self):
        for service, worker in self.players.items():
            while worker.socket.poll(0):
                frames = worker.socket.recv_multipart()
                if frames[1] == b"\x02":
                    self.jobs.append((service, frames[2], frames[4]))
                elif frames[1] == b"\x05":
                    worker.send(b"\x05")

    def hear(self, socket, what, idle=False):
        until = time.monotonic() + PATIENCE
        while not socket.poll(2):
            if not idle:
                self.work()
            if not self.b.alive():
                raise Died
            assert time.monotonic() < until, f"{what}: no answer"
        return socket.recv_multipart()

    def call(self, step, service, payload, raw=None, idle=False):
        """One request until its FINAL; PARTIAL and FINAL are promises, and kept as such."""
        client = Client(self.b.endpoint)
        client.connect()
        client.socket.send_multipart(client.frames(service, step, payload, raw))
        try:
            while True:
                frames = self.hear(client.socket, step, idle)
                if frames[1] == b"\x03":
                    return frames[4]
                self.promise(f"{step} accepted", json.loads(frames[4])["ok"])
        finally:
            client.socket.close(0)

    def promise(self, step, answer):
        """What was said holds; only how far a case has come may be another, and with it the signed receipt, and what an advance found left to do."""
        if isinstance(answer, dict):
            answer = {key: value for key, value in answer.items() if not key.startswith("state") and key not in ("fired", "signed")}
        assert self.told.setdefault(step, answer) == answer, f"{step}: first {self.told[step]}, now {answer}"

    def ask(self, step, service, body, **more):
        answer = json.loads(self.call(step, service, json.dumps(body).encode(), **more))
        if "error" in answer:
            raise Refused(answer["error"])
        return answer["ok"]

    def act(self, step, service, body):
        ok = self.ask(step, service, body)
        self.promise(step, ok)
        return ok

    def look(self, service, body):
        return self.ask(f"look-{time.monotonic_ns()}", service, body, idle=True)

    def put(self, step, data, idle=False):
        """As schemas/protocol.md says: the digest is compared; an upload whose beginning went with the power begins anew.  What
        was stored once is not sent again: it must be there."""
        digest = hashlib.sha256(data).hexdigest()
        if f"{step} stored" in self.told:
            return digest
        for attempt in range(5):
            offset, got = 0, None
            try:
                while got is None:
                    part = data[offset:offset + CHUNK]
                    body = {"upload": f"{step}-{attempt}", "offset": offset, "last": offset + len(part) == len(data)}
                    ok = self.ask(f"{step}-{attempt}-{offset}", "document.put", body, raw=part, idle=idle)
                    offset, got = ok["offset"], ok.get("digest")
            except Refused as refusal:
                if refusal.code != "bad_value":
                    raise
            if got == digest:
                self.promise(f"{step} stored", digest)
                return digest
        raise AssertionError(f"{step}: the upload does not end")

    # ---- the story -----------------------------------------------------------------------------

    def tell(self):
        for worker in self.players.values():
            worker.close()
        self.players = {service: Worker(self.b.endpoint, service, 8)
                        for service in ("intake", "review", "confidentiality", "reply", "reminder", "echo")}
        self.jobs = []
        try:
            self.steps()
        finally:
            for worker in self.players.values():
                worker.close()
            self.players = {}

    def steps(self):
        self.act("offices", "admin.org_load", {"as": "sun.lei", "org": ORG})
        attached = self.put("attached", ATTACHED)
        first = self.submit("first", [{"digest": attached, "name": "附件.txt"}])
        self.act("note", "case.act", {"as": "chen.jing", "case": first, "action": "note", "fields": {"text": "已电话联系申请人"}})
        self.settle("noted", first)
        secret = self.put("secret", SECRET)
        second = self.submit("second", [{"digest": secret, "name": "密.txt"}])
        self.act("destroy", "case.act", {"as": "he.ping", "case": second, "action": "destroy_document",
                                         "fields": {"digest": secret, "reason": "演示"}})
        self.settle("destroyed", second)
        self.promise("echo", self.call("echo-1", "echo", "回声".encode()).hex())
        self.act("advance", "admin.training_advance", {"as": "sun.lei", "to": "2026-03-24"})
        self.settle("reminded", first, second)

    def submit(self, step, documents):
        form = json.loads(json.dumps(FORM))
        form["request"]["description"] = f"故事中的申请 {step}"
        case = self.act(step, "application.submit", {"form": form, "documents": documents})["case"]
        self.cases[step] = case
        self.settle(f"{step} handled", case)
        return case

    def show(self, case):
        return self.look("case.show", {"as": "he.ping", "case": case})

    def events(self, case):
        return len(self.show(case)["timeline"])

    def settle(self, step, *cases):
        """Until all that this brought is done: as many events as without a fault."""
        until = time.monotonic() + PATIENCE
        while True:
            seen = [self.events(case) for case in cases]
            if self.model is None and not self.waiting():
                self.seen[step] = [self.events(case) for case in cases]
                return
            if self.model and all(now >= then for now, then in zip(seen, self.model.seen[step])):
                return
            self.work()
            assert time.monotonic() < until, f"{step}: {seen} events, {self.model and self.model.seen[step]} without a fault; " \
                f"waiting: {self.waiting()}"
            time.sleep(0.005)

    def waiting(self):
        return [row for row in self.look("admin.workers", {"as": "wu.gang"})["services"] if row["ready"] or row["leased"]]

    # ---- what must be so after a death ---------------------------------------------------------------

    def kept(self):
        """Before anything is told again: what was answered is there."""
        for step in ("first", "second"):
            answer = self.told.get(step) or self.told.get(f"{step} accepted")
            if answer:
                self.look("application.status", {"receipt": answer["receipt"]})
        for step, case, event in (("note", "first", "noted"), ("destroy", "second", "document_destroyed"), ("advance", "first", "reminder_due")):
            if step in self.told:
                seen = [event["event"] for event in self.show(self.cases[case])["timeline"]]
                assert event in seen, f"{step} was answered, but is lost: {seen}"
        if "echo" in self.told:                     # nobody serves it now
            self.promise("echo", self.call("echo-1", "echo", "回声".encode(), idle=True).hex())
        for step in self.told:
            if step.endswith(" stored"):
                assert self.told[step] in self.files() or (step == "secret stored" and "second" in self.cases), f"{step} is lost"

    def files(self):
        return {path.name: path for folder in ("documents", "quarantine") for path in (self.b.data / folder).iterdir()}

    # ---- what must be so at the end ----------------------------------------------------------------

    def outcome(self):
        """All that can be compared with another telling: no codes, no salts."""
        out = {}
        for step, case in self.cases.items():
            view = self.show(case)
            out[step] = {"number": view["number"], "ordinal": view["ordinal"], "state": view["state"], "due_on": view["due_on"],
                         "documents": sorted((document["name"], document["status"]) for document in view["documents"]),
                         "events": collections.Counter(event["event"] for event in view["timeline"])}
        return out

    def check(self):
        for step, case in self.cases.items():
            status = self.look("application.status", {"receipt": self.told[step]["receipt"]})
            assert status["number"] == self.told[step]["number"], f"{step}: the receipt shows {status}"
        until = time.monotonic() + PATIENCE
        while self.waiting():
            self.work()
            assert time.monotonic() < until, f"stuck: {self.waiting()}"
        report = self.look("query.verify", {})
        assert report["problems"] == [], report["problems"]
        files = self.files()
        data = {path.name: path.read_bytes() for path in (self.b.data / "documents").iterdir()}
        assert data.get(hashlib.sha256(ATTACHED).hexdigest()) == ATTACHED, "what was attached is not in documents/"
        assert hashlib.sha256(SECRET).hexdigest() not in files, "what was destroyed is still there"
        for name in files:
            assert not name.startswith("."), f"{name} lies about"
        for name, content in data.items():
            assert hashlib.sha256(content).hexdigest() == name, f"{name} holds something else"
        if self.model:
            mine, right = self.outcome(), self.model.ended
            assert mine == right, f"{mine} is not {right}"
        else:
            self.ended = self.outcome()
