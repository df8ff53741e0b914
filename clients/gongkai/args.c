/*  gk_args - the words and options of one command line. */
#include "clients/gongkai/args.h"
#include "base/text.h"

#include <stddef.h>
#include <string.h>

static const gk_option table[GK_OPTS] = {
    [GK_OPT_HELP]       = { "help", 'h', NULL, "显示说明", "show help" },
    [GK_OPT_VERSION]    = { "version", 0, NULL, "显示版本", "show the version" },
    [GK_OPT_JSON]       = { "json", 0, NULL, "以 JSON 输出，供程序读取", "print JSON, for programs" },
    [GK_OPT_LANG]       = { "lang", 0, "zh|en", "界面语言（默认取 $LANG）", "language (default: $LANG)" },
    [GK_OPT_AS]         = { "as", 0, "NAME", "办理人姓名（默认 $GK_AS；仅演练环境直接采信）",
                            "who acts (default $GK_AS; believed in training only)" },
    [GK_OPT_DATA]       = { "data", 0, "DIR", "数据目录（默认 $GK_DATA 或 ./var）",
                            "data directory (default $GK_DATA or ./var)" },
    [GK_OPT_RUN]        = { "run", 0, "DIR", "套接字所在目录（默认为数据目录下的 run）",
                            "folder of the broker's socket (default: run in the data directory)" },
    [GK_OPT_ENDPOINT]   = { "endpoint", 0, "E", "系统地址，如 tcp://127.0.0.1:5555",
                            "the broker's address, e.g. tcp://127.0.0.1:5555" },
    [GK_OPT_WAIT]       = { "wait", 0, "S", "系统已接收后，等待办理结果的秒数（默认 10）",
                            "seconds to wait for the outcome once accepted (default 10)" },
    [GK_OPT_TIMEOUT]    = { "timeout", 0, "S", "等待系统应答的秒数（默认 5）",
                            "seconds to wait for a sign of the broker (default 5)" },
    [GK_OPT_ATTACH]     = { "attach", 0, "FILE", "附上文件，可重复", "attach a file; may be repeated" },
    [GK_OPT_REQUEST_ID] = { "request-id", 0, "ID", "请求编号：同一编号只办理一次",
                            "request id: the same one is carried out once" },
    [GK_OPT_ON]         = { "on", 0, "DATE", "事项发生的日期（默认今天）", "the day it happened (default today)" },
    [GK_OPT_SEQ]        = { "seq", 0, "N", "所见案件的版本号；他人已更新时拒绝",
                            "the case as you saw it; refused when somebody moved it since" },
    [GK_OPT_DESK]       = { "desk", 0, "D", "环节", "desk" },
    [GK_OPT_UNIT]       = { "unit", 0, "U", "部门", "unit" },
    [GK_OPT_STATE]      = { "state", 0, "S", "仅列该状态的案件", "only cases in this state" },
    [GK_OPT_AFTER]      = { "after", 0, "CASE", "从该案件之后列起", "go on behind this case" },
    [GK_OPT_CASE]       = { "case", 0, "CASE", "文件所属案件", "the case the document belongs to" },
    [GK_OPT_OUTPUT]     = { "output", 'o', "FILE", "写入的文件（- 为标准输出）",
                            "file to write (- for standard output)" },
    [GK_OPT_BEFORE]     = { "before", 0, "M", "本月此前已计的件数", "items already counted this month" },
    [GK_OPT_DRY_RUN]    = { "dry-run", 0, NULL, "只说明会有哪些变化，不作更改", "say what would change, and change nothing" },
    [GK_OPT_DAYS]       = { "days", 0, NULL, "逐日列出：计入、周末、放假、调休、不计入", "list every day: counted, weekend, holiday, worked weekend, excluded" },
    [GK_OPT_COUNT]      = { "count", 0, "N", "本次件数", "how many items come now" },
    [GK_OPT_YEAR]       = { "year", 0, "Y", "年度", "year" },
    [GK_OPT_MONTH]      = { "month", 0, "YYYY-MM", "月份", "month" },
    [GK_OPT_OFFICE]     = { "office", 0, "O", "机关代码（默认本机关）", "office (default: one's own)" },
    [GK_OPT_ROLLUP]     = { "rollup", 0, NULL, "连同下属机关，并汇总为关区", "with the offices below it, and their sum" },
    [GK_OPT_FORMAT]     = { "format", 0, "F", "text、json、csv 或 pdf（默认 text）", "text, json, csv or pdf (default text)" },
    [GK_OPT_CELL]       = { "cell", 0, "ROW,COLUMN", "列出该格所计的案件，如 3.1,total", "the cases that a cell counts, e.g. 3.1,total" },
    [GK_OPT_SAVE]       = { "save", 0, "FILE", "存入的文件（- 为标准输出）", "file to keep it in (- for standard output)" },
    [GK_OPT_PROOF]      = { "proof", 0, "FILE", "已保存的封存证明", "a proof that was saved" },
    [GK_OPT_RECEIPT]    = { "receipt", 0, "FILE", "已保存的签名回执", "a receipt that was saved" },
    [GK_OPT_KEY]        = { "key", 0, "PUB", "机关的公钥：64 位十六进制数，或者含有它的文件", "the agency's public key: 64 hex digits, or a file that holds them" },
    [GK_OPT_HEAD]       = { "head", 0, "HEX", "已公布的链首，至少 8 位（函件页脚的记录校验码）", "a published head, 8 digits at least (the check code of a letter)" },
    [GK_OPT_FACTS]      = { "facts", 0, "FILE", "示例数据（默认 schemas/templates/sample.json）",
                            "the sample job (default schemas/templates/sample.json)" },
    [GK_OPT_FONTS]      = { "fonts", 0, "DIR", "PDF 所用字体目录（默认 $GK_FONTS 或 /usr/local/share/fonts/gongkai）",
                            "fonts of the PDF (default $GK_FONTS or /usr/local/share/fonts/gongkai)" },
};

