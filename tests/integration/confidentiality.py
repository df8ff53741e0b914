#!/usr/bin/python3
"""confidentiality - the worker against a broker of a few lines: jobs go out, documents are asked for with
the lease, findings come back, and neither a finding nor the log shows a whole number or a line of a secret."""
import hashlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from worker_broker import ADDRESS, Broker, check  # noqa: E402

WORKER = os.path.join(os.environ["GK_BIN"], "gongkai-confidentiality")
FILES = {
    "预算.txt": "请公开2026年度预算。".encode("gb18030"),
    "说明.txt": "身份证号110101209912310015，电话138 0013 8000。".encode(),
    "方案.txt": "关于某方案的报告\n机\n密★20年\n绝不可见的内容".encode(),
    "照片.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(300000),      # two chunks
}
DIGEST = {name: hashlib.sha256(data).hexdigest() for name, data in FILES.items()}


def job(task, names, draft="", digest=None):
    documents = [{"digest": digest or DIGEST[n], "name": n, "kind": "attachment", "size": len(FILES[n])} for n in names]
    return {"service": "confidentiality", "case": "@7", "number": None, "seq": 1, "today": "2026-03-02",
            "at": "2026-03-02T01:00:00Z", "attempt": 1, "training": True, "task": task,
            "office": {"code": "GZ", "phone": "020-12345678"}, "facts": {"documents": documents, "draft": draft}}


def main():
    with tempfile.TemporaryDirectory() as folder:
        endpoint = "ipc://%s/broker" % folder
        broker = Broker(endpoint, {DIGEST[name]: data for name, data in FILES.items()})
        log = open(os.path.join(folder, "log"), "w+")
        worker = subprocess.Popen([WORKER, "--endpoint", endpoint], stderr=log)
        try:
            finding = broker.work(job("admit", list(FILES)))
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

            finding = broker.work(job("review", [], draft="您好，请致电020-12345678或13800138000。"))
            found = finding["ok"]["findings"]
            check(finding, [(f["document"], f["kind"]) for f in found] == [("draft", "mobile")])
            check(finding, finding["ok"]["verdict"] == "flagged")

            refused = broker.work(job("admit", ["预算.txt"], digest="0" * 64))
            check(refused, refused["error"]["code"] == "not_found")
            refused = broker.work(job("dance", []))
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
            refused = broker.work(job("admit", ["预算.txt"]))
            check(refused, refused["error"]["code"] == "io" and "--extract" in refused["error"]["text"])
        finally:
            worker.terminate()
            worker.wait(30)
    print("gongkai-confidentiality: all as it should be")


main()
