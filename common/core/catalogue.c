/*  gk_catalogue - what an entry of the catalogue of public documents is. */
#include "core/catalogue.h"
#include "base/text.h"

#include <string.h>

static const gk_entry_field fields[] = {
    { "title", GK_ENTRY_LINE, true, 200, "标题|名称|信息名称|文件名称" },
    { "document_number", GK_ENTRY_LINE, false, 100, "文号|发文字号" },
    { "date", GK_ENTRY_DATE, false, 10, "成文日期|生成日期" },
    { "unit", GK_ENTRY_LINE, false, 100, "部门|责任部门|公开部门|发布机构" },
    { "url", GK_ENTRY_URL, true, 1000, "网址|链接|公开网址" },
    { "published_on", GK_ENTRY_DATE, false, 10, "公开日期|发布日期" },
};

const gk_entry_field *gk_entry_field_at(size_t index)
{
    return index < sizeof fields / sizeof *fields ? &fields[index] : NULL;
}

const gk_entry_field *gk_entry_field_find(const char *name)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcmp(fields[i].name, name) == 0)
            return &fields[i];
    return NULL;
}

/*  Controls and marks of direction: they would show an entry as something that it is not. */
static bool is_hostile(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xfffd || code == 0xfeff
        || (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

static bool is_url(const char *value)
{
    const char *host = strstr(value, "://");
    bool web = host && (strncmp(value, "https:", 6) == 0 || strncmp(value, "http:", 5) == 0);
    return web && host[3] && host[3] != '/' && !strpbrk(value, " \"<>\\");
}

gk_err gk_entry_check(const gk_entry_field *field, const char *value, gk_why *why)
{
    size_t len = strlen(value), count = gk_utf8_count(value, len);
    gk_date date;
    if (!len)
        return field->required ? gk_refuse(why, GK_EMISSING, "%s is empty", field->name) : GK_OK;
    if (count > (size_t) field->most)
        return gk_refuse(why, GK_ETOOLARGE, "%s has %zu characters; %d are allowed", field->name, count, field->most);
    for (size_t at = 0; at < len; )
        if (is_hostile(gk_utf8_next(value, len, &at)))
            return gk_refuse(why, GK_EBADVALUE, "%s holds a control character", field->name);
    if (field->type == GK_ENTRY_DATE && gk_date_parse(value, len, &date))
        return gk_refuse(why, GK_EBADVALUE, "%s is no date such as 2026-03-02", field->name);
    if (field->type == GK_ENTRY_URL && !is_url(value))
        return gk_refuse(why, GK_EBADVALUE, "%s must begin with https:// or http:// and have no blanks", field->name);
    return GK_OK;
}

static gk_err check_row(const json_t *row, gk_why *why)
{
    const char *name;
    json_t *value;
    if (!json_is_object(row))
        return gk_refuse(why, GK_EBADVALUE, "it must be an object");
    json_object_foreach((json_t *) row, name, value)
        if (!gk_entry_field_find(name) || !json_is_string(value))
            return gk_refuse(why, GK_EBADVALUE, "%.40s is no member of an entry, or no text", name);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        gk_err err = gk_entry_check(&fields[i], gk_json_text(row, fields[i].name), why);
        if (err)
            return err;
    }
    return GK_OK;
}

gk_err gk_catalogue_check(const json_t *rows, gk_why *why)
{
    if (!json_is_array(rows) || !json_array_size(rows))
        return gk_refuse(why, GK_EBADVALUE, "rows must be an array of entries");
    if (json_array_size(rows) > GK_CATALOGUE_ROWS)
        return gk_refuse(why, GK_ETOOLARGE, "rows: at most %d in one load", GK_CATALOGUE_ROWS);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        gk_why inner = { "" };
        gk_err err = check_row(json_array_get(rows, i), &inner);
        if (err)
            return gk_refuse(why, err, "rows[%zu]: %s", i, inner.text);
    }
    return GK_OK;
}
