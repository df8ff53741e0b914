"""The catalogue of what is public: a clerk loads a table, anybody finds in it, triage is told what a request asks for and no
more; and closed cases of the same matter are shown without a word of their applicants."""
import json
import os
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from broker import BIN, FORM, SOURCE, Broker, Refused, Worker  # noqa: E402

DISTRICT = SOURCE / "schemas/catalogue/district.csv"


class Catalogue(unittest.TestCase):
    def setUp(self):
        self.b = Broker()
        self.ask = self.b.client.ask

    def tearDown(self):
        self.assertEqual(self.b.close(), 0)

    def gongkai(self, *words, table=None):
        command = [BIN / "gongkai", "--data", self.b.data, "--json", *words]
        done = subprocess.run(command, input=table, capture_output=True, check=False, env={**os.environ, "LANG": "en"})
        return done.returncode, json.loads(done.stdout) if done.stdout else done.stderr.decode()

    def load(self, rows, as_="chen.jing", **more):
        request_id = more.pop("request_id", None)
        return self.ask("admin.catalogue_load", {"as": as_, "rows": rows, **more}, request_id)

    def titles(self, words):
        return [entry["title"] for entry in self.ask("catalogue.search", {"words": words})["entries"]]

    def events(self):
        return self.b.verify()["events"]

    def test_a_table_is_loaded_once(self):
        before = self.events()
        status, tried = self.gongkai("catalogue", "import", DISTRICT, "--as", "chen.jing", "--dry-run")
        self.assertEqual((status, tried["added"], len(tried["changes"])), (0, 31, 31))
        self.assertEqual(self.events(), before, "a dry run leaves nothing")
        self.assertEqual(self.titles("预算"), [])
        status, loaded = self.gongkai("catalogue", "import", DISTRICT, "--as", "chen.jing", "--request-id", "first")
        self.assertEqual((status, loaded["added"], loaded["replaced"]), (0, 31, 0))
        self.assertEqual(self.events(), before + 1)
        self.assertEqual(self.gongkai("catalogue", "import", DISTRICT, "--as", "chen.jing", "--request-id", "first"), (0, loaded))
        status, again = self.gongkai("catalogue", "import", DISTRICT, "--as", "sun.lei")
        self.assertEqual((status, again["unchanged"]), (0, 31))
        self.assertEqual(self.events(), before + 1, "what changes nothing is no event")
        status, found = self.gongkai("catalogue", "search", "部门", "2021")
        self.assertEqual([entry["title"] for entry in found["entries"]], ["示例海关2021年部门预算"])
        self.assertEqual(self.titles("算")[0][-1], "算", "one character is a word too")
        self.assertEqual(self.b.verify()["problems"], [])

    def test_an_entry_is_taken_out_with_a_reason(self):
        url = "https://a.example/1"
        self.load([{"title": "部门预算", "document_number": "示关〔2021〕1号", "url": url}, {"title": "部门决算", "url": "https://a.example/2"}])
        self.ask("admin.catalogue_load", {"as": "bai.lu", "rows": [{"title": "部门预算表", "url": url}]})
        before = self.events()
        for as_, address, reason, code in (("guo.qiang", url, "x", "not_allowed"), ("chen.jing", "https://a.example/9", "x", "not_found"),
                                           ("chen.jing", "示关〔2021〕1号", "x", "bad_value"), ("chen.jing", url, "", "missing_field")):
            with self.assertRaises(Refused) as caught:
                self.ask("admin.catalogue_remove", {"as": as_, "url": address, "reason": reason})
            self.assertEqual(caught.exception.code, code)
        self.assertEqual(self.events(), before)
        status, said = self.gongkai("catalogue", "remove", url, "公开后发现含个人信息", "--as", "chen.jing", "--request-id", "r1")
        self.assertEqual((status, said["removed"]["title"]), (0, "部门预算"))
        self.assertEqual(self.titles("部门"), ["部门决算", "部门预算表"], "another office's of that address stays")
        self.assertEqual(self.gongkai("catalogue", "remove", url, "公开后发现含个人信息", "--as", "chen.jing", "--request-id", "r1"), (0, said))
        self.assertEqual(self.events(), before + 1)
        self.assertEqual(self.b.verify()["problems"], [])
        self.load([{"title": "部门预算", "url": url}])      # it may come back
        self.assertEqual(self.titles("预算"), ["部门预算", "部门预算表"])

    def test_a_wrong_table_is_refused_whole(self):
        for table, place in ((b"title,url\na,https://a.example/1\n\xb9\xab,https://a.example/2\n", "line 3, column 1: not UTF-8"),
                             (b"title,url\na,https://a.example/1\n\"b,https://a.example/2\n", "line 3, column 1: the quote"),
                             (b"title,url\na\0b,https://a.example/1\n", "line 2, column 2: a control")):
            status, said = self.gongkai("catalogue", "import", "-", "--as", "chen.jing", table=table)
            self.assertEqual(status, 1)
            self.assertIn(place, said)
        self.assertEqual(self.titles("a"), [])
        self.assertEqual(self.gongkai("catalogue", "import", DISTRICT, "--as", "guo.qiang")[0], 1, "it takes a clerk")
        self.assertEqual(self.gongkai("catalogue", "import", DISTRICT)[0], 1)

    def test_a_kill_between_any_two_parts_loses_nothing(self):
        rows = [{"title": f"公告第{n}号", "document_number": f"示关告〔2021〕{n}号", "url": f"https://a.example/{n}"} for n in range(900)]
        first = self.load(rows[:450], request_id="part-1")
        self.b.kill("broker")
        self.b.start()
        self.assertEqual(self.load(rows[:450], request_id="part-1"), first)
        with self.assertRaises(Refused) as caught:
            self.load(rows[450:], request_id="part-1")
        self.assertEqual(caught.exception.code, "request_id_reused")
        self.assertEqual(self.load(rows[400:], request_id="part-2"), {"rows": 500, "added": 450, "replaced": 0, "unchanged": 50})
        moved = self.load([{**rows[7], "url": "https://b.example/7"}])
        self.assertEqual(moved["replaced"], 1)
        found = self.ask("catalogue.search", {"words": "示关告〔2021〕7号"})
        self.assertEqual(found["entries"][0]["url"], "https://b.example/7")
        many = self.ask("catalogue.search", {"words": "公告"})
        self.assertEqual((len(many["entries"]), many["more"]), (50, True))
        self.assertEqual(self.b.verify()["problems"], [])

    def test_triage_is_told_what_is_asked_for(self):
        for part in range(4):
            self.load([{"title": f"示例海关{part}区{n}号口岸通关事项公告", "url": f"https://a.example/{part}/{n}"} for n in range(500)])
        self.load([{"title": "示例海关2021年部门预算", "url": "https://a.example/budget"}])
        form = {**FORM, "request": {"title": "", "description": "请公开示例海关2021年部门预算，谢谢"}}
        self.b.worker("intake")
        reviewer = Worker(self.b.endpoint, "review")
        self.b.submit(form)
        address, payload = reviewer.job()
        facts = json.loads(payload)["facts"]
        self.assertLessEqual(len(facts["catalogue"]), 50)
        self.assertEqual(facts["catalogue"][0]["url"], "https://a.example/budget")
        reviewer.close()

    def test_closed_cases_of_the_same_matter(self):
        for worker in ("intake", "review", "confidentiality", "reply"):
            self.b.worker(worker)
        secret = "王小明要的"
        form = {**FORM, "request": {"title": "2021年部门预算", "description": secret + "部门预算和政府采购"}}

        def state_is(case, state):
            self.b.until(lambda: self.ask("case.show", {"as": "wu.gang", "case": case})["state"] == state, state)

        def act(case, who, action, **fields):
            return self.ask("case.act", {"as": who, "case": case, "action": action, "fields": fields})

        case = self.b.submit(form)["case"]
        state_is(case, "handling")
        act(case, "chen.jing", "record_search", systems="公文系统", keywords=secret, units="财务处", persons="陈静", period="今天",
            result="none")
        act(case, "chen.jing", "propose", outcome="N1", reason="信访事项，请通过相应渠道提出。", other_channel="信访办公室")
        other = self.b.submit(form)["case"]
        state_is(other, "handling")
        self.assertEqual(self.ask("query.similar", {"as": "chen.jing", "case": other})["decisions"], [], "only what is closed")
        state_is(case, "secrecy")
        act(case, "he.ping", "clear_secrecy", verdict="public", opinion="可以")
        act(case, "zhou.wei", "approve")
        state_is(case, "sealing")
        letter = [one for one in self.ask("case.show", {"as": "wu.gang", "case": case})["letters"] if one["kind"] == "reply"][-1]
        act(case, "chen.jing", "seal", seal="章", pages=letter["pages"], check_code=letter["check_code"])
        act(case, "chen.jing", "dispatch", method="in_person", proof="签收")
        said = self.ask("query.similar", {"as": "chen.jing", "case": other})
        number = self.ask("case.show", {"as": "wu.gang", "case": case})["number"]
        [decision] = said["decisions"]
        self.assertEqual((decision["number"], decision["outcome"], decision["decided_on"], decision["words"], decision["score"]),
                         (number, "N1", "2026-03-02", "预算、政府采购", 100))
        self.assertIn("第三十九条", decision["article"])
        self.assertNotIn("王小明", json.dumps(said, ensure_ascii=False))
        status, shown = self.gongkai("cases", "similar", other, "--as", "chen.jing")
        self.assertEqual((status, shown), (0, said))
        with self.assertRaises(Refused):
            self.ask("query.similar", {"case": other})
        with self.assertRaises(Refused):
            self.ask("query.similar", {"as": "nobody", "case": other})


if __name__ == "__main__":
    unittest.main(verbosity=2)
