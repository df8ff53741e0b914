/*  Help, printed from the tables of verbs, options and errors; topics are texts. */
#include "clients/gongkai/sheet.h"
#include "clients/gongkai/verbs.h"
#include "base/mem.h"

#include <string.h>

static const struct group {
    const char *zh, *en;
} groups[GK_GROUPS] = {
    [GK_GROUP_APPLICANT]  = { "申请人", "Applicants" },
    [GK_GROUP_DESK]       = { "办理", "The desks" },
    [GK_GROUP_CALCULATOR] = { "计算（无须连接系统）", "Calculators (no broker needed)" },
    [GK_GROUP_ADMIN]      = { "管理", "Administration" },
    [GK_GROUP_HELP]       = { "说明", "Help" },
};

static void print_sheet(const gk_sheet *sheet, FILE *out)
{
    gk_sheet_print(sheet, 2, gk_sheet_terminal(out), out);
}

static void print_group(const gk_cli *self, gk_verb_group group, FILE *out)
{
    gk_auto(gk_sheet) sheet = gk_sheet_new(2);
    const gk_verb *verb;
    for (size_t i = 0; (verb = gk_verb_at(i)); i++)
        if (verb->group == group) {
            gk_sheet_cell(sheet, verb->name);
            gk_sheet_cell(sheet, GK_TR(self, verb->zh, verb->en));
        }
    fprintf(out, "\n%s\n", GK_TR(self, groups[group].zh, groups[group].en));
    print_sheet(sheet, out);
}

static void print_options(const gk_cli *self, uint64_t which, FILE *out)
{
    gk_auto(gk_sheet) sheet = gk_sheet_new(2);
    for (int i = 0; i < GK_OPTS; i++) {
        const gk_option *option = gk_args_option((gk_opt) i);
        if (!(which & GK_OPT_BIT(i)))
            continue;
        char letter[8] = "";
        if (option->letter)
            snprintf(letter, sizeof letter, "-%c, ", option->letter);
        gk_sheet_cellf(sheet, "%s--%s%s%s", letter, option->name, option->value ? " " : "",
                       option->value ? option->value : "");
        gk_sheet_cell(sheet, GK_TR(self, option->zh, option->en));
    }
    print_sheet(sheet, out);
}

void gk_help_all(const gk_cli *self, FILE *out)
{
    fputs(GK_TR(self, "公开：政府信息依申请公开办理系统\n\n用法：gongkai CMD [参数] [选项]\n",
                "Gongkai: applications for government information\n\nusage: gongkai CMD [words] [options]\n"),
          out);
    for (int i = 0; i < GK_GROUPS; i++)
        print_group(self, (gk_verb_group) i, out);
    fputs(GK_TR(self, "\n每个命令的用法：gongkai CMD --help；通用选项：gongkai help options\n",
                      "\nhow each is used: gongkai CMD --help; options for all: gongkai help options\n"), out);
}

void gk_help_verb(const gk_cli *self, const gk_verb *verb)
{
    printf(GK_TR(self, "用法：gongkai %s %s\n\n%s\n", "usage: gongkai %s %s\n\n%s\n"), verb->name, verb->usage,
           GK_TR(self, verb->zh, verb->en));
    const char *more = GK_TR(self, verb->more_zh, verb->more_en);
    if (more)
        printf("\n%s\n", more);
    if (verb->options) {
        puts(GK_TR(self, "\n选项", "\nOptions"));
        print_options(self, verb->options, stdout);
    }
    puts(GK_TR(self, "\n通用选项：gongkai help options", "\noptions for all commands: gongkai help options"));
}

/*  ---- topics ----------------------------------------------------------------- */

static void topic_options(const gk_cli *self)
{
    puts(GK_TR(self, "通用选项（可写在任何位置，-- 之后不再识别选项）",
                     "Options for all commands (anywhere on the line; `--` ends them)"));
    print_options(self, GK_OPT_BIT(GK_OPT_OWN) - 1, stdout);
    puts(GK_TR(self, "\n环境变量：GK_DATA 数据目录，GK_AS 办理人，GK_SCHEMAS 规则与节假日数据目录，LANG 语言",
               "\nEnvironment: GK_DATA data directory, GK_AS who acts, GK_SCHEMAS folder of rules and "
               "notices, LANG"));
}

static void topic_errors(const gk_cli *self)
{
    gk_auto(gk_sheet) sheet = gk_sheet_new(4);
    static const char *const zh[] = { "代码", "退出码", "可重试", "含义" };
    static const char *const en[] = { "Code", "Exit", "Retry", "Meaning" };
    for (int c = 0; c < 4; c++)
        gk_sheet_cell(sheet, (self->zh ? zh : en)[c]);
    for (int i = GK_OK + 1; i < GK_ERRS; i++) {
        gk_err err = (gk_err) i;
        gk_sheet_cell(sheet, gk_err_code(err));
        gk_sheet_cellf(sheet, "%d", gk_err_exit(err));
        gk_sheet_cell(sheet, gk_err_retry(err) ? GK_TR(self, "是", "yes") : "");
        gk_sheet_cell(sheet, gk_err_text(err, GK_TR(self, "zh", "en")));
    }
    gk_sheet_print(sheet, 0, gk_sheet_terminal(stdout), stdout);
}

