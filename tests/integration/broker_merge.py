"""Cases of one applicant are answered together: by the earliest of their due dates, and no clock changes."""
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from broker import Broker, FORM, Refused  # noqa: E402


class Merge(unittest.TestCase):
    def setUp(self):
        self.b = Broker(workers=("intake", "review"))
        self.b.client.ask("admin.training_advance", {"as": "sun.lei", "to": "2026-03-04"})
        self.first = self.arrived("2026-03-02")         # 30 March
        self.second = self.arrived("2026-03-03")        # 31 March
        self.third = self.arrived("2026-03-04")         # 1 April

    def tearDown(self):
        self.assertEqual(self.b.verify()["problems"], [])
        self.assertEqual(self.b.close(), 0)

    def arrived(self, day, number=None):
        form = json.loads(json.dumps(FORM))
        form["request"]["title"] += day
        if number is not None:
            form["applicant"]["proof"]["number"] = number
        receipt = {"channel": "in_person", "arrived_on": day}
        case = self.b.client.ask("application.register", {"as": "liu.yang", "form": form, "receipt": receipt})["case"]
        self.b.until(lambda: self.show(case)["state"] == "handling", "handling")
        return self.show(case)["number"]

    def show(self, case):
        return self.b.client.ask("case.show", {"as": "zhao.min", "case": case})

    def act(self, case, action, who="chen.jing", request_id=None, **fields):
        return self.b.client.ask("case.act", {"as": who, "case": case, "action": action, "fields": fields}, request_id)

    def merge(self, case, other, **more):
        return self.act(case, "merge_reply", other_case=other, reason="同一申请人，一并答复", **more)

    def refused(self, text, call, *args, **more):
        with self.assertRaises(Refused) as caught:
            call(*args, **more)
        self.assertIn(text, str(caught.exception))

    def days(self, case):
        view = self.show(case)
        return view["due_on"], view["merged"]["work_by"], view["merged"]["cases"]

    def listed(self):
        cases = self.b.client.ask("case.list", {"as": "zhao.min"})["cases"]
        return {entry["number"]: entry["due_on"] for entry in cases}

    def test_all_of_them_work_to_the_earliest_day_and_keep_their_own(self):
        self.assertEqual(self.merge(self.third, self.second)["due_on"], "2026-04-01")
        self.assertEqual(self.days(self.second), ("2026-03-31", "2026-03-31", [self.third]))
        self.assertEqual(self.days(self.third), ("2026-04-01", "2026-03-31", [self.second]))
        self.merge(self.first, self.second)             # a third joins those that are together already
        self.assertEqual(self.days(self.third), ("2026-04-01", "2026-03-30", [self.first, self.second]))
        self.assertEqual(self.days(self.first)[1:], ("2026-03-30", [self.second, self.third]))
        self.assertEqual(set(self.listed().values()), {"2026-03-30"})       # what the desks are ordered by
        told = self.b.client.ask("case.explain", {"as": "zhao.min", "case": self.third})
        self.assertEqual((told["due_on"], told["merged"]["work_by"], told["state"]), ("2026-04-01", "2026-03-30", "running"))

    def test_an_extension_moves_it_by_a_new_act_only(self):
        self.merge(self.first, self.second)
        self.act(self.first, "extend", "zhao.min", days=20, reason="x")
        self.assertEqual(self.days(self.first)[:2], ("2026-04-28", "2026-03-30"))
        self.merge(self.first, self.second)
        self.assertEqual(self.days(self.first)[:2], ("2026-04-28", "2026-03-31"))

    def test_what_waits_for_the_applicant_is_answered_apart(self):
        self.merge(self.first, self.second)
        self.act(self.first, "request_correction", "zhao.min", items="x")
        self.assertNotIn("merged", self.show(self.first))
        self.assertEqual(self.days(self.second)[:2], ("2026-03-31", "2026-03-30"))
        self.refused("REPLY_OWED", self.merge, self.second, self.first)
        self.refused("not possible", self.merge, self.first, self.second)
        self.merge(self.second, self.third)             # it is left out of those
        self.assertEqual(self.days(self.third), ("2026-04-01", "2026-03-31", [self.second]))

    def test_only_the_same_applicant_s_and_by_the_office(self):
        other, nobody = self.arrived("2026-03-04", "440106198808081299"), self.arrived("2026-03-03", "")
        self.refused("not the same applicant's", self.merge, self.first, other)
        self.refused("not the same applicant's", self.merge, self.first, nobody)
        self.refused("no case", self.merge, self.first, "GZ-2026-009999")
        self.refused("another case", self.merge, self.first, self.first)
        self.refused("may not do merge_reply", self.merge, self.first, self.second, who="guo.qiang")
        self.assertNotIn("merged", self.show(self.first))
        once = self.merge(self.first, self.second, request_id="m1")
        self.assertEqual(self.merge(self.first, self.second, request_id="m1"), once)
        self.assertEqual(sum(e["event"] == "reply_merged" for e in
                             self.b.client.ask("report.timeline", {"as": "wu.gang", "case": self.second})["timeline"]), 1)


if __name__ == "__main__":
    unittest.main()
