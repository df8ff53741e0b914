/* links: gk_core */
/*  test_form - the application form against 条例 Art. 29 and 31. */
#include "core/form.h"
#include "base/mem.h"
#include "base/text.h"
#include "unit/law.h"

#include <stdlib.h>

/*  A person's complete form.  The number is invented and its check character right. */
static const char person[] =
    "{\"applicant\":{\"kind\":\"natural_person\",\"name\":\"张三\","
    "\"proof\":{\"type\":\"id_card\",\"number\":\"11010519491231002X\"},"
    "\"contact\":{\"address\":\"示例市示例路1号\",\"phone\":\"000-0000000\",\"email\":\"a@example.org\"}},"
    "\"request\":{\"title\":\"示例海关2021年部门预算\"},"
    "\"delivery\":{\"medium\":\"paper\",\"channel\":\"post\"}}";

static json_t *parse(const char *text)
{
    json_t *value = NULL;
    gk_why why = { "" };
    if (gk_json_parse(text, strlen(text), &value, &why))
        fail_msg("%s: %s", text, why.text);
    return value;
}

/*  Set the member at a dotted path to a JSON value, or delete it (json NULL). */
static void put(json_t *object, const char *path, const char *json)
{
    char key[64];
    for (const char *dot; (dot = strchr(path, '.')); path = dot + 1) {
        snprintf(key, sizeof key, "%.*s", (int) (dot - path), path);
        json_t *inside = json_object_get(object, key);
        if (!inside)
            json_object_set_new(object, key, inside = json_object());
        object = inside;
    }
    if (json)
        json_object_set_new(object, path, json_loads(json, JSON_DECODE_ANY, NULL));
    else
        json_object_del(object, path);
}

/*  The missing names joined by blanks; caller frees. */
static char *missing(const json_t *form)
{
    gk_json_auto *list = gk_form_missing(form, 0);
    gk_text text = { 0 };
    gk_text_add(&text, "", 0);
    for (size_t i = 0; i < json_array_size(list); i++)
        gk_text_printf(&text, "%s%s", i ? " " : "", json_string_value(json_array_get(list, i)));
    return text.data;
}

/*  ---- shape --------------------------------------------------------------- */

static void a_complete_form_passes(void **state)
{
    (void) state;
    gk_json_auto *form = parse(person);
    assert_int_equal(gk_form_check(form, NULL), GK_OK);
    gk_free_auto char *lacks = missing(form);
    assert_string_equal(lacks, "");
}

static void an_empty_form_has_a_shape(void **state)
{
    (void) state;
    gk_json_auto *form = parse("{}");
    assert_int_equal(gk_form_check(form, NULL), GK_OK);
}

