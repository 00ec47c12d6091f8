/* version_keys.h: what the encryption flags of 'image-version create' say. */
#ifndef CMD_VERSION_KEYS_H
#define CMD_VERSION_KEYS_H

#include "gallery.h"

/* A term for each target region, in their order, or for each edge zone, named in it; or none. */
struct version_keys {
    struct texts regions;      /* "OSDES[,LUN,DES]..." */
    struct texts confidential; /* "TYPE,DES" */
    struct texts zones;        /* "ZONE,OSDES[,LUN,DES]..." */
};

/* Lay them over the regions and zones of `values`; where no region is given it is the home region
 * alone. E_USAGE when a term is missing or too many, E_INVALID; both name the flag. */
int version_keys_apply(const struct version_keys *keys, struct version *values, struct err *err);

#endif
