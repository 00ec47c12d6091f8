/* qcow2: header, tables and compressed clusters of any bytes. */
#include "tests/fuzz/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_image(data, size, SOURCE_QCOW2, SOURCE_QCOW2);
}
