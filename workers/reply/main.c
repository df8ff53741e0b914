/*  gongkai-reply - letters as PDF.   gongkai-reply --preview JOB.json FONTS: one letter to standard output
 *
 *  One task, `letter`: facts to values, values into the template, blocks to a PDF, the
 *  PDF to the ledger.  Nothing is kept; the same job gives the same bytes.
 */
#include "workers/worker.h"
#include "workers/reply/facts.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/paths.h"

#include <string.h>

enum { MAX_LAW_FILE = 1 << 20, MAX_JOB_FILE = 1 << 20 };

typedef struct reply {
    const char *fonts_dir;
    gk_fonts *fonts;            /* NULL until they could be opened */
    gk_templates *templates;
    gk_rules *rules;
    gk_outcomes *outcomes;
} reply;

/*  The fonts may be put in place while we run, so every job looks again until they are there. */
static gk_err need_fonts(reply *self, gk_why *why)
{
    return self->fonts ? GK_OK : gk_fonts_new(self->fonts_dir, &self->fonts, why);
}

static gk_err make(const reply *self, const gk_facts *facts, gk_text *pdf, int *pages, gk_why *why)
{
    gk_blocks_auto blocks = { 0 };
    gk_err err = gk_templates_fill(self->templates, facts->template, facts->values, &blocks, why);
    return err ? err : gk_letter_render(self->fonts, &facts->head, &blocks, pdf, pages, why);
}

static gk_err deliver(gk_worker *worker, const gk_facts *facts, const gk_text *pdf, int pages, json_t **out, gk_why *why)
{
    char digest[GK_HASH_HEX];
    gk_worker_tick(worker);
    gk_err err = gk_dial_put(gk_worker_dial(worker), pdf->data, pdf->len, digest, why);
    if (!err)
        *out = json_pack("{ss, sI, si, ss, ss}", "digest", digest, "size", (json_int_t) pdf->len, "pages", pages, "letter",
                         facts->letter, "check_code", facts->check_code);
    return err;
}

static gk_err work(gk_worker *worker, void *context, const json_t *job, const json_t *facts, json_t **out,
                   gk_why *why)
{
    (void) facts;
    reply *self = context;
    if (strcmp(gk_json_text(job, "task"), "letter") != 0)
        return gk_refuse(why, GK_EUNSUPPORTED, "the reply worker knows only the task `letter`");
    gk_text_auto pdf = { 0 };
    gk_facts read = { 0 };
    int pages = 0;
    gk_err err = need_fonts(self, why);
    if (!err)
        err = gk_facts_read(job, self->rules, self->outcomes, &read, why);
    if (err)
        return err;
    err = make(self, &read, &pdf, &pages, why);
    if (!err)
        err = deliver(worker, &read, &pdf, pages, out, why);
    gk_facts_clear(&read);
    return err;
}

/*  A letter for the eyes of who words the templates: the job in a file, the PDF to standard output.  Nothing
 *  is asked of a broker. */
static int preview(reply *self, const char *path)
{
    size_t len;
    gk_why why = { "" };
    gk_json_auto *job = NULL;
    gk_text_auto pdf = { 0 };
    gk_facts read = { 0 };
    int pages = 0;
    gk_free_auto char *text = gk_file_read(path, MAX_JOB_FILE, &len);
    gk_err err = text ? gk_json_parse(text, len, &job, &why) : gk_file_refuse(path, MAX_JOB_FILE, &why);
    if (!err)
        err = need_fonts(self, &why);
    if (!err)
        err = gk_facts_read(job, self->rules, self->outcomes, &read, &why);
    if (!err)
        err = make(self, &read, &pdf, &pages, &why);
    gk_facts_clear(&read);
    if (!err && (fwrite(pdf.data, 1, pdf.len, stdout) != pdf.len || fflush(stdout)))
        err = gk_refuse(&why, GK_EIO, "the PDF cannot be written");
    if (err)
        fprintf(stderr, "gongkai-reply: %s\n", why.text);
    return err ? gk_err_exit(err) : 0;
}

/*  Wording, numbers and outcomes must be right before the first job is taken. */
static gk_err load(reply *self, const char *folder, gk_why *why)
{
    gk_json_auto *numbers = NULL, *file = NULL;
    gk_err err = gk_json_load_schema("rules/rules.json", MAX_LAW_FILE, &numbers, why);
    if (!err)
        err = gk_rules_read(numbers, &self->rules, why);
    if (!err)
        err = gk_json_load_schema("outcomes/outcomes.json", MAX_LAW_FILE, &file, why);
    if (!err)
        err = gk_outcomes_read(file, &self->outcomes, why);
    self->templates = gk_templates_new();
    return err ? err : gk_templates_load(self->templates, folder, why);
}

int main(int argc, char **argv)
{
    gk_log_setup("gongkai-reply", GK_INFO);
    reply self = { .fonts_dir = GK_PATHS_FONTS };
    gk_why why = { "" };
    gk_free_auto char *folder = gk_paths_schema("templates");
    const gk_worker_option more[] = {
        { "--fonts", &self.fonts_dir, "folder of the letters' fonts, as deploy/fonts fills it" },
        { NULL, NULL, NULL },
    };
    gk_err err = load(&self, folder, &why);
    if (err)
        gk_log(GK_ERROR, "event=refused reason=\"%s\"", why.text);
    bool previews = argc == 4 && strcmp(argv[1], "--preview") == 0;     /* --preview JOB.json FONTS */
    if (previews)
        self.fonts_dir = argv[3];
    int status = err ? gk_err_exit(err) : previews ? preview(&self, argv[2]) : gk_worker_main("reply", work, &self, more, argc, argv);
    gk_fonts_destroy(&self.fonts);
    gk_templates_destroy(&self.templates);
    gk_outcomes_destroy(&self.outcomes);
    gk_rules_destroy(&self.rules);
    return status;
}