static void topic_exit(const gk_cli *self)
{
    fputs(GK_TR(self, "0  完成\n1  被拒绝或未找到\n2  用法不正确\n3  无法连接系统\n",
                      "0  done\n1  refused or not found\n2  used wrongly\n3  the broker cannot be reached\n"), stdout);
}

static void topic_form(const gk_cli *self)
{
    fputs(GK_TR(self, "申请表（gongkai submit），〔〕内为说明，写入文件时去掉：\n\n",
                      "The application form (gongkai submit); what stands in 〔〕 is explanation and not part of it:\n\n"), stdout);
    fputs("{\"applicant\": {\n"
          "   \"kind\": \"natural_person\",       〔business, research, public_interest, legal_service, other_organisation〕\n"
          "   \"name\": \"...\",\n"
          "   \"proof\": {\"type\": \"id_card\", \"number\": \"...\"},\n"
          "                                   〔passport, hk_macao_permit, taiwan_permit, residence_permit, credit_code, other〕\n"
          "   \"contact_person\": \"...\",        〔organisations 单位联系人〕\n"
          "   \"contact\": {\"address\": \"...\", \"postcode\": \"...\", \"phone\": \"...\", \"email\": \"...\"}},\n"
          " \"request\": {\"title\": \"...\", \"document_number\": \"...\", \"description\": \"...\"},\n"
          " \"delivery\": {\"medium\": \"paper\", \"channel\": \"post\"}}\n"
          "                                   〔medium: paper, electronic, copy, inspect〕\n"
          "                                   〔channel: post, email, portal, pickup, fax〕\n\n"
          "〔 \"office\": \"GZ\", \"help\": \"...\" optional 可选 〕\n"
          "〔 \"agent\": {\"name\", \"proof\", \"contact\", \"capacity\": \"authorised\" 或 \"guardian\"} optional 可选，附授权委托书或者监护关系证明 〕\n"
          "〔 \"joint\": [{\"name\", \"proof\"}] optional 可选：共同申请人，applicant 为其代表人 〕\n", stdout);
    fputs(GK_TR(self, "\n要求更正与自身相关的政府信息记录（条例第四十一条）另加，并用 --attach 附上证据：\n\n",
                      "\nTo have a record about oneself corrected (Art. 41), add this and attach the evidence with --attach:\n\n"), stdout);
    fputs("{\"kind\": \"records_correction\", \"record\": {\"wrong\": \"...\", \"right\": \"...\"}, ...}\n", stdout);
    fputs(GK_TR(self, "\n登记（gongkai register）由工作人员写明收件情况，申请人不填：\n\n",
                      "\nFor gongkai register a clerk adds how it came; an applicant never states this:\n\n"), stdout);
    fputs("{\"form\": {...}, \"receipt\": {\"channel\": \"post_signed\", \"arrived_on\": \"2026-03-02\", \"signed_on\": \"2026-03-02\", \"tracking\": \"...\"}}\n"
          "                                   〔in_person, post_signed, post_ordinary, fax, email, oral〕\n"
          "〔 \"confirmed_on\" with \"call\" 双方确认之日及确认记录; \"carrier\", \"mailroom\" optional 可选 〕\n", stdout);
}

static const struct topic {
    const char *name;
    void (*print)(const gk_cli *self);
} topics[] = {
    { "options", topic_options }, { "errors", topic_errors }, { "exit", topic_exit }, { "form", topic_form },
};

bool gk_help_family(const gk_cli *self, const char *word)
{
    gk_auto(gk_sheet) sheet = gk_sheet_new(2);
    const gk_verb *verb;
    for (size_t i = 0; (verb = gk_verb_at(i)); i++)
        if (gk_verb_is_of(verb, word)) {
            gk_sheet_cellf(sheet, "gongkai %s %s", verb->name, verb->usage);
            gk_sheet_cell(sheet, GK_TR(self, verb->zh, verb->en));
        }
    if (!gk_sheet_rows(sheet))
        return false;
    print_sheet(sheet, stdout);
    return true;
}

int gk_run_help(gk_cli *self)
{
    if (!self->words) {
        gk_help_all(self, stdout);
        return GK_EXIT_OK;
    }
    for (size_t i = 0; self->words == 1 && i < sizeof topics / sizeof *topics; i++)
        if (strcmp(topics[i].name, self->word[0]) == 0) {
            topics[i].print(self);
            return GK_EXIT_OK;
        }
    const gk_verb *verb = gk_verb_find(self->word, self->words);
    if (!verb && self->words == 1 && gk_help_family(self, self->word[0]))
        return GK_EXIT_OK;
    if (!verb || gk_verb_words(verb) != self->words)
        return gk_cli_usage(self, GK_TR(self, "没有这个专题或命令：%s", "no such topic or command: %s"), self->word[0]);
    gk_help_verb(self, verb);
    return GK_EXIT_OK;
}
