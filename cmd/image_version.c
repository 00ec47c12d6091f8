/* 'sig image-version'. */
#include "cmd/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "cmd/disk_words.h"

/* --- create and update --- */

/* With the spellings of the Azure CLI, which come to the same. */
struct create_request {
    struct version_request version;
    char *os_vhd_uri;
    struct texts data_vhds_uris;
    struct texts data_vhds_luns; /* numbers; none: 0 and on */
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
    ROW(struct create_request, os_vhd_uri, "osVhdUri", .flag = "--os-vhd-uri", .metavar = "URI",
        .parse = disk_parse_uri, .about = "As --os-disk: a path, or file:///path"),
    ROW(struct create_request, data_vhds_uris, "dataVhdsUris", .flag = "--data-vhds-uris",
        .metavar = "URI", .parse = disk_parse_uris,
        .about = "Data disks: paths, or file:///path"),
    ROW(struct create_request, data_vhds_luns, "dataVhdsLuns", .flag = "--data-vhds-luns",
        .metavar = "LUN", .parse = disk_parse_luns,
        .about = "Their numbers, as many as there are; 0 and on when not given"),
    ROW_OBJECT(struct create_request, version.values, "values", &version_shape,
               .about = "What it shall be"),
};

static const struct row update_rows[] = {
    ROW_OBJECT(struct version_request, ref, "reference", &reference_shape,
               .about = "The image version"),
    ROW_OBJECT(struct version_request, values, "values", &version_shape,
               .about = "What it shall be"),
};
/* clang-format on */

static const struct shape create_shape = SHAPE(struct create_request, "request", create_rows, NULL);
static const struct shape update_shape =
    SHAPE(struct version_request, "request", update_rows, NULL);

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

static int add_vhds(const struct create_request *asked, struct data_disks *disks, struct err *err)
{
    const struct texts *const uris = &asked->data_vhds_uris;
    const struct texts *const luns = &asked->data_vhds_luns;

    if (luns->count > 0 && luns->count != uris->count)
        return err_set(err, E_USAGE, "--data-vhds-luns has %zu numbers for %zu data disks",
                       luns->count, uris->count);
    for (size_t i = 0; i < uris->count; i++) {
        struct data_disk *const disk = VEC_ADD(disks);

        disk->path = uris->items[i];
        disk->lun = (struct opt_int){.set = true, .value = (int64_t)i};
        if (luns->count > 0)
            number_parse(luns->items[i], &disk->lun.value);
    }
    return 0;
}

/* One request of both spellings; it borrows, but for the list of data disks. */
static int merge(const struct create_request *asked, struct version_request *ret, struct err *err)
{
    *ret = asked->version;
    ret->data_disks = (struct data_disks){0};
    if (asked->os_vhd_uri && ret->os_disk)
        return err_set(err, E_USAGE, "--os-disk and --os-vhd-uri are both given");
    if (asked->os_vhd_uri)
        ret->os_disk = asked->os_vhd_uri;
    for (size_t i = 0; i < asked->version.data_disks.count; i++)
        *VEC_ADD(&ret->data_disks) = asked->version.data_disks.items[i];
    return add_vhds(asked, &ret->data_disks, err);
}

static int run_create(struct run *run, const void *request, void *result, struct err *err)
{
    struct version_request call;
    int rc = merge(request, &call, err);

    if (rc == 0)
        rc = publish_or_update(run, &call, gal_version_create, result, err);
    free(call.data_disks.items);
    return rc;
}

static int run_update(struct run *run, const void *request, void *result, struct err *err)
{
    return publish_or_update(run, request, gal_version_update, result, err);
}

/* --- show and list --- */

enum part { PART_REPLICATION_STATUS = 1 };

static const struct choices expand_choices = {
    .noun = "part to expand",
    .words = (const char *const[]){"ReplicationStatus", NULL},
};

struct show_request {
    struct reference ref;
    char *region;
    unsigned expand; /* enum part */
};

/* clang-format off */
static const struct row show_rows[] = {
    ROW_OBJECT(struct show_request, ref, "reference", &reference_shape,
               .about = "The image version"),
    ROW(struct show_request, region, "region", .flag = "--region", .metavar = "REGION",
        .parse = region_parse_words,
        .about = "Where 'latest' is to be complete; each version's own home region when not given"),
    ROW(struct show_request, expand, "expand", .flag = "--expand",
        .choices = &expand_choices, .about = "What to show beside the properties"),
};

static const struct row list_rows[] = {
    ROW_OBJECT(struct show_request, ref, "reference", &reference_shape,
               .about = "The image definition"),
    ROW(struct show_request, expand, "expand", .flag = "--expand",
        .choices = &expand_choices, .about = "What to show beside the properties"),
};
/* clang-format on */

