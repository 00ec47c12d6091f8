/* ovf: any bytes as a description of a virtual machine: refused, or it names some files. */
#include "intake/ovf.h"

#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct texts files = {0};
    struct err err = {0};

    if (size > OVF_SIZE_MAX)
        return 0;
    if (ovf_parse((const char *)data, size, "fuzz", &files, &err) == 0)
        insist(files.count >= 1 && files.count <= OVF_DISKS_MAX);
    else
        insist(files.count == 0 && err.text[0]);
    texts_done(&files);
    return 0;
}
