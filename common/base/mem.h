/*  gk_mem - allocation that cannot fail, and scope-bound destruction.
 *
 *  czmq below us aborts when memory runs out, and everything that matters is in
 *  the store; so a process that cannot allocate stops and is started again.
 *  What keeps a peer from driving us there is a size limit on every input.
 */
#ifndef GK_MEM_H
#define GK_MEM_H

#include <stddef.h>

void *gk_zalloc(size_t size);                           /* zeroed; aborts on failure */
void *gk_regrow(void *old, size_t count, size_t size);  /* overflow-checked realloc */
char *gk_strdup(const char *text);                      /* NULL gives NULL */
char *gk_strndup(const char *text, size_t len);
char *gk_format(const char *format, ...)                /* printf into fresh memory */
    __attribute__((format(printf, 1, 2)));

#define gk_new(type) ((type *) gk_zalloc(sizeof(type)))

/*  `gk_auto(gk_calendar) cal = NULL;` declares a pointer that its class
 *  destroys when the scope ends, on every path out of it. */
#define gk_auto(class) __attribute__((cleanup(class##_destroy))) class *

/*  `gk_free_auto char *text = gk_format(...)`: freed when the scope ends. */
void gk_free_p(void *p);
#define gk_free_auto __attribute__((cleanup(gk_free_p)))

#endif