const gk_option *gk_args_option(gk_opt opt)
{
    return &table[opt];
}

static bool wrong(gk_args_fault *fault, const char *zh, const char *en, const char *word)
{
    *fault = (gk_args_fault) { zh, en, word };
    return false;
}

/*  The option that `text` ("--name", "--name=value" or "-x") names, GK_OPTS when none;
 *  *value is what stands behind the '=', or NULL. */
static gk_opt find(const char *text, const char **value)
{
    *value = NULL;
    if (text[1] != '-') {
        for (int i = 0; i < GK_OPTS; i++)
            if (table[i].letter && text[1] == table[i].letter && !text[2])
                return (gk_opt) i;
        return GK_OPTS;
    }
    size_t len = strcspn(text + 2, "=");
    for (int i = 0; i < GK_OPTS; i++)
        if (strlen(table[i].name) == len && strncmp(table[i].name, text + 2, len) == 0) {
            *value = text[2 + len] ? text + 2 + len + 1 : NULL;
            return (gk_opt) i;
        }
    return GK_OPTS;
}

static bool take_word(gk_args *out, const char *word, gk_args_fault *fault)
{
    if (out->words == GK_ARGS_WORDS)
        return wrong(fault, "参数过多", "too many words", word);
    out->word[out->words++] = word;
    return true;
}

static bool take_value(gk_args *out, gk_opt opt, const char *value, gk_args_fault *fault)
{
    out->value[opt] = value;
    if (opt != GK_OPT_ATTACH)
        return true;
    if (out->attached == GK_ARGS_ATTACH)
        return wrong(fault, "附件最多 20 个", "20 attachments are the most", value);
    out->attach[out->attached++] = value;
    return true;
}

bool gk_args_read(int argc, char *const argv[], gk_args *out, gk_args_fault *fault)
{
    *out = (gk_args) { 0 };
    bool options = true;
    for (int i = 1; i < argc; i++) {
        const char *text = argv[i], *value;
        if (!gk_utf8_ok(text, strlen(text)))
            return wrong(fault, "不是 UTF-8 文字", "not UTF-8 text", "?");
        bool number = text[0] == '-' && text[1] >= '0' && text[1] <= '9';       /* which the verb refuses, or not */
        if (!options || text[0] != '-' || !text[1] || number) {
            if (!take_word(out, text, fault))
                return false;
            continue;
        }
        if (strcmp(text, "--") == 0) {
            options = false;
            continue;
        }
        gk_opt opt = find(text, &value);
        if (opt == GK_OPTS)
            return wrong(fault, "没有这个选项", "no such option", text);
        if (!table[opt].value) {
            if (value)
                return wrong(fault, "该选项不带值", "this option takes no value", text);
            value = "";
        } else if (!value) {
            /*  "--as --json" is a forgotten name; a value that looks so is written "--as=--json". */
            if (i + 1 == argc || strncmp(argv[i + 1], "--", 2) == 0)
                return wrong(fault, "该选项需要一个值", "this option needs a value", text);
            value = argv[++i];
        }
        if (!take_value(out, opt, value, fault))
            return false;
    }
    return true;
}

bool gk_args_number(const char *text, int64_t least, int64_t most, int64_t *out)
{
    size_t len = strlen(text);
    if (len == 0 || len > 15 || strspn(text, "0123456789") != len)
        return false;
    int64_t number = 0;
    for (size_t i = 0; i < len; i++)
        number = number * 10 + (text[i] - '0');
    if (number < least || number > most)
        return false;
    *out = number;
    return true;
}
