/*  merge - several cases of one applicant answered together (合并答复).  Each keeps its clock, its decision and its letter; what is
 *  recorded is that they go out as one, and so by the earliest of their due dates.  Every case of them gets the event, in
 *  the transaction of the act. */
#include "broker/broker.h"
#include "base/mem.h"

#include <string.h>

/*  The cases that the act would bring together; the first is the one that is acted on. */
typedef struct together {
    gk_case *list[GK_CASE_PARTS];
    int count;
    gk_date earliest;
} together;

static void together_clear(together *self)
{
    for (int i = 0; i < self->count; i++)
        gk_case_destroy(&self->list[i]);
}
#define together_auto __attribute__((cleanup(together_clear))) together

static bool is_there(const together *self, const char *number)
{
    for (int i = 0; i < self->count; i++)
        if (strcmp(self->list[i]->number, number) == 0)
            return true;
    return false;
}

/*  Only the ledger knows whose cases they are. */
static gk_err same_applicant(gk_broker *self, const gk_case *file, const gk_case *other, gk_why *why)
{
    gk_hash one, two;
    bool same = gk_store_applicant(self->store, file->id, &one, NULL) == GK_OK
        && gk_store_applicant(self->store, other->id, &two, NULL) == GK_OK && memcmp(one.bytes, two.bytes, sizeof one.bytes) == 0;
    return same ? GK_OK : gk_refuse(why, GK_ENEED, "other_case: %s is not the same applicant's, by the proof of identity: answer them "
                                    "apart", other->number);
}

/*  `named` is what the act names; what was merged before may have been answered meanwhile, and is left out. */
static gk_err add(gk_broker *self, const gk_case *file, const char *number, bool named, together *out, gk_why *why)
{
    if (is_there(out, number))
        return GK_OK;
    int64_t id = gk_store_by_number(self->store, number);
    gk_auto(gk_case) other = NULL;
    if (!id || gk_store_case(self->store, id, &other, why) || strcmp(other->office, file->office) != 0)
        return gk_refuse(why, GK_ENOTFOUND, "other_case: your office has no case %.40s", number);
    if (out->count == GK_CASE_PARTS)
        return gk_refuse(why, GK_ETOOLARGE, "at most %d cases are answered together", GK_CASE_PARTS);
    if (!gk_case_owes_reply(other))
        return !named ? GK_OK : gk_refuse(why, GK_ENEED, "%s: %s (%s)", gk_need_name(GK_NEED_REPLY_OWED),
                                          gk_need_text(GK_NEED_REPLY_OWED), number);
    gk_err err = same_applicant(self, file, other, why);
    if (err)
        return err;
    gk_date due = gk_case_read(other, &self->book->law, gk_date_of(self->time.now)).due_on;
    if (!gk_date_is_none(due) && (gk_date_is_none(out->earliest) || due.day < out->earliest.day))
        out->earliest = due;
    out->list[out->count++] = other;
    other = NULL;
    return GK_OK;
}

/*  A case and all with which it is answered already. */
static gk_err add_all(gk_broker *self, const gk_case *file, const gk_case *whose, together *out, gk_why *why)
{
    gk_err err = add(self, file, whose->number, true, out, why);
    for (int i = 0; i < whose->merged_count && !err; i++)
        err = add(self, file, whose->merged[i], false, out, why);
    return err;
}

gk_err gk_merge_replies(gk_broker *self, const gk_case *file, const gk_deed *merging, gk_why *why)
{
    together_auto all = { .earliest = GK_NO_DATE };
    const char *named = gk_json_text(merging->data, "other_case");
    gk_err err = add_all(self, file, file, &all, why);
    int own = all.count;
    if (!err)
        err = add(self, file, named, true, &all, why);
    if (!err && all.count > own)
        err = add_all(self, file, all.list[own], &all, why);
    if (err)
        return err;
    json_t *numbers = json_array();
    for (int i = 0; i < all.count; i++)
        json_array_append_new(numbers, json_string(all.list[i]->number));
    json_object_set_new(merging->data, "cases", numbers);
    gk_json_set_date(merging->data, "earliest_due", all.earliest);
    for (int i = 1; i < all.count && !err; i++) {
        gk_json_auto *data = json_deep_copy(merging->data);
        json_object_set_new(data, "other_case", json_string(file->number));
        gk_deed deed = *merging;
        deed.data = data;
        err = gk_ledger_act(self, all.list[i], &deed, why);
    }
    return err;
}
