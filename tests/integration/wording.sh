#!/usr/bin/env bash
# One word for one thing: 登记编号 is the number that applicants and staff see (GZ-2026-000012), 案号 the
# ledger's own of a case (@7), 对方案号 that of a court or a reconsideration body.
set -euo pipefail
cd "$GK_SOURCE"
where=(schemas/locale schemas/templates schemas/messages clients broker common workers README.zh-CN.md docs deploy)
wrong=$(grep -rnE '受理编号|受理号|案件编号|申请编号|事项编号' "${where[@]}" || true)
wrong+=$(grep -rn '案号' "${where[@]}" | grep -vE '对方案号|案号（如 @7）|"case", "案号"|GK_TR\(self, "登记编号", "Case"\) : GK_TR\(self, "案号", "Case"\)' || true)
[ -z "$wrong" ] || { echo "it is 登记编号, or of another kind:"; echo "$wrong"; exit 1; }
for name in schemas/locale/mail.zh-CN.json schemas/templates/registration.txt README.zh-CN.md clients/gongkai/view.c; do
    grep -q 登记编号 "$name" || { echo "$name says it otherwise"; exit 1; }
done
