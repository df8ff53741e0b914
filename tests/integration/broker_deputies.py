"""Who stands in for whom, by the day; and a desk at which nobody is there."""
import copy
import json
import pathlib
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from broker import Broker, Client, FORM, ORG, Refused, Worker  # noqa: E402

DEPUTIES = [
    {"for": "zhao.min", "by": "chen.jing", "from": "2026-03-02", "to": "2026-03-03"},
    {"for": "guo.qiang", "by": "han.xue", "from": "2026-03-02", "to": "2026-03-06"},
    {"for": "xu.lan", "by": "shi.qi", "from": "2026-03-02", "to": "2026-03-03"},
    {"for": "tang.yue", "from": "2026-03-04", "to": "2026-03-06"},
    {"for": "han.xue", "from": "2026-03-05", "to": "2026-03-05"},
]


class Deputies(unittest.TestCase):
    def setUp(self):
        self.b = Broker(org=False)
        org = copy.deepcopy(ORG)
        org["offices"][0]["deputies"] = DEPUTIES
        self.b.client.ask("admin.org_load", {"org": org})
        for service in ("intake", "review"):
            self.b.worker(service)
        self.mail, self.mails = Worker(self.b.endpoint, "reminder"), []
        self.case = self.b.submit({**FORM, "request": {"description": "某企业信用等级的评定标准"}})["case"]
        self.b.until(lambda: self.show()["state"] == "handling", "it is triaged")
        self.act("chen.jing", "transfer", unit="QGC", reason="x")

    def tearDown(self):
        self.mail.close()
        self.assertEqual(self.b.verify()["problems"], [])
        self.assertEqual(self.b.close(), 0)

    def show(self, who="wu.gang"):
        return self.b.client.ask("case.show", {"as": who, "case": self.case})

    def act(self, who, action, **fields):
        return self.b.client.ask("case.act", {"as": who, "case": self.case, "action": action, "fields": fields})

    def pump(self):
        """Send what mail there is."""
        given = self.mail.job(patience=0.2)
        if given:
            self.mails.append(json.loads(given[1])["facts"])
            self.mail.final(given[0], json.dumps({"ok": {"sent": [], "failed": []}}).encode())

    def advance(self, day):
        """The clock waits until every mail of the way is sent."""
        reply = Worker(self.b.endpoint, "reply")
        asking = threading.Thread(target=lambda: Client(self.b.endpoint).ask("admin.training_advance", {"as": "chen.jing", "to": day}))
        asking.start()
        while asking.is_alive():
            self.pump()
            given = reply.job(patience=0.1)
            if given:
                facts = json.loads(given[1])["facts"]
                digest = self.b.client.put(b"%PDF-1.4 " + facts["letter"].encode())
                reply.final(given[0], json.dumps({"ok": {"letter": facts["letter"], "digest": digest, "pages": 1, "size": 9,
                                                         "check_code": facts["head"][:8]}}).encode())
        asking.join()
        reply.close()

    def alarms(self):
        return [facts for facts in self.mails if facts.get("reason") == "no_able_person"]

    def test_on_those_days_only_and_in_the_real_name(self):
        self.assertIn("extend", [action["action"] for action in self.show("chen.jing")["actions"]])
        self.act("chen.jing", "extend", days=5, reason="x")
        last = self.show()["timeline"][-1]
        self.assertEqual((last["actor"], last["data"]["deputy_for"]), ("chen.jing", "zhao.min"))
        self.act("han.xue", "record_search", systems="x", keywords="x", units="x", persons="x", period="x", result="none")
        self.assertEqual(self.show()["timeline"][-1]["data"]["deputy_for"], "guo.qiang")
        self.advance("2026-03-04")
        self.assertNotIn("extend", [action["action"] for action in self.show("chen.jing")["actions"]])
        with self.assertRaises(Refused) as caught:
            self.act("chen.jing", "delay", until="2026-06-01", reason="x")
        self.assertEqual(caught.exception.code, "not_allowed")

    def test_a_deputy_reads_what_the_other_reads(self):
        bundle = lambda who: self.b.client.ask("case.evidence", {"as": who, "case": self.case})   # noqa: E731
        self.assertEqual(bundle("shi.qi"), bundle("xu.lan"))
        mailed = self.b.client.ask("application.register", {"as": "liu.yang", "form": FORM, "receipt": {"channel": "email", "arrived_on": "2026-02-27"}})
        defence = lambda who: self.b.client.ask("case.show", {"as": who, "case": mailed["case"]}).get("defence_date")   # noqa: E731
        self.b.until(lambda: self.b.client.ask("case.show", {"as": "wu.gang", "case": mailed["case"]})["state"] == "confirmation", "it waits")
        self.b.client.ask("case.act", {"as": "chen.jing", "case": mailed["case"], "action": "confirm_receipt", "fields": {"confirmed_on": "2026-03-02", "call": "x"}})
        self.assertEqual((defence("chen.jing"), defence("shi.qi"), defence("xu.lan")), (None, "2026-03-30", "2026-03-30"))
        self.advance("2026-03-04")
        with self.assertRaises(Refused) as caught:
            bundle("shi.qi")
        self.assertEqual(caught.exception.code, "not_allowed")

    def test_what_reminds_the_one_reminds_the_deputy(self):
        self.act("guo.qiang", "claim")
        self.advance("2026-03-03")
        digest = next(facts for facts in self.mails if facts["message"] == "digest")
        self.assertEqual([to["email"] for to in digest["to"]],
                         [next(p["email"] for p in ORG["offices"][0]["people"] if p["name"] == name) for name in ("guo.qiang", "han.xue")])

    def test_a_desk_where_nobody_is_there_is_an_incident_that_day(self):
        self.advance("2026-03-04")
        self.assertEqual(self.alarms(), [])
        self.advance("2026-03-06")
        self.assertEqual([facts["cases"][0]["number"] for facts in self.alarms()], ["GZ-2026-000001"])      # the 5th
        people = {p["email"]: p["name"] for p in ORG["offices"][0]["people"]}
        self.assertEqual({people[to["email"]] for to in self.alarms()[0]["to"]}, {"chen.jing", "zhao.min", "sun.lei"})


if __name__ == "__main__":
    unittest.main()
