#!/bin/bash
# cli_offline - the calculators, help and exit codes of `gongkai`, without a broker.
set -u
gongkai="${GK_BIN:?}/gongkai"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
unset GK_DATA GK_AS LC_ALL LC_MESSAGES
export LANG=C.UTF-8
failed=0

# ok STATUS STDOUT WORDS...: exit status and whole standard output ("~TEXT": holds TEXT).
ok() {
    local status=$1 wanted=$2 out got
    shift 2
    out=$("$gongkai" "$@" 2>err </dev/null)
    got=$?
    if [[ $got != "$status" ]] || { [[ $wanted == \~* ]] && [[ $out != *"${wanted#\~}"* ]]; } ||
       { [[ $wanted != \~* ]] && [[ $out != "$wanted" ]]; }; then
        printf 'FAILED gongkai %s\n  wanted %s [%s]\n  got    %s [%s]\n' "$*" "$status" "$wanted" "$got" "$out"
        sed 's/^/  /' err
        failed=1
    fi
}

# says TEXT: the last command's standard error holds TEXT (the empty text: nothing was said).
says() {
    if { [[ -n $1 ]] && ! grep -qF -- "$1" err; } || { [[ -z $1 ]] && [[ -s err ]]; }; then
        printf 'FAILED stderr lacks [%s]: %s\n' "$1" "$(cat err)"
        failed=1
    fi
}

