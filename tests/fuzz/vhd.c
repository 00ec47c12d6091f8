/* vhd: a dynamic or fixed VHD with changes, then with or without its checksums made right. */
#include "tests/fuzz/image.h"

#include "tests/unit/vhd_toy.h"

enum { SEALED = 1, FIXED = 2 }; /* bits of the first byte of an input */

static const uint64_t places[] = {
    0,
    VHD_TOY_HEADER,
    VHD_TOY_TABLE,
    VHD_TOY_BLOCKS,
    VHD_TOY_BLOCKS + VHD_TOY_BLOCK_IN_FILE,
    VHD_TOY_BLOCKS + 2 * VHD_TOY_BLOCK_IN_FILE,
    VHD_TOY_FOOTER - 65536,
    VHD_TOY_FOOTER,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const int fd = memfd_create("image", MFD_CLOEXEC);

    insist(fd >= 0);
    vhd_toy_make(fd);
    for (uint64_t i = 0; i < 3; i++)
        toy_put(fd, VHD_TOY_BLOCKS + i * VHD_TOY_BLOCK_IN_FILE + 512, "data of the block", 17);
    if (size > 0 && data[0] & FIXED) {
        vhd_toy_put32(fd, VHD_TOY_FOOTER + 60, 2);
        vhd_toy_put64(fd, VHD_TOY_FOOTER + 48, VHD_TOY_FOOTER);
        vhd_toy_seal_all(fd);
    }
    if (size > 1)
        fuzz_change(fd, places, sizeof places / sizeof *places, data + 1, size - 1);
    if (size > 0 && data[0] & SEALED)
        vhd_toy_seal_all(fd);
    return fuzz_file(fd, SOURCE_VHD, SOURCE_VHD);
}