static void every_choice_of_the_protocol_passes(void **state)
{
    (void) state;
    static const struct {
        const char *path, *choices;
    } rows[] = {
        { "applicant.kind", "natural_person business research public_interest legal_service other_organisation" },
        { "applicant.proof.type",
          "id_card passport hk_macao_permit taiwan_permit residence_permit credit_code other" },
        { "delivery.medium", "paper electronic copy inspect" },
        { "delivery.channel", "post email portal pickup fax" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_free_auto char *words = gk_strdup(rows[i].choices);
        char *rest = words;
        for (char *word; (word = strsep(&rest, " ")); ) {
            gk_json_auto *form = parse(person);
            gk_free_auto char *json = gk_format("\"%s\"", word);
            put(form, rows[i].path, json);
            assert_int_equal(gk_form_check(form, NULL), GK_OK);
        }
    }
}

static void refused_shapes(void **state)
{
    (void) state;
    static const struct {
        const char *path, *json;
        gk_err err;
        const char *says;           /* stands in the sentence */
    } rows[] = {
        { "pasport", "1", GK_EBADVALUE, "the form has no member \"pasport\"; it may have: kind, office, applicant" },
        { "applicant.proof.nummber", "\"1\"", GK_EBADVALUE, "applicant.proof has no member \"nummber\"" },
        { "request.purpose", "\"x\"", GK_EBADVALUE, "request has no member \"purpose\"" },     /* none is asked */
        { "request.received_on", "\"2021-01-01\"", GK_EBADVALUE, "request has no member" },
        { "receipt", "{}", GK_EBADVALUE, "the form has no member \"receipt\"" },    /* a clerk states it */
        { "agent.contact_person", "\"x\"", GK_EBADVALUE, "agent has no member" },
        { "号码110105194912310021", "1", GK_EBADVALUE, "(a name that is not shown)" },
        { "applicant", "[]", GK_EBADVALUE, "applicant must be an object" },
        { "applicant", "null", GK_EBADVALUE, "applicant must be an object" },
        { "agent", "\"none\"", GK_EBADVALUE, "agent must be an object" },
        { "agent.capacity", "\"friend\"", GK_EBADVALUE, "agent.capacity must be one of authorised, guardian" },
        { "applicant.nationality", "\"x\"", GK_EBADVALUE, "applicant has no member" },                             /* it is not asked */
        { "joint", "{}", GK_EBADVALUE, "joint must be a list" },
        { "joint", "[7]", GK_EBADVALUE, "joint[1] must be an object" },
        { "joint", "[{},{\"contact\":{}}]", GK_EBADVALUE, "joint[2] has no member" },
        { "joint", "[{\"proof\":{\"type\":\"club_card\"}}]", GK_EBADVALUE, "joint[1].proof.type must be one of" },
        { "applicant.name", "7", GK_EBADVALUE, "applicant.name must be text" },
        { "applicant.name", "null", GK_EBADVALUE, "leave it out" },
        { "applicant.name", "{\"first\":\"x\"}", GK_EBADVALUE, "applicant.name must be text" },
        { "applicant.name", "\"a\\nBcc: b\"", GK_EBADVALUE, "applicant.name contains a control character" },
        { "applicant.name", "\"\\u202etxt\"", GK_EBADVALUE, "U+202E" },
        { "applicant.contact.email", "\"a@b\\r\\nX: y\"", GK_EBADVALUE, "applicant.contact.email contains" },
        { "request.description", "\"a\\u0007\"", GK_EBADVALUE, "request.description contains" },
        { "applicant.kind", "\"person\"", GK_EBADVALUE, "applicant.kind must be one of natural_person, business" },
        { "applicant.kind", "\"\"", GK_EBADVALUE, "applicant.kind must be one of" },
        { "applicant.proof.type", "\"ID_CARD\"", GK_EBADVALUE, "applicant.proof.type must be one of id_card" },
        { "delivery.medium", "true", GK_EBADVALUE, "delivery.medium must be text" },
        { "delivery.channel", "\"pigeon\"", GK_EBADVALUE, "must be one of post, email, portal, pickup, fax" },
        { "kind", "\"records\"", GK_EBADVALUE, "kind must be one of disclosure, records_correction" },
        { "record", "{\"wrong\":\"x\"}", GK_EBADVALUE, "record belongs to kind records_correction" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *form = parse(person);
        put(form, rows[i].path, rows[i].json);
        gk_why why = { "" };
        assert_int_equal(gk_form_check(form, &why), rows[i].err);
        if (!strstr(why.text, rows[i].says))
            fail_msg("%s: \"%s\" does not say \"%s\"", rows[i].path, why.text, rows[i].says);
    }
}

static void lengths_are_counted_in_characters(void **state)
{
    (void) state;
    static const struct {
        const char *path;
        size_t most;
    } rows[] = {
        { "office", 16 }, { "help", 200 },
        { "applicant.name", 100 }, { "applicant.contact_person", 100 }, { "applicant.proof.number", 200 },
        { "applicant.contact.address", 200 }, { "applicant.contact.postcode", 200 },
        { "applicant.contact.phone", 200 }, { "applicant.contact.email", 200 },
        { "agent.name", 100 }, { "agent.proof.number", 200 }, { "agent.contact.phone", 200 },
        { "request.title", 200 }, { "request.document_number", 200 }, { "request.description", 5000 },
        { "record.wrong", 5000 }, { "record.right", 5000 },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *form = parse(person);
        put(form, "kind", "\"records_correction\"");
        gk_text_auto json = { 0 };
        gk_text_puts(&json, "\"");
        for (size_t k = 0; k < rows[i].most; k++)
            gk_text_puts(&json, "关");
        gk_text_puts(&json, "\"");
        put(form, rows[i].path, json.data);
        assert_int_equal(gk_form_check(form, NULL), GK_OK);
        json.len--;
        gk_text_puts(&json, "关\"");
        put(form, rows[i].path, json.data);
        gk_why why = { "" };
        assert_int_equal(gk_form_check(form, &why), GK_ETOOLARGE);
        assert_non_null(strstr(why.text, rows[i].path));
        assert_null(strstr(why.text, "关"));            /* what was written is not repeated */
    }
}

static void hostile_forms(void **state)
{
    (void) state;
    static const char *const forms[] = { "[]", "[{}]", "{\"applicant\":{\"applicant\":{\"applicant\":{}}}}",
        "{\"request\":[[[[[[[[[[[[[[]]]]]]]]]]]]]]}", "{\"\":1}", "{\"request\":{\"title\":1e300}}" };
    for (size_t i = 0; i < ROWS(forms); i++) {
        gk_json_auto *form = parse(forms[i]);
        assert_int_equal(gk_form_check(form, NULL), GK_EBADVALUE);
        gk_json_auto *lacks = gk_form_missing(form, 0);    /* and nothing else falls over it */
        assert_true(json_array_size(lacks) > 0);
        gk_free_auto char *key = gk_form_applicant_key(form);
        assert_string_equal(key, "");
    }
    gk_json_auto *many = json_object();
    for (int i = 0; i < 50000; i++) {
        char name[24];
        snprintf(name, sizeof name, "member%d", i);
        json_object_set_new(many, name, json_null());
    }
    assert_int_equal(gk_form_check(many, NULL), GK_EBADVALUE);
    gk_json_auto *zero = parse(person);         /* an inner NUL, for a parser that let it through */
    json_object_set_new(json_object_get(zero, "request"), "title", json_stringn_nocheck("a\0b", 3));
    assert_int_equal(gk_form_check(zero, NULL), GK_EBADVALUE);
    json_object_set_new(json_object_get(zero, "request"), "title", json_stringn_nocheck("\xff\xfe", 2));
    assert_int_equal(gk_form_check(zero, NULL), GK_EBADVALUE);
}

/*  ---- complete? ------------------------------------------------------------ */

static void each_missing_member_is_named(void **state)
{
    (void) state;
    static const struct {
        const char *path, *json;            /* one change ... */
        const char *path2, *json2;          /* ... or two */
        const char *lacks;
    } rows[] = {
        { "applicant.name", NULL, NULL, NULL, "applicant.name" },
        { "applicant.name", "\" \u3000 \"", NULL, NULL, "applicant.name" },
        { "applicant.proof.type", NULL, NULL, NULL, "applicant.proof.type" },
        { "applicant.proof.number", NULL, NULL, NULL, "applicant.proof.number" },
        { "applicant.proof", NULL, NULL, NULL, "applicant.proof.type applicant.proof.number" },
        { "applicant.proof.number", "\"12345\"", NULL, NULL, "" },          /* odd, but given */
        { "applicant.proof.type", "\"passport\"", "applicant.proof.number", "\"P0000000\"", "" },
        { "applicant.kind", NULL, NULL, NULL, "" },                         /* a person then */
        { "applicant.kind", "\"business\"", NULL, NULL, "applicant.contact_person" },
        { "applicant.kind", "\"research\"", "applicant.contact_person", "\"李四\"", "" },
        { "applicant.contact", NULL, "delivery.channel", "\"pickup\"", "applicant.contact" },
        { "applicant.contact", "{}", NULL, NULL, "applicant.contact applicant.contact.address" },
        { "applicant.contact", "{\"postcode\":\"510000\"}", "delivery.channel", "\"portal\"", "applicant.contact" },
        { "applicant.contact", "{\"phone\":\"1\"}", "delivery.channel", "\"portal\"", "" },
        { "applicant.contact", "{\"email\":\"a@b.cn\"}", "delivery.channel", "\"pickup\"", "" },
        { "applicant.contact", "{\"address\":\"某路\"}", "delivery.channel", "\"pickup\"", "" },
        { "applicant.contact", "{\"email\":\"nowhere\"}", "delivery.channel", "\"pickup\"", "applicant.contact" },
        { "applicant.contact.address", NULL, NULL, NULL, "applicant.contact.address" },
        { "applicant.contact.email", NULL, "delivery.channel", "\"email\"", "applicant.contact.email" },
        { "applicant.contact.email", "\"@b\"", "delivery.channel", "\"email\"", "applicant.contact.email" },
        { "applicant.contact.email", "\"a@b@c\"", "delivery.channel", "\"email\"", "applicant.contact.email" },
        { "applicant.contact.email", "\"a b@c\"", "delivery.channel", "\"email\"", "applicant.contact.email" },
        { "applicant.contact.email", "\"a,b@c\"", "delivery.channel", "\"email\"", "applicant.contact.email" },
        { "applicant.contact.address", NULL, "delivery.channel", "\"email\"", "" },
        { "applicant.contact.phone", NULL, "delivery.channel", "\"fax\"", "applicant.contact.phone" },
        { "request", NULL, NULL, NULL, "request" },
        { "request.title", "\"无\"", NULL, NULL, "request" },
        { "request.title", "\"?? 。。。\"", NULL, NULL, "request" },
        { "request.title", "\"不 详\"", NULL, NULL, "request" },
        { "request.title", "\"预算\"", NULL, NULL, "" },
        { "request.title", NULL, "request.document_number", "\"示关发〔2021〕1号\"", "" },
        { "request.title", NULL, "request.description", "\"2021年公告\"", "" },
        { "delivery", NULL, NULL, NULL, "delivery.medium delivery.channel" },
        { "delivery.medium", NULL, NULL, NULL, "delivery.medium" },
        { "delivery.channel", NULL, NULL, NULL, "delivery.channel" },
        { "agent.name", "\"王五\"", NULL, NULL, "agent.proof.type agent.proof.number agent.authority" },
        { "agent.proof", "{\"type\":\"passport\",\"number\":\"P1\"}", NULL, NULL, "agent.name agent.authority" },
        { "joint", "[]", NULL, NULL, "" },
        { "joint", "[{\"name\":\"李四\",\"proof\":{\"type\":\"passport\",\"number\":\"P1\"}}]", NULL, NULL, "" },
        { "joint", "[{\"name\":\"李四\",\"proof\":{\"type\":\"passport\",\"number\":\"P1\"}},{\"name\":\"王五\"}]", NULL, NULL, "joint" },
        { "joint", "[{\"name\":\"李四\",\"proof\":{\"type\":\"passport\"}}]", NULL, NULL, "joint" },
        { "joint", "[{\"proof\":{\"type\":\"passport\",\"number\":\"P1\"}}]", NULL, NULL, "joint" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *form = parse(person);
        put(form, rows[i].path, rows[i].json);
        if (rows[i].path2)
            put(form, rows[i].path2, rows[i].json2);
        assert_int_equal(gk_form_check(form, NULL), GK_OK);
        gk_free_auto char *lacks = missing(form);
        if (strcmp(lacks, rows[i].lacks) != 0)
            fail_msg("%s = %s: missing is \"%s\", want \"%s\"", rows[i].path, rows[i].json ? rows[i].json : "gone",
                     lacks, rows[i].lacks);
    }
}

static void an_empty_form_lacks_all_of_article_29(void **state)
{
    (void) state;
    gk_json_auto *form = json_object();
    gk_free_auto char *lacks = missing(form);
    assert_string_equal(lacks, "applicant.name applicant.proof.type applicant.proof.number applicant.contact "
                               "request delivery.medium delivery.channel");
}

/*  条例 Art. 41: which record, what is wrong, what is right, and the evidence; no form of delivery, for
 *  nothing is delivered. */
static void a_records_correction_brings_evidence(void **state)
{
    (void) state;
    static const struct {
        const char *path, *json;
        size_t attached;
        const char *lacks;
    } rows[] = {
        { "help", NULL, 1, "" },
        { "help", NULL, 0, "evidence" },
        { "delivery.medium", NULL, 1, "" },
        { "delivery.channel", NULL, 1, "delivery.channel" },
        { "record.wrong", "\" \"", 1, "record.wrong" },
        { "record", NULL, 0, "record.wrong record.right evidence" },
        { "applicant.proof", NULL, 2, "applicant.proof.type applicant.proof.number" },
        { "request", NULL, 1, "request" },
        { "kind", "\"disclosure\"", 0, "" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *form = parse(person);
        put(form, "kind", "\"records_correction\"");
        put(form, "record.wrong", "\"登记住址为示例路11号\"");
        put(form, "record.right", "\"示例路1号\"");
        assert_int_equal(gk_form_check(form, NULL), GK_OK);
        put(form, rows[i].path, rows[i].json);
        gk_json_auto *list = gk_form_missing(form, rows[i].attached);
        gk_text_auto lacks = { 0 };
        gk_text_puts(&lacks, "");
        for (size_t k = 0; k < json_array_size(list); k++)
            gk_text_printf(&lacks, "%s%s", k ? " " : "", json_string_value(json_array_get(list, k)));
        if (strcmp(lacks.data, rows[i].lacks) != 0)
            fail_msg("row %zu lacks \"%s\", not \"%s\"", i, lacks.data, rows[i].lacks);
    }
}

/*  To see a record and to have it corrected are two things; so are two corrections of one record. */
static void a_correction_duplicates_no_disclosure(void **state)
{
    (void) state;
    gk_json_auto *see = parse(person), *correct = parse(person), *again = NULL;
    put(correct, "kind", "\"records_correction\"");
    put(correct, "record.right", "\"示例路1号\"");
    again = json_deep_copy(correct);
    gk_hash a = gk_form_content_hash(see), b = gk_form_content_hash(correct), c = gk_form_content_hash(again);
    assert_memory_not_equal(a.bytes, b.bytes, sizeof a.bytes);
    assert_memory_equal(b.bytes, c.bytes, sizeof b.bytes);
    put(again, "record.right", "\"示例路2号\"");
    c = gk_form_content_hash(again);
    assert_memory_not_equal(b.bytes, c.bytes, sizeof b.bytes);
    put(see, "kind", "\"disclosure\"");
    c = gk_form_content_hash(see);
    assert_memory_equal(a.bytes, c.bytes, sizeof a.bytes);      /* the default said aloud */
}

static void kinds_have_names(void **state)
{
    (void) state;
    for (int i = 0; i < GK_KINDS; i++) {
        assert_int_equal(gk_kind_parse(gk_kind_name((gk_kind) i)), i);
        assert_string_not_equal(gk_kind_text((gk_kind) i, "zh"), gk_kind_text((gk_kind) i, "en"));
    }
    assert_int_equal(gk_kind_parse(""), GK_KIND_DISCLOSURE);
    assert_int_equal(gk_kind_parse("records"), GK_KIND_DISCLOSURE);
}

/*  Each name that can be missing has a question of its own in both languages. */
static void every_missing_member_has_a_question(void **state)
{
    (void) state;
    static const char *const members[] = {
        "applicant.name", "applicant.proof.type", "applicant.proof.number", "applicant.contact_person",
        "applicant.contact", "applicant.contact.address", "applicant.contact.email", "applicant.contact.phone",
        "agent.name", "agent.proof.type", "agent.proof.number", "agent.authority", "joint", "request", "delivery.medium", "delivery.channel",
        "record.wrong", "record.right", "evidence",
    };
    for (size_t i = 0; i < ROWS(members); i++) {
        const char *zh = gk_form_missing_text(members[i], "zh"), *en = gk_form_missing_text(members[i], "en");
        assert_string_not_equal(zh, gk_form_missing_text("?", "zh"));
        assert_string_not_equal(en, gk_form_missing_text("?", "en"));
        assert_non_null(strstr(zh, "请"));
        assert_non_null(strstr(en, "please"));
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(zh, gk_form_missing_text(members[k], "zh"));
    }
}

static void odd_numbers_are_a_flag(void **state)
{
    (void) state;
    static const struct {
        const char *type, *number;
        bool odd;
    } rows[] = {
        { "id_card", "11010519491231002X", false },
        { "id_card", "11010519491231002x", false },
        { "id_card", "110105 19491231 002X", false },
        { "id_card", "１１０１０５１９４９１２３１００２Ｘ", false },
        { "id_card", "110105194912310021", true },      /* wrong check character */
        { "id_card", "110105194921310022", true },
        { "id_card", "11010519491231002", true },       /* a digit short */
        { "id_card", "11010519491231002XX", true },
        { "id_card", "1101051949123100XX", true },
        { "id_card", "110105491231002", false },        /* the old form */
        { "id_card", "11010549123100X", true },
        { "id_card", "unknown", true },
        { "id_card", "", false },                       /* missing, not odd */
        { "passport", "P0000000", false },
        { "other", "12", false },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *form = json_pack("{s:{s:{s:s,s:s}}}", "applicant", "proof", "type", rows[i].type, "number",
                                       rows[i].number);
        if (gk_form_proof_odd(form) != rows[i].odd)
            fail_msg("%s %s", rows[i].type, rows[i].number);
        assert_int_equal(gk_form_check(form, NULL), GK_OK);     /* never refused for it */
    }
}

/*  Any one digit changed is noticed: 2, 4, 8 ... are no multiples of 11. */
static void every_slip_of_a_digit_is_odd(void **state)
{
    (void) state;
    for (size_t at = 0; at < 17; at++) {
        for (char digit = '0'; digit <= '9'; digit++) {
            char number[] = "11010519491231002X";
            bool same = number[at] == digit;
            number[at] = digit;
            gk_json_auto *form = json_pack("{s:{s:{s:s,s:s}}}", "applicant", "proof", "type", "id_card", "number",
                                           number);
            assert_int_equal(gk_form_proof_odd(form), !same);
        }
    }
}

/*  What a person looks at; whatever it is, nothing is missing for it and nobody is refused (Art. 29). */
static void identities_are_flagged_and_not_refused(void **state)
{
    (void) state;
    static const struct {
        const char *kind, *type, *number, *agent, *flags;
    } rows[] = {
        { "natural_person", "id_card", "11010519491231002X", NULL, "" },
        { "natural_person", "id_card", "123", NULL, "proof_odd" },
        { "natural_person", "passport", "N0000000", NULL, "" },                 /* whatever the nationality */
        { "natural_person", "hk_macao_permit", "H00000000", NULL, "" }, { "natural_person", "taiwan_permit", "T0000000", NULL, "" },
        { "natural_person", "residence_permit", "R0000000", NULL, "" }, { "natural_person", "other", "x", NULL, "" },
        { "business", "credit_code", "91440101MA00000F5Q", NULL, "" }, { "business", "other", "x", NULL, "" },
        { "natural_person", "credit_code", "91440101MA00000F5Q", NULL, "kind_odd" },
        { "legal_service", "credit_code", "31440000MD00000000", NULL, "" },     /* a law firm in its own name */
        { "legal_service", "passport", "N0000000", NULL, "kind_odd" },          /* a lawyer is a person */
        { "natural_person", "id_card", "110105200803031011", "guardian", "" },      /* seventeen, for a day more */
        { "natural_person", "id_card", "110105200803031011", NULL, "without_guardian" },
        { "natural_person", "id_card", "110105200803031011", "authorised", "without_guardian" },
        { "natural_person", "id_card", "110105200803021016", NULL, "" },        /* eighteen today */
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *form = parse(person);
        gk_free_auto char *kind = gk_format("\"%s\"", rows[i].kind);
        gk_free_auto char *proof = gk_format("{\"type\":\"%s\",\"number\":\"%s\"}", rows[i].type, rows[i].number);
        gk_free_auto char *agent = rows[i].agent ? gk_format("{\"name\":\"x\",\"proof\":%s,\"capacity\":\"%s\"}", proof, rows[i].agent) : NULL;
        put(form, "applicant.kind", kind);
        put(form, "applicant.proof", proof);
        put(form, "applicant.contact_person", "\"x\"");
        if (agent)
            put(form, "agent", agent);
        assert_int_equal(gk_form_check(form, NULL), GK_OK);
        gk_json_auto *lacks = gk_form_missing(form, 1);
        assert_int_equal(json_array_size(lacks), 0);
        gk_json_auto *flags = gk_form_flags(form, law_date("2026-03-02"));
        gk_text_auto list = { 0 };
        gk_text_puts(&list, "");
        for (size_t k = 0; k < json_array_size(flags); k++)
            gk_text_printf(&list, "%s%s", k ? " " : "", json_string_value(json_array_get(flags, k)));
        if (strcmp(list.data, rows[i].flags) != 0)
            fail_msg("row %zu: \"%s\", not \"%s\"", i, list.data, rows[i].flags);
    }
}

/*  The principal is the applicant, whoever acts: same applicant with an agent and without. */
static void the_principal_is_the_applicant(void **state)
{
    (void) state;
    gk_json_auto *alone = parse(person), *by_firm = parse(person);
    put(by_firm, "agent", "{\"name\":\"示例律师事务所\",\"proof\":{\"type\":\"credit_code\",\"number\":\"31440000MD00000000\"}}");
    gk_free_auto char *one = gk_form_applicant_key(alone), *two = gk_form_applicant_key(by_firm);
    assert_string_equal(one, two);
    assert_string_equal(gk_json_path(by_firm, "applicant.kind"), "natural_person");
    gk_json_auto *lacks = gk_form_missing(by_firm, 0), *none = gk_form_missing(by_firm, 1);
    assert_int_equal(json_array_size(lacks), 1);        /* the authority, which is asked for by a correction */
    assert_string_equal(json_string_value(json_array_get(lacks, 0)), "agent.authority");
    assert_int_equal(json_array_size(none), 0);
}

static void more_than_fifty_do_not_apply_together(void **state)
{
    (void) state;
    gk_json_auto *form = parse(person);
    json_t *list = json_array();
    json_object_set_new(form, "joint", list);
    for (int i = 0; i < 50; i++)
        json_array_append_new(list, json_pack("{s:s}", "name", "x"));
    assert_int_equal(gk_form_check(form, NULL), GK_OK);
    json_array_append_new(list, json_object());
    assert_int_equal(gk_form_check(form, NULL), GK_ETOOLARGE);
}

/*  ---- who and what ---------------------------------------------------------- */

static void hash_of(const char *title, const char *number, const char *description, char hex[static GK_HASH_HEX])
{
    gk_json_auto *form = json_pack("{s:{s:s,s:s,s:s}}", "request", "title", title, "document_number", number,
                                   "description", description);
    gk_hash hash = gk_form_content_hash(form);
    gk_hash_hex(&hash, hex);
}

static void content_hash_folds_and_keeps_apart(void **state)
{
    (void) state;
    char a[GK_HASH_HEX], b[GK_HASH_HEX];
    hash_of("ABC公司 归类决定", "署税发〔2021〕1号", "2021年\n第一季度", a);
    hash_of("ａｂｃ公司归类决定", "署税发[2021] 1号", "2021年第一季度 ", b);
    assert_string_equal(a, b);
    hash_of("ABC公司归类决定", "署税发〔2021〕11号", "2021年第一季度", b);
    assert_string_not_equal(a, b);
    hash_of("归类", "决定", "", a);
    hash_of("归类决定", "", "", b);
    assert_string_not_equal(a, b);          /* a word does not wander between members */

    gk_json_auto *form = parse(person);
    gk_hash hash = gk_form_content_hash(form);
    gk_hash_hex(&hash, a);
    put(form, "applicant.name", "\"李四\"");
    put(form, "delivery.channel", "\"fax\"");
    hash = gk_form_content_hash(form);
    assert_string_equal(a, gk_hash_hex(&hash, b));      /* what is asked, not who or how */
}

static void applicant_keys(void **state)
{
    (void) state;
    static const struct {
        const char *type, *number, *key;
    } rows[] = {
        { "id_card", "11010519491231002X", "id_card:11010519491231002x" },
        { "id_card", " 110105 19491231-002ｘ", "id_card:11010519491231002x" },
        { "passport", "P0000000", "passport:p0000000" },
        { "id_card", "P0000000", "id_card:p0000000" },  /* another proof is another key */
        { "id_card", "  ", "" },
        { "id_card", "", "" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *form = json_pack("{s:{s:{s:s,s:s}}}", "applicant", "proof", "type", rows[i].type, "number",
                                       rows[i].number);
        gk_free_auto char *key = gk_form_applicant_key(form);
        assert_string_equal(key, rows[i].key);
    }
    gk_json_auto *typeless = parse("{\"applicant\":{\"proof\":{\"number\":\"7 7\"}}}");
    gk_free_auto char *key = gk_form_applicant_key(typeless);
    assert_string_equal(key, "other:77");
}

/*  ---- receipt, Art. 31 ------------------------------------------------------ */

static void day_of_receipt_by_channel(void **state)
{
    (void) state;
    static const struct {
        const char *receipt, *day;          /* "" : not received yet */
    } rows[] = {
        { "{\"channel\":\"portal\",\"submitted_on\":\"2026-03-01\"}", "2026-03-01" },   /* a Sunday, as it is */
        { "{\"channel\":\"in_person\",\"arrived_on\":\"2026-03-02\"}", "2026-03-02" },
        { "{\"channel\":\"post_signed\",\"signed_on\":\"2026-02-26\",\"arrived_on\":\"2026-03-02\","
          "\"carrier\":\"EMS\",\"tracking\":\"E1\",\"mailroom\":\"收发室\"}", "2026-02-26" },   /* not when registered */
        { "{\"channel\":\"post_signed\",\"signed_on\":\"2026-03-02\",\"arrived_on\":\"2026-03-02\",\"tracking\":\"E1\"}", "2026-03-02" },
        { "{\"channel\":\"post_ordinary\",\"arrived_on\":\"2026-03-02\"}", "" },
        { "{\"channel\":\"post_ordinary\",\"arrived_on\":\"2026-03-02\",\"confirmed_on\":\"2026-03-02\","
          "\"call\":\"10:20\"}", "2026-03-02" },
        { "{\"channel\":\"post_ordinary\",\"arrived_on\":\"2026-02-26\",\"confirmed_on\":\"2026-03-02\",\"call\":\"x\"}", "2026-03-02" },
        { "{\"channel\":\"fax\",\"arrived_on\":\"2026-03-02\"}", "" },
        { "{\"channel\":\"fax\",\"arrived_on\":\"2026-02-27\",\"confirmed_on\":\"2026-03-02\",\"call\":\"x\"}", "2026-03-02" },
        { "{\"channel\":\"email\",\"arrived_on\":\"2026-03-02\"}", "" },
        { "{\"channel\":\"email\",\"arrived_on\":\"2026-03-01\",\"confirmed_on\":\"2026-03-02\",\"call\":\"x\"}", "2026-03-02" },
        { "{\"channel\":\"oral\",\"arrived_on\":\"2026-03-02\"}", "" },
        { "{\"channel\":\"oral\",\"arrived_on\":\"2026-03-02\",\"confirmed_on\":\"2026-03-02\"}", "2026-03-02" },
        /*  a call that the law does not ask for changes nothing */
        { "{\"channel\":\"in_person\",\"arrived_on\":\"2026-02-27\",\"confirmed_on\":\"2026-03-02\"}", "2026-02-27" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *receipt = parse(rows[i].receipt);
        gk_why why = { "" };
        if (gk_form_check_receipt(receipt, law_date("2026-03-02"), &why))
            fail_msg("%s: %s", rows[i].receipt, why.text);
        char text[GK_DATE_TEXT];
        assert_string_equal(gk_date_format(gk_form_received_on(receipt), text), rows[i].day);
    }
}

static void refused_receipts(void **state)
{
    (void) state;
    static const struct {
        const char *receipt;
        gk_err err;
        const char *says;
    } rows[] = {
        { "[]", GK_EBADVALUE, "receipt must be an object" },
        { "{}", GK_EMISSING, "receipt.channel is required" },
        { "{\"channel\":\"pigeon\"}", GK_EBADVALUE, "receipt.channel must be one of portal, in_person" },
        { "{\"channel\":\"portal\"}", GK_EMISSING, "receipt.submitted_on is required for channel portal" },
        { "{\"channel\":\"in_person\"}", GK_EMISSING, "receipt.arrived_on" },
        { "{\"channel\":\"post_signed\",\"arrived_on\":\"2026-03-02\"}", GK_EMISSING, "receipt.signed_on" },
        { "{\"channel\":\"post_signed\",\"signed_on\":\"2026-03-02\"}", GK_EMISSING, "receipt.arrived_on" },
        { "{\"channel\":\"post_ordinary\",\"confirmed_on\":\"2026-03-02\"}", GK_EMISSING, "receipt.arrived_on" },
        { "{\"channel\":\"post_signed\",\"signed_on\":\"2026-03-02\",\"arrived_on\":\"2026-03-02\"}", GK_EMISSING, "receipt.tracking" },
        { "{\"channel\":\"fax\",\"arrived_on\":\"2026-03-02\",\"confirmed_on\":\"2026-03-02\"}", GK_EMISSING, "receipt.call" },
        { "{\"channel\":\"fax\"}", GK_EMISSING, "receipt.arrived_on" },
        { "{\"channel\":\"email\"}", GK_EMISSING, "receipt.arrived_on" },
        { "{\"channel\":\"oral\",\"confirmed_on\":\"2026-03-02\"}", GK_EMISSING, "receipt.arrived_on" },
        { "{\"channel\":\"in_person\",\"arrived_on\":\"2026-03-03\"}", GK_EBADVALUE, "after today (2026-03-02)" },
        { "{\"channel\":\"fax\",\"arrived_on\":\"2026-03-02\",\"confirmed_on\":\"2026-03-09\",\"call\":\"x\"}", GK_EBADVALUE,
          "receipt.confirmed_on is after today" },
        { "{\"channel\":\"portal\",\"submitted_on\":\"2027-01-01\"}", GK_EBADVALUE, "receipt.submitted_on" },
        { "{\"channel\":\"fax\",\"arrived_on\":\"2026-03-02\",\"confirmed_on\":\"2026-03-01\",\"call\":\"x\"}", GK_EBADVALUE,
          "receipt.confirmed_on cannot be before receipt.arrived_on" },
        { "{\"channel\":\"post_signed\",\"arrived_on\":\"2026-02-27\",\"signed_on\":\"2026-03-02\",\"tracking\":\"E1\"}", GK_EBADVALUE,
          "receipt.arrived_on cannot be before receipt.signed_on" },
        { "{\"channel\":\"post_ordinary\",\"arrived_on\":\"2026-03-02\",\"signed_on\":\"2026-03-02\"}", GK_EBADVALUE,
          "receipt.signed_on belongs to channel post_signed" },
        { "{\"channel\":\"email\",\"arrived_on\":\"2026-03-02\",\"submitted_on\":\"2026-03-02\"}", GK_EBADVALUE,
          "receipt.submitted_on belongs to channel portal" },
        { "{\"channel\":\"in_person\",\"arrived_on\":\"2026-02-30\"}", GK_EBADVALUE, "must be a date" },
        { "{\"channel\":\"in_person\",\"arrived_on\":20260302}", GK_EBADVALUE, "must be text" },
        { "{\"channel\":\"in_person\",\"arrived_on\":null}", GK_EBADVALUE, "must be text" },
        { "{\"channel\":\"in_person\",\"arrived_on\":\"2026-03-02\",\"received_on\":\"2026-03-02\"}", GK_EBADVALUE,
          "receipt has no member \"received_on\"" },
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        gk_json_auto *receipt = parse(rows[i].receipt);
        gk_why why = { "" };
        assert_int_equal(gk_form_check_receipt(receipt, law_date("2026-03-02"), &why), rows[i].err);
        if (!strstr(why.text, rows[i].says))
            fail_msg("%s: \"%s\" does not say \"%s\"", rows[i].receipt, why.text, rows[i].says);
    }
    gk_json_auto *empty = json_object();
    assert_true(gk_date_is_none(gk_form_received_on(empty)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_complete_form_passes),
        cmocka_unit_test(an_empty_form_has_a_shape),
        cmocka_unit_test(every_choice_of_the_protocol_passes),
        cmocka_unit_test(refused_shapes),
        cmocka_unit_test(lengths_are_counted_in_characters),
        cmocka_unit_test(hostile_forms),
        cmocka_unit_test(each_missing_member_is_named),
        cmocka_unit_test(an_empty_form_lacks_all_of_article_29),
        cmocka_unit_test(a_records_correction_brings_evidence),
        cmocka_unit_test(a_correction_duplicates_no_disclosure),
        cmocka_unit_test(kinds_have_names),
        cmocka_unit_test(every_missing_member_has_a_question),
        cmocka_unit_test(odd_numbers_are_a_flag),
        cmocka_unit_test(every_slip_of_a_digit_is_odd),
        cmocka_unit_test(identities_are_flagged_and_not_refused),
        cmocka_unit_test(the_principal_is_the_applicant),
        cmocka_unit_test(more_than_fifty_do_not_apply_together),
        cmocka_unit_test(content_hash_folds_and_keeps_apart),
        cmocka_unit_test(applicant_keys),
        cmocka_unit_test(day_of_receipt_by_channel),
        cmocka_unit_test(refused_receipts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
