/*  gk_paths - where things lie. */
#include "base/paths.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#ifndef GK_SCHEMAS
#define GK_SCHEMAS "/usr/share/gongkai/schemas"
#endif

const char *gk_paths_schemas(void)
{
    const char *named = getenv("GK_SCHEMAS");
    return named && *named ? named : GK_SCHEMAS;
}

char *gk_paths_schema(const char *name)
{
    return gk_format("%s/%s", gk_paths_schemas(), name);
}

gk_err gk_paths_endpoint(const char *data, const char *run, char **out, gk_why *why)
{
    gk_free_auto char *folder = run ? gk_strdup(run) : gk_format("%s/run", data);
    gk_free_auto char *here = folder[0] == '/' ? gk_strdup("") : getcwd(NULL, 0);
    gk_free_auto char *path = gk_format("%s%s%s/broker", here ? here : "", folder[0] == '/' ? "" : "/", folder);
    size_t most = sizeof ((struct sockaddr_un *) NULL)->sun_path - 1;
    if (strlen(path) > most)
        return gk_refuse(why, GK_EBADVALUE, "the socket path has %zu bytes, the system allows %zu: name a shorter "
                         "folder with --run DIR", strlen(path), most);
    *out = gk_format("ipc://%s", path);
    return GK_OK;
}
