"""The calendar ends with 2026: dates beyond are provisional, the next notice moves them by an event of each case, and the
head confirms what moved, what came forward first."""
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from broker import Broker, FORM, Refused  # noqa: E402

SOONER = "notice 国办〔2026〕9号 2026-12-11\ncovers 2027-01-01 2027-12-31\nwork 2027-01-02 元旦\noff 2027-01-08 试\n"


class Notice(unittest.TestCase):
    def setUp(self):
        self.b = Broker(workers=("intake", "review"))

    def tearDown(self):
        self.assertEqual(self.b.close(), 0)

    def advance(self, to):
        self.b.advance(to)

    def arrived(self, day):
        receipt = {"channel": "in_person", "arrived_on": day}
        form = json.loads(json.dumps(FORM))
        form["request"]["title"] += day
        case = self.b.client.ask("application.register", {"as": "liu.yang", "form": form, "receipt": receipt})["case"]
        self.b.until(lambda: self.show(case)["state"] == "handling", "handling")
        return case

    def show(self, case, who="zhao.min"):
        return self.b.client.ask("case.show", {"as": who, "case": case})

    def load(self, notice, who="sun.lei", request_id=None):
        return self.b.client.ask("admin.calendar_load", {"as": who, "notice": notice}, request_id)

    def moved(self):
        return [(c["case"], c["was"], c["due_on"], c["earlier"]) for c in self.b.client.ask("calendar.moved", {"as": "zhao.min"})["cases"]]

    def confirm(self, case, who="zhao.min"):
        return self.b.client.ask("case.act", {"as": who, "case": case, "action": "confirm_due"})

    def test_a_notice_moves_dates_by_events_and_the_head_confirms(self):
        self.advance("2026-12-16")
        settled = self.arrived("2026-12-10")         # 7 January: Saturday the 2nd is worked, so the 6th
        later = self.arrived("2026-12-11")           # 8 January: the 7th
        over = self.arrived("2026-12-14")            # 11 January: Saturday worked, Friday the 8th off: the 11th still
        paused = self.arrived("2026-12-15")
        self.b.client.ask("case.act", {"as": "zhao.min", "case": paused, "action": "request_correction", "fields": {"items": "x"}})
        done = self.arrived("2026-12-16")
        self.b.client.ask("case.act", {"as": "zhao.min", "case": done, "action": "withdraw"})
        self.assertTrue(self.show(settled)["provisional"])
        with self.assertRaises(Refused):
            self.load(SOONER, who="chen.jing")
        answer = self.load(SOONER, request_id="n1")
        self.assertEqual({k: answer[k] for k in ("covered_to", "recomputed", "moved", "earlier", "failed")},
                         {"covered_to": "2027-12-31", "recomputed": 3, "moved": 2, "earlier": 2, "failed": 0})
        self.assertEqual(self.load(SOONER, request_id="n1")["covered_to"], "2027-12-31")        # the answer was lost
        with self.assertRaises(Refused) as caught:
            self.load(SOONER)
        self.assertIn("loaded already", str(caught.exception))
        notices = self.b.client.ask("calendar.list", {"as": "zhao.min"})["notices"]
        self.assertEqual((notices[-1]["notice"], notices[-1]["to"], notices[-1]["work"]), ("国办〔2026〕9号", "2027-12-31", 1))
        self.assertEqual(self.moved(), [(settled, "2027-01-07", "2027-01-06", True), (later, "2027-01-08", "2027-01-07", True)])
        view = self.show(settled)
        self.assertEqual((view["due_on"], view["provisional"]), ("2027-01-06", False))
        last = view["timeline"][-1]
        self.assertEqual((last["event"], last["actor"], last["due_on"]), ("due_recomputed", "clock", "2027-01-06"))
        self.assertEqual((last["data"]["was"], last["data"]["becomes"]), ("2027-01-07", "2027-01-06"))
        self.assertEqual((self.show(over)["provisional"], self.show(paused)["due_on"]), (False, None))
        for who in ("chen.jing", "sun.lei", "bai.lu"):
            with self.assertRaises(Refused):
                self.confirm(settled, who)
        self.confirm(settled)
        with self.assertRaises(Refused):
            self.confirm(settled)
        self.assertEqual([row[0] for row in self.moved()], [later])
        self.b.kill("broker")
        self.b.start()
        self.assertEqual([row[0] for row in self.moved()], [later])
        self.assertEqual(self.b.verify()["problems"], [])
        # nobody counts it twice
        self.assertEqual([e["event"] for e in self.show(settled)["timeline"]].count("due_recomputed"), 1)

    def test_an_extension_in_time_stays_when_the_date_comes_forward(self):
        self.advance("2027-01-07")
        case = self.arrived("2026-12-10")
        acted = self.b.client.ask("case.act", {"as": "zhao.min", "case": case, "action": "extend", "fields": {"days": 5, "reason": "x"}})
        self.assertEqual(acted["due_on"], "2027-01-14")
        self.load(SOONER.replace("off 2027-01-08 试\n", ""))
        self.assertEqual(self.show(case)["due_on"], "2027-01-13")
        self.b.client.ask("case.act", {"as": "zhao.min", "case": case, "action": "note", "fields": {"text": "x"}})
        self.b.kill("broker")
        self.b.start()
        self.assertEqual(self.show(case)["due_on"], "2027-01-13")
        self.assertEqual(self.b.verify()["problems"], [])

    def test_the_written_answers_that_are_owed_are_counted_anew(self):
        self.advance("2026-12-23")
        case = self.arrived("2026-12-23")
        act = lambda who, action, **fields: self.b.client.ask("case.act", {"as": who, "case": case, "action": action, "fields": fields})  # noqa: E731
        act("zhao.min", "withdraw")
        for kind in ("reconsideration", "lawsuit", "lawsuit"):
            act("xu.lan", "open_proceeding", kind=kind, body="x", number="y", received_on="2026-12-23")
        ids = [one["proceeding"] for one in self.show(case)["proceedings"]]
        act("xu.lan", "extend_answer", proceeding=ids[2], permitted_on="2026-12-23", until="2027-02-08", permit="x", reason="x")
        terms = lambda: [(one["answer_due"], one["provisional"], one["extended"]) for one in self.show(case)["proceedings"]]     # noqa: E731
        self.assertEqual(terms(), [("2027-01-06", True, False), ("2027-01-07", True, False), ("2027-02-08", False, True)])
        answer = self.load("notice 国办〔2026〕9号 2026-12-11\ncovers 2027-01-01 2027-12-31\noff 2027-01-01 2027-01-03 元旦\n")
        self.assertEqual((answer["answers"], answer["failed"]), (2, 0))
        self.assertEqual(terms(), [("2027-01-07", False, False), ("2027-01-07", False, False), ("2027-02-08", False, True)])
        said = [entry["data"] for entry in self.show(case)["timeline"] if entry["event"] == "answer_recomputed"]
        self.assertEqual([(one["proceeding"], one["was"], one["becomes"]) for one in said],
                         [(ids[0], "2027-01-06", "2027-01-07"), (ids[1], "2027-01-07", "2027-01-07")])
        self.b.kill("broker")
        self.b.start()
        self.assertEqual(len([1 for entry in self.show(case)["timeline"] if entry["event"] == "answer_recomputed"]), 2)
        self.assertEqual(self.b.verify()["problems"], [])

    def test_every_day_is_listed_and_the_defence_date_is_for_legal_staff(self):
        self.advance("2026-12-10")
        receipt = {"channel": "email", "arrived_on": "2026-12-09"}
        case = self.b.client.ask("application.register", {"as": "liu.yang", "form": FORM, "receipt": receipt})["case"]
        self.b.until(lambda: self.show(case)["state"] == "confirmation", "confirmation")
        self.b.client.ask("case.act", {"as": "chen.jing", "case": case, "action": "confirm_receipt", "fields": {"confirmed_on": "2026-12-10", "call": "当日上午，本人"}})
        self.b.until(lambda: self.show(case)["state"] == "handling", "handling")
        self.assertEqual(self.show(case)["due_on"], "2027-01-06")
        self.assertNotIn("defence_date", self.show(case))
        self.assertEqual(self.show(case, "xu.lan")["defence_date"], "2027-01-07")
        told = self.b.client.ask("case.explain", {"as": "xu.lan", "case": case, "days": True})
        self.assertEqual(told["defence_date"], "2027-01-07")
        self.assertEqual((told["each_day"][0]["on"], told["each_day"][-1]["on"], told["each_day"][-1]["number"]), ("2026-12-10", "2027-01-06", 20))
        self.assertNotIn("each_day", self.b.client.ask("case.explain", {"as": "zhao.min", "case": case}))


if __name__ == "__main__":
    unittest.main(verbosity=2)
