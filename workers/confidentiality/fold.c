/*  gk_folded - a text as the scanner reads it: one form of every character, no blanks.
 *
 *  Everything is a table; the only thought is in which blanks count as a gap.
 */
#include "workers/confidentiality/fold.h"
#include "base/mem.h"
#include "base/text.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <uchar.h>

/*  Characters that come in runs: `first` becomes `to`, the next one to + 1, ...; with a
 *  period the count starts again (the digits of the mathematical alphabets). */
static const struct { uint32_t first, last, to, period; } runs[] = {
    { 0x00660, 0x00669, '0', 0 },       /* Arabic-Indic digits */
    { 0x006f0, 0x006f9, '0', 0 },
    { 0x02070, 0x02070, '0', 0 },       /* superscripts and subscripts */
    { 0x02074, 0x02079, '4', 0 },
    { 0x02080, 0x02089, '0', 0 },
    { 0x02460, 0x02468, '1', 0 },       /* circled digits */
    { 0x0ff01, 0x0ff5e, '!', 0 },       /* full-width ASCII */
    { 0x1d7ce, 0x1d7ff, '0', 10 },      /* mathematical digits */
};

/*  U+2F00 to U+2FD5: radicals look like characters, and PDF fonts map glyphs to them. */
static const char32_t radicals[] =
    U"一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕"
    U"大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日"
    U"曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿"
    U"目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行"
    U"衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音"
    U"頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/*  Pairs "from, to", sorted by the first of each. */
static const char32_t alike[] =
    U"٭★‐-‑-‒-–-—-―-•·‧·⁃-⁎★−-∗★∙·∶:⋅·⋆★○零●·◯零☆★⚝★✡★✦★"
    U"✧★✩★✪★✫★✬★✭★✮★✯★✰★✱★✲★✳★✴★✵★✶★✹★⦅(⦆)⭐★⭑★⻅见⻋车⻓长⻔门"
    U"⻚页⻛风⻝食⻢马⻨麦⻩黄⻬齐⻰龙〇零〈(〉)《(》)「(」)『(』)【(】)〔(〕)〖(〗)・·"
    U"㊙秘㍘零佈布係系個个傳传傷伤僅仅價价優优內内兩两劃划務务區区協协參参員员問问啓启啟启單单國国執执"
    U"報报場场壓压學学宻密實实寧宁審审專专對对導导屆届層层屬属帳账後后徵征態态應应戀恋戰战戶户戸户掛挂"
    U"採采據据數数斷断時时晉晋書书會会條条棟栋業业構构樓楼標标機机檔档檢检歷历歸归殘残況况準准滬沪滿满"
    U"灣湾營营狀状現现瓊琼產产畫画療疗發发礙碍祕秘稅税筆笔箇个簽签粵粤紀纪約约紋纹納纳級级組组結结絕绝"
    U"絶绝經经緝缉編编緩缓縣县縮缩總总繫系聯联臉脸臺台舉举華华藝艺蘇苏處处號号術术衛卫衞卫見见親亲計计"
    U"訊讯討讨記记訟讼訪访訴诉診诊詢询話话該该認认調调請请論论證证識识譯译議议護护讀读貝贝貨货販贩責责"
    U"貴贵貿贸資资賬账賴赖購购贛赣跡迹車车軌轨辦办進进過过選选遼辽還还鄉乡醫医銀银錄录鎮镇長长镸长門门"
    U"開开閩闽閱阅關关陝陕陸陆隊队際际險险雲云電电韋韦頁页預预領领額额風风飛飞馬马魚鱼魯鲁鳥鸟麥麦黃黄"
    U"齊齐齒齿齡龄龍龙龜龟︰:﹕:﹙(﹚)﹝(﹞)﹡★﹣-﹫@．.･·🌟★";

/*  Invisible characters are dropped without a trace, so that none can split a word. */
enum { NO_BLANK = -1, INVISIBLE = GK_JOINED };
static const struct { uint32_t first, last; int gap; } blanks[] = {
    { 0x00000, 0x00008, INVISIBLE }, { 0x00009, 0x00009, GK_COLUMN },  { 0x0000a, 0x0000d, GK_LINE },
    { 0x0000e, 0x0001f, INVISIBLE }, { 0x00020, 0x00020, GK_BLANK },   { 0x0007f, 0x00084, INVISIBLE },
    { 0x00085, 0x00085, GK_LINE },   { 0x00086, 0x0009f, INVISIBLE },  { 0x000a0, 0x000a0, GK_BLANK },
    { 0x000ad, 0x000ad, INVISIBLE }, { 0x0034f, 0x0034f, INVISIBLE },  { 0x0061c, 0x0061c, INVISIBLE },
    { 0x01680, 0x01680, GK_BLANK },  { 0x0180b, 0x0180e, INVISIBLE },  { 0x02000, 0x0200a, GK_BLANK },
    { 0x0200b, 0x0200f, INVISIBLE }, { 0x02028, 0x02029, GK_LINE },    { 0x0202a, 0x0202e, INVISIBLE },
    { 0x0202f, 0x0202f, GK_BLANK },  { 0x0205f, 0x0205f, GK_BLANK },   { 0x02060, 0x0206f, INVISIBLE },
    { 0x02800, 0x02800, GK_BLANK },  { 0x03000, 0x03000, GK_BLANK },   { 0x03164, 0x03164, GK_BLANK },
    { 0x0fe00, 0x0fe0f, INVISIBLE }, { 0x0feff, 0x0feff, INVISIBLE },  { 0x0ffa0, 0x0ffa0, GK_BLANK },
    { 0xe0000, 0xe01ef, INVISIBLE },
};

