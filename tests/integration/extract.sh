#!/bin/bash
# gongkai-extract on what a hostile or unlucky applicant may send: it ends soon, within its
# limits, and what it could not read it says so about.
set -u
extract=$GK_BIN/gongkai-extract
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# run NAME STATUS PATTERN: feed $work/NAME; the exit status and the last line must be as said.
run()
{
    local last status started=$SECONDS
    "$extract" <"$work/$1" >"$work/out" 2>/dev/null
    status=$?
    last=$(tail -n 1 "$work/out" | head -c 400)
    if [ "$status" != "$2" ] || ! grep -qE "$3" <<<"$last" || [ $((SECONDS - started)) -gt 30 ]; then
        echo "FAILED $1: exit $status after $((SECONDS - started)) s, last line: $last"
        failed=1
    fi
}

/usr/bin/python3 - "$work" <<'EOF'
import os, sys, zlib
work = sys.argv[1]

def pdf(objects, trailer=b""):
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    table = b"".join(b"%010d 00000 n \n" % at for at in offsets)
    return (out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
            + b"trailer <</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start))

def stream(data, more=b""):
    return b"<</Length %d%s>> stream\n" % (len(data), more) + data + b"\nendstream"

def page(content, font=b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", kids=b"3 0 R", count=1, more=()):
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
                content, font, *more])

def put(name, data):
    with open(os.path.join(work, name), "wb") as file:
        file.write(data)

hello = b"BT /F 16 Tf 50 700 Td (hello) Tj ET"
mark = "机密★20年".encode("gbk").hex().encode()
# A font that is not in the file, in the encoding of most Chinese PDFs: needs poppler-data.
song = (b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/GBK-EUC-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 7 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0"
        b"/Ascent 900/Descent -200/CapHeight 900/StemV 80>>")

put("plain.pdf", page(stream(hello)))
put("song.pdf", page(stream(b"BT /F 16 Tf 50 700 Td <" + mark + b"> Tj ET"), song[0], more=song[1:]))
put("empty", b"")
put("noise", os.urandom(20 << 20))
put("noise.pdf", b"%PDF-1.7\n" + os.urandom(2 << 20))
put("huge", b"a" * ((20 << 20) + 1))
put("pages.pdf", page(stream(hello), kids=b" ".join(b"%d 0 R" % (6 + i) for i in range(5001)), count=5001,
                      more=[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"] * 5001))
put("claims.pdf", page(stream(hello), count=2147483647))
put("bomb.pdf", page(stream(zlib.compress(b" " * (300 << 20), 9), b"/Filter/FlateDecode")))
put("text-bomb.pdf", page(stream(zlib.compress(b"BT /F 1 Tf " + b"(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj " * 300000
                                               + b"ET"), b"/Filter/FlateDecode")))
put("deep.pdf", page(stream(b"q " * 500000 + hello)))
put("nest.pdf", page(b"[" * 200000))
put("self.pdf", page(b"4 0 R"))
for part in range(1, 20):
    whole = page(stream(hello))
    put("cut%d.pdf" % part, whole[:len(whole) * part // 20])
EOF

done_line='"end":true'
run plain.pdf 0 "$done_line"
run song.pdf 0 "$done_line"
grep -q '机密★' "$work/out" || { echo "FAILED song.pdf: no mark read; is poppler-data installed?"; failed=1; }
run empty 1 '"error":"empty"'
run noise 1 '"error":"unsupported"'
run noise.pdf 1 '"error":"broken"'
run huge 1 '"error":"too_large"'
run pages.pdf 1 '"error":"too_large"'
for name in claims bomb text-bomb deep nest self cut1 cut2 cut3 cut5 cut8 cut10 cut13 cut15 cut18 cut19; do
    started=$SECONDS
    "$extract" <"$work/$name.pdf" >"$work/out" 2>/dev/null
    status=$?
    size=$(stat -c %s "$work/out")
    # Killed by its own limit is as good as an error, and a page without text is as good as a refusal.
    if [ $((SECONDS - started)) -gt 30 ] || [ "$size" -gt $((72 << 20)) ] \
        || { [ $status = 0 ] && ! tail -n 1 "$work/out" | grep -q "$done_line"; } \
        || { [ $status = 0 ] && [[ $name == cut[1-9] ]] && grep -q '"text":"hello' "$work/out"; }; then
        echo "FAILED $name.pdf: exit $status after $((SECONDS - started)) s, $size bytes"
        failed=1
    fi
done

# A closed reader ends it; it takes no options but two, and says whose library it links.
"$extract" --version | grep -q 'GPL' || { echo "FAILED --version says nothing of the GPL"; failed=1; }
"$extract" --help | grep -q '^usage' || { echo "FAILED --help"; failed=1; }
"$extract" x </dev/null >/dev/null 2>&1
[ $? = 2 ] || { echo "FAILED: an argument is no usage error"; failed=1; }
# Nothing of the environment is needed.
env -i "$extract" <"$work/plain.pdf" | grep -q hello || { echo "FAILED without environment"; failed=1; }

[ $failed = 0 ] && echo "gongkai-extract: all as it should be"
exit $failed
