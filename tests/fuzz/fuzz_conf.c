/* links: gk_wire */
/*  fuzz_conf - any bytes as gongkai.conf: taken, or refused with a line, and then nothing is given out. */
#include "base/text.h"
#include "wire/conf.h"
#include "fuzz/fuzz.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

static void read_all(const gk_conf *conf)
{
    for (size_t i = 0; gk_conf_name(conf, "services", i); i++)
        assert(gk_conf_ms_of(conf, "services", gk_conf_name(conf, "services", i), "lease") > 0);
    for (size_t i = 0; gk_conf_at(conf, "broker/endpoint", i); i++)
        assert(strstr(gk_conf_at(conf, "broker/endpoint", i), "://"));
    assert(gk_conf_int(conf, "broker/limits/peers") >= 8);
    assert(*gk_conf_text(conf, "broker/log"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    gk_conf *conf = NULL;
    gk_why why = { "" };
    gk_err err = gk_conf_parse((const char *) data, len, &conf, &why);
    if (err) {
        assert(!conf && (strncmp(why.text, "line ", 5) == 0 || err == GK_ETOOLARGE));
        assert(gk_utf8_ok(why.text, strlen(why.text)));
        return 0;
    }
    read_all(conf);
    gk_conf_destroy(&conf);
    return 0;
}
