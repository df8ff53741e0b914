#!/usr/bin/python3
"""confidentiality - the worker against a broker of forty lines: jobs go out, documents are asked for with
the lease, findings come back, and neither a finding nor the log shows a whole number or a line of a secret."""
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile

import zmq

WORKER = os.path.join(os.environ["GK_BIN"], "gongkai-confidentiality")
FILES = {
    "预算.txt": "请公开2026年度预算。".encode("gb18030"),
    "说明.txt": "身份证号110101209912310015，电话138 0013 8000。".encode(),
    "方案.txt": "关于某方案的报告\n机\n密★20年\n绝不可见的内容".encode(),
    "照片.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(300000),      # two chunks
}
DIGEST = {name: hashlib.sha256(data).hexdigest() for name, data in FILES.items()}
BY_DIGEST = {DIGEST[name]: data for name, data in FILES.items()}
ADDRESS = bytes(range(16))
CHUNK = 256 << 10


class Broker:
    def __init__(self, endpoint):
        self.socket = zmq.Context.instance().socket(zmq.ROUTER)
        self.socket.bind(endpoint)
        self.worker = None
        self.leases = set()

    def serve_client(self, peer, service, request, payload):
        answer = [b'{"ok":{}}']
        if service == b"mmi.gongkai":
            answer = [b"200"]
        elif service == b"document.get":
            ask = json.loads(payload[0])
            self.leases.add(ask.get("lease"))
            data, offset = BY_DIGEST.get(ask["digest"]), ask["offset"]
            if data is None:
                answer = [b'{"error":{"code":"not_found","text":"no such document","retry":false}}']
            else:
                part = data[offset:offset + CHUNK]
                ok = {"size": len(data), "offset": offset, "last": offset + len(part) == len(data)}
                answer = [json.dumps({"ok": ok}).encode(), part]
        self.socket.send_multipart([peer, b"MDPC02", b"\x03", service, *request, *answer])

    def step(self):
        """Serve one message; return a worker's final payload, if it was one."""
        if not self.socket.poll(30000):
            sys.exit("the worker is silent")
        peer, *frames = self.socket.recv_multipart()
        if frames[0] == b"MDPC02":
            service, rest = frames[2], frames[3:]
            self.serve_client(peer, service, rest[:1] if len(rest) > 1 else [], rest[1:] or rest)
        elif frames[1] == b"\x01":
            self.worker = peer
        elif frames[1] == b"\x05":
            self.socket.send_multipart([peer, b"MDPW02", b"\x05"])
        elif frames[1] == b"\x04":
            assert frames[2] == ADDRESS, frames
            return json.loads(frames[-1])
        return None

    def work(self, task, names, draft="", digest=None):
        documents = [{"digest": digest or DIGEST[n], "name": n, "kind": "attachment", "size": len(FILES[n])} for n in names]
        job = {"service": "confidentiality", "case": "@7", "number": None, "seq": 1, "today": "2026-03-02",
               "at": "2026-03-02T01:00:00Z", "attempt": 1, "training": True, "task": task,
               "office": {"code": "GZ", "phone": "020-12345678"}, "facts": {"documents": documents, "draft": draft}}
        while self.worker is None:
            self.step()
        self.socket.send_multipart([self.worker, b"MDPW02", b"\x02", ADDRESS, b"", json.dumps(job).encode()])
        while True:
            final = self.step()
            if final is not None:
                return final


def check(what, good):
    if not good:
        sys.exit("FAILED: %s" % what)


def main():
    with tempfile.TemporaryDirectory() as folder:
        endpoint = "ipc://%s/broker" % folder
        broker = Broker(endpoint)
        log = open(os.path.join(folder, "log"), "w+")
        worker = subprocess.Popen([WORKER, "--endpoint", endpoint], stderr=log)
        try:
            finding = broker.work("admit", list(FILES))
            verdicts = [d["verdict"] for d in finding["ok"]["documents"]]
            check(finding, verdicts == ["clean", "flagged", "class_a", "unreadable"])
            check(finding, finding["ok"]["documents"][3]["reason"] == "unsupported")
            mark = [f for f in finding["ok"]["findings"] if f["class"] == "A"]
            check(mark, mark == [{"class": "A", "kind": "state_secret_mark", "document": DIGEST["方案.txt"],
                                  "name": "方案.txt", "page": 1, "offset": 9, "length": 7, "excerpt": "机密★20年",
                                  "level": "机密", "term": "20年"}])
            check(broker.leases, broker.leases == {ADDRESS.hex()})
            shown = json.dumps(finding, ensure_ascii=False)
            check(shown, not any(s in shown for s in ("110101209912310015", "13800138000", "绝不可见")))

            finding = broker.work("review", [], draft="您好，请致电020-12345678或13800138000。")
            found = finding["ok"]["findings"]
            check(finding, [(f["document"], f["kind"]) for f in found] == [("draft", "mobile")])
            check(finding, finding["ok"]["verdict"] == "flagged")

            refused = broker.work("admit", ["预算.txt"], digest="0" * 64)
            check(refused, refused["error"]["code"] == "not_found")
            refused = broker.work("dance", [])
            check(refused, refused["error"]["code"] == "unsupported" and not refused["error"]["retry"])
        finally:
            worker.send_signal(signal.SIGTERM)
            status = worker.wait(30)
        log.seek(0)
        said = log.read()
        check(said, status == 0 and not any(s in said for s in ("110101", "138001", "机密", "方案")))

        # Without its extractor it cannot work, which is no verdict on the document.
        worker = subprocess.Popen([WORKER, "--endpoint", endpoint, "--extract", "/nowhere/x"], stderr=log)
        broker.worker = None
        try:
            refused = broker.work("admit", ["预算.txt"])
            check(refused, refused["error"]["code"] == "io" and "--extract" in refused["error"]["text"])
        finally:
            worker.terminate()
            worker.wait(30)
    print("gongkai-confidentiality: all as it should be")


main()
