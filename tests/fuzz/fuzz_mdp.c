/* links: gk_wire */
/*  fuzz_mdp - any frames, either side: refused or understood; what is understood is written alike.
 *
 *  Input: one byte for the side, then frames, each behind a byte with its length. */
#include "wire/mdp.h"
#include "fuzz/fuzz.h"

#include <assert.h>
#include <stdint.h>

static zmsg_t *message(const uint8_t *data, size_t len)
{
    zmsg_t *msg = zmsg_new();
    while (len) {
        size_t size = *data < len - 1 ? *data : len - 1;
        zmsg_addmem(msg, data + 1, size);
        data += size + 1, len -= size + 1;
    }
    return msg;
}

static void check_names(const gk_mdp *in)
{
    assert(!*in->service || gk_mdp_service_ok(in->service, strlen(in->service)));
    assert(!*in->request_id || gk_mdp_id_ok(in->request_id, strlen(in->request_id)));
}

/*  READY's credit may be written as "01" or "1", so there the count of frames may change. */
static void check_again(const gk_mdp *in, zmsg_t *want)
{
    zmsg_t *got = gk_mdp_encode(in, in->payload ? zframe_data(in->payload) : NULL,
                                in->payload ? zframe_size(in->payload) : 0,
                                in->raw ? zframe_data(in->raw) : NULL, in->raw ? zframe_size(in->raw) : 0);
    zframe_t *g = zmsg_first(got), *w = zmsg_first(want);
    for (; in->command != GK_MDP_WORKER_READY && g && w; g = zmsg_next(got), w = zmsg_next(want))
        assert(zframe_eq(g, w));
    assert(in->command == GK_MDP_WORKER_READY || (!g && !w));
    zmsg_destroy(&got);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    if (len < 1)
        return 0;
    zmsg_t *msg = message(data + 1, len - 1), *same = zmsg_dup(msg);
    gk_mdp in;
    gk_why why = { "" };
    gk_err err = gk_mdp_decode(&msg, data[0] & 1, &in, &why);
    check_names(&in);
    if (err)
        assert(*why.text && !in.payload && !in.raw);
    else
        check_again(&in, same);
    gk_mdp_clear(&in);
    zmsg_destroy(&same);
    return 0;
}