static const struct shape show_shape = SHAPE(struct show_request, "request", show_rows, NULL);
static const struct shape list_shape = SHAPE(struct show_request, "request", list_rows, NULL);

/* The library's form of the request; it borrows. */
static struct version_show version_show_of(const struct run *run, const struct show_request *asked)
{
    return (struct version_show){
        .ref = asked->ref,
        .region = asked->region,
        .expand_replication_status = asked->expand == PART_REPLICATION_STATUS || run->table,
    };
}

static int run_show(struct run *run, const void *request, void *result, struct err *err)
{
    const struct version_show show = version_show_of(run, request);

    return gal_version_show(run->store, &show, result, err);
}

static int run_list(struct run *run, const void *request, void *result, struct err *err)
{
    const struct version_show show = version_show_of(run, request);

    return gal_version_list(run->store, &show, result, err);
}

/* --- delete and export --- */

static int run_delete(struct run *run, const void *request, void *result, struct err *err)
{
    const struct reference_request *const named = request;

    (void)result;
    return gal_version_delete(run->store, &named->ref, err);
}

struct export_request {
    struct reference ref;
    char *file;
    char *region;
    struct opt_int data_disk;
    char *all_disks;
    unsigned format;
    struct opt_bool compress;
    unsigned verify;
    struct opt_bool force;
};

/* clang-format off */
static const struct row export_rows[] = {
    ROW_OBJECT(struct export_request, ref, "reference", &reference_shape,
               .about = "The image version"),
    ROW(struct export_request, file, "file", .metavar = "FILE",
        .about = "Where to write: a file, a block device, or '-', which is standard output"),
    ROW(struct export_request, region, "region", .flag = "--region", .metavar = "REGION",
        .parse = region_parse_words,
        .about = "Where to read first, and where 'latest' is to be complete"),
    ROW(struct export_request, data_disk, "dataDisk", .flag = "--data-disk", .metavar = "LUN",
        .min = 0, .max = LUN_MAX, .about = "The data disk of that number instead of the OS disk"),
    ROW(struct export_request, all_disks, "allDisks", .flag = "--all-disks", .metavar = "DIR",
        .about = "Write every disk into a directory instead of one to FILE"),
    ROW(struct export_request, format, "format", .flag = "--format",
        .choices = &export_format_choices,
        .about = "Format of the image; told by the ending of FILE when not given, else raw"),
    ROW(struct export_request, compress, "compress", .flag = "--compress",
        .about = "Compress a qcow2 or VMDK image"),
    ROW(struct export_request, verify, "verify", .flag = "--verify",
        .choices = &export_verify_choices,
        .about = "What to check: fast leaves out the SHA-256 of each block; full when not given"),
    ROW(struct export_request, force, "force", .flag = "--force",
        .about = "Replace an existing file, overwrite a block device"),
};
/* clang-format on */

static const struct shape export_shape = SHAPE(struct export_request, "request", export_rows, NULL);

static int run_export(struct run *run, const void *request, void *result, struct err *err)
{
    const struct export_request *const asked = request;
    const struct version_export call = {
        .ref = asked->ref,
        .region = asked->region,
        .file = asked->file,
        .all_disks = asked->all_disks,
        .data_disk = asked->data_disk,
        .format = asked->format,
        .compress = asked->compress.set && asked->compress.value,
        .verify = asked->verify,
        .force = asked->force.set && asked->force.value,
    };

    (void)result;
    return gal_version_export(run->store, &call, err);
}

