"""One broker a directory; a directory is training for ever or never; what is damaged, newer or wrong is refused with a
sentence; a stop is clean."""
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from broker import BIN, Broker, FORM, ORG, Refused, SOURCE  # noqa: E402


class Start(unittest.TestCase):
    def setUp(self):
        self.b = Broker()

    def tearDown(self):
        self.assertIn(self.b.close(), (0, -signal.SIGKILL))

    def refused(self, *options, data=None):
        done = subprocess.run([BIN / "gongkai-broker", "--data", data or self.b.data, *options], capture_output=True, text=True, timeout=20)
        self.assertNotEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("Sanitizer", done.stderr)
        return done.stderr

    def test_a_second_broker_names_the_first(self):
        self.assertIn(str(self.b.processes["broker"].pid), self.refused())

    def test_training_is_for_ever(self):
        self.b.kill("broker", signal.SIGTERM)
        self.b.options = []
        self.b.start()
        self.assertIn("mode=training", self.b.log.read_text().splitlines()[-1])
        self.b.client.ask("queue.list", {"as": "chen.jing"})

    def test_real_use_never_becomes_training_and_believes_nobody(self):
        real = Broker(training=False, org=False)
        try:
            self.assertEqual(real.client.ask("admin.org_load", {"org": ORG})["offices"], 2)     # the first needs nobody
            for service, body in (("queue.list", {"as": "chen.jing"}), ("admin.org_load", {"as": "sun.lei", "org": ORG}),
                                  ("admin.training_advance", {"as": "sun.lei", "to": "2030-01-01"})):
                with self.assertRaises(Refused) as caught:
                    real.client.ask(service, body)
                self.assertEqual(caught.exception.code, "not_allowed")
            real.kill("broker", signal.SIGTERM)
            self.assertIn("real use", self.refused("--training", data=real.data))
            (real.data / "gongkai.conf").write_text("broker\n    trust_names = true\n")
            real.start()
            real.client.ask("queue.list", {"as": "chen.jing"})
        finally:
            self.assertEqual(real.close(), 0)

    def test_another_program_that_holds_the_ledger(self):
        """Commands are told to come again, readings go on, and so does everything when it lets go."""
        other = sqlite3.connect(self.b.data / "ledger.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        client = self.b.client
        client.connect()
        client.socket.send_multipart(client.frames("application.submit", "held", json.dumps({"form": FORM}).encode()))
        self.assertTrue(client.socket.poll(20000))
        self.assertEqual(json.loads(client.socket.recv_multipart()[4])["error"], {"code": "busy", "retry": True, "text": "busy, try again later"})
        self.assertEqual(self.b.verify()["problems"], [])
        other.execute("ROLLBACK")
        other.close()

        def accepted():
            client.connect()
            client.socket.send_multipart(client.frames("application.submit", "held", json.dumps({"form": FORM}).encode()))
            self.assertTrue(client.socket.poll(20000))
            return "ok" in json.loads(client.socket.recv_multipart()[4])
        self.b.until(accepted, "it goes on")

    def test_keys_of_the_wrong_size(self):
        self.b.kill("broker", signal.SIGTERM)
        (self.b.data / "keys/receipt.key").write_bytes(b"short")
        self.assertIn("receipt.key is not a key of 32 bytes", self.refused())

    def test_a_damaged_ledger(self):
        self.b.kill("broker", signal.SIGTERM)
        path = self.b.data / "ledger.db"
        path.write_bytes(b"\0" * 100 + path.read_bytes()[100:])
        self.assertIn("store:", self.refused())

    def test_a_ledger_that_forgot_what_it_is(self):
        """Neither becomes another kind of directory, nor takes its offices from whoever comes first."""
        for forget, said in (("UPDATE meta SET value = 'trainjng' WHERE key = 'mode'", "training or in real use"),
                             ("UPDATE meta SET key = 'modf' WHERE key = 'mode'", "training or in real use"),
                             ("UPDATE meta SET key = 'districu' WHERE key = 'district'", "the district's"),
                             ("UPDATE meta SET value = 'GX' WHERE key = 'district'", "the district's")):
            self.b.kill("broker", signal.SIGTERM)
            path = self.b.data / "ledger.db"
            whole = path.read_bytes()
            ledger = sqlite3.connect(path)
            ledger.execute(forget)
            ledger.commit()
            ledger.close()
            self.assertIn(said, self.refused())
            path.write_bytes(whole)
            for name in ("ledger.db-wal", "ledger.db-shm"):
                (self.b.data / name).unlink(missing_ok=True)
            self.b.start()

    def test_a_newer_ledger(self):
        self.b.kill("broker", signal.SIGTERM)
        ledger = sqlite3.connect(self.b.data / "ledger.db")
        ledger.execute("PRAGMA user_version = 99")
        ledger.close()
        self.assertIn("use the newer program", self.refused())

    def test_a_path_too_long_for_a_socket(self):
        said = self.refused("--run", "/tmp/" + "x" * 120)
        self.assertIn("107", said)
        self.assertIn("--run DIR", said)

    def test_a_wrong_configuration_names_its_line(self):
        self.b.kill("broker", signal.SIGTERM)
        (self.b.data / "gongkai.conf").write_text("broker\n    limits\n        turn_comands = 5\n")
        said = self.refused()
        self.assertIn("line 3", said)
        self.assertIn("turn_comands", said)

    def test_usage(self):
        for options in (["--nonsense"], ["extra"], ["--start", "2026-03-02"]):
            done = subprocess.run([BIN / "gongkai-broker", *options], capture_output=True, timeout=20)
            self.assertEqual(done.returncode, 2)

    def test_stop_by_either_signal_is_clean(self):
        for how in (signal.SIGTERM, signal.SIGINT):
            self.assertEqual(self.b.kill("broker", how), 0)
            self.b.start()

    def test_the_training_clock_stays_where_it_was(self):
        self.b.client.ask("admin.training_advance", {"as": "sun.lei", "to": "2026-03-10"}, patience=30)
        with self.assertRaises(Refused):
            self.b.client.ask("admin.training_advance", {"as": "sun.lei", "to": "2026-03-09"})
        self.b.kill("broker")
        self.b.start()
        with self.assertRaises(Refused) as caught:
            self.b.client.ask("admin.training_advance", {"as": "sun.lei", "to": "2026-03-09"})
        self.assertIn("2026-03-10", str(caught.exception))

    def test_a_holiday_notice_is_loaded_and_kept(self):
        notice = ("notice 国办发明电〔2026〕9号 2026-11-04\ncovers 2027-01-01 2027-12-31\n"
                  "off 2027-01-01 2027-01-03 元旦\n")
        answer = self.b.client.ask("admin.calendar_load", {"as": "sun.lei", "notice": notice})
        self.assertEqual(answer["covered_to"], "2027-12-31")
        for wrong in ("", "covers 2027-01-01 2027-12-31\n", notice.replace("2027-12-31", "2027-13-31")):
            with self.assertRaises(Refused):
                self.b.client.ask("admin.calendar_load", {"as": "sun.lei", "notice": wrong})
        self.b.kill("broker")
        self.b.start()
        self.assertEqual(self.b.verify()["problems"], [])
        more = notice.replace("2027", "2028").replace("9号", "10号")
        self.assertEqual(self.b.client.ask("admin.calendar_load", {"as": "sun.lei", "notice": more})["covered_to"], "2028-12-31")

    def test_half_a_calendar_is_none(self):
        """A notice or a file that is wrong half-way leaves every day as it was, for the loop and the readers; a start names the file."""
        schemas = pathlib.Path(tempfile.mkdtemp(prefix="gk-"))
        self.addCleanup(shutil.rmtree, schemas)
        shutil.copytree(SOURCE / "schemas", schemas, dirs_exist_ok=True)
        year = schemas / "calendar/2026.txt"
        whole = year.read_text()
        with mock.patch.dict(os.environ, GK_SCHEMAS=str(schemas)):
            b = Broker(training=False, options=("--training", "--start", "2026-04-20"), workers=("intake",))

            def due(number):
                said = b.submit({**FORM, "request": {"description": f"第{number}件不同的申请"}})       # by the loop, then by a reader
                return [(answer["due_on"], answer["provisional"]) for answer in (
                    said, b.client.ask("case.explain", {"as": "wu.gang", "case": said["case"]}))]

            def load():
                b.client.ask("admin.org_load", {"as": "sun.lei", "org": ORG})
                return b.log.read_text().count("reload-refused")
            try:
                days = [("2026-05-20", False)] * 2                # 1 to 5 May are off, Saturday 9 May is worked
                self.assertEqual(due(1), days)
                with self.assertRaises(Refused) as caught:
                    b.client.ask("admin.calendar_load", {"as": "sun.lei", "notice": "notice 某号\ncovers 2027-01-01 2027-12-31\n"
                                                         "off 2026-05-11 2026-05-15 某节\nnonsense\n"})
                self.assertIn("line 4", str(caught.exception))
                self.assertEqual(due(2), days)
                year.write_text(whole.partition("off     2026-05-01")[0] + "nonsense\n")
                b.until(load, "the broker reads its calendar again")
                self.assertEqual(due(3), days)
                b.kill("broker")
                with self.assertRaises(RuntimeError) as caught:
                    b.start()
                self.assertIn("2026.txt: line 10", str(caught.exception))
                year.write_text(whole)
                b.start()
                self.assertEqual(due(4), days)
                self.assertEqual(b.verify()["problems"], [])
            finally:
                self.assertEqual(b.close(), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
