/*  gk_map - a hash table from int64 keys to pointers: open addressing, linear probing,
 *  at most half full, and removal by moving the rest of the cluster back. */
#include "base/map.h"
#include "base/mem.h"

#include <stdlib.h>

typedef struct slot {
    int64_t key;            /* 0: empty */
    void *value;
} slot;

struct gk_map {
    slot *slots;
    size_t size, count;     /* size is a power of two */
};

static size_t home(const gk_map *self, int64_t key)
{
    uint64_t x = (uint64_t) key * 0x9e3779b97f4a7c15u;
    return (size_t) (x >> 20) & (self->size - 1);
}

static slot *seek(const gk_map *self, int64_t key)
{
    size_t at = home(self, key);
    while (self->slots[at].key && self->slots[at].key != key)
        at = (at + 1) & (self->size - 1);
    return &self->slots[at];
}

static void resize(gk_map *self, size_t size)
{
    gk_map old = *self;
    self->slots = gk_zalloc(size * sizeof *self->slots);
    self->size = size;
    for (size_t i = 0; i < old.size; i++)
        if (old.slots[i].key)
            *seek(self, old.slots[i].key) = old.slots[i];
    free(old.slots);
}

gk_map *gk_map_new(void)
{
    gk_map *self = gk_new(gk_map);
    resize(self, 64);
    return self;
}

void gk_map_destroy(gk_map **self_p)
{
    if (*self_p) {
        free((*self_p)->slots);
        free(*self_p);
        *self_p = NULL;
    }
}

void *gk_map_get(const gk_map *self, int64_t key)
{
    return seek(self, key)->value;
}

void gk_map_put(gk_map *self, int64_t key, void *value)
{
    if (self->count * 2 >= self->size)
        resize(self, self->size * 2);
    slot *place = seek(self, key);
    self->count += place->key == 0;
    *place = (slot) { key, value };
}

void gk_map_drop(gk_map *self, int64_t key)
{
    slot *place = seek(self, key);
    if (!place->key)
        return;
    self->count--;
    size_t hole = (size_t) (place - self->slots);
    for (size_t at = (hole + 1) & (self->size - 1); self->slots[at].key; at = (at + 1) & (self->size - 1)) {
        /*  An entry may fill the hole when its home lies at or before it, cyclically. */
        size_t from = home(self, self->slots[at].key);
        if (((at - from) & (self->size - 1)) >= ((at - hole) & (self->size - 1))) {
            self->slots[hole] = self->slots[at];
            hole = at;
        }
    }
    self->slots[hole] = (slot) { 0, NULL };
}

size_t gk_map_count(const gk_map *self)
{
    return self->count;
}

void *gk_map_next(const gk_map *self, size_t *at)
{
    while (*at < self->size)
        if (self->slots[(*at)++].key)
            return self->slots[*at - 1].value;
    return NULL;
}
