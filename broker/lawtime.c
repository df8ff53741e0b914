/*  gk_lawtime - the two clocks, kept apart. */
#include "broker/lawtime.h"

static void believe(gk_lawtime *self, int64_t wall, int64_t monotonic)
{
    self->offset = wall - monotonic;
    if (wall > self->now)
        self->now = wall;
}

gk_lawtime gk_lawtime_start(bool training, int64_t training_now, int64_t last, int64_t wall, int64_t monotonic)
{
    gk_lawtime self = { .training = training, .now = training ? training_now : last };
    if (training) {
        if (last > self.now)
            self.now = last;
        return self;
    }
    self.offset = wall - monotonic;
    self.doubtful = last && (wall - last > GK_GAP_SECONDS || last - wall > GK_JUMP_SECONDS);
    if (!self.doubtful)
        believe(&self, wall, monotonic);
    return self;
}

void gk_lawtime_turn(gk_lawtime *self, int64_t wall, int64_t monotonic)
{
    if (self->training)
        return;
    int64_t jump = wall - monotonic - self->offset;
    if (jump > GK_JUMP_SECONDS || jump < -GK_JUMP_SECONDS)
        self->doubtful = true;
    /*  In doubt the day goes on by the clock that cannot jump: submissions need a date. */
    int64_t believed = self->doubtful ? monotonic + self->offset : wall;
    if (believed > self->now)
        self->now = believed;
}

void gk_lawtime_confirm(gk_lawtime *self, int64_t wall, int64_t monotonic)
{
    self->doubtful = false;
    believe(self, wall, monotonic);
}
