/* vhdx: a VHDX with changes, then with or without its checksums made right. */
#include "tests/fuzz/image.h"

#include "tests/unit/vhdx_toy.h"

enum { SEALED = 1 }; /* a bit of the first byte of an input */

static const uint64_t places[] = {
    0,
    VHDX_TOY_HEADERS,
    VHDX_TOY_HEADERS + VHDX_TOY_NEXT,
    VHDX_TOY_TABLES,
    VHDX_TOY_TABLES + VHDX_TOY_NEXT,
    VHDX_TOY_LOG,
    VHDX_TOY_BAT,
    VHDX_TOY_METADATA,
    VHDX_TOY_ITEMS,
    VHDX_TOY_BLOCKS,
    VHDX_TOY_SIZE - (1 << 16),
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const int fd = memfd_create("image", MFD_CLOEXEC);

    insist(fd >= 0);
    vhdx_toy_make(fd);
    for (uint64_t at = VHDX_TOY_BLOCKS; at < VHDX_TOY_SIZE; at += 1 << 20)
        toy_put(fd, at, "data of the block", 17);
    if (size > 1)
        fuzz_change(fd, places, sizeof places / sizeof *places, data + 1, size - 1);
    if (size > 0 && data[0] & SEALED)
        vhdx_toy_seal_all(fd);
    return fuzz_file(fd, SOURCE_VHDX, SOURCE_VHDX);
}
