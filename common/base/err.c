/*  gk_err - the one error vocabulary of the project, as one table. */
#include "base/err.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct row {
    const char *code;
    int exit;
    bool retry;
    const char *zh, *en;
} row;

static const row table[GK_ERRS] = {
    [GK_OK]           = { "ok", 0, false, "完成", "done" },
    [GK_EBADMSG]      = { "bad_message", 1, false, "报文格式不正确", "the message is malformed" },
    [GK_EBADVALUE]    = { "bad_value", 1, false, "字段的值不符合要求", "a field has a value that is not acceptable" },
    [GK_EMISSING]     = { "missing_field", 1, false, "缺少必填字段", "a required field is missing" },
    [GK_EREUSED]      = { "request_id_reused", 1, false, "请求编号已用于另一内容",
                          "this request id was used for another payload; make a new one" },
    [GK_EDENIED]      = { "not_allowed", 1, false, "无权进行此操作", "you may not do this" },
    [GK_ENOTFOUND]    = { "not_found", 1, false, "未找到", "not found" },
    [GK_ESTATE]       = { "wrong_state", 1, false, "案件当前环节不能进行此操作",
                          "the case's state does not allow this step" },
    [GK_ENEED]        = { "need_unmet", 1, false, "此操作的前提条件尚未满足",
                          "a condition of this step is not met" },
    [GK_ESTALE]       = { "stale", 1, true, "案件已被他人更新，请重新读取",
                          "somebody moved the case meanwhile; read it again" },
    [GK_ETOOLARGE]    = { "too_large", 1, false, "超过大小限制", "over the size limit" },
    [GK_EBUSY]        = { "busy", 1, true, "系统繁忙，请稍后再试", "busy, try again later" },
    [GK_EFULL]        = { "storage_full", 1, true, "存储空间已满，未作任何更改",
                          "the disk is full; nothing was changed, try again later" },
    [GK_EIO]          = { "io", 1, true, "读写失败", "reading or writing failed" },
    [GK_EUNREACHABLE] = { "unreachable", 3, true, "无法连接系统", "the broker does not answer" },
    [GK_EQUARANTINE]  = { "quarantined", 1, false, "文件尚未通过保密检查",
                          "the document is not admitted" },
    [GK_EDAMAGED]     = { "damaged", 1, false, "存储的数据校验不符", "stored data does not verify" },
    [GK_EUNSUPPORTED] = { "unsupported", 1, false, "当前模式不支持", "not supported in this mode" },
    [GK_ELOGIN]       = { "not_logged_in", 1, false, "尚未登录，或者登录已失效", "you are not logged in, or no longer" },
    [GK_ELOCKED]      = { "too_many_attempts", 1, true, "尝试次数过多，请稍后再试", "too many attempts, try again later" },
};

static const row *find(gk_err err)
{
    return &table[(unsigned) err < GK_ERRS ? err : GK_EBADMSG];
}

/*  Drop what is no whole character: a "%.40s" cuts by bytes, and JSON takes only whole ones, so
 *  a torn character would cost the stranger the whole answer. */
static void mend(char *text)
{
    size_t len = strlen(text), kept = 0;
    for (size_t at = 0, from = 0; at < len; from = at) {
        bool whole = gk_utf8_next(text, len, &at) != 0xfffd || at - from > 1;
        memmove(text + kept, text + from, whole ? at - from : 0);
        kept += whole ? at - from : 0;
    }
    text[kept] = 0;
}

gk_err gk_refuse(gk_why *why, gk_err err, const char *format, ...)
{
    if (why) {
        va_list args;
        va_start(args, format);
        char text[2 * sizeof why->text];
        vsnprintf(text, sizeof text, format, args);
        va_end(args);
        mend(text);
        gk_text_copy(why->text, sizeof why->text, text);
    }
    return err;
}

const char *gk_err_code(gk_err err)
{
    return find(err)->code;
}

gk_err gk_err_from_code(const char *code)
{
    for (int i = 0; code && i < GK_ERRS; i++)
        if (strcmp(table[i].code, code) == 0)
            return (gk_err) i;
    return GK_EBADMSG;
}

const char *gk_err_text(gk_err err, const char *lang)
{
    return lang && strncmp(lang, "zh", 2) == 0 ? find(err)->zh : find(err)->en;
}

int gk_err_exit(gk_err err)
{
    return find(err)->exit;
}

bool gk_err_retry(gk_err err)
{
    return find(err)->retry;
}
