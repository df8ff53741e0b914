/*  gk_form - the application form, what makes it complete, and when it was received.
 *
 *  Three tables: the members a form may have, what 条例 Art. 29 wants of them, and the
 *  channels of Art. 31.  The functions only walk them.
 */
#include "core/form.h"
#include "core/similar.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof table / sizeof *table)

/*  ---- the shape of what comes in ----------------------------------------- */

typedef enum shape {
    LINE,                   /* text without control characters */
    TEXT,                   /* text that may have lines */
    DATE,                   /* YYYY-MM-DD */
    CHOICE,                 /* one of a list */
    OBJECT,
    LIST,                   /* of at most `most` objects */
} shape;

typedef struct field {
    const char *name;
    shape shape;
    size_t most;                    /* characters in a LINE or TEXT, entries of a LIST */
    const char *const *choices;     /* ends with NULL */
    const struct field *inside;     /* ends with a field without a name */
} field;

enum { NAMES = 100, LONG = 5000, OTHERS = 200, CODE = 16, PATH = 80, JOINT = 50 };

static const char *const kinds[] = {
    "natural_person", "business", "research", "public_interest", "legal_service", "other_organisation", NULL
};
static const char *const purposes[GK_KINDS + 1] = {     /* in the order of gk_kind */
    "disclosure", "records_correction", NULL
};
static const char *const proof_types[] = {
    "id_card", "passport", "hk_macao_permit", "taiwan_permit", "residence_permit", "credit_code", "other", NULL
};
static const char *const capacities[] = { "authorised", "guardian", NULL };
static const char *const media[] = { "paper", "electronic", "copy", "inspect", NULL };
static const char *const ways[] = { "post", "email", "portal", "pickup", "fax", NULL };
static const char *const receipts[] = {
    "portal", "in_person", "post_signed", "post_ordinary", "fax", "email", "oral", NULL
};

static const field proof[] = {
    { "type",   CHOICE, .choices = proof_types },
    { "number", LINE,   .most = OTHERS },
    { .name = NULL },
};
static const field contact[] = {
    { "address",  LINE, .most = OTHERS },
    { "postcode", LINE, .most = OTHERS },
    { "phone",    LINE, .most = OTHERS },
    { "email",    LINE, .most = OTHERS },
    { .name = NULL },
};
static const field applicant[] = {
    { "kind",           CHOICE, .choices = kinds },
    { "name",           LINE,   .most = NAMES },
    { "proof",          OBJECT, .inside = proof },
    { "contact_person", LINE,   .most = NAMES },
    { "contact",        OBJECT, .inside = contact },
    { .name = NULL },
};
static const field agent[] = {
    { "name",     LINE,   .most = NAMES },
    { "proof",    OBJECT, .inside = proof },
    { "contact",  OBJECT, .inside = contact },
    { "capacity", CHOICE, .choices = capacities },
    { .name = NULL },
};
static const field joint[] = {
    { "name",  LINE,   .most = NAMES },
    { "proof", OBJECT, .inside = proof },
    { .name = NULL },
};
static const field request[] = {
    { "title",           LINE, .most = OTHERS },
    { "document_number", LINE, .most = OTHERS },
    { "description",     TEXT, .most = LONG },
    { .name = NULL },
};
static const field delivery[] = {
    { "medium",  CHOICE, .choices = media },
    { "channel", CHOICE, .choices = ways },
    { .name = NULL },
};
static const field record[] = {
    { "wrong", TEXT, .most = LONG },
    { "right", TEXT, .most = LONG },
    { .name = NULL },
};
static const field form_fields[] = {
    { "kind",      CHOICE, .choices = purposes },
    { "office",    LINE,   .most = CODE },
    { "applicant", OBJECT, .inside = applicant },
    { "joint",     LIST,   .most = JOINT, .inside = joint },
    { "agent",     OBJECT, .inside = agent },
    { "request",   OBJECT, .inside = request },
    { "record",    OBJECT, .inside = record },
    { "delivery",  OBJECT, .inside = delivery },
    { "help",      TEXT,   .most = OTHERS },
    { .name = NULL },
};
static const field receipt_fields[] = {
    { "channel",      CHOICE, .choices = receipts },
    { "submitted_on", .shape = DATE },
    { "arrived_on",   .shape = DATE },
    { "signed_on",    .shape = DATE },
    { "confirmed_on", .shape = DATE },
    { "carrier",      LINE, .most = OTHERS },
    { "tracking",     LINE, .most = OTHERS },
    { "mailroom",     LINE, .most = OTHERS },
    { "call",         LINE, .most = OTHERS },
    { .name = NULL },
};

