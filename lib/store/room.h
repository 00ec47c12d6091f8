/* room.h: what files of store share and nobody else needs. */
#ifndef STORE_ROOM_H
#define STORE_ROOM_H

#include <stdbool.h>

#include "base/err.h"
#include "store/place.h"
#include "store/region_dir.h"
#include "store/store.h"

/* Where one replica directory lies, whether it is there or not. */
struct site {
    struct region_dir region;
    char *path;  /* from region.base */
    char *shown; /* what messages call it */
};

/* Before site_open, and after site_close. */
#define SITE_NONE                                                                                  \
    {                                                                                              \
        .region = REGION_DIR_NONE                                                                  \
    }

/* Errors as region_dir_open. */
int site_open(const struct store *store, const struct replica_place *place, struct site *ret,
              struct err *err);
void site_close(struct site *site);

/* Read the name of a claim, "westus2.standard_lrs.1.json" or "westus2.standard_zrs.1.zone-2.json",
 * which is cut up for it: the region's name is borrowed from there. */
bool claim_parse(char *name, struct replica_place *ret);

/* Record that the directory was claimed, if it is not recorded. Takes the store's lock. */
int claim_record(const struct store *store, const struct replica_place *place, struct err *err);

/* Forget it, durably. Absent is 0. */
int claim_forget(const struct store *store, const struct replica_place *place, struct err *err);

/* replica.json of that directory, appended: a claim says the same. */
void owner_print(struct buf *out, const struct store *store, const struct replica_place *place);

/* 0 when the name of a directory is none of a zone, or of a replica. */
unsigned zone_named(const char *name);
unsigned number_named(const char *name);

#endif
