/*  gk_front - frames in, frames out, and the turn between them. */
#ifndef GK_FRONT_H
#define GK_FRONT_H

#include "broker/broker.h"

#include <signal.h>

/*  Serve until *stop is set.  GK_OK, or GK_EIO / GK_EDAMAGED after which the process must end. */
GK_CHECKED gk_err gk_front_run(gk_broker *self, const volatile sig_atomic_t *stop, gk_why *why);

#endif
