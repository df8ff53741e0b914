"""The annual report of the training story: what deploy/story says of its cases is what the report counts; every cell opens
to its cases; figures are entered, the year is closed, and what is recorded afterwards moves nothing."""
import csv
import io
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SOURCE, BIN = pathlib.Path(os.environ["GK_SOURCE"]), pathlib.Path(os.environ["GK_BIN"])
FONTS = os.environ.setdefault("GK_FONTS", str(SOURCE / "build/fonts"))
FORM = json.loads((SOURCE / "schemas/report/annual.json").read_text())
ORG = json.loads((SOURCE / "schemas/samples/org.json").read_text())
ROWS = {o["code"]: o["report_row"] for o in json.loads((SOURCE / "schemas/outcomes/outcomes.json").read_text())["outcomes"]}
COLUMNS = [column["code"] for column in FORM["columns"]]
PATIENCE = 280      # seconds


class Story:
    """deploy/run with its story told, until it is stopped."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="gk-"))
        self.data, self.said = self.folder / "v", self.folder / "said"
        with open(self.said, "wb") as said:
            self.process = subprocess.Popen([SOURCE / "deploy/run", "--data", self.data], stdout=said, stderr=said, stdin=subprocess.DEVNULL)
        until = time.monotonic() + PATIENCE
        while not (told := re.search(r"(\d+) cases, (\d+) not as expected", self.said.read_text(errors="replace"))):
            if self.process.poll() is not None or time.monotonic() > until:
                sys.exit("the story was not told:\n" + self.said.read_text(errors="replace")[-3000:])
            time.sleep(0.2)
        if told[2] != "0":
            sys.exit("the story went otherwise:\n" + self.said.read_text(errors="replace")[-3000:])
        self.cases = int(told[1])

    def run(self, *words, status=0, user="wu.gang", raw=False):
        done = subprocess.run([BIN / "gongkai", "--data", self.data, "--lang", "zh", *words, "--as", user], capture_output=True, timeout=60)
        if done.returncode != status:
            sys.exit(f"{words}: status {done.returncode}, not {status}\n{done.stdout.decode()}\n{done.stderr.decode()}")
        self.err = done.stderr.decode()
        return done.stdout if raw else done.stdout.decode()

    def json(self, *words, **more):
        return json.loads(self.run(*words, "--format", "json", **more))

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        shutil.rmtree(self.folder)


def expected():
    """The table by office, from the story's own files: all cases came in the year and went in it."""
    tables, fees = {office["code"]: {} for office in ORG["offices"]}, {office["code"]: 0 for office in ORG["offices"]}
    for path in (SOURCE / "deploy/story").glob("*.case"):
        text = path.read_text()
        said = dict(re.findall(r"^(fate|form) +(.*)$", text, re.M))
        form = json.loads((SOURCE / f"schemas/samples/story/{said['form']}.json").read_text())
        form = form.get("form", form)
        if form.get("kind") == "records_correction":        # Art. 41 stands beside the table
            continue
        office, outcome = form.get("office", "GZ"), said["fate"].split()[1]
        if "order_redo" in text:        # done again after a ruling: it keeps its first row
            outcome = re.search(r"propose outcome=(\S+)", text)[1]
        went = [ROWS[outcome], "3.7"] if outcome != "-" else ["4"]
        for row in ["1", *went]:
            cells = tables[office].setdefault(row, [0] * len(COLUMNS))
            cells[COLUMNS.index(form["applicant"]["kind"])] += 1
            cells[-1] += 1
        fees[office] += sum(map(int, re.findall(r"record_payment .*amount_yuan=(\d+)", text)))
    return tables, fees


def check(what, good):
    if not good:
        sys.exit(f"FAILED: {what}")


def same(what, got, wanted):
    check(f"{what}: {got}, not {wanted}", got == wanted)


def by_office(answer):
    return {report["office"]: report for report in answer["reports"]}


def the_story_is_counted(story):
    tables, fees = expected()
    answer = story.json("report", "annual", "--year", "2026", "--rollup")
    same("offices", sorted(by_office(answer)), sorted(tables))
    total = {}
    for office, report in by_office(answer).items():
        for row, cells in report["figures"]["rows"].items():
            same(f"{office}, row {row}", cells, tables[office].get(row, [0] * len(COLUMNS)))
            total[row] = [a + b for a, b in zip(total.get(row, [0] * len(COLUMNS)), cells)]
        same(f"fees of {office}", report["figures"]["fee"]["yuan"], fees[office])
        same(f"violated of {office}", report["violated"], 0)
        redone = int(office == "GZ")    # the story's one reconsideration was corrected: [upheld, corrected, other, pending, total]
        same(f"reconsiderations of {office}", report["figures"]["proceedings"]["reconsideration"], [0, redone, 0, 0, redone])
    same("the district's sum", answer["region"]["figures"]["rows"], total)
    beside = [number for report in by_office(answer).values() for number in report["remarks"]["records"]]
    check(f"listed beside part 3: {beside}", len(beside) == 1 and beside[0].startswith("GZ-G-2026-"))
    story.cases -= len(beside)
    same("cases", answer["region"]["figures"]["rows"]["1"][-1], story.cases)
    return answer