# ---- working days: spring festival, National Day, worked weekends
ok 0 2021-10-21 workday add 2021-09-17 20;                 says ''
ok 0 2021-09-17 workday add 2021-09-17 0
ok 0 2021-09-18 workday add 2021-09-17 1                    # a worked Saturday
ok 0 '{"date":"2021-10-21","provisional":false}' workday add 2021-09-17 20 --json
ok 0 '{"date":"2021-10-21","provisional":false}' --json workday add 2021-09-17 20
last=$(sed -n 's/^covers *[^ ]* *//p' "${GK_SOURCE:?}"/schemas/calendar/*.txt | sort | tail -1 | cut -c1-10)
year=${last%%-*}
ok 0 "~\"provisional\":true" workday add "$year-12-30" 20 --json;  says "$last"
ok 0 "~$((year + 1))-01-" workday add "$year-12-30" 20;            says "$last"
ok 0 20 workday between 2021-09-17 2021-10-21;             says ''
ok 0 -20 workday between 2021-10-21 2021-09-17
ok 0 0 workday between 2021-10-21 2021-10-21
ok 0 '{"workdays":20,"provisional":false}' workday between 2021-09-17 2021-10-21 --json
ok 0 "~\"provisional\":true" workday between "$year-12-30" "$((year + 1))-02-01" --json;  says "$last"
for n in -1 1001 1.5 '' x 0x10 ' 1' 1e2 99999999999999999999; do ok 2 '' workday add 2021-09-17 "$n"; done
for d in 2021-9-17 2021-02-29 20210917 2021/09/17 '' 2021-09-17T00 today; do
    ok 2 '' workday add "$d" 1
    ok 2 '' workday between 2021-09-17 "$d"
done
ok 2 '' workday add 2021-09-17;                            says '用法'
ok 2 '' workday add 2021-09-17 1 2
ok 2 '' workday;                                           says 'workday between'
ok 0 "$("$gongkai" workday add 2021-09-17 1000)" workday add 2021-09-17 1000

# ---- fees: 国办函〔2020〕109号
ok 0 0 fee items --before 0 --count 10
ok 0 100 fee items --before 10 --count 1
ok 0 300 fee items --before 8 --count 5
ok 0 0 fee pages 30
ok 0 10 fee pages 31
ok 0 4700 fee pages 250
ok 0 '~{"yuan":4700,"arithmetic":[' fee pages 250 --json
ok 0 0 fee pages 0
for n in -1 x '' 1.5 1000001; do
    ok 2 '' fee pages "$n"
    ok 2 '' fee items --before "$n" --count 1
    ok 2 '' fee items --before 1 --count "$n"
done
ok 2 '' fee items --count 1;                               says '--before'
ok 2 '' fee pages 1 --count 1;                             says '--count'

# ---- the clock
example='{"received_on":"2021-01-20","as_of":"2021-02-20","events":[{"type":"correction_requested","on":"2021-01-25"},{"type":"correction_received","on":"2021-02-03"}]}'
echo "$example" > example.json
ok 0 '~{"due_on":"2021-03-08","provisional":false,"state":"running","used":9,"left":11,"overdue":false,"timely":null,"explain":[{' \
   clock example.json --json;                              says ''
ok 0 '~答复期限  2021-03-08 周一  剩 11 个工作日' clock example.json
ok 0 '~Due    2021-03-08 Mon  11 working days left' clock example.json --lang en
out=$("$gongkai" clock - --json < example.json)
[[ $out == "$("$gongkai" clock example.json --json)" ]] || { echo "FAILED clock - differs from clock FILE"; failed=1; }
sed 's/2021-02-03/2021-01-24/' example.json > fault.json
ok 1 '' clock fault.json;                                  says 'events[1].on'
sed 's/correction_requested/fee_notice/' example.json > fault.json
ok 1 '' clock fault.json --json;                           says 'events[0].type'
sed 's/correction_requested/dispatched/' example.json > fault.json
ok 1 '' clock fault.json;                                  says 'events[1]'
echo '{"received_on":"2021-01-20",' > fault.json
ok 1 '' clock fault.json;                                  says 'line'
echo '[]' > fault.json
ok 1 '' clock fault.json;                                  says 'received_on'
ok 1 '' clock absent.json;                                 says 'absent.json'
head -c 2000000 /dev/zero > fault.json
ok 1 '' clock fault.json;                                  says 'larger than 1 MiB'
mkdir folder
ok 1 '' clock folder;                                      says 'folder is a folder'
printf '\xef\xbb\xbf%s' "$example" > marked.json            # as some editors save it
ok 0 '~答复期限  2021-03-08 周一' clock marked.json;        says ''
printf '{"received_on":"\\u0000"}' > fault.json
ok 1 '' clock fault.json;                                  says 'NUL'
echo "{\"received_on\":\"$year-12-20\",\"as_of\":\"$year-12-25\",\"events\":[]}" > late.json
ok 0 '~暂定' clock late.json;                              says '暂定'
ok 0 '~"provisional":true' clock late.json --json;         says '暂定'
ok 2 '' clock

# ---- help: every verb, in both languages; topics
ok 2 '';                                                   says 'gongkai CMD'
ok 0 '~gongkai CMD' help
ok 0 '~usage: gongkai CMD' help --lang en
LANG=en_GB.UTF-8 ok 0 '~usage: gongkai CMD' --help
while read -r verb; do
    # shellcheck disable=SC2086
    ok 0 "~用法：gongkai $verb" $verb --help
    # shellcheck disable=SC2086
    ok 0 "~usage: gongkai $verb" help $verb --lang en
done < <("$gongkai" help | sed -n 's/^  \([a-z][a-z-]*\( [a-z]*\)\{0,1\}\)  .*/\1/p')
for family in workday fee worker dead-letter org calendar training; do
    ok 0 "~  gongkai $family " $family --help
    ok 0 "~  gongkai $family " help $family
done
[[ $("$gongkai" help | grep -c '^  [a-z]') -ge 28 ]] || { echo "FAILED help lists too few verbs"; failed=1; }
ok 0 '~request_id_reused' help errors
ok 0 '~--endpoint E' help options
ok 0 '~"applicant"' help form
ok 0 '~3  无法连接系统' help exit
ok 2 '' help nonsense
ok 2 '' nonsense;                                          says 'nonsense'
ok 2 '' status;                                            says 'gongkai status RECEIPT'
ok 2 '' status A B
ok 2 '' status A --desk x;                                 says '--desk'
ok 2 '' status A --nonsense;                               says '--nonsense'
ok 2 '' status A --wait x;                                 says '--wait'
ok 2 '' status A --timeout 0;                              says '--timeout'
ok 2 '' submit example.json --request-id 'a b';            says '--request-id'
ok 2 '' pull;                                              says '--desk'
ok 2 '' training advance tomorrow
ok 2 '' dead-letter retry x
ok 2 '' document get 12 --case @1 -o f
ok 0 '~gongkai ' --version

# ---- the law as a jurist reads it, and every day of a term
"$gongkai" law table --lang zh > table; "$gongkai" law table --json > table.json
python3 - "$GK_SOURCE" <<'PY' || failed=1
import json, re, sys, unicodedata
source = sys.argv[1]
table = json.load(open("table.json"))
flow = open(f"{source}/common/core/flow.c").read()
rules = json.load(open(f"{source}/schemas/rules/rules.json"))
outcomes = json.load(open(f"{source}/schemas/outcomes/outcomes.json"))["outcomes"]
bad = []
bad += ["steps"] if len(table["steps"]) != len(re.findall(r"^    STEP\(", flow, re.M)) else []
bad += ["outcomes"] if [o["code"] for o in table["outcomes"]] != [o["code"] for o in outcomes] else []
bad += ["rules"] if {r["setting"] for r in table["rules"]} != set(rules) - {"version"} else []
for row in table["steps"] + table["outcomes"] + table["rules"]:
    if row["mark"] not in ("seen", "interp", "memory") or not row["article"]:
        bad.append(row)
for row in table["steps"]:
    if not all(need["zh"] and need["en"] for need in row["needs"]) or not row["who_zh"] or not row["clock_zh"]:
        bad.append(row["event"])
text = open("table").read()
bad += [o["code"] for o in outcomes if not re.search(rf"^{o['code']}  ", text, re.M)]
# Each block is aligned: what stands behind a label begins in one column, a Chinese character counting two.
wide = lambda s: sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in s)
for line in text.splitlines():
    if m := re.match(r"    (\S+)  (?=\S)", line):
        bad += [line] if wide(m.group()) != 10 else []
    if line != line.rstrip():
        bad.append("blank at the end: " + line)
