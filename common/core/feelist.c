/*  gk_feelist - the monthly reconciliation list of the fee. */
#include "core/feelist.h"
#include "base/mem.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/*  ---- what is read --------------------------------------------------------------------- */

typedef enum kind { NOTICE, PAYMENT, EXCUSED, REFUND, ENDED, NAMED, KINDS } kind;

static const char *const kind_names[] = { "notice", "payment", "excused", "refund", "ended" };

static const struct {
    gk_event_type type;
    kind kind;
} reads[] = {
    { GK_FEE_NOTICE_SENT, NOTICE }, { GK_FEE_APPROVED, NOTICE }, { GK_PAYMENT_RECORDED, PAYMENT }, { GK_FEE_PAID, PAYMENT },
    { GK_LATENESS_EXCUSED, EXCUSED }, { GK_FEE_REFUNDED, REFUND }, { GK_LAPSE_CONFIRMED, ENDED }, { GK_WITHDREW, ENDED },
    { GK_PASSED_ON, ENDED }, { GK_REGISTERED, NAMED }, { GK_RECEIPT_CONFIRMED, NAMED }, { GK_SPLIT_OFF, NAMED },
};

static kind kind_of(gk_event_type type)
{
    for (size_t i = 0; i < sizeof reads / sizeof *reads; i++)
        if (reads[i].type == type)
            return reads[i].kind;
    return KINDS;
}

bool gk_feelist_reads(gk_event_type type)
{
    return kind_of(type) != KINDS;
}

typedef struct entry {
    int64_t case_id, at, yuan;
    int seq;
    gk_date on;
    kind kind;
    bool late;
    char number[GK_CASE_NUMBER];        /* of the case, with NAMED */
    json_t *data;
} entry;

struct gk_feelist {
    entry *list;
    size_t count, room;
};

gk_feelist *gk_feelist_new(void)
{
    return gk_new(gk_feelist);
}

void gk_feelist_destroy(gk_feelist **self_p)
{
    if (!*self_p)
        return;
    for (size_t i = 0; i < (*self_p)->count; i++)
        json_decref((*self_p)->list[i].data);
    free((*self_p)->list);
    free(*self_p);
    *self_p = NULL;
}

/*  A stored event may be damaged: anything but an amount as one may be typed is 0. */
static int64_t yuan_of(const json_t *data, const char *name)
{
    json_int_t value = json_integer_value(json_object_get(data, name));
    return value >= 0 && value <= GK_FIELD_MOST_INT ? value : 0;
}

void gk_feelist_enter(gk_feelist *self, int64_t case_id, const gk_event *event)
{
    kind what = kind_of(event->type);
    if (what == KINDS)
        return;
    if (self->count == self->room) {
        self->room = self->room ? 2 * self->room : 256;
        self->list = gk_regrow(self->list, self->room, sizeof *self->list);
    }
    entry *added = &self->list[self->count++];
    *added = (entry) { .case_id = case_id, .seq = event->seq, .on = event->on, .kind = what,
                       .yuan = yuan_of(event->data, what == NOTICE ? "fee_yuan" : "amount_yuan"),
                       .late = json_is_true(json_object_get(event->data, "late")),
                       .data = what == PAYMENT || what == REFUND ? json_incref(event->data) : NULL };
    if (gk_time_parse(event->at, strlen(event->at), &added->at))
        added->at = 0;
    gk_text_copy(added->number, sizeof added->number, gk_json_text(event->data, "number"));
}

/*  ---- the account of one case ----------------------------------------------------------- */

typedef struct account {
    int64_t fee, paid, late, refunded;  /* paid: in time, or late and excused */
    bool settled, ended;                /* it was paid once, so what goes back later is not owed again */
} account;

/*  As gk_case_kept_yuan() has it: what was given back was not paid, and what came late goes back first. */
static int64_t kept_of(const account *self)
{
    return self->paid - (self->refunded > self->late ? self->refunded - self->late : 0);
}

static int64_t money_of(const account *self)
{
    return self->paid + self->late - self->refunded;
}

static int64_t owed_of(const account *self)
{
    return self->ended || self->settled || kept_of(self) >= self->fee ? 0 : self->fee - kept_of(self);
}

/*  What is there beyond what was due: a late payment that nobody excused, the part above the fee, a part
 *  of a fee that is not owed any more. */
