"""The disk fills up under the ledger: commands are refused as storage_full, nothing acknowledged is lost, readings go on, and
when there is room again so does everything.  Needs a small file system of its own (root, or a user namespace)."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from broker import Broker, FORM, PATIENCE  # noqa: E402

if os.environ.get("GK_DISK_INSIDE") != "1" and os.geteuid() != 0:
    os.environ["GK_DISK_INSIDE"] = "1"
    os.execvp("unshare", ["unshare", "--user", "--map-root-user", "--mount", sys.executable, *sys.argv])

small = tempfile.mkdtemp(prefix="gk-disk-")
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", small], check=True)
try:
    tempfile.tempdir = small                                    # the data directory goes there
    broker = Broker()
    ballast = pathlib.Path(small) / "ballast"
    ballast.write_bytes(b"x" * (1 << 20))
    accepted, refused = [], None

    def submit(request_id, form):
        """Sent once: a retry would hide the refusal."""
        client = broker.client
        client.connect()
        client.socket.send_multipart(client.frames("application.submit", request_id, json.dumps({"form": form}).encode()))
        assert client.socket.poll(PATIENCE * 1000), "no answer"
        return json.loads(client.socket.recv_multipart()[4])

    for number in range(5000):
        form = json.loads(json.dumps(FORM))
        form["request"]["description"] = f"第{number}件 " + "长文" * 2000
        answer = submit(f"d{number}", form)
        if "error" in answer:
            refused = answer["error"]["code"]
            break
        accepted.append((answer["ok"]["case"], answer["ok"]["receipt"]))
    assert refused == "storage_full", refused
    assert len(accepted) > 10, "full before it began"
    assert broker.alive()
    assert broker.client.ask("application.status", {"receipt": accepted[-1][1]})["state"] == "intake"      # readings go on
    ballast.unlink()
    until = time.monotonic() + PATIENCE + 12                    # it tries again ten seconds later
    while True:
        answer = submit("after", FORM)
        if "ok" in answer:
            accepted.append((answer["ok"]["case"], answer["ok"]["receipt"]))
            break
        assert answer["error"]["code"] == "storage_full" and answer["error"]["retry"], answer
        assert time.monotonic() < until, "it did not go on when there was room"
        time.sleep(0.5)
    broker.kill("broker")
    broker.start()
    report = broker.verify()
    assert report["problems"] == [], report["problems"]
    for case, receipt in accepted:
        assert broker.client.ask("application.status", {"receipt": receipt})["state"] == "intake", case
    assert report["cases"] == len(accepted) + 2, "one case for each that was accepted, and the two offices' ledgers"
    assert broker.close() == 0
    print(f"{len(accepted)} applications accepted, then storage_full, then on again")
finally:
    subprocess.run(["umount", "-l", small], check=True)
    shutil.rmtree(small, ignore_errors=True)
