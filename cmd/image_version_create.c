/* Publishing and changing image versions, for 'sig image-version'. */
#include "cmd/image_version.h"

#include <stdlib.h>

#include "cmd/disk_words.h"
#include "cmd/plan.h"
#include "cmd/version_keys.h"
#include "cmd/version_sources.h"
#include "cmd/wait.h"

/* With the spellings of the Azure CLI, which come to the same. */
struct create_request {
    struct version_request version;
    struct version_sources sources;
    struct version_keys keys;
    struct plan_ask plan;
};

struct update_request {
    struct version_request version;
    struct plan_ask plan;
};

/* clang-format off */
static const struct row create_rows[] = {
    ROW_OBJECT(struct create_request, version.ref, "reference", &reference_shape,
               .about = "The image version"),
    ROW(struct create_request, version.os_disk, "osDisk", .flag = "--os-disk", .metavar = "FILE",
        .about = "File, block device or '-', standard input, that holds the OS disk"),
    ROW_LIST(struct create_request, version.data_disks, "dataDisks", &data_disk_shape,
             .flag = "--data-disk", .metavar = "LUN=FILE", .parse = disk_parse_files,
             .about = "The same for data disks, each with its number"),
    ROW_LIST(struct create_request, version.members, "members", &disk_member_shape,
             .flag = "--member", .metavar = "[LUN=]NAME", .parse = disk_parse_members,
             .about = "Which member of an archive to take, where it has several disk images"),
    ROW_LIST(struct create_request, version.expected, "expected", &file_digest_shape,
             .flag = "--expect", .metavar = "[LUN=][sha256:]HEX", .parse = disk_parse_expected,
             .about = "SHA-256 or SHA-512 (sha512:HEX) that a file must have as it is, or nothing is published"),
    ROW(struct create_request, version.source_format, "sourceFormat", .flag = "--source-format",
        .choices = &source_format_choices,
        .about = "Format of the files (with --member, of the members); told by content when not given"),
    ROW(struct create_request, version.image_version, "imageVersion", .flag = "--image-version",
        .metavar = "VERSION",
        .about = "Copy the disks of another image version: GALLERY/DEFINITION/VERSION, or its id"),
    ROW(struct create_request, version.from_store, "fromStore", .flag = "--from-store", .metavar = "DIR",
        .about = "The store that it lies in, which is only read"),
    ROW(struct create_request, version.accepts_terms, "acceptTerm", .flag = "--accept-term",
        .about = "Accept the terms of use of the community gallery that it is in"),
    ROW(struct create_request, version.if_changed, "ifChanged", .flag = "--if-changed",
        .about = "Publish nothing when the highest version has the same disks, and print that one"),
    ROW(struct create_request, sources.managed_image, "managedImage", .check = disk_check_uri,
        .flag = "--managed-image",
        .metavar = "PATH", .about = "As --os-disk, with the data disks that an OVA has: recorded as a managed image; "
                                    "or as --image-version, the id of a version"),
    ROW(struct create_request, sources.virtual_machine, "virtualMachine", .check = disk_check_uri,
        .flag = "--virtual-machine", .metavar = "PATH", .about = "The same, recorded as a machine"),
    ROW(struct create_request, sources.os_snapshot, "osSnapshot", .check = disk_check_uri, .flag = "--os-snapshot",
        .metavar = "PATH", .about = "As --os-disk, recorded as a snapshot"),
    ROW(struct create_request, sources.data_snapshots, "dataSnapshots", .check = disk_check_uris,
        .flag = "--data-snapshots",
        .metavar = "PATH", .about = "Data disks, recorded as snapshots"),
    ROW(struct create_request, sources.data_snapshot_luns, "dataSnapshotLuns",
        .flag = "--data-snapshot-luns", .metavar = "LUN", .parse = disk_parse_luns,
        .about = "Their numbers, as many as there are; 0 and on when not given"),
    ROW(struct create_request, sources.os_vhd_uri, "osVhdUri", .check = disk_check_uri, .flag = "--os-vhd-uri",
        .metavar = "URI", .about = "As --os-disk: a path, or file:///path"),
    ROW(struct create_request, sources.os_vhd_storage_account, "osVhdStorageAccount",
        .flag = "--os-vhd-storage-account", .metavar = "ID",
        .about = "Storage account to record with it; may be left out"),
    ROW(struct create_request, sources.data_vhds_uris, "dataVhdsUris", .check = disk_check_uris,
        .flag = "--data-vhds-uris",
        .metavar = "URI", .about = "Data disks: paths, or file:///path"),
    ROW(struct create_request, sources.data_vhds_storage_accounts, "dataVhdsStorageAccounts",
        .flag = "--data-vhds-storage-accounts", .flag_alias = "--data-vhds-sa", .metavar = "ID",
        .about = "Storage accounts to record with them, as many as there are; may be left out"),
    ROW(struct create_request, sources.data_vhds_luns, "dataVhdsLuns", .flag = "--data-vhds-luns",
        .metavar = "LUN", .parse = disk_parse_luns,
        .about = "Their numbers, as many as there are; counted on from the snapshots when not given"),
    ROW_OBJECT(struct create_request, version.values, "values", &version_shape,
               .about = "What it shall be"),
    ROW(struct create_request, keys.regions, "targetRegionEncryption",
        .flag = "--target-region-encryption", .metavar = "SET[,LUN,SET]",
        .about = "For each target region the encryption set of the OS disk, and of data disks; null is none"),
    ROW(struct create_request, keys.confidential, "targetRegionCvmEncryption",
        .flag = "--target-region-cvm-encryption", .metavar = "TYPE,[SET]",
        .about = "For each target region how confidential machines are encrypted: EncryptedWithPmk and others"),
    ROW(struct create_request, keys.zones, "targetEdgeZoneEncryption",
        .flag = "--target-edge-zone-encryption", .flag_alias = "--zone-encryption",
        .metavar = "ZONE,SET[,LUN,SET]",
        .about = "For each edge zone the same, its name in front"),
    ROW(struct create_request, version.no_wait, NO_WAIT_KEY, .flag = "--no-wait",
        .about = "Return when it is sure what is to be done; another process reads the disks"),
    PLAN_ROW(struct create_request),
};

