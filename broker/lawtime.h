/*  gk_lawtime - the two clocks, kept apart.
 *
 *  Monotonic time is for heartbeats, leases and back-off and is never stored.  Law time is
 *  the wall clock, read once a turn and never below the last event's; a wall clock that
 *  jumps against the monotonic one, or a start after a long gap, stops the law's timers
 *  until an administrator confirms the time.  In training, law time stands still until it
 *  is advanced. */
#ifndef GK_LAWTIME_H
#define GK_LAWTIME_H

#include <stdbool.h>
#include <stdint.h>

enum {
    GK_JUMP_SECONDS = 5 * 60,
    GK_GAP_SECONDS = 35 * 86400,
};

typedef struct gk_lawtime {
    bool training;
    bool doubtful;              /* timers stand still until confirmed */
    int64_t now;                /* law time, seconds */
    int64_t offset;             /* wall minus monotonic, seconds, when last believed */
} gk_lawtime;

/*  Begin with what the store knows: `last` is its last instant, 0 for none.  `wall` and
 *  `monotonic` are seconds; `training_now` is used instead when `training`. */
gk_lawtime gk_lawtime_start(bool training, int64_t training_now, int64_t last, int64_t wall, int64_t monotonic);

/*  Once a turn. */
void gk_lawtime_turn(gk_lawtime *self, int64_t wall, int64_t monotonic);

/*  An administrator looked at the wall clock and believes it. */
void gk_lawtime_confirm(gk_lawtime *self, int64_t wall, int64_t monotonic);

#endif
