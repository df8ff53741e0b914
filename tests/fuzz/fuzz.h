/*  fuzz - what the fuzzers share. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/*  What must hold whatever the bytes were: the fuzzer stops where it does not. */
static inline void require(bool holds)
{
    if (!holds)
        abort();
}

#endif