static const struct row update_rows[] = {
    ROW_OBJECT(struct update_request, version.ref, "reference", &reference_shape,
               .about = "The image version"),
    ROW_OBJECT(struct update_request, version.values, "values", &version_shape,
               .about = "What it shall be"),
    ROW_OBJECT(struct update_request, version.regions, "regions", &region_changes_shape,
               .about = "What is to change of its target regions"),
    ROW_OBJECT(struct update_request, version.edits, "edits", &edits_shape,
               .about = "What else is to change"),
    ROW(struct update_request, version.no_wait, NO_WAIT_KEY, .flag = "--no-wait",
        .about = "Return when the change is made; another process makes the copies"),
    PLAN_ROW(struct update_request),
};
/* clang-format on */

const struct shape version_create_shape =
    SHAPE(struct create_request, "request", create_rows, NULL);
const struct shape version_update_shape =
    SHAPE(struct update_request, "request", update_rows, NULL);

/* Either, with the state of the copies when there is a column for it. */
static int publish_or_update(struct run *run, const struct version_request *request,
                             int (*change)(struct store *store,
                                           const struct version_request *request,
                                           struct version *ret, struct err *err),
                             void *result, struct err *err)
{
    struct version_request call = *request; /* borrows */

    call.expand_replication_status = run->table;
    return change(run->store, &call, result, err);
}

/* One request of both spellings; it borrows, but for the list of data disks and the values. `paths`
 * are what it borrows, too. */
static int merge(const struct create_request *asked, struct version_request *ret,
                 struct texts *paths, struct err *err)
{
    int rc;

    *ret = asked->version;
    ret->data_disks = (struct data_disks){0};
    ret->values = (struct version){0};
    shape_copy(&version_shape, &ret->values, &asked->version.values);
    rc = version_keys_apply(&asked->keys, &ret->values, err);
    if (rc)
        return rc;
    for (size_t i = 0; i < asked->version.data_disks.count; i++)
        *VEC_ADD(&ret->data_disks) = asked->version.data_disks.items[i];
    rc = version_sources_apply(&asked->sources, ret, paths, err);
    if (rc == 0 && ret->accepts_terms.value && !ret->image_version)
        rc = err_set(err, E_USAGE, "--accept-term is given without --image-version");
    if (rc == 0 && ret->from_store && !ret->image_version)
        rc = err_set(err, E_USAGE, "--from-store is given without --image-version");
    return rc;
}

int version_run_create(struct run *run, const void *request, void *result, struct err *err)
{
    struct version_request call;
    struct texts paths = {0};
    int rc = merge(request, &call, &paths, err);

    if (rc == 0)
        rc = publish_or_update(run, &call, gal_version_create, result, err);
    texts_done(&paths);
    free(call.data_disks.items);
    shape_done(&version_shape, &call.values);
    return rc;
}

int version_plan_create(struct run *run, const void *request, void *result, struct err *err)
{
    const struct create_request *const asked = request;
    struct version_request call;
    struct texts paths = {0};
    int rc = merge(asked, &call, &paths, err);

    if (rc == 0)
        rc = gal_version_create_plan(run->store, &call, asked->plan.prices, result, err);
    texts_done(&paths);
    free(call.data_disks.items);
    shape_done(&version_shape, &call.values);
    return rc;
}

int version_run_update(struct run *run, const void *request, void *result, struct err *err)
{
    const struct update_request *const asked = request;

    return publish_or_update(run, &asked->version, gal_version_update, result, err);
}

int version_plan_update(struct run *run, const void *request, void *result, struct err *err)
{
    const struct update_request *const asked = request;

    return gal_version_update_plan(run->store, &asked->version, asked->plan.prices, result, err);
}
