"""A broker, its workers and clients of both protocols, for tests: real programs in a scratch folder."""
import json
import os
import pathlib
import secrets
import signal
import shutil
import subprocess
import tempfile
import threading
import time

import zmq

SOURCE = pathlib.Path(os.environ["GK_SOURCE"])
BIN = pathlib.Path(os.environ["GK_BIN"])
PATIENCE = 20       # seconds that anything may take, sanitizers and a busy machine included
ORG = json.loads((SOURCE / "schemas/samples/org.json").read_text())
FORM = json.loads((SOURCE / "schemas/samples/form.json").read_text())


class Refused(Exception):
    def __init__(self, error):
        super().__init__(f"{error['code']}: {error['text']}")
        self.code = error["code"]


class Client:
    """A DEALER that asks one thing at a time and sends it again, same id, when no answer comes."""

    def __init__(self, endpoint):
        self.endpoint, self.socket = endpoint, None

    def connect(self):
        if self.socket:
            self.socket.close(0)
        self.socket = zmq.Context.instance().socket(zmq.DEALER)
        self.socket.linger = 0
        self.socket.connect(self.endpoint)

    def frames(self, service, request_id, payload, raw=None):
        out = [b"MDPC02", b"\x01", service.encode(), request_id.encode(), payload]
        return out if raw is None else out + [raw]

    def answers(self, service, payload, request_id=None, raw=None, patience=PATIENCE):
        """Every answer to one request, PARTIALs too, as (command, payload frames)."""
        request_id = request_id or secrets.token_hex(8)
        got, until = [], time.monotonic() + patience
        while time.monotonic() < until:
            self.connect()
            self.socket.send_multipart(self.frames(service, request_id, payload, raw))
            while self.socket.poll(2000):
                frames = self.socket.recv_multipart()
                if frames[0] != b"MDPC02" or frames[3] != request_id.encode():
                    continue
                got.append((frames[1], frames[4:]))
                if frames[1] == b"\x03":
                    return got
        raise TimeoutError(f"{service}: no final answer")

    def ask(self, service, body, request_id=None, raw=None, patience=PATIENCE):
        command, frames = self.answers(service, json.dumps(body).encode(), request_id, raw, patience)[-1]
        answer = json.loads(frames[0])
        if "error" in answer:
            raise Refused(answer["error"])
        return answer["ok"] if len(frames) == 1 else (answer["ok"], frames[1])

    def put(self, data):
        """Upload a document; its digest."""
        upload, offset = secrets.token_hex(8), 0
        while True:
            chunk = data[offset:offset + 256 * 1024]
            last = offset + len(chunk) == len(data)
            ok = self.ask("document.put", {"upload": upload, "offset": offset, "last": last}, raw=chunk)
            offset = ok["offset"]
            if last:
                return ok["digest"]


class Asking:
    """Of a test case with a broker in `b`: ask it, or see it refuse."""
    def ask(self, service, **body):
        return self.b.client.ask(service, body)

    def refused(self, code, service, **body):
        with self.assertRaises(Refused) as caught:
            self.ask(service, **body)
        self.assertEqual(caught.exception.code, code, str(caught.exception))
        return str(caught.exception)


