/*  replay - drive a fuzzer without libFuzzer: its corpus, then seeded noise.
 *  The ordinary test run so keeps every past find, with any compiler. */
#include "fuzz/fuzz.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { ROUNDS = 2000, MOST = 1 << 20 };

static int replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return 0;
    uint8_t *data = malloc(MOST);
    size_t len = data ? fread(data, 1, MOST, file) : 0;
    fclose(file);
    LLVMFuzzerTestOneInput(data, len);
    free(data);
    return 1;
}

static int replay_folder(const char *path)
{
    int count = 0;
    DIR *dir = opendir(path);
    for (struct dirent *entry; dir && (entry = readdir(dir)); ) {
        char name[4096];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        count += replay_file(name);
    }
    if (dir)
        closedir(dir);
    return count;
}

int main(int argc, char **argv)
{
    int files = 0;
    for (int i = 1; i < argc; i++)
        files += replay_folder(argv[i]);
    uint64_t seed = 0x9e3779b97f4a7c15u;
    uint8_t noise[256];
    for (int round = 0; round < ROUNDS; round++) {
        size_t len = 0;
        for (size_t most = (size_t) round % sizeof noise; len < most; len++) {
            seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
            noise[len] = (uint8_t) (seed >> 32);
        }
        LLVMFuzzerTestOneInput(noise, len);
    }
    printf("replayed %d corpus files and %d noises\n", files, (int) ROUNDS);
    return 0;
}