/*  Characters that could end a line, forge a header or turn the reading direction
 *  in a letter. */
static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x2028 && code <= 0x202e)
        || (code >= 0x2066 && code <= 0x2069);
}

static gk_err check_text(const json_t *value, const field *is, const char *path, gk_why *why)
{
    const char *text = json_string_value(value);
    size_t len = json_string_length(value);
    if (!gk_utf8_ok(text, len))
        return gk_refuse(why, GK_EBADVALUE, "%s is not UTF-8 text", path);
    size_t count = gk_utf8_count(text, len);
    if (count > is->most)
        return gk_refuse(why, GK_ETOOLARGE, "%s has %zu characters; at most %zu are allowed", path, count,
                         is->most);
    for (size_t at = 0; at < len; ) {
        uint32_t code = gk_utf8_next(text, len, &at);
        bool layout = is->shape == TEXT && (code == '\n' || code == '\r' || code == '\t');
        if (is_control(code) && !layout)
            return gk_refuse(why, GK_EBADVALUE, "%s contains a control character (U+%04X); write plain text",
                             path, (unsigned) code);
    }
    return GK_OK;
}

static gk_err check_date(const json_t *value, const char *path, gk_why *why)
{
    gk_date date;
    if (gk_date_parse(json_string_value(value), json_string_length(value), &date))
        return gk_refuse(why, GK_EBADVALUE, "%s must be a date such as 2026-03-02", path);
    return GK_OK;
}

static gk_err check_choice(const json_t *value, const field *is, const char *path, gk_why *why)
{
    gk_text_auto list = { 0 };
    for (const char *const *choice = is->choices; *choice; choice++) {
        if (strcmp(*choice, json_string_value(value)) == 0)
            return GK_OK;
        gk_text_printf(&list, "%s%s", list.len ? ", " : "", *choice);
    }
    return gk_refuse(why, GK_EBADVALUE, "%s must be one of %s; leave it out when it is not known", path,
                     list.data);
}

/*  What a stranger called a member is shown only when it looks like a name. */
static gk_err refuse_unknown(const char *name, const field *fields, const char *prefix, gk_why *why)
{
    gk_text_auto list = { 0 };
    for (const field *known = fields; known->name; known++)
        gk_text_printf(&list, "%s%s", list.len ? ", " : "", known->name);
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-";
    bool shown = *name && strlen(name) <= 40 && strspn(name, plain) == strlen(name);
    return gk_refuse(why, GK_EBADVALUE, "%s has no member \"%s\"; it may have: %s", *prefix ? prefix : "the form",
                     shown ? name : "(a name that is not shown)", list.data);
}

static gk_err check_object(const json_t *value, const field *fields, const char *prefix, gk_why *why);

static gk_err check_list(const json_t *value, const field *is, const char *path, gk_why *why)
{
    size_t index;
    json_t *entry;
    if (!json_is_array(value))
        return gk_refuse(why, GK_EBADVALUE, "%s must be a list; leave it out when there is none", path);
    if (json_array_size(value) > is->most)
        return gk_refuse(why, GK_ETOOLARGE, "%s has %zu entries; at most %zu are allowed", path, json_array_size(value), is->most);
    json_array_foreach(value, index, entry) {
        gk_free_auto char *one = gk_format("%s[%zu]", path, index + 1);
        gk_err err = check_object(entry, is->inside, one, why);
        if (err)
            return err;
    }
    return GK_OK;
}

