/* ovf.h: what an OVF description says of disks. "Open Virtualization Format Specification", DMTF
 * DSP0243, versions 1 and 2. */
#ifndef INTAKE_OVF_H
#define INTAKE_OVF_H

#include <stddef.h>

#include "base/err.h"
#include "base/vec.h"

enum {
    OVF_SIZE_MAX =
        4 << 20, /* bytes; those with long licences in many languages have some 100 KiB */
    OVF_DISKS_MAX = 1 + 64, /* as many as a version can have */
};

/* The names of the files that hold the disks of the virtual machine, in the order of its hardware
 * (of the disks, where that names none): the OS disk first. `name`: of the description, for
 * messages. E_INVALID when it is no such description or names what it does not have; E_UNSUPPORTED
 * for several virtual machines, disks without a file, in chunks, or that need another one. */
int ovf_parse(const char *bytes, size_t length, const char *name, struct texts *ret,
              struct err *err);

#endif
