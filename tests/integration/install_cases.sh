#!/usr/bin/env bash
# The demonstration's cases: what they ask is what was really asked, and no fate is left out.
set -euo pipefail
source_dir=${GK_SOURCE:-$(cd "$(dirname "$0")/../.." && pwd)}
cd "$source_dir"
fail() { echo "install_cases: $1"; exit 1; }
field() { sed -n "s/^$2  *//p" "$1"; }

registered=0
for case in deploy/story/*.case; do
    form=schemas/samples/story/$(field "$case" form).json
    asked=$(jq -r '(.form // .).request.description' "$form")
    source=$(field "$case" source)
    real=$(jq -r --arg id "$source" '.[] | select(.id == $id) | .request_text' schemas/samples/requests.json)
    # None of the real requests is one under Art. 41, so that one is ours; all others ask what was really asked.
    [[ $source == invented && $(jq -r '(.form // .).kind // ""' "$form") == records_correction ]] ||
        [[ $real && $real == *"$asked"* ]] || fail "$form does not ask what $source asked"
    registered=$((registered + $(grep -c ' register$' "$case" || true)))
    people=$(sed -n 's/^2026-[0-9-]* \([a-z]*\.[a-z]*\) .*/\1/p' "$case" | sort -u)
    for person in $people; do
        jq -e --arg name "$person" '[.offices[].people[].name] | index($name)' schemas/samples/org.json >/dev/null ||
            fail "$case: nobody is called $person in schemas/samples/org.json"
    done
done
cases=(deploy/story/*.case)
((${#cases[@]} >= 12)) || fail "${#cases[@]} cases; at least 12 are wanted"
((registered >= 4)) || fail "$registered registered by a clerk; at least 4 are wanted"

# Each fate of the law that the story owes: a pattern that one case's file must have.
while IFS='|' read -r what pattern; do
    grep -qzE "$pattern" "${cases[@]}" || fail "no case is: $what"
done <<'FATES'
granted|fate    closed G2
already public|fate    closed G1
partly refused|fate    closed P
refused on a ground of Art. 14-16|fate    closed D[1-7]
does not exist, with a search log|fate    closed U1a.*record_search result=none
unclear, corrected, then granted|fate    closed G2.*request_correction.*applicant correct
unclear, never corrected|fate    closed O1.*expect correction_lapse.*confirm_lapse
third party consulted|consult kind=third_party.*end_consultation
extended|zhao.min extend
charged per page and paid|fate    closed G2.*charge standard=pages.*record_payment
charged and not paid|fate    closed O2.*expect payment_lapse.*confirm_lapse
a petition in disguise|fate    closed N1
a repeat|fate    closed N2
a record corrected|fate    closed R1.*request_evidence
done again after a ruling|open_proceeding.*order_redo.*propose outcome=
to the archive|record_service.*archive
items with an outcome each|fate    closed P.*itemise.*decide_item item=6
sub-tasks, returned and signed|assign unit.*return_subtask.*answer_subtask.*sign_subtask
a secrecy verdict on each file|give_verdict digest=.*give_verdict digest=.*clear_secrecy
FATES

kinds=$(jq -r '(.form // .).applicant.kind' schemas/samples/story/*.json | sort -u | wc -l)
channels=$(jq -r '.receipt.channel // "portal"' schemas/samples/story/*.json | sort -u | wc -l)
((kinds >= 3 && channels >= 5)) || fail "$kinds kinds of applicant and $channels channels are too few"
echo "install_cases: ${#cases[@]} cases, $registered registered, $kinds kinds of applicant, $channels channels"
