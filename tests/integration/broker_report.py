"""The last year's report falls due: each unit is reminded of its figures, the office of the whole, until they are there."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from broker import Broker, ORG  # noqa: E402

EMAIL = {person["name"]: person["email"] for office in ORG["offices"] for person in office["people"]}


class ReportDue(unittest.TestCase):
    def setUp(self):
        self.b = Broker()

    def tearDown(self):
        self.assertEqual(self.b.verify()["problems"], [])
        self.assertEqual(self.b.close(), 0)

    def advance(self, day):
        self.mails = self.b.advance(day)

    def owed(self):
        return {(task["task"], task["unit"]): task for task in self.b.client.ask("queue.tasks", {"as": "chen.jing"})["tasks"]}

    def told(self, reason):
        return [{to["email"] for to in facts["to"]} for facts in self.mails if facts.get("reason") == reason]

    def test_figures_by_unit_then_the_whole(self):
        self.assertEqual(self.owed(), {})                   # the ledger was not kept in 2025
        self.advance("2026-12-31")
        self.assertEqual(self.owed(), {})
        self.advance("2027-01-04")                          # provisional: five working days to the 10th, a Sunday, are counted to the 8th
        units = {unit["code"] for unit in ORG["offices"][0]["units"]}
        self.assertEqual(set(self.owed()), {("figures", unit) for unit in units} | {("report", "")})
        task = self.owed()["figures", "QGC"]
        self.assertEqual((task["number"], task["due_on"], self.owed()["report", ""]["due_on"]), ("2026", "2027-01-10", "2027-01-31"))
        self.b.client.ask("report.enter", {"as": "guo.qiang", "year": 2026, "figures": {"penalties": 1}})
        self.assertNotIn(("figures", "QGC"), self.owed())
        self.advance("2027-01-12")
        self.assertIn({EMAIL["fang.yuan"], EMAIL["shi.qi"]}, self.told("figures_due"))
        self.assertNotIn(EMAIL["guo.qiang"], set().union(*self.told("figures_due")))
        self.assertEqual(self.told("report_due"), [])
        self.advance("2027-01-29")
        self.assertIn({EMAIL["zhao.min"], EMAIL["chen.jing"]}, self.told("report_due"))
        lines = [case for facts in self.mails for case in facts["cases"] if facts.get("reason") == "report_due"]
        self.assertTrue(all(line["number"] == "2026" for line in lines))
        self.b.client.ask("report.close", {"as": "zhao.min", "year": 2026, "reason": "x"})
        self.assertEqual(self.owed(), {})
        self.advance("2027-02-10")
        people = set().union(*self.told("report_due"), *self.told("figures_due"))
        self.assertTrue(people and not people & {person["email"] for person in ORG["offices"][0]["people"]})    # only the other office


if __name__ == "__main__":
    unittest.main()
