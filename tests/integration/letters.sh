#!/bin/bash
# letters - every letter read back by programs that share nothing with the one that wrote it, and the
# reply worker itself against a small broker: job in, PDF up, finding back, twice the same bytes.
set -eu
bin=${GK_BIN:?} source=${GK_SOURCE:?} build=${GK_BUILD:?}
export LC_ALL=C.UTF-8

for dir in "${GK_FONTS:-}" "$source/build/fonts" "$build/fonts" /usr/local/share/fonts/gongkai; do
    [ -n "$dir" ] && [ -s "$dir/FandolFang-Regular.otf" ] && GK_FONTS=$dir && break
done
export GK_FONTS
[ -n "${GK_FONTS:-}" ] || { echo "FAILED: no fonts; run deploy/fonts build/fonts"; exit 1; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/letters"
GK_LETTERS=$scratch/letters "$build/tests/test_letter" > "$scratch/log" 2>&1 || { cat "$scratch/log"; exit 1; }
cd "$scratch/letters"

fail() { echo "FAILED: $*"; exit 1; }

# Text without its line ends, as the search of a reader sees it.
flat() { pdftotext -layout "$@" - | tr -d ' \n\f' | sed 's/　//g'; }

# has FILE TEXT..., lacks FILE TEXT...: the letter's text, blanks and line ends aside.
has() { local name=$1 text; text=$(flat "$name.pdf"); shift; for part; do
    [[ $text == *"$part"* ]] || fail "$name lacks $part"; done; }
lacks() { local name=$1 text; text=$(flat "$name.pdf"); shift; for part; do
    [[ $text != *"$part"* ]] || fail "$name has $part"; done; }

count=0
for pdf in *.pdf; do
    name=${pdf%.pdf}
    case $name in odd-*) continue ;; esac
    count=$((count + 1))
    has "$name" 中华人民共和国示例海关 登记编号：GZ- 记录校验码：01234567
    case $name in          # a form for the file has no red head: number and day stand where its wording puts them
    *_form*|form-*|delivery_receipt*) ;;
    *) has "$name" '〔2026〕12号' 2026年3月2日 ;;
    esac
    lacks "$name" '{{' '}}' null '�'
    pages=$(pdfinfo "$pdf" | sed -n 's/^Pages: *//p')
    for ((page = 1; page <= pages; page++)); do
        text=$(flat -f "$page" -l "$page" "$pdf")
        [[ $text == *"—$page—"* ]] || fail "$name, page $page has no number"
        last=$(pdftotext -f "$page" -l "$page" -layout "$pdf" - | grep -v -- "— *$page *—" | grep '[^[:space:]]' | tail -1)
        [[ ! $last =~ ^[[:space:]]*[一二三四]、 ]] || fail "$name, page $page ends with the heading $last"
        # A page holds more than the signature: its text minus head, foot, signature and date.
        rest=$(sed "s/—$page—//; s/登记编号：.*//; s/中华人民共和国示例海关//g; s/2026年3月2日//; s/演示文书不具有法律效力//" <<< "$text")
        [ ${#rest} -ge 10 ] || fail "$name, page $page stands for the signature alone"
        start=$(pdftotext -f "$page" -l "$page" -layout "$pdf" - | grep -v 演示文书 | grep '[^[:space:]]' | head -1)
        [[ ! $start =~ ^[[:space:]]*[^[:space:]]+[[:space:]　]+2026年[0-9]+月[0-9]+日[[:space:]]*$ ]] || fail "$name, page $page begins with who signed, $start"
    done
    # All fonts embedded with a map to Unicode, and none that is not ours.
    pdffonts "$pdf" | tail -n +3 | while read -r font rest; do
        case $font in *Fandol*|*NotoSerifCJK*|*NotoSansCJK*|*DejaVu*) ;; *) fail "$name uses $font" ;; esac
        [[ $rest == *'yes yes yes'* ]] || fail "$name: $font is not embedded, or its text cannot be read"
    done
    pdfinfo "$pdf" | grep -q '^Author: *中华人民共和国示例海关$' || fail "$name has no author"
    pdfinfo "$pdf" | grep -q '^Title: *政府信息\|^Title: *送达回证$' || fail "$name has no title"
    ! pdfinfo "$pdf" | grep -q 陈春华 || fail "$name tells the name in its metadata"
    head -c 8 "$pdf" | grep -q '^%PDF-1' || fail "$name is no PDF"
    paper=$(pdfinfo "$pdf" | sed -n 's/^Page size: *//p')
    [[ $paper == '595.276 x 841.89 pts (A4)' ]] || fail "$name is printed on $paper"