def every_cell_opens_to_its_cases(story, answer):
    cells, seen = 0, set()
    for row, numbers in answer["region"]["figures"]["rows"].items():
        for column, number in zip(COLUMNS, numbers):
            if number or (row, column) == ("4", "total"):
                listed = story.run("report", "annual", "--year", "2026", "--rollup", "--cell", f"{row},{column}").split()
                same(f"cases of {row},{column}", len(listed), number)
                cells, seen = cells + 1, seen | set(listed)
    same("cases seen", len(seen), story.cases)
    own = story.run("report", "annual", "--year", "2026", "--cell", "1,7").split()
    check("only the own office's", all(number.startswith("GZ-") for number in own))
    return cells


def csv_is_what_rfc_4180_says(story, answer):
    raw = story.run("report", "annual", "--year", "2026", "--format", "csv", raw=True)
    check("no mark, and CR LF at every line's end", not raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\r\n") == raw.count(b"\n"))
    rows = list(csv.DictReader(io.StringIO(raw.decode(), newline="")))
    count = {part: sum(row["part"] == part for row in rows) for part in "236"}
    same("cells", [count["2"], count["3"], sum(row["part"] == "4" for row in rows)], [10, 175, 15])
    for row in rows:
        if row["part"] == "3":
            cell = by_office(answer)["GZ"]["figures"]["rows"][row["row"]][COLUMNS.index(row["column"])]
            same(f"{row['row']},{row['column']} in CSV", int(row["value"]), cell)


def the_pdf_reads_as_the_form(story):
    path = story.folder / "report.pdf"
    story.run("report", "annual", "--year", "2026", "--rollup", "--format", "pdf", "-o", str(path))
    text = re.sub(r"\s", "", subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode())
    for part in ("2026年政府信息公开工作年度报告", "（关区汇总）", "一、总体情况", "属于四类过程性信息", "未经复议直接起诉",
                 "59237.2449", "信息处理费1件，共54700元", "演示文书"):
        check(f"the PDF says {part}", part in text)
    fonts = subprocess.run(["pdffonts", path], capture_output=True, check=True).stdout.decode().splitlines()[2:]
    check("its fonts are ours", fonts and all(re.search("Fandol|Noto|DejaVu", line) for line in fonts))


def figures_are_entered(story):
    story.run("report", "enter", "--year", "2026", "penalties=12", "fees_yuan=592372449", user="guo.qiang")
    story.run("report", "enter", "--year", "2026", "--unit", "FGC", "penalties=1", user="guo.qiang", status=1)
    check("the need is named", "只能填报本部门" in story.err)
    story.run("report", "enter", "--year", "2026", "documents_made=2", "documents_repealed=1", "documents_valid=12", user="shi.qi")
    story.run("report", "enter", "--year", "2026", "penalties=13", user="guo.qiang")
    report = by_office(story.json("report", "annual", "--year", "2026"))["GZ"]
    same("figures", {k: v for k, v in report["figures"]["figures"].items() if v is not None},
         {"penalties": 13, "fees_yuan": 592372449, "documents_made": 2, "documents_repealed": 1, "documents_valid": 12})
    same("entered", [entry["unit"] for entry in report["entries"] if entry["entered"]], ["FGC", "QGC"])
    story.run("report", "enter", "--year", "2025", "documents_valid=10", user="shi.qi")
    answer = story.json("report", "annual", "--year", "2026", status=1)
    same("violated", [i["identity"] for i in by_office(answer)["GZ"]["identities"] if i["holds"] is False], ["I6"])
    check("it is named", "I6 不符" in story.err)
    story.run("report", "enter", "--year", "2025", "documents_valid=11", user="shi.qi")
    story.run("report", "annual", "--year", "2026")
    story.run("report", "enter", "--year", "2026", "overview=本年新收政府信息公开申请99件。", user="chen.jing")
    story.run("report", "annual", "--year", "2026", status=1)
    check("the text is compared", "I7 不符" in story.err)
    story.run("report", "enter", "--year", "2026", "overview=全年工作平稳。", "problems=答复文书有待规范。", user="chen.jing")


def a_year_is_closed(story):
    close = ("report", "close", "--year", "2026")
    story.run(*close, user="zhao.min", status=1)
    check("it is not over", "年度终了后" in story.err)
    story.run("training", "advance", "2027-01-08", "--wait", "60", user="sun.lei")
    story.run(*close, user="zhao.min", status=1)
    check("units are missing", "有部门未填报" in story.err)
    for unit in ("BGS", "CWC", "ZHC", "TJC", "JSJ", "KJC", "WSC", "SPC"):
        story.run("report", "enter", "--year", "2026", "--unit", unit, "licences=0", user="chen.jing")
    story.run(*close, user="chen.jing", status=1)
    before = story.json("report", "annual", "--year", "2026")
    story.run(*close, "--request-id", "close-2026", user="zhao.min")
    story.run(*close, "--request-id", "close-2026", user="zhao.min")
    story.run(*close, user="zhao.min", status=1)
    frozen = by_office(story.json("report", "annual", "--year", "2026"))["GZ"]
    same("closed", frozen["closed_on"], "2027-01-08")
    same("what was closed", [frozen["figures"], frozen["sha256"]], [by_office(before)["GZ"][key] for key in ("figures", "sha256")])
    return frozen


def what_comes_later_moves_nothing(story, frozen):
    """In person on 30 December, entered in January: at the very instant of closing, which in training lasts, and days later.
    They count in the next year, and are listed there."""
    form = json.loads((SOURCE / "schemas/samples/form.json").read_text())
    paper, numbers = story.folder / "paper.json", []
    for day in ("2026-12-30", "2026-12-31"):
        paper.write_text(json.dumps({"form": form, "receipt": {"channel": "in_person", "arrived_on": day}}))
        numbers.append(json.loads(story.run("register", str(paper), "--json", user="chen.jing"))["number"])
        check(f"{numbers[-1]} is of the year before", numbers[-1].startswith("GZ-2026-"))
        story.run("training", "advance", "2027-01-11", "--wait", "60", user="sun.lei")
    story.run("report", "enter", "--year", "2026", "penalties=99", user="guo.qiang", status=1)
    check("it is closed", "已经关账" in story.err)
    again = by_office(story.json("report", "annual", "--year", "2026"))["GZ"]
    same("the closed year", again, frozen)
    same("its cases", set(numbers) & set(story.run("report", "annual", "--year", "2026", "--cell", "1,total").split()), set())
    after = by_office(story.json("report", "annual", "--year", "2027"))["GZ"]
    same("received in the next", after["figures"]["rows"]["1"][-1], 2)
    same("carried over", after["figures"]["rows"]["2"], again["figures"]["rows"]["4"])
    same("listed", after["remarks"]["late"], numbers)
    same("violated", after["violated"], 0)


def a_closed_year_is_opened_by_a_decision(story, frozen):
    """What was recorded since counts where it belongs, and the version that was closed stays beside it, for ever."""
    reopen, annual = ("report", "reopen", "--year", "2026"), ("report", "annual", "--year", "2026")
    story.run(*reopen, "示关办〔2027〕2号", "漏报两件", user="chen.jing", status=1)
    story.run("report", "reopen", "--year", "2025", "示关办〔2027〕2号", "漏报两件", user="zhao.min", status=1)
    story.run(*reopen, "示关办〔2027〕2号", "漏报两件", user="zhao.min")
    same("closed", by_office(story.json(*annual))["GZ"]["closed_on"], None)
    story.run("report", "enter", "--year", "2026", "penalties=99", user="guo.qiang")
    now = by_office(story.json(*annual))["GZ"]
    same("the two came in", now["figures"]["rows"]["1"][-1], frozen["figures"]["rows"]["1"][-1] + 2)
    version = now["versions"][0]
    same("the version kept", [version["figures"], version["sha256"], version["closed_on"]],
         [frozen["figures"], frozen["sha256"], frozen["closed_on"]])
    same("by what", [version["decision"], version["reason"], version["reopened_on"]], ["示关办〔2027〕2号", "漏报两件", "2027-01-11"])
    for text in ("原关账版本  2027-01-08 关账，2027-01-11 依据 示关办〔2027〕2号 重新打开：漏报两件", frozen["sha256"],
                 f"{frozen['figures']['rows']['1'][-1]} → {now['figures']['rows']['1'][-1]}"):
        check(f"both are shown: {text}", text in story.run(*annual))
    story.run("report", "close", "--year", "2026", user="zhao.min")
    again = by_office(story.json(*annual))["GZ"]
    same("closed anew", [again["closed_on"], again["figures"], again["versions"]], ["2027-01-11", now["figures"], now["versions"]])
    after = by_office(story.json("report", "annual", "--year", "2027"))["GZ"]
    same("nothing is late any more", [after["remarks"]["late"], after["figures"]["rows"]["2"]], [[], again["figures"]["rows"]["4"]])
    return again


def others_see_what_is_theirs(story):
    below = story.json("report", "annual", "--year", "2026", user="long.yi")
    same("the subordinate office's", list(by_office(below)), ["NG"])
    story.run("report", "annual", "--year", "2026", "--office", "GZ", user="long.yi", status=1)
    story.run("report", "annual", "--year", "2026", "--office", "NG")
    story.run("report", "annual", "--year", "2020", status=1)
    story.run("report", "annual", "--year", "2026", "--cell", "9.9,total", status=1)


def fees_are_reconciled(story):
    """One fee of the story was paid, another is owed until it lapses; each month goes on where the last one ended."""
    answer = story.json("report", "fees", "--month", "2026-03")
    same("lines of March", [(line["what"], line["how"], line["yuan"]) for line in answer["lines"]],
         [("notice", "", 119980), ("notice", "", 54700), ("payment", "full", 54700)])
    check("the receipt's number", answer["lines"][2]["number"] == "财票0001001" and answer["lines"][2]["on"] == "2026-03-18")
    same("owed, and received in all", [answer["owed"]["closing"], answer["money"]["closing"], answer["part6"]["yuan"]], [119980, 54700, 54700])
    april = story.json("report", "fees", "--month", "2026-04")
    same("the lapse", [(line["what"], line["yuan"]) for line in april["lines"]], [("ended", 119980)])
    same("April", [april["owed"], april["money"]["opening"], april["open"]],
         [{"opening": 119980, "noticed": 0, "settled": 0, "ended": 119980, "closing": 0}, 54700, []])
    check(f"identities: {answer['identities']}", len(answer["identities"]) == 5 and all(one["holds"] for one in answer["identities"]))
    rows = list(csv.DictReader(io.StringIO(story.run("report", "fees", "--month", "2026-03", "--format", "csv"))))
    for column in ("owed", "money"):
        same(column, sum(int(row[column]) for row in rows[:-1]), int(rows[-1][column]))
    check("on a terminal", "财票0001001" in story.run("report", "fees", "--month", "2026-03"))
    same("an office without fees", story.json("report", "fees", "--month", "2026-03", "--office", "NG")["lines"], [])
    story.run("report", "fees", "--month", "2026-13", status=1)
    story.run("report", "fees", "--month", "2020-01", status=1)
    story.run("report", "fees", "--month", "2026-03", "--format", "pdf", status=2)


def timeliness_agrees(story, frozen):
    answer = story.json("report", "timeliness", "--year", "2026")
    ended = frozen["figures"]["rows"]["3.7"][-1]
    for group in ("units", "months", "kinds"):
        same(f"ended, by {group}", sum(entry["ended"] for entry in answer[group]), ended)
    check("replied in time or late", all(e["replied"] == e["timely"] + e["late"] for e in answer["units"]))
    check("on a terminal", "按部门" in story.run("report", "timeliness", "--year", "2026"))


def nobody_is_named(story):
    forms = [json.loads(path.read_text()) for path in (SOURCE / "schemas/samples/story").glob("*.json")]
    names = {form.get("form", form)["applicant"]["name"] for form in forms}
    said = "".join(story.run("report", "annual", "--year", "2026", "--rollup", "--format", how) for how in ("text", "json", "csv"))
    check("no applicant's name", not [name for name in names if name and name in said])


def main():
    story = Story()
    try:
        answer = the_story_is_counted(story)
        cells = every_cell_opens_to_its_cases(story, answer)
        csv_is_what_rfc_4180_says(story, answer)
        figures_are_entered(story)
        the_pdf_reads_as_the_form(story)
        frozen = a_year_is_closed(story)
        what_comes_later_moves_nothing(story, frozen)
        frozen = a_closed_year_is_opened_by_a_decision(story, frozen)
        others_see_what_is_theirs(story)
        timeliness_agrees(story, frozen)
        fees_are_reconciled(story)
        nobody_is_named(story)
        check("the ledger verifies", "一致" in story.run("verify"))
    finally:
        story.close()
    print(f"install_report: {story.cases} cases of the story in {cells} cells, one year closed")


main()