class Worker:
    """A worker that a test plays: it says READY and takes jobs when told to."""

    def __init__(self, endpoint, service, credit=1, old=False):
        self.old, self.head = old, [b"", b"MDPW01"] if old else [b"MDPW02"]
        self.socket = zmq.Context.instance().socket(zmq.DEALER)
        self.socket.linger = 0
        self.socket.connect(endpoint)
        self.send(b"\x01", service.encode(), *([] if old else [str(credit).encode()]))

    def send(self, *frames):
        self.socket.send_multipart([*self.head, *frames])

    def job(self, patience=PATIENCE):
        """The next job as (address, payload); heartbeats meanwhile.  None when none comes."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if self.socket.poll(500):
                frames = self.socket.recv_multipart()[len(self.head):]
                if frames[0] == b"\x02":
                    return frames[1], frames[3]
            self.send(b"\x04" if self.old else b"\x05")
        return None

    def final(self, address, payload):
        self.send(b"\x03" if self.old else b"\x04", address, b"", payload)

    def close(self):
        self.socket.close(0)


class Broker:
    program, environment = BIN / "gongkai-broker", None

    def __init__(self, training=True, conf="", workers=(), org=True, options=(), started=True):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="gk-"))
        self.data = self.folder / "v"
        self.data.mkdir()
        if conf:
            (self.data / "gongkai.conf").write_text(conf)
        self.options = [*options, *(["--training", "--start", "2026-03-02"] if training else [])]
        self.endpoint = f"ipc://{self.data}/run/broker"
        self.processes, self.log = {}, self.folder / "log"
        self.client = Client(self.endpoint)
        if started:
            self.begin(org, workers)

    def begin(self, org=True, workers=()):
        self.start()
        if org:
            self.client.ask("admin.org_load", {"org": ORG})
        for worker in workers:
            self.worker(worker)

    def said(self):
        """The log; of a damaged ledger it may quote what is no UTF-8."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def spawn(self, name, *command):
        log = open(self.log, "ab")
        self.processes[name] = subprocess.Popen([str(word) for word in command], stdout=log, stderr=log, env=self.environment)
        log.close()
        return self.processes[name]

    def start(self):
        before = self.said().count("ready endpoint=")
        process = self.spawn("broker", self.program, "--data", self.data, *self.options)
        until = time.monotonic() + PATIENCE
        while self.said().count("ready endpoint=") == before:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the broker did not come up:\n" + self.said())
            time.sleep(0.01)

    def worker(self, service):
        more = ("--fonts", os.environ.get("GK_FONTS", SOURCE / "build/fonts")) if service == "reply" else ()
        if service == "reminder":
            more = ("--smtp", "smtp://127.0.0.1:1", "--from", "a@example.cn", "--starttls", "no")
        self.spawn(service, BIN / f"gongkai-{service}", "--data", self.data, *more)

    def kill(self, name, how=signal.SIGKILL):
        self.processes[name].send_signal(how)
        return self.processes[name].wait(PATIENCE)

    def alive(self):
        return self.processes["broker"].poll() is None

    def until(self, condition, what):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            value = condition()
            if value:
                return value
            time.sleep(0.02)
        raise TimeoutError(f"{what}:\n" + self.said()[-3000:])

    def submit(self, form=None, documents=(), request_id=None):
        body = {"form": FORM if form is None else form, "documents": list(documents)}
        return self.client.ask("application.submit", body, request_id)

    def advance(self, day, who="sun.lei"):
        """Turn the training clock on to `day` as if all mail of the way were sent; what the mails were told."""
        mails, mail = [], Worker(self.endpoint, "reminder")
        asking = threading.Thread(target=lambda: Client(self.endpoint).ask("admin.training_advance", {"as": who, "to": day}, patience=120))
        asking.start()
        while asking.is_alive():
            given = mail.job(patience=0.1)
            if given:
                mails.append(json.loads(given[1])["facts"])
                mail.final(given[0], json.dumps({"ok": {"sent": [], "failed": []}}).encode())
        asking.join()
        mail.close()
        return mails

    def verify(self):
        return self.client.ask("query.verify", {})

    def close(self):
        """End everything; the exit status of the broker."""
        for name in [name for name in self.processes if name != "broker"]:
            if self.processes[name].poll() is None:
                self.processes[name].terminate()
        for name, process in self.processes.items():
            if name != "broker":
                process.wait(PATIENCE)
        status = self.kill("broker", signal.SIGTERM) if self.alive() else self.processes["broker"].returncode
        if self.client.socket:
            self.client.socket.close(0)
        text = self.said()
        shutil.rmtree(self.folder)
        if "Sanitizer" in text:
            raise AssertionError(text[text.index("Sanitizer") - 200:][:4000])
        return status
