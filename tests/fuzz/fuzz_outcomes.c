/* links: gk_core */
/*  fuzz_outcomes - a file of decisions or of marks is refused with a sentence, or every row of it can be asked. */
#include "base/mem.h"
#include "core/marks.h"
#include "core/outcome.h"
#include "fuzz/fuzz.h"

#include <string.h>

static void use_outcomes(const gk_outcomes *outcomes)
{
    const gk_outcome *one;
    for (size_t i = 0; (one = gk_outcomes_at(outcomes, i)); i++) {
        require(*one->code && *one->zh && *one->article && *one->report_row && *one->template);
        require(gk_outcomes_find(outcomes, one->code) == one);
        int fields = 0;
        while (one->fields[fields])
            require(*one->fields[fields++]);
        require(fields < 12);
    }
}

static void use_marks(const gk_marks *marks, const uint8_t *data, size_t len)
{
    char text[64] = "";
    memcpy(text, data, len < sizeof text ? len : sizeof text - 1);
    static const char *const articles[] = { "", "条例第三十条", "条例第四十二条；国办函〔2020〕109号第六条", "；；" };
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        require(gk_mark_ok(gk_marks_of(marks, text, articles[i]).mark));
    require(gk_mark_ok(gk_marks_of(marks, "fee_paid", text).mark));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    gk_json_auto *file = NULL;
    if (len > 65536 || gk_json_parse((const char *) data, len, &file, NULL))
        return 0;
    gk_auto(gk_outcomes) outcomes = NULL;
    gk_auto(gk_marks) marks = NULL;
    gk_why why = { "" };
    require(gk_outcomes_read(file, &outcomes, &why) ? *why.text && !outcomes : outcomes != NULL);
    why.text[0] = 0;
    require(gk_marks_read(file, &marks, &why) ? *why.text && !marks : marks != NULL);
    if (outcomes)
        use_outcomes(outcomes);
    if (marks)
        use_marks(marks, data, len);
    return 0;
}
