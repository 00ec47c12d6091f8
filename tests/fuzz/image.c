/* image: any bytes as a disk image told by its content, as a raw disk and as a VHD. */
#include "tests/fuzz/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_image(data, size, SOURCE_ANY, SOURCE_VHD);
}
