/* ova.h: the disks of an OVA: a tar archive of an OVF description, what it names, and maybe a
 * manifest of digests. DSP0243, 5.3 and 5.1. */
#ifndef INTAKE_OVA_H
#define INTAKE_OVA_H

#include "intake/layers.h"
#include "intake/pick.h"

struct ova_request {
    const char *temporary; /* directory, as for flow_spool */
    struct limits limits;  /* of disks, and of files that are compressed */
};

struct ova_disk {
    char *name; /* of the member */
    int fd;     /* temporary file with what it holds */
};

struct ova {
    struct ova_disk *items;
    size_t count;
    bool unchecked; /* it has a manifest, which has no SHA-256 of some of what was read */
};

/* Read the archive from its description, where `pick` is, to its end: its disks, in the order of
 * the description, as files. What the manifest says in SHA-256 of description and disks is checked.
 * Then the layers below are finished. E_INVALID when something is missing or differs. */
int ova_read(struct pick *pick, const struct ova_request *request, struct ova *ret,
             struct err *err);
void ova_done(struct ova *ova); /* closes what was not taken */

#endif