/* --- the rows --- */

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &image_version_noun,
        .verb = "create",
        .brief = "publish disks as an image version",
        .about = "Reads the disks and keeps their content in the home region; when that is durable the version "
                 "stands, and is copied to the other target regions. The same command run again does nothing if the "
                 "content is the same; other content under the same version is refused.\n"
                 "A disk is a raw, VHD, VHDX, qcow2 or VMDK image, told by its content. It may be compressed (gzip, xz, "
                 "zstd, bzip2, lz4) and in a tar or zip archive; of several disk images there --member says which. An "
                 "OVA gives the OS disk and the data disks, LUN 0 and on, as its OVF has them. Raw disks and fixed VHDs "
                 "are read in one pass; of others in archives or from a pipe a temporary copy is made in TMPDIR, or "
                 "/var/tmp. With --source-format the file itself is of that format, and nothing is unpacked.\n"
                 "A target region is written REGION, REGION=COUNT, REGION=TYPE or REGION=COUNT=TYPE; the region in "
                 "any spelling. What that has no place for goes into a JSON object, as in "
                 "'{\"name\": \"westus2\", \"excludeFromLatest\": true}': latest passes the version over there.",
        .examples = (const char *const[]){
            "sig image-version create prod/ubuntu/1.0.0 --os-disk ubuntu.raw",
            "sig image-version create prod/ubuntu/1.1.0 --os-disk os.vhd --data-disk 0=data.vhd 1=logs.vhd "
            "--source-format vhd",
            "sig image-version create prod/ubuntu/1.1.1 --os-disk ubuntu.img.xz "
            "--expect sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "sig image-version create prod/ubuntu/1.1.2 --os-disk ubuntu.ova",
            "sig image-version create prod/ubuntu/1.2.0 --os-disk ubuntu.raw --target-regions westus2=2 northeurope",
            NULL},
        .request = &create_shape,
        .least = REFERENCE_VERSION,
        .most = REFERENCE_VERSION,
        .result = &version_shape,
        .traits = COMMAND_CHANGES,
        .run = run_create,
    },
    {
        .noun = &image_version_noun,
        .verb = "show",
        .brief = "print one image version",
        .about = "Prints the properties of an image version. The version 'latest' is the highest one that is "
                 "complete and not excluded from latest.",
        .examples = (const char *const[]){
            "sig image-version show prod/ubuntu/1.0.0 --expand ReplicationStatus",
            "sig image-version show prod/ubuntu/latest --region westus2",
            NULL},
        .request = &show_shape,
        .least = REFERENCE_VERSION,
        .most = REFERENCE_VERSION,
        .result = &version_shape,
        .traits = COMMAND_READS,
        .run = run_show,
    },
    {
        .noun = &image_version_noun,
        .verb = "list",
        .brief = "print the versions of an image definition",
        .about = "Prints the versions of an image definition by number, lowest first.",
        .examples = (const char *const[]){
            "sig image-version list prod/ubuntu -o table",
            "sig image-version list prod/ubuntu --query '[].name' -o tsv",
            NULL},
        .request = &list_shape,
        .least = REFERENCE_DEFINITION,
        .most = REFERENCE_DEFINITION,
        .result = &version_shape,
        .traits = COMMAND_READS | COMMAND_LISTS,
        .run = run_list,
    },
    {
        .noun = &image_version_noun,
        .verb = "update",
        .brief = "change an image version",
        .about = "Sets what is given and keeps the rest; then copies what that leaves missing. Target regions "
                 "that are given replace the whole list.",
        .examples = (const char *const[]){
            "sig image-version update prod/ubuntu/1.0.0 --target-regions westus2=2 northeurope",
            "sig image-version update prod/ubuntu/1.0.0 --exclude-from-latest true",
            NULL},
        .request = &update_shape,
        .least = REFERENCE_VERSION,
        .most = REFERENCE_VERSION,
        .result = &version_shape,
        .traits = COMMAND_CHANGES | COMMAND_UPDATES,
        .run = run_update,
    },
    {
        .noun = &image_version_noun,
        .verb = "delete",
        .brief = "remove an image version",
        .about = "Removes the image version. One that is not there is no error.",
        .examples = (const char *const[]){"sig image-version delete prod/ubuntu/1.0.0", NULL},
        .request = &reference_request_shape,
        .least = REFERENCE_VERSION,
        .most = REFERENCE_VERSION,
        .traits = COMMAND_CHANGES | COMMAND_DELETES,
        .run = run_delete,
    },
    {
        .noun = &image_version_noun,
        .verb = "export",
        .brief = "write a disk of an image version to a file",
        .about = "Writes the exact bytes of a disk, each block proven. The file is sparse, and gets its name when "
                 "it is complete and durable. An existing file is left alone unless --force is given. The same "
                 "version in the same format gives the same file.\n"
                 "A VHD is fixed and rounded up to a whole MiB, as Azure wants it for an upload. With --all-disks "
                 "the files are named os.raw, data-0.raw and so on, ending as the format does, and none is there "
                 "before all are complete. A block device is written in place, and only when nobody else uses it.",
        .examples = (const char *const[]){
            "sig image-version export prod/ubuntu/1.0.0 ubuntu.raw",
            "sig image-version export prod/ubuntu/latest data.raw --data-disk 0 --region westus2 --force",
            "sig image-version export prod/ubuntu/1.0.0 ubuntu.vhd",
            "sig image-version export prod/ubuntu/1.0.0 --all-disks disks --format vhd-dynamic --verify fast",
            NULL},
        .request = &export_shape,
        .least = REFERENCE_VERSION,
        .most = REFERENCE_VERSION,
        .operands = (const char *const[]){"file", NULL},
        .traits = COMMAND_READS,
        .run = run_export,
    },
};
/* clang-format on */

const struct noun image_version_noun = {
    .name = "image-version",
    .brief = "image versions: published disks and their copies",
    .about =
        "An image version holds the disks of one build of an image, and says which regions keep "
        "how many copies of them. Its name has the form Major.Minor.Patch; 'latest' stands for "
        "the highest one wherever a version is read.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
};