done
[ $count -ge 65 ] || fail "only $count letters"

# What who words the templates sees: the same letters, without a case.
"$bin/gongkai" letter preview correction_notice -o preview.pdf > /dev/null 2>> "$scratch/log" || fail "no preview"
has preview 补正告知书 15个工作日内 演示文书
"$bin/gongkai" letter preview reply O2 -o preview.pdf > /dev/null 2>> "$scratch/log" || fail "no preview of a reply"
has preview 逾期未缴纳信息处理费
for code in R1 R2 R3 R4; do
    "$bin/gongkai" letter preview reply $code -o preview.pdf > /dev/null 2>> "$scratch/log" || fail "no preview of $code"
    has preview 政府信息更正申请答复书 登记编号：GZ-G-2026-000003 通信地址：示例市东风路11号
    lacks preview 2025年进出口商品检验抽查结果统计表 附件
done
"$bin/gongkai" letter preview registration R1 -o preview.pdf > /dev/null 2>> "$scratch/log" || fail "no preview of a receipt"
has preview 政府信息更正申请登记回执
for kind in assist_letter forwarding_letter registration_form review_form delivery_receipt; do
    "$bin/gongkai" letter preview $kind -o preview.pdf > /dev/null 2>> "$scratch/log" || fail "no preview of $kind"
done
"$bin/gongkai" letter preview assist_letter -o preview.pdf > /dev/null 2>> "$scratch/log"
has preview 检验处：
lacks preview 陈春华 '〔2026〕12号'
! "$bin/gongkai" letter preview reply -o none.pdf 2> none.log || fail "a reply without a decision"
grep -q 'facts.outcome' none.log || fail "a refused preview does not say why"
[ ! -e none.pdf ] || fail "a refused preview left a file"

first=应当自收到本答复之日起60日内先向中华人民共和国海关总署申请行政复议
for code in P D1 D2 D3 D4 D5 D6 D7; do
    has reply-$code $first '15日内依法向人民法院提起行政诉讼'
    lacks reply-$code 6个月
done
for code in G1 G2 D8 U1a U1b U2 U3 N1 N2 N3 N4 N5; do
    has reply-$code '60日内向中华人民共和国海关总署申请行政复议，或者自收到本答复之日起6个月内向示例市中级人民法院提起行政诉讼'
done
for name in registration correction_notice extension_notice fee_notice consultation_letter consultation_notice; do
    lacks $name 复议 诉讼
done
lacks consultation_letter 13800000000 需要按月 示关检
has rare 堃喆赟翀旻昇囍
lacks rare 〓
has absent 海〓关〓岸 '（注：“〓”处为字库没有的字符，依次为：U+E123。以登记的原文为准。）'
has absent-many '〓〓〓〓〓〓〓〓〓〓' 'U+E006、U+E007等。以登记'
lacks absent-many U+E008
has fee_notice 4700元（大写：人民币肆仟柒佰元整） 国办函〔2020〕109号 视为放弃申请

# Nothing of a cell is lost between two pages of a form.
for ((point = 1; point <= 40; point++)); do has form-long "第$point点，汇总数据"; done
has delivery_receipt-D4 受送达人 陈春华 示例市东风路1号 邮政企业寄送 代收 拒收、退回
lacks assist_letter 陈春华 13800000000 某贸易公司
lacks delivery_receipt-D4 某贸易公司
lacks registration_form 某贸易公司

# The training mark stands on every page of a training letter, and on none of the others.
marks=$(pdftotext long.pdf - | grep -c 演示文书) || true
[ "$marks" = 12 ] || fail "$marks training marks on 12 pages"
lacks registration 演示文书