if bad:
    print("FAILED law table:", bad[:5])
    sys.exit(1)
PY
ok 0 '~3. Terms and fees' law table --lang en
ok 2 '' law table x
ok 2 '' law
cat > days.json <<'J'
{"received_on": "2021-01-20", "as_of": "2021-03-01", "events": [{"type": "correction_requested", "on": "2021-01-25"},
 {"type": "correction_received", "on": "2021-02-03"}, {"type": "consultation_started", "on": "2021-02-08"}]}
J
ok 0 '~2021-02-07 周日  春节调休上班，第3个工作日' clock days.json --days --lang zh
ok 0 '~2021-02-11 周四    春节放假' clock days.json --days --lang zh
ok 0 '~2021-02-09 周二    2021-02-08发出的征求意见期间，不计入期限' clock days.json --days --lang zh
ok 0 '~2021-01-22 周五    期限自2021-02-03的次日起重新计算' clock days.json --days --lang zh
ok 0 '~2021-03-23 周二  第20个工作日' clock days.json --days --lang zh
ok 0 '~"kind":"makeup"' clock days.json --days --json
ok 2 '' workday add 2021-01-01 1 --days

# ---- no broker, or none that could be
ok 3 '' status A --timeout 1;                              says '--data DIR'
ok 3 '' verify --timeout 1 --lang en;                      says './deploy/run'
ok 1 '' status A --data "/tmp/$(printf 'x%.0s' {1..120})"; says '--run DIR'
ok 1 '' org load absent.json;                              says 'absent.json'
GK_SCHEMAS=/nonexistent ok 1 '' fee pages 1;               says '/nonexistent'
GK_SCHEMAS=/nonexistent ok 1 '' workday add 2021-01-01 1;  says 'GK_SCHEMAS'
"$gongkai" help > /dev/full 2>err
[[ $? == 1 ]] || { echo "FAILED a full disk is not noticed"; failed=1; }

exit $failed