static gk_err check_member(const json_t *value, const field *is, const char *path, gk_why *why)
{
    if (is->shape == OBJECT)
        return check_object(value, is->inside, path, why);
    if (is->shape == LIST)
        return check_list(value, is, path, why);
    if (!json_is_string(value))
        return gk_refuse(why, GK_EBADVALUE, "%s must be text; leave it out when there is none", path);
    switch (is->shape) {
    case DATE:
        return check_date(value, path, why);
    case CHOICE:
        return check_choice(value, is, path, why);
    default:
        return check_text(value, is, path, why);
    }
}

/*  The tables nest four deep, so this recursion ends whatever comes in. */
static gk_err check_object(const json_t *value, const field *fields, const char *prefix, gk_why *why)
{
    if (!json_is_object(value))
        return gk_refuse(why, GK_EBADVALUE, "%s must be an object; leave it out when there is none",
                         *prefix ? prefix : "the form");
    json_t *object = (json_t *) value;      /* jansson's iterator wants it writable, but only reads */
    for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at)) {
        const field *is = fields;
        while (is->name && strcmp(is->name, json_object_iter_key(at)) != 0)
            is++;
        if (!is->name)
            return refuse_unknown(json_object_iter_key(at), fields, prefix, why);
        char path[PATH];
        snprintf(path, sizeof path, "%s%s%s", prefix, *prefix ? "." : "", is->name);
        gk_err err = check_member(json_object_iter_value(at), is, path, why);
        if (err)
            return err;
    }
    return GK_OK;
}

gk_err gk_form_check(const json_t *form, gk_why *why)
{
    gk_err err = check_object(form, form_fields, "", why);
    if (!err && json_object_get(form, "record") && gk_form_kind(form) != GK_KIND_RECORDS)
        return gk_refuse(why, GK_EBADVALUE, "record belongs to kind records_correction: say so in kind, or leave it out");
    return err;
}

/*  ---- what is asked for ---------------------------------------------------- */

gk_kind gk_kind_parse(const char *name)
{
    for (int i = 0; i < GK_KINDS; i++)
        if (strcmp(purposes[i], name) == 0)
            return (gk_kind) i;
    return GK_KIND_DISCLOSURE;
}

gk_kind gk_form_kind(const json_t *form)
{
    return gk_kind_parse(gk_json_text(form, "kind"));
}

const char *gk_kind_name(gk_kind kind)
{
    return purposes[(unsigned) kind < GK_KINDS ? kind : GK_KIND_DISCLOSURE];
}

const char *gk_kind_text(gk_kind kind, const char *lang)
{
    static const struct { const char *zh, *en; } texts[GK_KINDS] = {
        { "政府信息公开申请", "application for disclosure" }, { "政府信息更正申请", "request to correct a record" },
    };
    unsigned at = (unsigned) kind < GK_KINDS ? (unsigned) kind : GK_KIND_DISCLOSURE;
    return strcmp(lang, "en") == 0 ? texts[at].en : texts[at].zh;
}

/*  ---- complete? 条例 Art. 29 ------------------------------------------------ */

/*  When a row of the table below applies. */
static bool always(const json_t *form)
{
    (void) form;
    return true;
}

static bool for_information(const json_t *form)
{
    return gk_form_kind(form) == GK_KIND_DISCLOSURE;
}

static bool for_correction(const json_t *form)
{
    return gk_form_kind(form) == GK_KIND_RECORDS;
}

static bool by_organisation(const json_t *form)
{
    const char *kind = gk_json_path(form, "applicant.kind");
    return *kind && strcmp(kind, "natural_person") != 0;
}

static bool by_agent(const json_t *form)
{
    return json_object_get(form, "agent") != NULL;
}

