/*  gongkai-confidentiality - the machine's part of the secrecy review (保密机检).
 *
 *  Scans new documents (task admit) or a proposal (task review) and reports what it sees;
 *  a person decides.  It opens no file itself: gongkai-extract does, in a sandbox.
 */
#include "base/mem.h"
#include "workers/confidentiality/helper.h"
#include "workers/confidentiality/review.h"
#include "workers/worker.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { EXTRACT_MS = 30000 };

static void tick(void *worker)
{
    gk_worker_tick(worker);
}

/*  Beside this program, wherever it was installed or built. */
static char *find_helper(void)
{
    char self[4000];
    ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
    self[len > 0 ? len : 0] = 0;
    char *slash = strrchr(self, '/');
    return gk_format("%.*s/gongkai-extract", slash ? (int) (slash - self) : 1, slash ? self : ".");
}

/*  An extractor that cannot seal itself reads nothing: that is the machine's fault, not the document's. */
static bool is_unsealed(const gk_text *stream)
{
    static const char line[] = "{\"error\":\"sandbox\"}\n";
    return stream->len == sizeof line - 1 && memcmp(stream->data, line, stream->len) == 0;
}

static gk_err review_document(gk_worker *worker, const char *helper_path, const json_t *document,
                              gk_review *review, gk_why *why)
{
    const char *digest = gk_json_text(document, "digest"), *name = gk_json_text(document, "name");
    gk_json_auto *right = json_pack("{s:s}", "lease", gk_worker_lease(worker));
    gk_free_auto char *bytes = NULL;
    size_t len = 0;
    gk_err err = gk_dial_get(gk_worker_dial(worker), digest, right, GK_REVIEW_BYTES, &bytes, &len, why);
    if (err == GK_ETOOLARGE) {
        gk_review_unread(review, digest, name, "too_large");
        return GK_OK;
    }
    if (err)
        return err;
    gk_worker_tick(worker);

    gk_helper helper = { .path = helper_path, .timeout_ms = EXTRACT_MS, .most = GK_REVIEW_STREAM, .tick = tick,
                         .context = worker };
    gk_text_auto stream = { 0 };
    err = gk_helper_run(&helper, bytes, len, &stream, why);
    if (err == GK_EBUSY || err == GK_ETOOLARGE)
        gk_review_unread(review, digest, name, err == GK_EBUSY ? "too_slow" : "too_large");
    else if (err)
        return err;
    else if (is_unsealed(&stream))
        return gk_refuse(why, GK_EIO, "gongkai-extract cannot seal itself: seccomp is not available here");
    else
        gk_review_document(review, digest, name, stream.data ? stream.data : "", stream.len);
    gk_worker_tick(worker);
    return GK_OK;
}

static gk_err work(gk_worker *worker, void *context, const json_t *job, const json_t *facts, json_t **out,
                   gk_why *why)
{
    const char *const *helper_path = context;
    const char *task = gk_json_text(job, "task"), *phone = gk_json_path(job, "office.phone"),
               *email = gk_json_path(job, "office.email");
    if (strcmp(task, "admit") != 0 && strcmp(task, "review") != 0)
        return gk_refuse(why, GK_EUNSUPPORTED, "confidentiality has the tasks admit and review, not %.40s",
                         task);
    gk_known known = { phone[0] ? phone : NULL, email[0] ? email : NULL };
    gk_auto(gk_review) review = gk_review_new(&known);
    size_t i;
    json_t *document;
    json_array_foreach(json_object_get(facts, "documents"), i, document) {
        gk_err err = review_document(worker, *helper_path, document, review, why);
        if (err)
            return err;
    }
    gk_review_draft(review, gk_json_text(facts, "draft"));
    *out = gk_review_finding(review);
    return GK_OK;
}

int main(int argc, char **argv)
{
    gk_free_auto char *beside = find_helper();
    const char *helper_path = beside;
    const gk_worker_option more[] = {
        { "--extract", &helper_path, "path of gongkai-extract (default: beside this program)" },
        { 0 },
    };
    return gk_worker_main("confidentiality", work, &helper_path, more, argc, argv);
}
