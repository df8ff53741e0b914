/*  gk_deliver - one job of the reminder: facts in, mails and webhook out, finding back.
 *
 *  At-least-once, as everything that leaves the house: after a crash the job comes again and
 *  the same mails go out with the same Message-IDs (facts.message_id plus role), by which a
 *  receiving server recognises the repeat.
 */
#ifndef GK_DELIVER_H
#define GK_DELIVER_H

#include "workers/reminder/message.h"
#include "workers/reminder/smtp.h"
#include "workers/reminder/webhook.h"

typedef struct gk_deliver_config {
    gk_smtp_config smtp;
    const gk_webhook_target *webhooks;
    size_t webhook_count;
} gk_deliver_config;

/*  Work one job (schemas/protocol.md section 3, reminder).  On GK_OK *out is
 *
 *      {"sent": [{"role", "message_id"}], "failed": [{"role", "code", "permanent"}]}
 *
 *  with the role "webhook" for the webhook, and code 0 where no server said it.
 *  GK_EBUSY or GK_EIO (both are tried again) when nothing was sent and something may
 *  succeed later; GK_EMISSING or GK_EBADVALUE for facts that no retry will better.  The
 *  sentence names roles, never people.  `report`, unless NULL, hears of each delivery. */
typedef void gk_deliver_report(const char *message_id, const char *role, const gk_delivery *delivery);
GK_CHECKED gk_err gk_deliver(const gk_deliver_config *config, const gk_messages *messages, const json_t *job,
                             const json_t *facts, gk_tick tick, gk_deliver_report *report, json_t **out,
                             gk_why *why);

#endif
