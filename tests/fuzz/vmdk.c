/* vmdk: any bytes as a VMDK. */
#include "tests/fuzz/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_image(data, size, SOURCE_VMDK, SOURCE_VMDK);
}
