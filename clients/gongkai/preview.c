/*  `gongkai letter preview`: what a template looks like, without a case and without a broker.
 *
 *  The letter is made by the program that makes every letter, gongkai-reply beside this one, of a sample job; so
 *  what is seen is what will be sent. */
#include "clients/gongkai/verbs.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"
#include "core/letters.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_PDF = 16 << 20, MOST_SAMPLE = 1 << 20 };

extern char **environ;

/*  The program of this name in the folder of this one. */
static char *beside(const char *name)
{
    char self[4096];
    ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
    if (len <= 0)
        return gk_strdup(name);
    self[len] = 0;
    char *slash = strrchr(self, '/');
    *slash = 0;
    return gk_format("%s/%s", self, name);
}

/*  Run it and take what it writes; its complaints go to our standard error.  The exit status, or -1. */
static int take_output(char *const argv[], gk_text *out)
{
    int ends[2], status = -1;
    pid_t child;
    if (pipe2(ends, O_CLOEXEC))
        return -1;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    int failed = posix_spawn(&child, argv[0], &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    char chunk[65536];
    for (ssize_t got; !failed && out->len < MOST_PDF && (got = read(ends[0], chunk, sizeof chunk)) != 0; ) {
        if (got < 0 && errno != EINTR)
            break;
        if (got > 0)
            gk_text_add(out, chunk, (size_t) got);
    }
    close(ends[0]);
    if (failed)
        return -1;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/*  Is the letter about a record to be corrected (Art. 41)?  Its outcome or its kind says so. */
static bool is_of_records(const gk_cli *self)
{
    const gk_letter_info *kind = gk_letter_find(self->word[0]);
    bool records = kind && kind->records_only;
    gk_json_auto *file = NULL;
    gk_auto(gk_outcomes) outcomes = NULL;
    if (self->words < 2 || gk_json_load_schema("outcomes/outcomes.json", MOST_SAMPLE, &file, NULL) || gk_outcomes_read(file, &outcomes, NULL))
        return records;
    const gk_outcome *outcome = gk_outcomes_find(outcomes, self->word[1]);
    return records || (outcome && outcome->records);
}

/*  The sample is a letter to the applicant: put in its place whom this kind goes to, and the number that only a reply has. */
static void address(const gk_letter_info *kind, json_t *facts)
{
    json_t *fields = json_object_get(facts, "fields");
    if (kind && !kind->numbered)
        json_object_set_new(facts, "number", json_null());
    if (kind && kind->reader == GK_READER_OUTSIDE)
        json_object_set(facts, "to", json_object_get(fields, "third_party"));
    else if (kind && kind->anonymous)
        json_object_set_new(facts, "to", json_pack("{s:s}", "name", gk_json_text(fields, "unit")));
}

/*  The sample, or the file given, about this letter. */
static int write_job(const gk_cli *self, const char *path)
{
    gk_json_auto *job = NULL;
    gk_why why;
    const char *given = gk_cli_value(self, GK_OPT_FACTS);
    gk_err err = GK_OK;
    int status = given ? gk_cli_read_json(self, given, &job) : 0;
    if (!given)
        err = gk_json_load_schema(is_of_records(self) ? "templates/sample_records.json" : "templates/sample.json", MOST_SAMPLE, &job, &why);
    if (status || err)
        return status ? status : gk_cli_fail(self, err, &why);
    json_t *facts = json_object_get(job, "facts");
    if (!json_is_object(facts))
        return gk_cli_fail(self, gk_refuse(&why, GK_EBADVALUE, "the job has no facts; see schemas/templates/sample.json"), &why);
    if (!given)
        address(gk_letter_find(self->word[0]), facts);
    json_object_set_new(facts, "letter", json_string(self->word[0]));
    json_object_set_new(facts, "outcome", self->words > 1 ? json_string(self->word[1]) : json_null());
    return json_dump_file(job, path, 0) == 0 ? GK_EXIT_OK
        : gk_cli_fail(self, gk_refuse(&why, GK_EIO, "%s cannot be written", path), &why);
}

int gk_run_letter_preview(gk_cli *self)
{
    const char *output = gk_cli_value(self, GK_OPT_OUTPUT);
    char job[] = "/tmp/gongkai-preview-XXXXXX";
    int fd = mkstemp(job);
    gk_why why;
    if (fd < 0)
        return gk_cli_fail(self, gk_refuse(&why, GK_EIO, "no file can be made in /tmp"), &why);
    close(fd);
    gk_text_auto pdf = { 0 };
    gk_free_auto char *program = beside("gongkai-reply");
    gk_free_auto char *folder = gk_strdup(gk_cli_fonts(self));
    char *const argv[] = { program, (char []) { "--preview" }, job, folder, NULL };
    int status = write_job(self, job), made = status ? 0 : take_output(argv, &pdf);
    unlink(job);
    if (status)
        return status;
    if (made < 0)
        return gk_cli_fail(self, gk_refuse(&why, GK_ENOTFOUND, "%s, which makes the letters, does not run", program), &why);
    if (made || pdf.len == 0)
        return made ? GK_EXIT_REFUSED : gk_cli_fail(self, gk_refuse(&why, GK_EIO, "no PDF came back"), &why);
    gk_free_auto char *path = output ? gk_strdup(output) : gk_format("%s%s%s.pdf", self->word[0], self->words > 1 ? "-" : "",
                                                                     self->words > 1 ? self->word[1] : "");
    if (!output && strchr(path, '/'))
        return gk_cli_usage(self, GK_TR(self, "请用 -o FILE 指明写入的文件", "name the file to write with -o FILE"));
    status = gk_cli_write(self, path, pdf.data, pdf.len);
    if (!status && strcmp(path, "-") != 0)
        printf(GK_TR(self, "已写入 %s（%zu 字节）\n", "wrote %s (%zu bytes)\n"), path, pdf.len);
    return status;
}
