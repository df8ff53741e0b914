#!/usr/bin/python3
"""protocol_python - the two programs of schemas/protocol.md, as printed there, against a real broker.

What is shown is what a stranger would try: either side first, either side killed, the broker
restarted, the same id twice, an id used for something else, and an MDP/0.1 client beside them."""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

import zmq

BROKER = os.path.join(os.environ["GK_BIN"], "gongkai-broker")
PAGE = os.path.join(os.environ["GK_SOURCE"], "schemas", "protocol.md")
BROKER_OPTIONS = ["--training"]
PATIENCE = 60           # seconds; then something is broken


def programs():
    """{"client.py": text, "worker.py": text}: fenced blocks whose first line is `# NAME.py ...`."""
    with open(PAGE, encoding="utf-8") as page:
        blocks = re.findall(r"^```python\n(# (\w+\.py) .*?)^```$", page.read(), re.M | re.S)
    return {name: text for text, name in blocks}


class Python(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="gk-protocol-")
        self.endpoint = f"ipc://{self.folder}/data/run/broker"
        self.running = []
        for name, text in programs().items():
            with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        self.broker = self.start_broker()

    def tearDown(self):
        for process in self.running:
            if process.poll() is None:
                process.kill()
            process.communicate()
        shutil.rmtree(self.folder)

    def start(self, *words, **how):
        process = subprocess.Popen(words, text=True, **how)
        self.running.append(process)
        return process

    def start_broker(self):
        """Wait until it answers, not for a time."""
        log = open(os.path.join(self.folder, "broker.log"), "ab")
        process = self.start(BROKER, "--data", os.path.join(self.folder, "data"), *BROKER_OPTIONS, stdout=log,
                             stderr=log)
        log.close()
        socket = zmq.Context.instance().socket(zmq.DEALER)
        socket.linger = 0
        socket.connect(self.endpoint)
        socket.send_multipart([b"MDPC02", b"\x01", b"mmi.service", b"echo"])
        self.assertTrue(socket.poll(PATIENCE * 1000), "the broker does not answer; see broker.log")
        self.assertEqual(socket.recv_multipart()[:3], [b"MDPC02", b"\x03", b"mmi.service"])
        socket.close()
        return process

    def start_worker(self):
        return self.start(sys.executable, os.path.join(self.folder, "worker.py"), self.endpoint)

    def ask(self, request_id, text):
        return self.start(sys.executable, os.path.join(self.folder, "client.py"), self.endpoint, request_id, text,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def end(self, process):
        """Its lines; it must have ended well."""
        out, err = process.communicate(timeout=PATIENCE)
        self.assertEqual((process.returncode, err), (0, ""))
        return out.splitlines()

    def test_the_page_has_them_all(self):
        """check.py and chain.py are run by evidence.py."""
        self.assertEqual(sorted(programs()), ["chain.py", "check.py", "client.py", "worker.py"])
        for name, text in programs().items():
            self.assertLessEqual(len(text.splitlines()), 45 if name == "check.py" else 30)

    def test_worker_first(self):
        self.start_worker()
        self.assertEqual(self.end(self.ask("one", "你好"))[-1], "final 你好")

    def test_client_first_then_a_worker(self):
        client = self.ask("two", "waits")
        self.assertRegex(client.stdout.readline(), "^partial ")      # stored, though nobody serves it
        self.start_worker()
        self.assertEqual(client.stdout.readline(), "final waits\n")
        self.assertEqual(client.wait(PATIENCE), 0)

    def test_the_same_id_gets_the_first_answer(self):
        worker = self.start_worker()
        self.assertEqual(self.end(self.ask("three", "once"))[-1], "final once")
        worker.kill()
        worker.wait()
        self.assertEqual(self.end(self.ask("three", "once"))[-1], "final once")      # nobody works any more
        refused = self.end(self.ask("three", "something else"))[-1]
        self.assertIn("request_id_reused", refused)

    def test_everybody_is_killed_on_the_way(self):
        client = self.ask("four", "survives")
        self.assertRegex(client.stdout.readline(), "^partial ")
        client.kill()
        self.broker.send_signal(signal.SIGKILL)
        self.broker.wait()
        worker = self.start_worker()                                 # before there is a broker again
        self.broker = self.start_broker()
        self.assertEqual(self.end(self.ask("four", "survives"))[-1], "final survives")
        self.assertIsNone(worker.poll())

    def test_the_broker_restarts_under_a_worker(self):
        self.start_worker()
        self.assertEqual(self.end(self.ask("five", "before"))[-1], "final before")
        self.broker.send_signal(signal.SIGTERM)
        self.assertEqual(self.broker.wait(PATIENCE), 0)
        self.broker = self.start_broker()
        self.assertEqual(self.end(self.ask("six", "after"))[-1], "final after")

    def test_an_old_client_beside_them(self):
        self.start_worker()
        socket = zmq.Context.instance().socket(zmq.REQ)              # puts the empty frame first
        socket.linger = 0
        socket.connect(self.endpoint)
        socket.send_multipart([b"MDPC01", b"echo", b"old"])
        self.assertTrue(socket.poll(PATIENCE * 1000))
        self.assertEqual(socket.recv_multipart(), [b"MDPC01", b"echo", b"old"])
        socket.close()


if __name__ == "__main__":
    unittest.main(verbosity=2)
