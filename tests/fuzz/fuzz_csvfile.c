/* links: gongkai_parts */
/*  fuzz_csvfile - a table from a stranger is refused with line and column, or all of its rows are entries that
 *  the broker would take. */
#include "clients/gongkai/csvfile.h"
#include "base/mem.h"
#include "core/catalogue.h"
#include "fuzz/fuzz.h"

#include <stdio.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    gk_json_auto *rows = NULL;
    gk_why why = { "" };
    gk_err err = gk_csvfile_read((const char *) data, len, &rows, &why);
    int line = 0, column = 0;
    require(err ? !rows : rows != NULL);
    require(!err || (sscanf(why.text, "line %d, column %d: ", &line, &column) == 2 && line > 0 && column > 0));
    size_t count = json_array_size(rows);
    if (!err && count && count <= GK_CATALOGUE_ROWS)
        require(gk_catalogue_check(rows, &why) == GK_OK);
    return 0;
}