static int64_t surplus_of(const account *self)
{
    int64_t kept = kept_of(self), due = self->settled ? (kept < self->fee ? kept : self->fee) : self->ended ? 0 : kept;
    return money_of(self) > due ? money_of(self) - due : 0;
}

static void account_enter(account *self, const entry *e)
{
    switch (e->kind) {
    case NOTICE:
        self->fee += e->yuan;
        break;
    case PAYMENT:
        *(e->late ? &self->late : &self->paid) += e->yuan;
        break;
    case EXCUSED:
        self->paid += self->late;
        self->late = 0;
        break;
    case REFUND:
        self->refunded += e->yuan;
        break;
    case ENDED:
        self->ended = true;
        break;
    default:
        break;
    }
    self->settled |= self->fee > 0 && kept_of(self) >= self->fee;
}

/*  By day and not by record: what was paid in time was not owed when the case lapsed, whenever Finance saw it. */
static int by_day(const void *a, const void *b)
{
    const entry *one = a, *other = b;
    return one->on.day != other->on.day ? (one->on.day < other->on.day ? -1 : 1) : (one->seq > other->seq) - (one->seq < other->seq);
}

/*  ---- the list ---------------------------------------------------------------------------- */

typedef struct making {
    const gk_report_closings *closings;
    int year;
    gk_date from, to;           /* the month: days in [from, to) */
    json_t *lines, *open;
    int64_t opening_owed, opening_money, closing_owed, closing_money, received, refunded;
} making;

static int civil_year(gk_date on)
{
    int year;
    gk_date_split(on, &year, NULL, NULL);
    return year;
}

static const char *how(const account *after, int64_t fee, const entry *e)
{
    return e->kind != PAYMENT ? "" : e->late ? "late" : kept_of(after) < fee ? "part" : kept_of(after) == fee ? "full" : "over";
}

/*  The payment that brought the receipt which a refund names; NULL: none. */
static const entry *paid_with(const entry *list, size_t count, const char *receipt)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].kind == PAYMENT && strcmp(gk_json_text(list[i].data, "receipt_number"), receipt) == 0)
            return &list[i];
    return NULL;
}

/*  Lines stand by day, then case; those of one case and day in their order. */
static bool is_after(const json_t *line, const json_t *other)
{
    int order = strcmp(gk_json_text(line, "on"), gk_json_text(other, "on"));
    return order ? order > 0 : strcmp(gk_json_text(line, "case"), gk_json_text(other, "case")) > 0;
}

static void add_line(making *m, const char *name, const entry *e, const account *before, const account *after, int64_t fee,
                     const entry *undone)
{
    int64_t owed = owed_of(after) - owed_of(before), money = money_of(after) - money_of(before);
    if (owed == 0 && money == 0)
        return;
    int year = gk_report_year_of(m->closings, e->on, e->at);
    json_t *line = json_pack("{s:o, s:o, s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:I}", "on", gk_json_from_date(e->on), "recorded_on",
                             gk_json_from_date(gk_date_of(e->at)), "case", name, "what", kind_names[e->kind], "how", how(after, fee, e),
                             "number", gk_json_text(e->data, e->kind == REFUND ? "refund_number" : "receipt_number"),
                             "of", e->kind == REFUND ? gk_json_text(e->data, "receipt_number") : "",
                             "yuan", (json_int_t) (e->kind == ENDED || e->kind == EXCUSED ? -owed : e->yuan),
                             "owed", (json_int_t) owed, "money", (json_int_t) money);
    if (undone)
        json_object_set_new(line, "of_on", gk_json_from_date(undone->on));
    if (year != civil_year(e->on))
        json_object_set_new(line, "counts_in", json_integer(year));
    size_t at = json_array_size(m->lines);
    while (at > 0 && is_after(json_array_get(m->lines, at - 1), line))
        at--;
    json_array_insert_new(m->lines, at, line);
}