static bool jointly(const json_t *form)
{
    return json_object_get(form, "joint") != NULL;
}

static bool wants(const json_t *form, const char *channel)
{
    return strcmp(gk_json_path(form, "delivery.channel"), channel) == 0;
}

static bool by_post(const json_t *form)
{
    return wants(form, "post");
}

static bool by_email(const json_t *form)
{
    return wants(form, "email");
}

static bool by_fax(const json_t *form)
{
    return wants(form, "fax");
}

/*  Whether what it asks for is there. */
static bool filled(const json_t *form, const char *path)
{
    gk_free_auto char *folded = gk_similar_fold(gk_json_path(form, path));
    return *folded != 0;
}

/*  One @ with something on both sides and nothing that ends an address in a mail
 *  header.  Whether it exists shows when the first letter goes out. */
static bool mailable(const json_t *form, const char *path)
{
    const char *text = gk_json_path(form, path), *at = strchr(text, '@');
    return at && at != text && at[1] && !strchr(at + 1, '@') && !strpbrk(text, " \t<>,;:\"()[]\\");
}

static bool reachable(const json_t *form, const char *path)
{
    (void) path;
    return filled(form, "applicant.contact.address") || filled(form, "applicant.contact.phone")
        || mailable(form, "applicant.contact.email");
}

/*  Each of those who apply together has a name and a proof. */
static bool each_proven(const json_t *form, const char *path)
{
    size_t index;
    json_t *one;
    json_array_foreach(json_object_get(form, path), index, one)
        if (!filled(one, "name") || !filled(one, "proof.type") || !filled(one, "proof.number"))
            return false;
    return true;
}

/*  Two letters, digits or characters that are not a way of saying nothing.  Whether
 *  they say enough to find something is for a person to judge (Art. 30). */
static bool says_something(const char *text)
{
    static const char *const nothing[] = { "不详", "不知道", "没有", "暂无", "none", "null", "unknown" };
    gk_free_auto char *folded = gk_similar_fold(text);
    for (size_t i = 0; i < COUNT(nothing); i++)
        if (strcmp(folded, nothing[i]) == 0)
            return false;
    gk_auto(gk_similar) pairs = gk_similar_new(folded);
    return gk_similar_pairs(pairs) > 0 && gk_utf8_count(folded, strlen(folded)) >= 2;
}

static bool substantial(const json_t *form, const char *path)
{
    (void) path;
    return says_something(gk_json_path(form, "request.title"))
        || says_something(gk_json_path(form, "request.document_number"))
        || says_something(gk_json_path(form, "request.description"));
}