static int blank_kind(uint32_t code)
{
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks && blanks[i].first <= code; i++)
        if (code <= blanks[i].last)
            return blanks[i].gap;
    return NO_BLANK;
}

static uint32_t one_of_run(uint32_t code)
{
    for (size_t i = 0; i < sizeof runs / sizeof *runs && runs[i].first <= code; i++)
        if (code <= runs[i].last) {
            uint32_t step = code - runs[i].first;
            return runs[i].to + (runs[i].period ? step % runs[i].period : step);
        }
    return code - 0x2f00 < sizeof radicals / sizeof *radicals - 1 ? radicals[code - 0x2f00] : code;
}

static uint32_t one_alike(uint32_t code)
{
    size_t low = 0, high = sizeof alike / sizeof *alike / 2;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (alike[2 * mid] == code)
            return alike[2 * mid + 1];
        if (alike[2 * mid] < code)
            low = mid + 1;
        else
            high = mid;
    }
    return code;
}

static uint32_t one_ascii(uint32_t code)
{
    if (code >= 'a' && code <= 'z')
        return code - 'a' + 'A';
    return code == '[' || code == '{' ? '(' : code == ']' || code == '}' ? ')' : code;
}

uint32_t gk_fold_char(uint32_t code)
{
    if (blank_kind(code) != NO_BLANK)
        return 0;
    if (code >= 0x80)
        code = one_alike(one_of_run(code));
    return code < 0x80 ? one_ascii(code) : code;
}

/*  ---- the whole text ---------------------------------------------------- */

/*  Two blanks make a column, a line end outranks everything. */
static int widen(int gap, int more)
{
    if (gap == GK_BLANK && more == GK_BLANK)
        return GK_COLUMN;
    return gap > more ? gap : more;
}

/*  Room in the maps for one more character and the end. */
static void reserve(gk_folded *self, size_t len, size_t *cap)
{
    enum { WIDEST = 4 };
    if (len + WIDEST < *cap)
        return;
    *cap = *cap ? *cap * 2 : 256;
    self->origin = gk_regrow(self->origin, *cap, sizeof *self->origin);
    self->gap = gk_regrow(self->gap, *cap, sizeof *self->gap);
}

gk_folded *gk_fold(const char *text, size_t len)
{
    assert(len <= GK_FOLD_MOST);
    enum { HEAD_LINES = 3 };
    gk_folded *self = gk_new(gk_folded);
    gk_text out = { 0 };
    size_t cap = 0;
    self->head = SIZE_MAX;

    int gap = GK_LINE, line = 0;
    uint32_t index = 0;
    reserve(self, 0, &cap);
    for (size_t at = 0; at < len; index++) {
        uint32_t code = gk_utf8_next(text, len, &at);
        uint32_t folded = gk_fold_char(code);
        if (folded == 0) {
            gap = widen(gap, blank_kind(code));
            continue;
        }
        line += gap == GK_LINE;
        if (line > HEAD_LINES && self->head == SIZE_MAX)
            self->head = out.len;
        size_t start = out.len;
        gk_text_add_char(&out, folded);
        reserve(self, out.len, &cap);
        for (size_t i = start; i < out.len; i++) {
            self->origin[i] = index;
            self->gap[i] = i == start ? (unsigned char) gap : GK_JOINED;
        }
        gap = GK_JOINED;
    }
    gk_text_add(&out, "", 0);
    self->text = out.data;
    self->len = out.len;
    self->origin[self->len] = index;
    self->gap[self->len] = GK_LINE;
    if (self->head == SIZE_MAX)
        self->head = self->len;
    return self;
}

void gk_folded_destroy(gk_folded **self_p)
{
    if (*self_p) {
        free((*self_p)->text);
        free((*self_p)->origin);
        free((*self_p)->gap);
        free(*self_p);
        *self_p = NULL;
    }
}