# Page numbers lie below the type area (262 mm = 742.7 pt) and everything else above it, the mark
# and the foot's note aside; nothing lies outside the left and right edges (28 and 184 mm).
for pdf in *.pdf; do
    pdftotext -bbox "$pdf" - | awk -v name="$pdf" '
        /<word / { split($0, part, "\""); x0 = part[2]; y0 = part[4]; x1 = part[6]; y1 = part[8]
            if (x0 < 79.3 - 3 || x1 > 521.6 + 8) bad = bad $0 "\n"
            if (y1 > 744 && y0 < 755) bad = bad $0 "\n" }
        END { if (bad) { print "FAILED: " name " runs out of its area:\n" bad; exit 1 } }' || exit 1
done

cat > "$scratch/broker.py" <<'PYTHON'
"""The reply worker against a broker of a few lines."""
import os, signal, subprocess, tempfile
from worker_broker import Broker, check

JOB = {"service": "reply", "case": "@7", "number": "GZ-2026-000012", "seq": 9, "today": "2026-03-02",
       "at": "2026-03-02T01:00:00Z", "attempt": 1, "training": True, "task": "letter",
       "office": {"code": "GZ", "name": "中华人民共和国示例海关", "letter_mark": "示关公复",
                  "reconsideration_body": "中华人民共和国海关总署", "court": "示例市中级人民法院"},
       "facts": {"letter": "reply", "outcome": "U1a", "number": "示关公复〔2026〕12号", "date": "2026-03-02",
                 "to": {"name": "陈春华"}, "case_number": "GZ-2026-000012", "received_on": "2026-02-05",
                 "request": {"title": "统计表"}, "head": "ab" * 32, "attachments": [],
                 "fields": {"reason": "本机关没有制作该信息"}}}

def run(fonts, play):
    """Start a worker, let it play, end it; what it said on stderr."""
    with tempfile.TemporaryDirectory() as folder, open(os.path.join(folder, "log"), "w+") as log:
        endpoint = "ipc://%s/broker" % folder
        broker = Broker(endpoint)
        worker = subprocess.Popen([os.path.join(os.environ["GK_BIN"], "gongkai-reply"), "--endpoint", endpoint,
                                   "--data", folder, "--fonts", fonts], stderr=log)
        try:
            play(broker)
        finally:
            worker.send_signal(signal.SIGTERM)
            status = worker.wait(60)
        log.seek(0)
        said = log.read()
        check(said, status == 0 and "陈春华" not in said)
        broker.socket.close(0)


digests = []

def letters(broker):
    for _ in range(2):
        ok = broker.work(JOB)["ok"]
        pdf = broker.documents[ok["digest"]]
        check(ok, ok["letter"] == "reply" and ok["size"] == len(pdf) and ok["pages"] == 2
              and ok["check_code"] == JOB["facts"]["head"][:8] and pdf.startswith(b"%PDF"))
        digests.append(ok["digest"])
    with open("worker.pdf", "wb") as file:
        file.write(pdf)
    refused = broker.work({**JOB, "office": {"name": "某海关"}})["error"]
    check(refused, refused["code"] == "missing_field" and "office.reconsideration_body" in refused["text"]
          and not refused["retry"])
    refused = broker.work({**JOB, "task": "dance"})["error"]
    check(refused, refused["code"] == "unsupported" and not refused["retry"])
    refused = broker.work({**JOB, "office": {**JOB["office"], "name": "海关\u0378"}})["error"]
    check(refused, refused["code"] == "bad_value" and "U+0378" in refused["text"] and "陈" not in refused["text"])
    check("a refusal does not stop the worker", "ok" in broker.work(JOB))

def no_fonts(broker):
    refused = broker.work(JOB)["error"]
    check(refused, refused["code"] == "not_found" and "deploy/fonts" in refused["text"])

run(os.environ["GK_FONTS"], letters)
run(os.environ["GK_FONTS"], letters)                    # another process, the same bytes
check(digests, len(set(digests)) == 1)
run("/nowhere", no_fonts)
PYTHON
GK_BIN=$bin PYTHONPATH=$source/tests/integration/lib /usr/bin/python3 "$scratch/broker.py"
has worker 示关公复〔2026〕12号 该政府信息不存在 '说明：本机关没有制作该信息。' 演示文书 记录校验码：abababab
echo "letters: $count letters read back, and the worker made its own"
