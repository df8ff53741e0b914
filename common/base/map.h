/*  gk_map - a hash table from int64 keys (never 0) to pointers that it does not own. */
#ifndef GK_MAP_H
#define GK_MAP_H

#include <stddef.h>
#include <stdint.h>

typedef struct gk_map gk_map;

gk_map *gk_map_new(void);
void gk_map_destroy(gk_map **self_p);

void *gk_map_get(const gk_map *self, int64_t key);              /* NULL: not there */
void gk_map_put(gk_map *self, int64_t key, void *value);        /* replaces; value not NULL */
void gk_map_drop(gk_map *self, int64_t key);
size_t gk_map_count(const gk_map *self);

/*  Walk: *at from 0; NULL when there is no more.  Nothing may be put or dropped meanwhile. */
void *gk_map_next(const gk_map *self, size_t *at);

#endif