static const struct wanted {
    const char *member;
    bool (*applies)(const json_t *form);
    bool (*there)(const json_t *form, const char *path);    /* NULL: a file is attached */
    const char *zh, *en;
} wanted[] = {
    /*  Art. 29(2)(1): name, proof of identity, contact */
    { "applicant.name", always, filled,
      "请提供申请人的姓名或者名称", "please give the applicant's name" },
    { "applicant.proof.type", always, filled,
      "请说明身份证明的种类（如居民身份证、护照、往来内地通行证、统一社会信用代码）",
      "please say what kind of identity proof it is (identity card, passport, permit, credit code ...)" },
    { "applicant.proof.number", always, filled,
      "请提供身份证明的号码", "please give the number of the identity proof" },
    { "applicant.contact_person", by_organisation, filled,
      "请提供单位联系人的姓名", "please name a contact person of the organisation" },
    { "applicant.contact", always, reachable,
      "请提供联系方式（通信地址、联系电话或者电子邮箱，至少一项）",
      "please give a way to reach you: address, telephone or e-mail, at least one" },
    { "applicant.contact.address", by_post, filled,
      "您选择邮寄方式获取信息，请提供通信地址", "you want the reply by post: please give an address" },
    { "applicant.contact.email", by_email, mailable,
      "您选择电子邮件方式获取信息，请提供有效的电子邮箱",
      "you want the reply by e-mail: please give a valid e-mail address" },
    { "applicant.contact.phone", by_fax, filled,
      "您选择传真方式获取信息，请提供传真号码", "you want the reply by fax: please give the fax number" },
    { "agent.name", by_agent, filled,
      "请提供代理人的姓名或者名称", "please give the agent's name" },
    { "agent.proof.type", by_agent, filled,
      "请说明代理人身份证明的种类", "please say what kind of identity proof the agent has" },
    { "agent.proof.number", by_agent, filled,
      "请提供代理人身份证明的号码", "please give the number of the agent's identity proof" },
    { "agent.authority", by_agent, NULL,
      "请提供申请人签名或者盖章的授权委托书（监护人请提供监护关系证明）",
      "please attach the authority that the applicant signed (a guardian: proof of guardianship)" },
    { "joint", jointly, each_proven,
      "请提供每一位共同申请人的姓名或者名称、身份证明的种类和号码",
      "please give the name of each joint applicant, with the kind and number of the proof of identity" },

    /*  Art. 29(2)(2): what is asked for */
    { "request", always, substantial,
      "请提供所需信息的名称、文号，或者便于查询的其他特征性描述（如时间、内容、制作机关）",
      "please give the title or number of the information, or describe it so that it can be found" },

    /*  Art. 29(2)(3): the form wanted */
    { "delivery.medium", for_information, filled,
      "请说明信息的提供形式（纸质、电子、复制或者查阅）",
      "please say in what form you want the information: paper, electronic, copy or inspection" },
    { "delivery.channel", always, filled,
      "请说明信息的获取途径（邮寄、电子邮件、网站、自行领取或者传真）",
      "please say how you want to get it: post, e-mail, portal, pick-up or fax" },

    /*  Art. 41: whoever has evidence that a record about himself is inaccurate */
    { "record.wrong", for_correction, filled,
      "请写明记录中不准确的内容", "please say what in the record is inaccurate" },
    { "record.right", for_correction, filled,
      "请写明应当更正为何内容", "please say what it should be" },
    { "evidence", for_correction, NULL,
      "请提供证明记录不准确的证据", "please attach the evidence that the record is inaccurate" },
};

json_t *gk_form_missing(const json_t *form, size_t attached)
{
    json_t *missing = json_array();
    for (size_t i = 0; i < COUNT(wanted); i++) {
        const struct wanted *row = &wanted[i];
        if (row->applies(form) && !(row->there ? row->there(form, row->member) : attached > 0))
            json_array_append_new(missing, json_string(row->member));
    }
    return missing;
}

const char *gk_form_missing_text(const char *member, const char *lang)
{
    bool english = strcmp(lang, "en") == 0;
    for (size_t i = 0; i < COUNT(wanted); i++)
        if (strcmp(wanted[i].member, member) == 0)
            return english ? wanted[i].en : wanted[i].zh;
    return english ? "please complete this part of the form" : "请补充申请表的此项内容";
}

/*  ---- who asks, and for what ----------------------------------------------- */

/*  Text for comparing numbers of proofs: folded, without hyphens. */
static char *bare_number(const char *text)
{
    char *bare = gk_similar_fold(text), *end = bare;
    for (const char *p = bare; *p; p++)
        if (*p != '-')
            *end++ = *p;
    *end = 0;
    return bare;
}

