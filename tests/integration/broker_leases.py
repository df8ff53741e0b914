"""How leases end and who hears of it: late, in a crowd, by a death that sending notices, by a withdrawal; and the edges of plain
queued services."""
import json
import pathlib
import signal
import sqlite3
import sys
import time
import unittest

import zmq

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from broker import Broker, FORM, PATIENCE, Refused, Worker  # noqa: E402

CONF = """services
    echo
        lease = "2 s"
        max_attempts = 3
        backoff = "10 ms"
        waiting = 40
    slow
        lease = "1 s"
        max_attempts = 5
        backoff = "1 min"
    calm
        lease = "1 min"
    review
        lease = "1 s"
        max_attempts = 1
"""


class Leases(unittest.TestCase):
    def setUp(self):
        self.b, self.open = Broker(conf=CONF), []

    def tearDown(self):
        for one in self.open:
            one.close()
        self.assertEqual(self.b.close(), 0)

    def play(self, service, **more):
        self.open.append(Worker(self.b.endpoint, service, **more))
        return self.open[-1]

    def dealer(self, identity=None):
        socket = zmq.Context.instance().socket(zmq.DEALER)
        socket.linger = 0
        if identity:
            socket.routing_id = identity
        socket.connect(self.b.endpoint)
        self.open.append(socket)
        return socket

    def ask(self, payload, request_id=None, service=b"echo", socket=None, old=False):
        """Send a plain request and see that it is durable; the socket on which its answer will come."""
        socket = socket or self.dealer()
        if old:
            socket.send_multipart([b"", b"MDPC01", service, payload])
            return socket
        socket.send_multipart([b"MDPC02", b"\x01", service, *([request_id] if request_id else []), payload])
        frames = self.hear(socket)
        self.assertEqual(frames[:3], [b"MDPC02", b"\x02", service])
        self.assertEqual(frames[3:-1], [request_id] if request_id else [])
        return socket

    def hear(self, socket, patience=PATIENCE):
        self.assertTrue(socket.poll(int(patience * 1000)), "no answer")
        return socket.recv_multipart()

    def service(self, name):
        rows = self.b.client.ask("admin.workers", {"as": "wu.gang"})
        return {**next((row for row in rows["workers"] if row["service"] == name), {"count": 0}),
                **next(row for row in rows["services"] if row["service"] == name)}

    def settled(self, service):
        """A question answered means that all frames sent before by others were read too, or soon will be."""
        self.b.until(lambda: not self.service(service)["leased"] and not self.service(service)["ready"], f"{service} is idle")

    # ---- clients ---------------------------------------------------------------------------

    def test_every_mix_of_versions_answers(self):
        for old_client in (False, True):
            for old_worker in (False, True):
                worker = self.play("echo", old=old_worker)
                socket = self.ask(b"to and fro", None if old_client else b"mix-%d" % old_worker, old=old_client)
                address, payload = worker.job()
                worker.final(address, payload.upper())
                want = [b"", b"MDPC01", b"echo"] if old_client else [b"MDPC02", b"\x03", b"echo", b"mix-%d" % old_worker]
                self.assertEqual(self.hear(socket), [*want, b"TO AND FRO"])
                worker.send(b"\x05" if old_worker else b"\x06")

    def test_asking_often_on_one_socket_is_answered_once(self):
        socket = self.dealer()
        for _ in range(5):
            self.ask(b"often", b"often-1", socket=socket)
        worker = self.play("echo")
        worker.final(worker.job()[0], b"heard")
        self.assertEqual(self.hear(socket)[1:], [b"\x03", b"echo", b"often-1", b"heard"])
        self.assertFalse(socket.poll(500), "one request, one final")

    def test_a_new_connection_for_each_retry_takes_its_own_places(self):
        """The newest sixteen that wait for one outcome are told; those of other outcomes are not touched."""
        other = self.ask(b"other", b"other-1")
        sockets = [self.ask(b"again", b"again-1") for _ in range(20)]
        worker = self.play("echo", credit=2)
        for _ in range(2):
            address, payload = worker.job()
            worker.final(address, payload)
        for socket in [other, *sockets[4:]]:
            self.assertEqual(self.hear(socket)[1], b"\x03")
        self.assertFalse(any(socket.poll(100) for socket in sockets[:4]), "the oldest gave up their places")
        self.assertEqual(self.b.client.answers("echo", b"again", "again-1")[-1], (b"\x03", [b"again"]))

    def test_an_empty_body_and_an_empty_answer_are_kept(self):
        socket = self.ask(b"", b"empty-1")
        worker = self.play("echo")
        address, payload = worker.job()
        self.assertEqual(payload, b"")
        worker.final(address, b"")
        self.assertEqual(self.hear(socket)[1:], [b"\x03", b"echo", b"empty-1", b""])
        self.assertEqual(self.b.client.answers("echo", b"", "empty-1"), [(b"\x03", [b""])])

    def test_a_queue_has_an_end(self):
        socket = self.dealer()
        for number in range(40):
            self.ask(b"x", b"fill-%d" % number, socket=socket)
        error = json.loads(self.b.client.answers("echo", b"x", "one-more")[-1][1][0])["error"]
        self.assertEqual((error["code"], error["retry"]), ("busy", True))
        worker = self.play("echo", credit=100)
        for _ in range(40):
            worker.final(worker.job()[0], b"y")
        self.settled("echo")
        self.ask(b"x", b"one-more")

    def test_a_queue_has_an_end_within_a_turn(self):
        """What comes in one burst is counted too, though none of it is stored yet."""
        socket = self.dealer()
        self.ask(b"x", b"burst-0", socket=socket)
        broker = self.b.processes["broker"]
        broker.send_signal(signal.SIGSTOP)
        for number in range(1, 60):
            socket.send_multipart([b"MDPC02", b"\x01", b"echo", b"burst-%d" % number, b"x"])
        broker.send_signal(signal.SIGCONT)
        commands = [self.hear(socket)[1] for _ in range(1, 60)]
        self.assertEqual((commands.count(b"\x02"), commands.count(b"\x03")), (39, 20))

    def test_the_broker_s_own_services(self):
        for service, code in ((b"echo", b"200"), (b"intake", b"200"), (b"case.act", b"200"), (b"document.put", b"200"),
                              (b"case.show", b"200"), (b"nothing", b"404"), (b"", b"404"), (b"\xff" * 200, b"404")):
            self.assertEqual(self.b.client.answers("mmi.service", service)[-1][1], [code], service)
        self.assertEqual(self.b.client.answers("mmi.gongkai", b"")[-1][1], [b"200"])
        self.assertEqual(self.b.client.answers("mmi.other", b"")[-1][1], [b"501"])

    # ---- leases ----------------------------------------------------------------------------

    def test_a_late_final_counts_until_the_job_is_given_out_again(self):
        """What was done is done: a mail that took longer than the lease is not sent twice."""
        socket = self.ask(b"late", b"late-1", service=b"slow")
        worker = self.play("slow")
        address, _ = worker.job()
        self.b.until(lambda: self.service("slow")["leased"] == 0, "the lease of one second ends")
        self.assertEqual(self.service("slow")["ready"], 1)      # it backs off for a minute
        worker.final(address, b"late, but done")
        self.assertEqual(self.hear(socket)[-1], b"late, but done")
        self.assertEqual(self.service("slow")["ready"], 0)

    def test_good_bye_gives_back_at_once(self):
        askers = [self.ask(b"%d" % number, b"bye-%d" % number, service=b"calm") for number in range(30)]
        leaver = self.play("calm", credit=30)
        for _ in range(30):
            leaver.job()
        other = self.play("calm", credit=30)
        start = time.monotonic()
        leaver.send(b"\x06")
        taken = [other.job()[0] for _ in range(30)]
        self.assertLess(time.monotonic() - start, 5, "one lease a heartbeat")
        for address in taken:
            other.final(address, b"taken over")
        for asker in askers:
            self.assertEqual(self.hear(asker)[-1], b"taken over")

    def test_a_poison_job_is_counted_however_the_death_is_noticed(self):
        """Its worker dies with credit to spare and more work comes: the death is noticed by sending, not by silence."""
        self.ask(b"poison", b"poison-0")
        for attempt in range(3):
            worker = self.play("echo", credit=10)
            for address, payload in iter(worker.job, None):
                if payload == b"poison":
                    break
                worker.final(address, b"fine")
            self.assertEqual(payload, b"poison", f"attempt {attempt + 1}")
            worker.close()
            self.open.remove(worker)
            self.ask(b"more", b"poison-%d" % (attempt + 1))
        dead = self.b.until(lambda: self.b.client.ask("admin.dead_letters", {"as": "wu.gang"})["dead"], "it is a dead letter")
        self.assertEqual([(row["service"], row["attempts"]) for row in dead], [("echo", 3)])
        worker = self.play("echo", credit=10)
        address, payload = worker.job()
        self.assertEqual(payload, b"more")
        worker.final(address, b"fine")
        self.b.client.ask("admin.retry", {"as": "sun.lei", "job": dead[0]["job"]})
        address, payload = worker.job()
        self.assertEqual(payload, b"poison")
        worker.final(address, b"cured")
        self.settled("echo")

    def test_a_damaged_case_stops_only_itself(self):
        """Its job's lease ends, and the death cannot be recorded in it: a dead letter all the same, and the others go on."""
        self.b.worker("intake")
        worker = self.play("review")
        case = self.b.submit()["case"]
        job = json.loads(worker.job()[1])
        self.assertEqual(job["case"], case)
        ledger = sqlite3.connect(self.b.data / "ledger.db", timeout=PATIENCE)
        ledger.executescript("DROP TRIGGER event_never_changes")
        ledger.execute("UPDATE event SET state = 'nonsense' WHERE case_id = ? AND seq = 1", (case[1:],))
        ledger.commit()
        ledger.close()
        dead = self.b.until(lambda: self.b.client.ask("admin.dead_letters", {"as": "wu.gang"})["dead"], "it is a dead letter")
        self.assertEqual([(row["service"], row["case"]) for row in dead], [("review", case)])
        self.assertEqual({problem["id"] for problem in self.b.verify()["problems"]}, {int(case[1:])})
        other = self.b.submit({**FORM, "request": {"description": "另一件申请"}})
        self.assertEqual(json.loads(worker.job()[1])["case"], other["case"])

    # ---- what a lease lets read ----------------------------------------------------------------

    def test_only_the_checker_s_lease_reads_quarantine(self):
        """And once it found a mark, nobody's does; the secrecy reviewer is told, the ledger holds the mark and no content."""
        self.b.worker("intake")
        secret = "机密★10年\n只有检查者读到的一句话".encode()
        digest = self.b.client.put(secret)
        checker, reviewer = self.play("confidentiality"), self.play("review")
        case = self.b.submit({**FORM, "request": {"description": "带附件的申请"}}, [{"digest": digest, "name": "附件.txt"}])["case"]
        check, triage = checker.job()[0], reviewer.job()[0]

        def read(**right):
            return self.b.client.ask("document.get", {"digest": digest, **right})[1]
        self.assertEqual(read(lease=check.hex()), secret)
        for right in ({"lease": triage.hex()}, {"lease": (check[:8] + bytes(8)).hex()}, {"as": "he.ping", "case": case}):
            with self.assertRaises(Refused):
                read(**right)
        told = self.service("reminder")["ready"]
        finding = {"kind": "secret_mark", "class": "A", "document": digest, "name": "附件.txt", "page": 1, "offset": 0, "length": 6,
                   "excerpt": "只有检查者读到的一句话", "level": "机密", "term": "10年"}
        checker.final(check, json.dumps({"ok": {"verdict": "class_a", "findings": [finding], "documents": [
            {"digest": digest, "verdict": "class_a", "pages": 1, "chars": 17}]}}).encode())
        view = lambda: self.b.client.ask("case.show", {"as": "he.ping", "case": case})      # noqa: E731
        self.b.until(lambda: view()["documents"][0]["status"] == "refused", "the document is refused")
        self.assertGreater(self.service("reminder")["ready"], told, "the secrecy reviewer is not told")
        for right in ({"lease": check.hex()}, {"lease": triage.hex()}, {"as": "he.ping", "case": case}):
            with self.assertRaises(Refused):
                read(**right)
        # A later document of the case is scanned under a lease of its own, which reads that one alone.
        later, third = self.b.client.put("以后的附件".encode()), self.b.client.put("更晚的附件".encode())
        reviewer.final(triage, b'{"ok":{"unit":"BGS"}}')
        self.b.until(lambda: view()["state"] == "handling", "handled")
        for name in (later, third):
            self.b.client.ask("case.act", {"as": "han.xue", "case": case, "action": "attach", "fields": {"kind": "release"},
                                           "documents": [{"digest": name, "name": "后.txt"}]})
        check, payload = checker.job()
        self.assertEqual([d["digest"] for d in json.loads(payload)["facts"]["documents"]], [later])
        self.assertEqual(self.b.client.ask("document.get", {"digest": later, "lease": check.hex()})[1], "以后的附件".encode())
        for other, code in ((digest, "stale"), (third, "not_allowed"), ("0" * 64, "not_allowed")):
            with self.assertRaises(Refused) as caught:
                self.b.client.ask("document.get", {"digest": other, "lease": check.hex()})
            self.assertEqual(caught.exception.code, code)
        event = next(event["data"] for event in view()["timeline"] if event["event"] == "documents_admitted")
        self.assertEqual([(mark["level"], mark["term"], mark["page"]) for mark in event["marks"]], [("机密", "10年", 1)])
        self.assertNotIn("一句话", json.dumps(event, ensure_ascii=False))

    # ---- who waits for a case ----------------------------------------------------------------

    def test_who_waits_is_told_when_the_case_ends_early(self):
        """Withdrawn before intake looked at it: the submitter's FINAL comes all the same."""
        socket = self.dealer()
        socket.send_multipart([b"MDPC02", b"\x01", b"application.submit", b"early-1", json.dumps({"form": FORM}).encode()])
        frames = self.hear(socket)
        self.assertEqual(frames[1], b"\x02")
        self.b.client.ask("application.withdraw", {"receipt": json.loads(frames[4])["ok"]["receipt"]})
        final = self.hear(socket)
        self.assertEqual((final[1], final[3]), (b"\x03", b"early-1"))
        self.assertEqual(json.loads(final[4])["ok"]["state"], "withdrawn")


if __name__ == "__main__":
    unittest.main(verbosity=2)