/*  The entries of one case, in the order of their days. */
static void add_case(making *m, const char *name, const entry *list, size_t count)
{
    account now = { 0 }, opening = { 0 }, closing = { 0 };
    int64_t fee = 0;
    for (size_t i = 0; i < count; i++)
        fee += list[i].kind == NOTICE ? list[i].yuan : 0;
    for (size_t i = 0; i < count; i++) {
        const entry *e = &list[i];
        account before = now;
        account_enter(&now, e);
        if (e->kind == PAYMENT && gk_report_year_of(m->closings, e->on, e->at) == m->year)
            m->received += e->yuan;
        if (e->kind == REFUND && gk_report_year_of(m->closings, e->on, e->at) == m->year)
            m->refunded += e->yuan;
        if (e->on.day < m->from.day)
            opening = now;
        if (e->on.day < m->to.day)
            closing = now;
        if (e->on.day >= m->from.day && e->on.day < m->to.day)
            add_line(m, name, e, &before, &now, fee, e->kind == REFUND ? paid_with(list, count, gk_json_text(e->data, "receipt_number")) : NULL);
    }
    m->opening_owed += owed_of(&opening);
    m->opening_money += money_of(&opening);
    m->closing_owed += owed_of(&closing);
    m->closing_money += money_of(&closing);
    if (owed_of(&closing) || surplus_of(&closing))
        json_array_append_new(m->open, json_pack("{s:s, s:I, s:I}", "case", name, "owed", (json_int_t) owed_of(&closing),
                                                 "surplus", (json_int_t) surplus_of(&closing)));
}

/*  Over the whole office and all its time: receipts that two payments have, and those that gave back more than they brought. */
static void add_receipts(const gk_feelist *self, json_t *twice, json_t *beyond)
{
    gk_json_auto *brought = json_object(), *back = json_object();
    const char *receipt;
    json_t *yuan;
    for (size_t i = 0; i < self->count; i++) {
        const entry *e = &self->list[i];
        receipt = gk_json_text(e->data, "receipt_number");
        if (e->kind == PAYMENT && json_object_get(brought, receipt))
            json_array_append_new(twice, json_string(receipt));
        if (e->kind == PAYMENT || e->kind == REFUND) {
            json_t *sums = e->kind == PAYMENT ? brought : back;
            json_object_set_new(sums, receipt, json_integer(json_integer_value(json_object_get(sums, receipt)) + e->yuan));
        }
    }
    json_object_foreach(back, receipt, yuan)
        if (json_integer_value(yuan) > json_integer_value(json_object_get(brought, receipt)))
            json_array_append_new(beyond, json_string(receipt));
}

static int64_t sum_of(const json_t *lines, const char *what, const char *member)
{
    int64_t sum = 0;
    size_t index;
    json_t *line;
    json_array_foreach(lines, index, line)
        if (!*what || strcmp(gk_json_text(line, "what"), what) == 0)
            sum += json_integer_value(json_object_get(line, member));
    return sum;
}

static const char *name_of(const entry *list, size_t count, char out[static GK_CASE_NUMBER])
{
    snprintf(out, GK_CASE_NUMBER, "@%lld", (long long) list->case_id);
    for (size_t i = 0; i < count; i++)
        if (list[i].kind == NAMED && *list[i].number)
            gk_text_copy(out, GK_CASE_NUMBER, list[i].number);
    return out;
}

json_t *gk_feelist_month(const gk_feelist *self, gk_date first, const gk_report_closings *closings)
{
    int year, month, over;
    gk_date next = gk_date_plus(first, 31);
    gk_date_split(first, &year, &month, NULL);
    gk_date_split(next, NULL, NULL, &over);
    json_t *lines = json_array(), *open = json_array(), *twice = json_array(), *beyond = json_array();
    making m = { .closings = closings, .year = year, .from = first, .to = gk_date_plus(next, 1 - over),
                 .lines = lines, .open = open };
    entry *list = gk_regrow(NULL, self->count + 1, sizeof *list);
    if (self->count)
        memcpy(list, self->list, self->count * sizeof *list);
    for (size_t i = 0, n; i < self->count; i += n) {
        char name[GK_CASE_NUMBER];
        for (n = 1; i + n < self->count && list[i + n].case_id == list[i].case_id; )
            n++;
        qsort(list + i, n, sizeof *list, by_day);
        add_case(&m, name_of(list + i, n, name), list + i, n);
    }
    free(list);
    add_receipts(self, twice, beyond);
    return json_pack("{s:i, s:i, s:o, s:{s:I, s:I, s:I, s:I, s:I}, s:{s:I, s:I, s:I, s:I}, s:{s:I, s:I}, s:o, s:o, s:o}",
        "year", year, "month", month, "lines", lines,
        "owed", "opening", (json_int_t) m.opening_owed, "noticed", (json_int_t) sum_of(lines, "notice", "owed"),
        "settled", (json_int_t) -(sum_of(lines, "payment", "owed") + sum_of(lines, "excused", "owed") + sum_of(lines, "refund", "owed")),
        "ended", (json_int_t) -sum_of(lines, "ended", "owed"), "closing", (json_int_t) m.closing_owed,
        "money", "opening", (json_int_t) m.opening_money, "received", (json_int_t) sum_of(lines, "payment", "money"),
        "refunded", (json_int_t) -sum_of(lines, "refund", "money"), "closing", (json_int_t) m.closing_money,
        "year_money", "received", (json_int_t) m.received, "refunded", (json_int_t) m.refunded,
        "open", open, "twice", twice, "beyond", beyond);
}