/*  The check character of GB 11643: weighted sum of 17 digits, modulo 11. */
static bool id_number_ok(const char *text)
{
    static const int weight[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    size_t len = strlen(text), digits = strspn(text, "0123456789");
    if (len == 15)
        return digits == 15;                /* issued before 1999, without one */
    if (len != 18 || digits < 17)
        return false;
    int sum = 0;
    for (size_t i = 0; i < COUNT(weight); i++)
        sum += weight[i] * (text[i] - '0');
    return text[17] == "10x98765432"[sum % 11];
}

bool gk_form_proof_odd(const json_t *form)
{
    if (strcmp(gk_json_path(form, "applicant.proof.type"), "id_card") != 0)
        return false;
    gk_free_auto char *number = bare_number(gk_json_path(form, "applicant.proof.number"));
    return *number && !id_number_ok(number);
}

/*  An organisation proves itself by its credit code, a person by a document of one's own: a lawyer who applies in the own
 *  name is no 法律服务机构. */
static bool kind_odd(const json_t *form, gk_date on)
{
    (void) on;
    const char *type = gk_json_path(form, "applicant.proof.type");
    return *type && strcmp(type, "other") != 0 && by_organisation(form) != (strcmp(type, "credit_code") == 0);
}

static bool proof_odd(const json_t *form, gk_date on)
{
    (void) on;
    return gk_form_proof_odd(form);
}

/*  Not eighteen yet by the identity number, and no guardian. */
static bool without_guardian(const json_t *form, gk_date on)
{
    gk_free_auto char *number = bare_number(gk_json_path(form, "applicant.proof.number"));
    if (strcmp(gk_json_path(form, "applicant.proof.type"), "id_card") != 0 || strlen(number) != 18 || !id_number_ok(number)
        || strcmp(gk_json_path(form, "agent.capacity"), "guardian") == 0)
        return false;
    gk_free_auto char *adult = gk_format("%04d%.4s", atoi((char[5]) { number[6], number[7], number[8], number[9], 0 }) + 18, number + 10);
    int year, month, day;
    gk_date_split(on, &year, &month, &day);
    gk_free_auto char *now = gk_format("%04d%02d%02d", year, month, day);
    return strcmp(now, adult) < 0;
}

json_t *gk_form_flags(const json_t *form, gk_date on)
{
    static const struct { const char *flag; bool (*is)(const json_t *form, gk_date on); } table[] = {
        { "proof_odd", proof_odd }, { "kind_odd", kind_odd }, { "without_guardian", without_guardian },
    };
    json_t *list = json_array();
    for (size_t i = 0; i < COUNT(table); i++)
        if (table[i].is(form, on))
            json_array_append_new(list, json_string(table[i].flag));
    return list;
}

char *gk_form_applicant_key(const json_t *form)
{
    gk_free_auto char *number = bare_number(gk_json_path(form, "applicant.proof.number"));
    gk_free_auto char *type = gk_similar_fold(gk_json_path(form, "applicant.proof.type"));
    return *number ? gk_format("%s:%s", *type ? type : "other", number) : gk_strdup("");
}

gk_hash gk_form_content_hash(const json_t *form)
{
    static const char *const asked[] = { "request.title", "request.document_number", "request.description" };
    gk_hasher *hasher = gk_hasher_new();
    for (size_t i = 0; i < COUNT(asked); i++) {
        gk_free_auto char *folded = gk_similar_fold(gk_json_path(form, asked[i]));
        gk_hasher_add(hasher, folded, strlen(folded));
    }
    static const char *const corrected[] = { "record.wrong", "record.right" };
    for (size_t i = 0; gk_form_kind(form) == GK_KIND_RECORDS && i < COUNT(corrected); i++) {
        gk_free_auto char *folded = gk_similar_fold(gk_json_path(form, corrected[i]));
        gk_hasher_add(hasher, folded, strlen(folded));
    }
    return gk_hasher_end(&hasher);
}

/*  ---- the day of receipt, 条例 Art. 31 -------------------------------------- */

static const struct channel {
    const char *name;
    const char *decides;            /* whose day is the day of receipt */
    const char *needs[3];           /* without which nothing can be entered */
} channels[] = {
    /*  Submitting is the applicant's confirmation and the receipt that the portal
     *  gives is the office's, so both confirm on that day: Art. 31(3). */
    { "portal",        "submitted_on", { "submitted_on" } },
    { "in_person",     "arrived_on",   { "arrived_on" } },                  /* Art. 31(1) */
    { "post_signed",   "signed_on",    { "arrived_on", "signed_on", "tracking" } },     /* Art. 31(2) */
    { "post_ordinary", "confirmed_on", { "arrived_on" } },                  /* Art. 31(2) */
    { "fax",           "confirmed_on", { "arrived_on" } },                  /* Art. 31(3) */
    { "email",         "confirmed_on", { "arrived_on" } },                  /* Art. 31(3) */
    /*  The clerk writes it down and reads it back: Art. 29(1). */
    { "oral",          "confirmed_on", { "arrived_on" } },
};

/*  A date that only one channel has. */
static const struct {
    const char *date, *channel;
} only[] = {
    { "submitted_on", "portal" },
    { "signed_on",    "post_signed" },
};

/*  A day that cannot be later than another. */
static const struct {
    const char *first, *second;
} order[] = {
    { "signed_on",  "arrived_on" },
    { "arrived_on", "confirmed_on" },
};

static const struct channel *find_channel(const json_t *receipt)
{
    for (size_t i = 0; i < COUNT(channels); i++)
        if (strcmp(channels[i].name, gk_json_text(receipt, "channel")) == 0)
            return &channels[i];
    return NULL;
}

static gk_err check_dates_there(const json_t *receipt, const struct channel *channel, gk_why *why)
{
    for (size_t i = 0; i < COUNT(channel->needs) && channel->needs[i]; i++)
        if (!json_object_get(receipt, channel->needs[i]))
            return gk_refuse(why, GK_EMISSING, "receipt.%s is required for channel %s", channel->needs[i],
                             channel->name);
    bool by_call = strcmp(channel->decides, "confirmed_on") == 0 && strcmp(channel->name, "oral") != 0;
    if (by_call && json_object_get(receipt, "confirmed_on") && !json_object_get(receipt, "call"))
        return gk_refuse(why, GK_EMISSING, "receipt.call is required with confirmed_on: when the call was, and with whom");
    for (size_t i = 0; i < COUNT(only); i++)
        if (json_object_get(receipt, only[i].date) && strcmp(channel->name, only[i].channel) != 0)
            return gk_refuse(why, GK_EBADVALUE, "receipt.%s belongs to channel %s, not to %s: correct the channel "
                             "or leave the date out", only[i].date, only[i].channel, channel->name);
    return GK_OK;
}

static gk_err check_dates_in_order(const json_t *receipt, gk_date today, gk_why *why)
{
    char text[GK_DATE_TEXT];
    for (const field *is = receipt_fields; is->name; is++) {
        gk_date date = is->shape == DATE ? gk_json_date(receipt, is->name) : GK_NO_DATE;
        if (!gk_date_is_none(date) && date.day > today.day)
            return gk_refuse(why, GK_EBADVALUE, "receipt.%s is after today (%s)", is->name,
                             gk_date_format(today, text));
    }
    for (size_t i = 0; i < COUNT(order); i++) {
        gk_date first = gk_json_date(receipt, order[i].first), second = gk_json_date(receipt, order[i].second);
        if (!gk_date_is_none(first) && !gk_date_is_none(second) && second.day < first.day)
            return gk_refuse(why, GK_EBADVALUE, "receipt.%s cannot be before receipt.%s", order[i].second,
                             order[i].first);
    }
    return GK_OK;
}

gk_err gk_form_check_receipt(const json_t *receipt, gk_date today, gk_why *why)
{
    gk_err err = check_object(receipt, receipt_fields, "receipt", why);
    if (err)
        return err;
    const struct channel *channel = find_channel(receipt);
    if (!channel)
        return gk_refuse(why, GK_EMISSING, "receipt.channel is required: say how the application came");
    err = check_dates_there(receipt, channel, why);
    return err ? err : check_dates_in_order(receipt, today, why);
}

gk_date gk_form_received_on(const json_t *receipt)
{
    const struct channel *channel = find_channel(receipt);
    return channel ? gk_json_date(receipt, channel->decides) : GK_NO_DATE;
}
