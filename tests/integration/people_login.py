"""Who may log in, what a session is worth, and how a guess is slowed."""
import json
import pathlib
import secrets
import signal
import sqlite3
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from broker import Asking, Broker, Client, FORM, ORG, Refused  # noqa: E402

CHEAP = "people\n    hash_memory_mb = 8\n    hash_passes = 1\n"
NEW = "four words are enough"
PEOPLE = {person["name"]: person for office in ORG["offices"] for person in office["people"]}


class Login(Asking, unittest.TestCase):
    """In real use: nobody is believed by name."""

    @classmethod
    def setUpClass(cls):
        cls.b = Broker(training=False, conf=CHEAP, workers=("intake", "review"))
        cls.admin = cls.enter("sun.lei", cls.b.client.ask("person.reset", {"name": "sun.lei"})["password"])

    @classmethod
    def tearDownClass(cls):
        assert cls.b.verify()["problems"] == []
        assert cls.b.close() == 0

    @classmethod
    def enter(cls, name, initial, password=NEW):
        """First login: with the initial password, which is changed."""
        first = cls.b.client.ask("person.login", {"name": name, "password": initial})
        assert first["must_change"]
        return cls.b.client.ask("person.password", {"token": first["token"], "old": initial, "new": password})["token"]

    def initial(self, name):
        return self.ask("person.reset", token=self.admin, name=name)["password"]

    def person(self, name):
        return self.enter(name, self.initial(name))

    def login(self, name, password=NEW):
        return self.ask("person.login", name=name, password=password)

    def store(self, sql, *values):
        """Change a table behind the broker's back, while it is down."""
        self.b.kill("broker", signal.SIGTERM)
        with sqlite3.connect(self.b.data / "ledger.db") as db:
            count = db.execute(sql, values).rowcount
        db.close()
        self.b.start()
        return count

    def changes(self, name):
        with sqlite3.connect(f"file:{self.b.data}/ledger.db?mode=ro", uri=True) as db:
            rows = db.execute("SELECT actor, data FROM event WHERE type = 'account_changed' ORDER BY case_id, seq").fetchall()
        db.close()
        return [(actor, json.loads(data)["change"]) for actor, data in rows if json.loads(data)["person"] == name]

    # ---- the first, and the others ---------------------------------------------------------

    def test_the_first_account_is_an_administrators(self):
        b = Broker(training=False, conf=CHEAP, org=False)
        with self.assertRaises(Refused) as nobody:
            b.client.ask("person.reset", {"name": "sun.lei"})
        self.assertEqual(nobody.exception.code, "not_allowed")
        b.client.ask("admin.org_load", {"org": ORG})
        with self.assertRaises(Refused) as clerk:
            b.client.ask("person.reset", {"name": "chen.jing"})
        self.assertEqual(clerk.exception.code, "not_allowed")
        made = b.client.ask("person.reset", {"name": "sun.lei"})
        self.assertRegex(made["password"], r"^([2-9a-z]{5}-){3}[2-9a-z]{5}$")
        for name in ("sun.lei", "hou.bin"):         # once there is one, it takes that one
            with self.assertRaises(Refused) as again:
                b.client.ask("person.reset", {"name": name})
            self.assertEqual(again.exception.code, "not_logged_in")
        self.assertEqual(b.close(), 0)

    def test_what_a_login_tells(self):
        self.person("chen.jing")
        answer = self.login("chen.jing")
        self.assertEqual({key: answer[key] for key in ("name", "display", "office", "unit", "roles", "must_change")},
                         {"name": "chen.jing", "display": "陈静", "office": "GZ", "unit": "BGS", "roles": ["clerk"], "must_change": False})
        self.assertRegex(answer["token"], r"^[A-Za-z0-9_-]{43}$")
        self.assertRegex(answer["expires_at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertIn("desks", self.ask("queue.list", token=answer["token"]))
        self.assertEqual(self.changes("chen.jing"), [("sun.lei", "reset"), ("clock", "changed")])

    def test_an_initial_password_opens_nothing_else(self):
        initial = self.initial("he.ping")
        token = self.login("he.ping", initial)["token"]
        self.assertIn("changed first", self.refused("not_allowed", "queue.list", token=token))
        self.refused("not_allowed", "queue.pull", token=token, desk="secrecy")
        self.refused("bad_value", "person.password", token=token, old=initial, new="he.ping")
        self.refused("bad_value", "person.password", token=token, old=initial, new=initial)
        token = self.ask("person.password", token=token, old=initial, new=NEW)["token"]
        self.ask("queue.list", token=token)

    def test_names_alone_are_nobody(self):
        self.refused("not_allowed", "queue.list", **{"as": "chen.jing"})
        self.refused("not_logged_in", "queue.list")
        self.refused("not_logged_in", "queue.list", token="A" * 43)
        self.refused("bad_value", "queue.list", token="short")
        self.refused("bad_value", "queue.list", token=self.admin, **{"as": "sun.lei"})

    def test_only_an_administrator_of_the_office_resets(self):
        clerk, other = self.person("liu.yang"), self.person("hou.bin")
        self.refused("not_allowed", "person.reset", token=clerk, name="ma.li")
        self.refused("not_found", "person.reset", token=other, name="ma.li")      # the district's: not for an office below
        self.assertEqual(self.ask("person.reset", token=other, name="bai.lu")["name"], "bai.lu")

    def test_an_office_is_an_office(self):
        number = self.b.submit({**FORM, "request": {"description": secrets.token_hex(8) + " 收费标准"}})["case"]
        token = self.person("bai.lu")
        self.refused("not_found", "case.show", token=token, case=number)
        self.refused("not_allowed", "case.act", token=token, case=number, action="note", fields={"text": "x"})
        self.assertEqual(self.ask("case.show", token=self.person("zhao.min"), case=number)["office"], "GZ")

    # ---- sessions ---------------------------------------------------------------------------

    def test_a_session_is_the_brokers_to_make(self):
        self.person("guo.qiang")
        self.refused("bad_value", "person.login", name="guo.qiang", password=NEW, token="A" * 43)
        one, two = self.login("guo.qiang")["token"], self.login("guo.qiang")["token"]
        self.assertNotEqual(one, two)
        self.ask("person.logout", token=one)
        self.refused("not_logged_in", "queue.list", token=one)
        self.ask("person.logout", token=one)        # twice does no harm
        self.ask("queue.list", token=two)

    def test_a_new_password_ends_every_session(self):
        first = self.person("tang.yue")
        second = self.login("tang.yue")["token"]
        third = self.ask("person.password", token=second, old=NEW, new=NEW + "!")["token"]
        for token in (first, second):
            self.refused("not_logged_in", "queue.list", token=token)
        self.ask("queue.list", token=third)
        self.refused("not_allowed", "person.login", name="tang.yue", password=NEW)
        self.initial("tang.yue")
        self.refused("not_logged_in", "queue.list", token=third)
        self.refused("not_allowed", "person.login", name="tang.yue", password=NEW + "!")

    def test_a_closed_account_is_out_at_once(self):
        token = self.person("cui.hua")
        self.refused("not_allowed", "person.disable", token=token, name="du.juan")
        self.refused("need_unmet", "person.disable", token=self.admin, name="sun.lei")
        self.refused("not_found", "person.disable", token=self.admin, name="nobody.here")
        self.ask("person.disable", token=self.admin, name="cui.hua")
        self.refused("not_logged_in", "queue.list", token=token)
        self.refused("not_allowed", "person.login", name="cui.hua", password=NEW)
        self.assertEqual(self.accounts()["cui.hua"], "disabled")
        self.ask("person.disable", token=self.admin, name="cui.hua", disabled=False)
        self.refused("not_logged_in", "queue.list", token=token)        # what was ended stays so
        self.login("cui.hua")
        self.assertEqual([change for _, change in self.changes("cui.hua")], ["reset", "changed", "disabled", "enabled"])

    def test_a_session_made_beside_its_closing(self):
        """An account that is closed otherwise than by its command lets nobody in either."""
        token = self.person("du.juan")
        self.store("UPDATE account SET disabled = 1 WHERE name = 'du.juan'")
        self.refused("not_logged_in", "queue.list", token=token)

    def accounts(self):
        return {person["name"]: person["account"] for person in self.ask("person.list", token=self.admin)["people"]}

    def test_who_has_an_account(self):
        self.initial("pan.rui")
        accounts = self.accounts()
        self.assertEqual((accounts["sun.lei"], accounts["pan.rui"], accounts["long.yi"]), ("active", "initial", "none"))
        self.assertEqual(set(accounts), set(PEOPLE))
        below = self.person("hou.bin")
        self.assertEqual({person["office"] for person in self.ask("person.list", token=below)["people"]}, {"NG"})
        self.refused("not_allowed", "person.list", token=self.person("shen.yu"))

    def test_sessions_expire(self):
        token = self.person("xu.lan")
        for column, ago, over in (("used", 1700, False), ("used", 1800, True)):
            self.assertGreater(self.store(f"UPDATE session SET {column} = {column} - ? WHERE name = 'xu.lan'", ago), 0)
            if over:
                self.refused("not_logged_in", "queue.list", token=token)
            else:
                self.ask("queue.list", token=token)         # and that was a use
                self.b.until(lambda: self.last_use("xu.lan") > time.time() - 60, "the use is noted")
        token = self.login("xu.lan")["token"]
        self.store("UPDATE session SET began = began - 43200 WHERE name = 'xu.lan'")
        self.refused("not_logged_in", "queue.pull", token=token, desk="legal")

    def last_use(self, name):
        with sqlite3.connect(f"file:{self.b.data}/ledger.db?mode=ro", uri=True) as db:
            used = db.execute("SELECT max(used) FROM session WHERE name = ?", (name,)).fetchone()[0]
        db.close()
        return used

    def test_a_person_has_no_more_than_sixteen(self):
        self.person("ma.li")
        tokens = [self.login("ma.li")["token"] for _ in range(18)]
        self.refused("not_logged_in", "queue.list", token=tokens[0])
        self.ask("queue.list", token=tokens[-1])

    def test_the_same_request_in_another_session(self):
        number = self.b.submit({**FORM, "request": {"description": secrets.token_hex(8) + " 收费标准"}})["case"]
        one = self.person("zhou.wei")
        body = {"case": number, "action": "note", "fields": {"text": "x"}}
        first = self.b.client.ask("case.act", {"token": one, **body}, "same-request")
        again = self.b.client.ask("case.act", {"token": self.login("zhou.wei")["token"], **body}, "same-request")
        self.assertEqual(first, again)
        with self.assertRaises(Refused) as other:
            self.b.client.ask("case.act", {"token": one, **body, "fields": {"text": "y"}}, "same-request")
        self.assertEqual(other.exception.code, "request_id_reused")

    # ---- guesses ----------------------------------------------------------------------------

    def guess(self, name, count):
        """What wrong passwords are answered with."""
        return [self.refused_code("person.login", name=name, password=f"wrong {i} {secrets.token_hex(4)}") for i in range(count)]

    def refused_code(self, service, **body):
        with self.assertRaises(Refused) as caught:
            self.ask(service, **body)
        return caught.exception.code, str(caught.exception)

    def test_guessing_is_slowed_and_hurts_nobody_else(self):
        self.person("jin.ke")
        other = self.person("qian.wen")
        known, unknown = self.guess("jin.ke", 4), self.guess("nobody.here", 4)
        self.assertEqual([code for code, _ in known], ["not_allowed"] * 3 + ["too_many_attempts"])
        self.assertEqual([code for code, _ in unknown], [code for code, _ in known])
        self.assertEqual([text for _, text in unknown[:3]], [text for _, text in known[:3]])
        self.refused("too_many_attempts", "person.login", name="jin.ke", password=NEW)      # the right one too
        self.b.kill("broker")
        self.b.start()
        self.refused("too_many_attempts", "person.login", name="jin.ke", password=NEW)      # it outlives a restart
        self.assertEqual(self.login("qian.wen")["name"], "qian.wen")
        self.ask("queue.list", token=other)
        self.assertGreater(self.store("UPDATE attempt SET failed_at = failed_at - 6 WHERE failures = 3"), 0)
        self.assertEqual(self.guess("jin.ke", 2)[0][0], "not_allowed")
        self.store("UPDATE attempt SET failed_at = failed_at - 6 WHERE failures = 4")
        self.refused("too_many_attempts", "person.login", name="jin.ke", password=NEW)      # longer than the first time
        self.store("UPDATE attempt SET failed_at = failed_at - 15 WHERE failures = 4")
        self.assertEqual(self.login("jin.ke")["name"], "jin.ke")
        self.assertEqual([code for code, _ in self.guess("jin.ke", 2)], ["not_allowed"] * 2)    # and counted from none again

    def test_guesses_through_a_session_count_too(self):
        token = self.person("lin.fang")
        codes = [self.refused_code("person.password", token=token, old=f"wrong guess {i}", new=NEW + "?")[0] for i in range(4)]
        self.assertEqual(codes, ["not_allowed"] * 3 + ["too_many_attempts"])

    def burst(self, names):
        """Many logins at once, on one connection; what came of each."""
        client = Client(self.b.endpoint)
        client.connect()
        for i, name in enumerate(names):
            body = json.dumps({"name": name, "password": "a wrong password"}).encode()
            client.socket.send_multipart(client.frames("person.login", f"r{i}", body))
        codes = []
        while len(codes) < len(names):
            self.assertTrue(client.socket.poll(20000), "every login is answered")
            codes.append(json.loads(client.socket.recv_multipart()[4])["error"]["code"])
        client.socket.close(0)
        return codes

    def test_one_guess_at_a_time(self):
        codes = self.burst(["one.person"] * 20)
        self.assertLessEqual(codes.count("not_allowed"), 3)
        self.assertGreater(codes.count("busy"), 10)

    def test_a_flood_is_refused_and_the_rest_goes_on(self):
        codes = self.burst([f"flood.{i}" for i in range(150)])
        self.assertEqual(set(codes), {"busy", "not_allowed"})
        self.assertGreater(codes.count("busy"), 20)
        self.assertIn("desks", self.ask("queue.list", token=self.admin))

    # ---- nothing is left lying about --------------------------------------------------------

    def test_no_secret_is_stored_or_logged(self):
        secret = "unusual words " + secrets.token_hex(6)
        wrong = "mistyped " + secrets.token_hex(6)
        initial = self.initial("yu.hang")
        token = self.enter("yu.hang", initial, secret)
        self.refused("not_allowed", "person.login", name="yu.hang", password=wrong)
        self.refused("bad_value", "queue.list", token=token, colour="x")
        self.ask("queue.list", token=token)
        self.b.kill("broker", signal.SIGTERM)
        files = [path for path in self.b.data.rglob("*") if path.is_file()] + [self.b.log]
        for path in files:
            data = path.read_bytes()
            for text in (secret, wrong, initial, token):
                self.assertNotIn(text.encode(), data, path)
        with sqlite3.connect(self.b.data / "ledger.db") as db:
            verifier = db.execute("SELECT verifier FROM account WHERE name = 'yu.hang'").fetchone()[0]
        db.close()
        self.assertTrue(verifier.startswith("$argon2id$v=19$m=8192,t=1,p=1$"), verifier)
        self.b.start()


class Training(unittest.TestCase):
    def test_the_demonstrations_people_have_one_password(self):
        b = Broker(conf=CHEAP + 'training\n    password = "try it out"\n')
        for name in ("chen.jing", "long.yi"):
            answer = b.client.ask("person.login", {"name": name, "password": "try it out"})
            self.assertEqual((answer["name"], answer["must_change"]), (name, False))
            b.client.ask("queue.list", {"token": answer["token"]})
        b.client.ask("queue.list", {"as": "chen.jing"})
        own = b.client.ask("person.password", {"token": answer["token"], "old": "try it out", "new": NEW})
        for password in ("try it out", "wrong"):
            with self.assertRaises(Refused):
                b.client.ask("person.login", {"name": "long.yi", "password": password})
        b.client.ask("person.login", {"name": "long.yi", "password": NEW})
        b.client.ask("queue.list", {"token": own["token"]})
        self.assertEqual(b.close(), 0)

    def test_what_a_verifier_costs_follows_the_configuration(self):
        b = Broker(training=False, conf=CHEAP)
        initial = b.client.ask("person.reset", {"name": "sun.lei"})["password"]
        b.kill("broker", signal.SIGTERM)
        (b.data / "gongkai.conf").write_text(CHEAP.replace("= 8", "= 9"))
        b.start()
        b.client.ask("person.login", {"name": "sun.lei", "password": initial})
        with sqlite3.connect(f"file:{b.data}/ledger.db?mode=ro", uri=True) as db:
            verifier = db.execute("SELECT verifier FROM account").fetchone()[0]
        db.close()
        self.assertIn("m=9216,", verifier)
        b.client.ask("person.login", {"name": "sun.lei", "password": initial})
        self.assertEqual(b.close(), 0)


if __name__ == "__main__":
    unittest.main()
