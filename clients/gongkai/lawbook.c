/*  gk_lawbook - the law as this installation ships it. */
#include "clients/gongkai/lawbook.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

enum { NOTICE_MAX = 256 * 1024, RULES_MAX = 1024 * 1024 };

static int is_notice(const struct dirent *entry)
{
    size_t len = strlen(entry->d_name);
    return entry->d_name[0] != '.' && len > 4 && strcmp(entry->d_name + len - 4, ".txt") == 0;
}

static gk_err load_notice(gk_calendar *calendar, const char *folder, const char *name, gk_why *why)
{
    gk_free_auto char *path = gk_format("%s/%s", folder, name);
    size_t len;
    gk_free_auto char *text = gk_file_read(path, NOTICE_MAX, &len);
    if (!text)
        return gk_file_refuse(path, NOTICE_MAX, why);
    gk_why inner = { "" };
    gk_err err = gk_calendar_load(calendar, text, len, &inner);
    return err ? gk_refuse(why, err, "%s: %s", path, inner.text) : GK_OK;
}

gk_err gk_lawbook_calendar(gk_calendar **out, gk_why *why)
{
    gk_free_auto char *folder = gk_paths_schema("calendar");
    struct dirent **list = NULL;
    int count = scandir(folder, &list, is_notice, alphasort);
    gk_err err = count > 0 ? GK_OK
        : gk_refuse(why, GK_ENOTFOUND, "no holiday notice in %s; set GK_SCHEMAS to the folder of the shipped data",
                    folder);
    gk_auto(gk_calendar) calendar = gk_calendar_new();
    for (int i = 0; i < count; i++) {
        if (!err)
            err = load_notice(calendar, folder, list[i]->d_name, why);
        free(list[i]);
    }
    free(list);
    if (!err) {
        *out = calendar;
        calendar = NULL;
    }
    return err;
}

gk_err gk_lawbook_rules(gk_rules **out, gk_why *why)
{
    gk_json_auto *file = NULL;
    gk_err err = gk_json_load_schema("rules/rules.json", RULES_MAX, &file, why);
    return err ? err : gk_rules_read(file, out, why);
}
