"""An extension of which nobody told the applicant: an incident, the earlier date, and who is shown the later one."""
import copy
import json
import pathlib
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from broker import Broker, Client, FORM, ORG, Refused, Worker  # noqa: E402

DEPUTIES = [{"for": "xu.lan", "by": "shi.qi", "from": "2026-03-02", "to": "2026-12-31"}]


class Told(unittest.TestCase):
    def setUp(self):
        self.b = Broker(org=False)
        org = copy.deepcopy(ORG)
        org["offices"][0]["deputies"] = DEPUTIES
        self.b.client.ask("admin.org_load", {"org": org})
        for service in ("intake", "review"):
            self.b.worker(service)
        self.mail, self.reply, self.mails = Worker(self.b.endpoint, "reminder"), Worker(self.b.endpoint, "reply"), []
        self.case = self.b.submit(FORM)["case"]
        self.b.until(lambda: self.show("wu.gang")["state"] == "handling", "it is triaged")

    def tearDown(self):
        self.mail.close()
        self.reply.close()
        self.assertEqual(self.b.verify()["problems"], [])
        self.assertEqual(self.b.close(), 0)

    def show(self, who):
        return self.b.client.ask("case.show", {"as": who, "case": self.case})

    def explain(self, who):
        return self.b.client.ask("case.explain", {"as": who, "case": self.case})

    def act(self, who, action, **fields):
        return self.b.client.ask("case.act", {"as": who, "case": self.case, "action": action, "fields": fields})

    def work(self):
        """Every mail bounces; every letter is made."""
        given = self.mail.job(patience=0.1)
        if given:
            facts = json.loads(given[1])["facts"]
            self.mails.append(facts)
            failed = [{"role": to["role"], "code": "550"} for to in facts["to"]]
            self.mail.final(given[0], json.dumps({"ok": {"sent": [], "failed": failed}}).encode())
        given = self.reply.job(patience=0.1)
        if given:
            facts = json.loads(given[1])["facts"]
            digest = self.b.client.put(b"%PDF-1.4 " + facts["letter"].encode())
            self.reply.final(given[0], json.dumps({"ok": {"letter": facts["letter"], "digest": digest, "pages": 1, "size": 9,
                                                          "check_code": facts["head"][:8]}}).encode())

    def advance(self, day):
        """The clock waits until the jobs of the way are done."""
        asking = threading.Thread(target=lambda: Client(self.b.endpoint).ask("admin.training_advance", {"as": "chen.jing", "to": day}))
        asking.start()
        while asking.is_alive():
            self.work()
        asking.join()

    def test_an_extension_that_bounced(self):
        self.advance("2026-03-30")
        self.act("zhao.min", "extend", days=5, reason="x")
        self.assertEqual(self.show("zhao.min")["due_on"], "2026-04-07")
        self.advance("2026-04-01")
        told = [facts for facts in self.mails if facts.get("reason") == "untold"]
        self.assertTrue(told and any(to["role"] == "office" for to in told[0]["to"]))
        for who, shown in (("xu.lan", True), ("shi.qi", True), ("zhao.min", True), ("chen.jing", False)):
            view = self.show(who)
            self.assertEqual(view["due_on"], "2026-03-30")
            self.assertTrue(view["clock"]["overdue"])
            self.assertEqual("told_late" in view["flags"], shown, who)
        for who in ("xu.lan", "shi.qi"):
            self.assertEqual([view(who)["defence_date"] for view in (self.show, self.explain)], ["2026-04-07"] * 2, who)
        self.assertFalse(any("defence_date" in view("chen.jing") for view in (self.show, self.explain)))
        notice = self.show("chen.jing")["notices"][0]
        self.assertEqual((notice["letter"], notice["tell_by"], notice["mailed_on"]), ("extension_notice", "2026-03-30", None))

        # It had been posted that day, and is recorded now.
        with self.assertRaises(Refused):
            self.act("liu.yang", "dispatch_notice", letter="extension_notice", method="post", carrier="顺丰", tracking="1", posted_on="2026-03-30")
        self.act("liu.yang", "dispatch_notice", letter="extension_notice", method="post", carrier="EMS", tracking="1", posted_on="2026-03-30")
        view = self.show("xu.lan")
        self.assertEqual((view["due_on"], "told_late" in view["flags"]), ("2026-04-07", False))
        self.act("chen.jing", "record_notice_service", served_on="2026-04-01", proof="x")
        self.assertEqual(self.show("chen.jing")["notices"][0]["served_on"], "2026-04-01")


if __name__ == "__main__":
    unittest.main(verbosity=2)
