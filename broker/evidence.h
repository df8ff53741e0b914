/*  evidence - what the broker signs: the seal of a day, receipts, the next key.
 *
 *  At the first turn of a new legal day, before anything else is written, the heads of all cases that moved go under one
 *  signed root (docs/decisions/0036).  core/proof says what that is, store/seals keeps it. */
#ifndef GK_EVIDENCE_H
#define GK_EVIDENCE_H

#include "broker/broker.h"

/*  Read the key and the last seal's day; the key's statement enters a ledger that has none.  GK_EDAMAGED for a key that the ledger does
 *  not know. */
GK_CHECKED gk_err gk_evidence_open(gk_broker *self, gk_why *why);

/*  Check what moved since the last seal, and that seal, within a bound.  GK_EDAMAGED, after a line in the log for each problem. */
GK_CHECKED gk_err gk_evidence_check(gk_broker *self, gk_why *why);

/*  Make a new key, sign it with the old one, and put it in its place.  GK_OK when it counts. */
GK_CHECKED gk_err gk_evidence_new_key(gk_broker *self, gk_why *why);

/*  Is there a day to seal?  And seal it; inside a transaction.  At most so many heads a turn go under one seal: the next turn
 *  goes on. */
bool gk_evidence_is_due(const gk_broker *self);
GK_CHECKED gk_err gk_evidence_seal(gk_broker *self, gk_why *why);

/*  The signed receipt of a case, for who holds the receipt code with that hash: as of the last event that was told to them.  NULL when the
 *  ledger cannot be read.  Caller decrefs. */
json_t *gk_evidence_receipt(gk_store *store, const gk_notary *notary, const gk_case *file, const gk_hash *receipt);

#endif
