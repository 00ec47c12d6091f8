/* version_sources.h: the Azure CLI's words for where the disks of a version come from. */
#ifndef CMD_VERSION_SOURCES_H
#define CMD_VERSION_SOURCES_H

#include "gallery.h"

/* Paths or "file:" URIs, as typed; accounts and numbers go with the lists that they are named
 * after. */
struct version_sources {
    char *managed_image;
    char *virtual_machine;
    char *os_snapshot;
    struct texts data_snapshots;
    struct texts data_snapshot_luns;
    char *os_vhd_uri;
    char *os_vhd_storage_account;
    struct texts data_vhds_uris;
    struct texts data_vhds_storage_accounts;
    struct texts data_vhds_luns;
};

/* Put them into `call`, which borrows from both and from `paths` (all-zero; to be released after
 * the call) and owns its list of data disks. E_USAGE when more than one source is named, or a list
 * has not as many words as the one that it goes with; E_INVALID for a URI that is no file's. */
int version_sources_apply(const struct version_sources *sources, struct version_request *call,
                          struct texts *paths, struct err *err);

#endif