/*  ---- what must hold of it ------------------------------------------------------------------ */

static int64_t figure(const json_t *list, const char *group, const char *name)
{
    return json_integer_value(json_object_get(json_object_get(list, group), name));
}

static void violated(json_t *where, char *text)
{
    json_array_append_new(where, json_string(text));
    free(text);
}

/*  What stood before and the month's lines, each once more, give what stands at its end. */
static void adds_up(json_t *where, const json_t *list, const char *group, const char *member)
{
    int64_t opening = figure(list, group, "opening"), closing = figure(list, group, "closing");
    int64_t moved = sum_of(json_object_get(list, "lines"), "", member);
    if (opening + moved != closing)
        violated(where, gk_format("%" PRId64 " %+" PRId64 " ≠ %" PRId64, opening, moved, closing));
}

static void owed_adds_up(json_t *where, const json_t *list, const json_t *fee)
{
    (void) fee;
    adds_up(where, list, "owed", "owed");
}

static void money_adds_up(json_t *where, const json_t *list, const json_t *fee)
{
    (void) fee;
    adds_up(where, list, "money", "money");
}

static void is_part_six(json_t *where, const json_t *list, const json_t *fee)
{
    static const char *const pairs[][2] = { { "received", "yuan" }, { "refunded", "refunded_yuan" } };
    for (size_t i = 0; i < 2; i++) {
        int64_t ours = figure(list, "year_money", pairs[i][0]), theirs = json_integer_value(json_object_get(fee, pairs[i][1]));
        if (ours != theirs)
            violated(where, gk_format("%s: %" PRId64 " ≠ %" PRId64, pairs[i][0], ours, theirs));
    }
}

static void receipts_are_single(json_t *where, const json_t *list, const json_t *fee)
{
    (void) fee;
    json_array_extend(where, json_object_get(list, "twice"));
}

static void refunds_have_receipts(json_t *where, const json_t *list, const json_t *fee)
{
    (void) fee;
    json_array_extend(where, json_object_get(list, "beyond"));
}

static const struct {
    const char *identity, *zh, *en;
    void (*check)(json_t *where, const json_t *list, const json_t *fee);
} identities[] = {
    { "F1", "期初应收未收＋本月通知−缴纳−不再应收＝期末应收未收", "owed before + noticed − settled − ended = owed at the end", owed_adds_up },
    { "F2", "期初累计实收＋本月收款−退付＝期末累计实收", "money before + received − refunded = money at the end", money_adds_up },
    { "F3", "本年收款、退付＝年度报告第六部分", "the year's money is that of part 6 of the annual report", is_part_six },
    { "F4", "一张财政票据对应一笔缴费", "one fiscal receipt, one payment", receipts_are_single },
    { "F5", "退付不超过所退票据的金额", "nothing is given back beyond what its receipt brought", refunds_have_receipts },
};

json_t *gk_feelist_check(const json_t *list, const json_t *fee)
{
    json_t *out = json_array();
    for (size_t i = 0; i < sizeof identities / sizeof *identities; i++) {
        json_t *where = json_array();
        identities[i].check(where, list, fee);
        json_array_append_new(out, json_pack("{s:s, s:s, s:s, s:b, s:o}", "identity", identities[i].identity, "zh", identities[i].zh,
                                             "en", identities[i].en, "holds", json_array_size(where) == 0, "where", where));
    }
    return out;
}
