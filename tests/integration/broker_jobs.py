"""The life of a job, with workers that the test plays: order, death, time, dead letters, stale and superseded findings,
both versions of Majordomo."""
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from broker import Broker, Client, FORM, ORG, Refused, Worker  # noqa: E402

CONF = """services
    echo
        lease = "1 s"
        max_attempts = 2
        backoff = "10 ms"
    review
        lease = "30 s"
        max_attempts = 2
        backoff = "10 ms"
    confidentiality
        max_attempts = 2
        backoff = "10 ms"
"""


class Jobs(unittest.TestCase):
    def setUp(self):
        self.b = Broker(conf=CONF, workers=("intake",))
        self.players = []

    def tearDown(self):
        for player in self.players:
            player.close()
        self.assertEqual(self.b.close(), 0)

    def play(self, service, **more):
        self.players.append(Worker(self.b.endpoint, service, **more))
        return self.players[-1]

    def show(self, case):
        return self.b.client.ask("case.show", {"as": "wu.gang", "case": case})

    def act(self, case, who, action, **fields):
        return self.b.client.ask("case.act", {"as": who, "case": case, "action": action, "fields": fields})

    def events(self, case):
        return [event["event"] for event in self.show(case)["timeline"]]

    def dead(self):
        return self.b.client.ask("admin.dead_letters", {"as": "wu.gang"})["dead"]

    # ---- plain queued services ---------------------------------------------------------

    def ask_echo(self, payload, request_id):
        """Send and leave; the PARTIAL says that it is durable."""
        client = Client(self.b.endpoint)
        client.connect()
        client.socket.send_multipart(client.frames("echo", request_id, payload))
        self.assertTrue(client.socket.poll(20000))
        self.assertEqual(client.socket.recv_multipart()[1], b"\x02")
        return client

    def test_an_answer_outlives_the_broker(self):
        client = self.ask_echo(b"\x00not json\xff", "e1")
        worker = self.play("echo")
        address, payload = worker.job()
        self.assertEqual(payload, b"\x00not json\xff")          # opaque
        worker.final(address, b"answer\x00")
        self.assertTrue(client.socket.poll(20000))
        self.assertEqual(client.socket.recv_multipart()[4], b"answer\x00")
        client.socket.close(0)
        self.b.kill("broker")
        self.b.start()
        again = self.b.client.answers("echo", b"\x00not json\xff", "e1")
        self.assertEqual([frames for command, frames in again if command == b"\x03"], [[b"answer\x00"]])
        error = json.loads(self.b.client.answers("echo", b"other", "e1")[-1][1][0])["error"]
        self.assertEqual(error["code"], "request_id_reused")

    def test_a_job_that_is_never_answered_becomes_a_dead_letter_and_lives_again(self):
        client = self.ask_echo(b"x", "e2")
        worker = self.play("echo")
        first, _ = worker.job()
        second, _ = worker.job()                                # the lease of one second ended
        self.assertNotEqual(first, second)
        self.assertEqual(first[:8], second[:8])
        dead = self.b.until(self.dead, "it is a dead letter")
        self.assertEqual((dead[0]["service"], dead[0]["attempts"]), ("echo", 2))
        worker.final(second, b"too late")
        with self.assertRaises(Refused):
            self.b.client.ask("admin.retry", {"as": "chen.jing", "job": dead[0]["job"]})
        for _ in range(2):                                      # the same request gets the same answer
            self.assertEqual(self.b.client.ask("admin.retry", {"as": "sun.lei", "job": dead[0]["job"]}, "retry-1"),
                             {"job": dead[0]["job"]})
        third, _ = worker.job()
        worker.final(first, b"old lease")
        worker.final(third, b"now")
        self.assertTrue(client.socket.poll(20000))
        self.assertEqual(client.socket.recv_multipart()[4], b"now")
        client.socket.close(0)

    def test_both_versions_in_any_mix(self):
        for old_worker in (False, True):
            worker = self.play("echo", old=old_worker)
            client = Client(self.b.endpoint)
            client.connect()
            client.socket.send_multipart([b"", b"MDPC01", b"echo", b"hello"])
            address, payload = worker.job()
            worker.final(address, payload[::-1])
            self.assertTrue(client.socket.poll(20000))
            self.assertEqual(client.socket.recv_multipart(), [b"", b"MDPC01", b"echo", b"olleh"])
            client.socket.close(0)
            worker.send(b"\x05" if old_worker else b"\x06")     # good-bye
        for service, code in ((b"echo", b"200"), (b"case.act", b"200"), (b"nothing", b"404")):
            self.assertEqual(self.b.client.answers("mmi.service", service)[-1][1], [code])
        self.assertEqual(self.b.client.answers("mmi.gongkai", b"")[-1][1], [b"200"])

    # ---- a case's own lane ---------------------------------------------------------------

    def test_a_finding_that_a_person_overtook_is_asked_for_again(self):
        worker = self.play("review")
        case = self.b.submit()["case"]
        address, payload = worker.job()
        self.assertEqual(json.loads(payload)["task"], "triage")
        self.act(case, "chen.jing", "note", text="请转企管处办理")
        worker.final(address, b'{"ok":{"unit":"BGS"}}')         # the facts are old
        again, payload = worker.job()
        self.assertEqual(again[:8], address[:8])
        self.assertNotIn("triaged", self.events(case))
        worker.final(again, b'{"ok":{"unit":"QGC"}}')
        self.b.until(lambda: self.show(case)["unit"] == "QGC", "the fresh finding counts")
        self.assertEqual(self.events(case).count("triaged"), 1)

    def test_a_finding_that_nobody_wants_any_more_is_recorded_so(self):
        worker = self.play("review")
        answer = self.b.submit()
        address, _ = worker.job()
        self.b.client.ask("application.withdraw", {"receipt": answer["receipt"]})
        worker.final(address, b'{"ok":{"unit":"QGC"}}')
        self.b.until(lambda: "finding_superseded" in self.events(answer["case"]), "it is recorded")
        self.assertEqual(self.show(answer["case"])["state"], "withdrawn")
        self.assertEqual(self.show(answer["case"])["unit"], "")
        self.assertEqual(self.b.verify()["problems"], [])

    def test_a_wrong_finding_is_refused_and_alarms(self):
        worker = self.play("review")
        case = self.b.submit()["case"]
        address, _ = worker.job()
        worker.final(address, b'{"ok":{"unit":"QGC","fee":{"ordinal":1,"item_yuan":900}}}')    # the law says 0
        dead = self.b.until(self.dead, "it is a dead letter")
        self.assertIn("fee differs", dead[0]["reason"])
        self.assertEqual(self.show(case)["state"], "triage")
        self.assertIn("job_died", self.events(case))
        jobs = {row["service"]: row for row in self.b.client.ask("admin.workers", {"as": "wu.gang"})["services"]}
        self.assertGreaterEqual(jobs["reminder"]["ready"], 1)   # somebody will be told
        self.act(case, "chen.jing", "transfer", unit="QGC", reason="人工分办")     # and a person goes on meanwhile
        self.assertEqual(self.show(case)["state"], "handling")

    def test_what_a_worker_is_told_fits_a_message(self):
        """A large catalogue and an applicant of long letters; and if it cannot fit, the job is a dead letter that says so."""
        for part in range(0, 4000, 500):
            rows = [{"title": f"关于第{row}号事项的公告和说明", "url": f"https://customs.example/{row}/{'x' * 60}"}
                    for row in range(part, part + 500)]
            self.b.client.ask("admin.catalogue_load", {"as": "sun.lei", "rows": rows})
        worker = self.play("review", credit=30)
        cases = [self.b.submit({**FORM, "request": {"description": f"{number}，关于第3777号事项的公告和说明" + "𠀀" * 4900}})["case"] for number in range(22)]
        for case in cases:
            address, payload = worker.job()
            self.assertLess(len(payload), (1 << 20) - 200)
            facts = json.loads(payload)["facts"]
            self.assertLessEqual(len(facts["catalogue"]), 50)
            self.assertIn("/3777/", facts["catalogue"][0]["url"])
        self.assertEqual(len(facts["repeat"]), 20)
        worker.send(b"\x06")
        org = json.loads(json.dumps(ORG))
        org["offices"][0]["units"] += [{"code": f"U{number}", "name": "a department of a long name" * 30} for number in range(1000)]
        self.b.client.ask("admin.org_load", {"as": "sun.lei", "org": org})
        self.play("review", credit=30)
        dead = self.b.until(self.dead, "the facts are too large")
        self.assertIn("more than a message may have", dead[0]["reason"])

    def test_a_finding_is_one_thing(self):
        worker = self.play("review", credit=4)
        for finding in (b'{"ok":{"unit":"QGC"},"error":null}', b'{"ok":{"unit":"QGC"},"error":{"code":"io","text":"x","retry":true}}',
                        b'{"error":{"code":"io","text":"x","retry":true},"ok":false}', b'{"ok":{"unit":"QGC"},"more":1}', b'{}', b'[]'):
            case = self.b.submit({**FORM, "request": {"description": finding.decode()}})["case"]
            worker.final(worker.job()[0], finding)
            self.b.until(lambda: "job_died" in self.events(case), finding)
            self.assertNotIn("triaged", self.events(case))
        self.assertEqual({row["attempts"] for row in self.dead()}, {1})

    def test_a_worker_that_dies_costs_only_the_job_in_hand(self):
        worker = self.play("review", credit=3)
        cases = [self.b.submit({**json.loads(json.dumps(FORM)), "request": {"description": f"第{i}件不同的申请内容"}})["case"]
                 for i in range(3)]
        addresses = [worker.job()[0] for _ in range(3)]
        self.assertEqual(len(set(addresses)), 3)
        worker.close()
        self.players.remove(worker)
        other = self.play("review", credit=3)
        attempts = {}
        for _ in range(3):
            address, payload = other.job(40)
            job = json.loads(payload)
            attempts[job["case"]] = job["attempt"]
            other.final(address, b'{"ok":{"unit":"QGC"}}')
        self.assertEqual([attempts[case] for case in cases], [2, 1, 1])


if __name__ == "__main__":
    unittest.main(verbosity=2)
