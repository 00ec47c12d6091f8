/* 'sig image-version'. */
#include "cmd/image_version.h"

#include "cmd/paging.h"
#include "cmd/plan.h"
#include "cmd/shared.h"
#include "cmd/wait.h"

/* --- show and list --- */

enum shown_part { SHOWN_REPLICATION_STATUS = 1, SHOWN_UEFI_SETTINGS };

static const struct choices expand_choices = {
    .noun = "part to expand",
    .words = (const char *const[]){"ReplicationStatus", "UefiSettings", NULL},
};

struct show_request {
    struct reference ref;
    char *region;
    unsigned expand;  /* enum shown_part */
    struct page page; /* of a list */
};

/* clang-format off */
static const struct row show_rows[] = {
    ROW_OBJECT(struct show_request, ref, "reference", &reference_shape,
               .about = "The image version"),
    ROW(struct show_request, region, "region", .flag = "--region", .metavar = "REGION",
        .parse = region_parse_words, .check = region_check,
        .about = "Where 'latest' or a range is to be complete; each version's home region when not given"),
    ROW(struct show_request, expand, "expand", .flag = "--expand",
        .choices = &expand_choices, .about = "What to show beside the properties"),
};

static const struct row list_rows[] = {
    ROW_OBJECT(struct show_request, ref, "reference", &reference_shape,
               .about = "The image definition, or a range of its versions"),
    ROW(struct show_request, expand, "expand", .flag = "--expand",
        .choices = &expand_choices, .about = "What to show beside the properties"),
    ROW_OBJECT(struct show_request, page, "page", &page_shape,
               .about = "Which part of the list"),
};
/* clang-format on */

static const struct shape show_shape = SHAPE(struct show_request, "request", show_rows, NULL);
static const struct shape list_shape = SHAPE(struct show_request, "request", list_rows, NULL);

/* The library's form of the request; it borrows. */
static struct version_show version_show_of(const struct run *run, const struct show_request *asked)
{
    unsigned expand = run->table ? PART_REPLICATION_STATUS : 0;

    if (asked->expand == SHOWN_REPLICATION_STATUS)
        expand |= PART_REPLICATION_STATUS;
    if (asked->expand == SHOWN_UEFI_SETTINGS)
        expand |= PART_UEFI_SETTINGS;
    return (struct version_show){
        .ref = asked->ref,
        .region = asked->region,
        .expand = expand,
    };
}

static int run_show(struct run *run, const void *request, void *result, struct err *err)
{
    const struct version_show show = version_show_of(run, request);

    return gal_version_show(run->store, &show, result, err);
}

static int run_list(struct run *run, const void *request, void *result, struct err *err)
{
    const struct show_request *const asked = request;
    struct version_show show = version_show_of(run, asked);
    int rc;

    show.page = paging_ask(&asked->page);
    rc = gal_version_list(run->store, &show, result, err);
    paging_end(run, &asked->page, &version_shape, result);
    return rc;
}

/* --- delete and export --- */

struct version_delete {
    struct reference ref;
    struct opt_bool no_wait;
    struct opt_bool yes; /* nothing is asked in any case */
    struct opt_bool bypass;
    struct plan_ask plan;
};

/* clang-format off */
static const struct row delete_rows[] = {
    ROW_OBJECT(struct version_delete, ref, "reference", &reference_shape,
               .about = "What it is about"),
    NO_WAIT_ROW(struct version_delete, .about = "Accepted; it is done at once in any case"),
    ROW(struct version_delete, yes, "yes", .flag = "--yes", .letter = 'y', .metavar = "",
        .about = "Accepted; nothing is asked in any case"),
    BYPASS_ROW(struct version_delete),
    PLAN_ROW(struct version_delete),
};
/* clang-format on */

static const struct shape delete_shape = SHAPE(struct version_delete, "request", delete_rows, NULL);

static int run_delete(struct run *run, const void *request, void *result, struct err *err)
{
    const struct version_delete *const named = request;

    (void)result;
    return gal_version_delete(run->store, &named->ref, delete_how(NULL, &named->bypass), err);
}

static int plan_delete(struct run *run, const void *request, void *result, struct err *err)
{
    const struct version_delete *const named = request;

    const struct delete_plan asked = {
        .ref = named->ref, .how = delete_how(NULL, &named->bypass), .prices = named->plan.prices};

    return gal_delete_plan(run->store, &asked, result, err);
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
    struct opt_bool accept_term;
};

/* clang-format off */
static const struct row export_rows[] = {
    ROW_OBJECT(struct export_request, ref, "reference", &reference_shape,
               .about = "The image version"),
    ROW(struct export_request, file, "file", .metavar = "FILE",
        .about = "Where to write: a file, a block device, or '-', which is standard output"),
    ROW(struct export_request, region, "region", .flag = "--region", .metavar = "REGION",
        .parse = region_parse_words, .check = region_check,
        .about = "Where to read first, and where 'latest' or a range is to be complete"),
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
    ROW(struct export_request, accept_term, "acceptTerm", .flag = "--accept-term",
        .about = "Accept the terms of use of a community gallery"),
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
        .subscription = run->subscription,
        .accepts_terms = asked->accept_term.value,
    };

    (void)result;
    return gal_version_export(run->store, &call, err);
}

/* --- the rows --- */

/* clang-format off */
static const struct command planned_create = {
    .noun = &image_version_noun, .verb = "create", .request = &version_create_shape,
    .least = REFERENCE_VERSION, .most = REFERENCE_VERSION, .result = &plan_shape,
    .traits = PLANNED_TRAITS, .run = version_plan_create};
static const struct command planned_update = {
    .noun = &image_version_noun, .verb = "update", .request = &version_update_shape,
    .least = REFERENCE_VERSION, .most = REFERENCE_VERSION, .result = &plan_shape,
    .traits = PLANNED_TRAITS | COMMAND_UPDATES | COMMAND_REPEATS, .run = version_plan_update};
static const struct command planned_delete = {
    .noun = &image_version_noun, .verb = "delete", .request = &delete_shape,
    .least = REFERENCE_VERSION, .most = REFERENCE_VERSION, .result = &plan_shape,
    .traits = PLANNED_TRAITS | COMMAND_REPEATS, .run = plan_delete};

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
                 "'{\"name\": \"westus2\", \"excludeFromLatest\": true}': latest passes the version over there.\n"
                 "The Azure CLI's words for sources take the path of a disk image, or file:///path; what it was called, an image, a "
                 "machine, a snapshot or a VHD with its storage account, is recorded. Data disks are snapshots first, then "
                 "VHDs, with LUNs counted over both.\n"
                 "An edge zone is a note of what is wanted: it is checked, kept and shown, and no copies are made for it. "
                 "So are encryption sets, which are ids that mean nothing here; a disk that is encrypted in one region "
                 "is in all of them. Storage types of edge zones other than Standard_LRS are refused. With --replication-mode Shallow there is one copy, in the home region, of disks up to 32 TiB; "
                 "every byte is stored all the same.\n"
                 "The version 'next' is the highest there is, excluded ones too, with its patch number one higher; "
                 "next:minor and next:major raise those, and the first version is 1.0.0. The number is chosen when the "
                 "version is committed, so that two jobs at a time get one each; it is told, and stands in the result.\n"
                 "With --image-version the disks are those of another version, of any definition or gallery, or with "
                 "--from-store of another store: it is named as wherever one is read, latest and ranges too. What the "
                 "home region has already stays where it is; the rest is read from any replica that is intact, each "
                 "block proven, and only blocks that are missing are stored. OS type, OS state, generation and "
                 "architecture of both definitions must be the same. Tags, regions, end of life and exclusion are not "
                 "taken over. What another gallery shares with this store is named by the id that list-shared prints, "
                 "or list-community, and needs no role there; with --from-store the other store shares it with the id "
                 "of this one.\n"
                 "With --if-changed the disks are compared with those of the highest version, and nothing is published "
                 "when they are the same: the result is that version then, unchanged.\n"
                 "With --no-wait the command returns as soon as what is to be done is recorded in the store, and a "
                 "process of its own does it; the version is Creating until then. If that is killed, 'wait' and 'sig "
                 "replicate' take the work up; if it fails, the version is Failed, and replicationStatus.details says why, until "
                 "it is deleted or created anew. Standard input and pipes cannot be read later, and are refused. A "
                 "version that is there already is compared at once all the same; a next one gets its number at once.\n"
                 ABOUT_PLAN " The disks are read for that, compressed and compared with what is there.",
        .examples = (const char *const[]){
            "sig image-version create prod/ubuntu/1.0.0 --os-disk ubuntu.raw",
            "sig image-version create prod/ubuntu/1.1.0 --os-disk os.vhd --data-disk 0=data.vhd 1=logs.vhd "
            "--source-format vhd",
            "sig image-version create prod/ubuntu/1.1.1 --os-disk ubuntu.img.xz "
            "--expect sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "sig image-version create prod/ubuntu/1.1.2 --os-disk ubuntu.ova",
            "sig image-version create prod/ubuntu/1.2.0 --os-disk ubuntu.raw --target-regions westus2=2 northeurope",
            "sig image-version create prod/ubuntu/1.3.0 --os-disk ubuntu.raw --end-of-life-date 2031-12-31 "
            "--block-deletion-before-end-of-life",
            "sig image-version create prod/ubuntu/next --os-disk ubuntu.raw --if-changed",
            "sig image-version create prod/ubuntu/next --image-version dev/ubuntu/latest",
            "sig image-version create prod/ubuntu/1.3.0 --image-version dev/ubuntu/1.3.0 --from-store /mnt/build/store",
            "sig image-version create prod/ubuntu/1.3.0 --from-store /mnt/build/store --image-version "
            "/SharedGalleries/6a1f0f6e-TEAM/Images/ubuntu/Versions/latest",
            "sig image-version create prod/ubuntu/1.3.0 --os-disk ubuntu.raw --no-wait",
            NULL},
        .request = &version_create_shape,
        .least = REFERENCE_VERSION,
        .most = REFERENCE_VERSION,
        .result = &version_shape,
        .traits = COMMAND_CHANGES,
        .run = version_run_create,
        .planned = &planned_create,
    },
    {
        .noun = &image_version_noun,
        .verb = "show",
        .brief = "print one image version",
        .about = "Prints the properties of an image version. The version 'latest' is the highest one that is "
                 "complete and not excluded from latest.\n"
                 "A range is the highest such one in it: 1.x is one from 1.0.0 and below 2.0.0, 1.2.x one from "
                 "1.2.0 and below 1.3.0; ~>1.2 is one from 1.2.0 and below 2.0.0, ~>1.2.3 one from 1.2.3 and below "
                 "1.3.0. A shell wants quotes around the latter.",
        .examples = (const char *const[]){
            "sig image-version show prod/ubuntu/1.0.0 --expand ReplicationStatus",
            "sig image-version show prod/ubuntu/latest --region westus2",
            "sig image-version show 'prod/ubuntu/~>1.2'",
            NULL},
        .request = &show_shape,
        .least = REFERENCE_VERSION,
        .most = REFERENCE_VERSION,
        .result = &version_shape,
        .traits = COMMAND_READS | COMMAND_REPEATS,
        .run = run_show,
    },
    {
        .noun = &image_version_noun,
        .verb = "list",
        .brief = "print the versions of an image definition",
        .about = "Prints the versions of an image definition by number, lowest first; with a range those in it.\n"
                 ABOUT_PAGES,
        .examples = (const char *const[]){
            "sig image-version list prod/ubuntu -o table",
            "sig image-version list prod/ubuntu --query '[].name' -o tsv",
            "sig image-version list prod/ubuntu/1.x",
            "sig image-version list prod/ubuntu --max-items 50 --next-token 1.4.2",
            NULL},
        .request = &list_shape,
        .least = REFERENCE_DEFINITION,
        .most = REFERENCE_VERSION,
        .result = &version_shape,
        .traits = COMMAND_READS | COMMAND_LISTS,
        .run = run_list,
    },
    {
        .noun = &image_version_noun,
        .verb = "latest",
        .brief = "print which version is latest, and why",
        .about = "Prints the version that 'latest' stands for, of a whole definition or of a range: the highest one whose "
                 "copies are complete in the region, and which is not excluded from latest there. With --why it lists "
                 "every version from the highest on, and the rule that decided about it: Chosen; Below, which a higher one "
                 "was chosen over; Unreadable; EndOfLife, with --skip-end-of-life; NoTarget, when it has no copies in the "
                 "region; Excluded; ExcludedInRegion; Incomplete, with the state of its copies. The exit status is 3 when "
                 "there is none.",
        .examples = (const char *const[]){
            "sig image-version latest prod/ubuntu --query name -o tsv",
            "sig image-version latest prod/ubuntu/1.x --region westus2 --skip-end-of-life",
            "sig image-version latest prod/ubuntu --all-regions --why -o table",
            NULL},
        .request = &version_latest_shape,
        .least = REFERENCE_DEFINITION,
        .most = REFERENCE_VERSION,
        .result = &latest_shape,
        .traits = COMMAND_READS | COMMAND_JUDGES,
        .run = version_run_latest,
    },
    {
        .noun = &image_version_noun,
        .verb = "diff",
        .brief = "say what differs between the disks of two versions",
        .about = "Compares the disks of two image versions of a store, of any definitions: the OS disks, and the data "
                 "disks of the same LUN. newBytes is data of the second version that the first has not in the same place, "
                 "freedBytes zeros where the first has data, changedBytes both together, and equalBytes data that is the same "
                 "in the same place: all in whole blocks of 4 KiB. What lies behind the end of a disk counts as zeros.\n"
                 "It is told by the partitions of the second version, or of the first where the second has none, and "
                 "outside of them: there are the partition table itself, boot loaders, gaps. With --changes COUNT the "
                 "first changes are listed as well (not in a table), blocks in a row that differ, each in one partition; "
                 "without it only how many there are.\n"
                 "What is stored is counted in the first replica that has both versions: of the compressed frames that "
                 "the second one needs, which the first one needs too, and which are new.\n"
                 "Blocks are told apart by the SHA-256 under which they are stored, so that little is read: of the "
                 "disks themselves only partition tables, and with --files directories. What cannot be read in one replica "
                 "is read in another. A disk that is the same is not read at all, and its partitions are not listed.\n"
                 "With --files COUNT the files in ext2, ext3 and ext4 file systems are compared as well, where both versions "
                 "have one in the partition of the same number, or on the whole disk: how many were added, removed and "
                 "changed, and the first COUNT of them. Changed is a file whose content, mode, owner, group or time of "
                 "modification differs, and a directory of another mode, owner or group; extended attributes are not "
                 "compared. Nothing is mounted, and nothing that a file system says is believed unseen: how much is done for "
                 "one is bounded, at some two million files, and complete says whether all was looked at. What lies in "
                 "a journal and nowhere else is not seen.\n"
                 "The exit status is 0 whether they differ or not; scripts ask with --query identical.",
        .examples = (const char *const[]){
            "sig image-version diff prod/ubuntu/1.0.0 1.1.0 -o table",
            "sig image-version diff prod/ubuntu/1.0.0 latest --query identical",
            "sig image-version diff prod/ubuntu/latest dev/ubuntu/latest --region westus2",
            "sig image-version diff prod/ubuntu/1.0.0 1.1.0 --files 100 -o table",
            "sig image-version diff prod/ubuntu/1.0.0 1.1.0 --changes 1000 "
            "--query 'disks[].changes[].[startInBytes, sizeInBytes]' -o tsv",
            NULL},
        .request = &version_diff_shape,
        .least = REFERENCE_VERSION,
        .most = REFERENCE_VERSION,
        .operands = (const char *const[]){"other", NULL},
        .result = &difference_shape,
        .traits = COMMAND_READS,
        .run = version_run_diff,
        .table = version_diff_add_table,
    },
    {
        .noun = &image_version_noun,
        .verb = "update",
        .brief = "change an image version",
        .about = "Sets what is given and keeps the rest; then copies what that leaves missing. --target-regions "
                 "replaces the whole list; --add-regions and --remove-regions change it region by region, so that "
                 "several updates at once lose nothing of each other. Taking a region away needs "
                 "--allow-replicated-location-deletion.\n"
                 ABOUT_PLAN "\n"
                 ABOUT_EDITS,
        .examples = (const char *const[]){
            "sig image-version update prod/ubuntu/1.0.0 --target-regions westus2=2 northeurope",
            "sig image-version update prod/ubuntu/1.0.0 --add-regions westus3=2 northeurope",
            "sig image-version update prod/ubuntu/1.0.0 --add-regions westus3=2 --plan -o table",
            "sig image-version update prod/ubuntu/1.0.0 --exclude-from-latest true",
            "sig image-version update prod/ubuntu/1.0.0 --add publishingProfile.targetRegions name=westcentralus "
            "regionalReplicaCount=3 excludeFromLatest=true",
            NULL},
        .request = &version_update_shape,
        .least = REFERENCE_VERSION,
        .most = REFERENCE_VERSION,
        .result = &version_shape,
        .traits = COMMAND_CHANGES | COMMAND_UPDATES | COMMAND_REPEATS,
        .run = version_run_update,
        .planned = &planned_update,
    },
    {
        .noun = &image_version_noun,
        .verb = "delete",
        .brief = "remove an image version",
        .about = "Removes the image version. One that is not there is no error. One that is being created with "
                 "--no-wait never comes to be. One that may not be deleted before its end of life "
                 "(--block-deletion-before-end-of-life) is left alone until then.\n"
                 "Where the gallery's soft delete is on it goes to the trash: it is not shown and not found as latest, its number stays "
                 "taken, and 'undelete' brings it back until 'sig sweep' removes it for good when its time is over. "
                 "--bypass-soft-delete removes it at once.\n"
                 ABOUT_PLAN,
        .examples = (const char *const[]){
            "sig image-version delete prod/ubuntu/1.0.0",
            "sig image-version delete prod/ubuntu/1.0.0 --plan -o table",
            NULL},
        .request = &delete_shape,
        .least = REFERENCE_VERSION,
        .most = REFERENCE_VERSION,
        .traits = COMMAND_CHANGES | COMMAND_DELETES | COMMAND_REPEATS,
        .run = run_delete,
        .planned = &planned_delete,
    },
    {
        .noun = &image_version_noun,
        .verb = "list-soft-deleted",
        .brief = "print what was soft-deleted",
        .about = "Prints the versions that were deleted and can be brought back: of an image definition, of a gallery, of a resource group, "
                 "or of the store, by name and number. Until consumptionEndTime (--soft-delete-retention-period of the gallery) one can be "
                 "exported by its exact number, but not through a share; after hardDeletionTargetTime (--soft-delete-grace-period later) "
                 "'sig sweep' removes it for good. Both were fixed when it was deleted.\n"
                 ABOUT_PAGES " For a gallery or the store that is a whole name, such as prod/ubuntu/1.0.0.",
        .examples = (const char *const[]){
            "sig image-version list-soft-deleted prod/ubuntu",
            "sig image-version list-soft-deleted -o table",
            NULL},
        .request = &version_list_trash_shape,
        .least = REFERENCE_NONE,
        .most = REFERENCE_DEFINITION,
        .result = &soft_deleted_shape,
        .traits = COMMAND_READS | COMMAND_LISTS,
        .run = version_run_list_trash,
    },
    {
        .noun = &image_version_noun,
        .verb = "undelete",
        .brief = "bring back a version that was soft-deleted",
        .about = "Brings the version back as it was, with its copies. What is missing of those, because a region had failed or was not "
                 "done yet, 'sig replicate' copies. The gallery's soft delete must be on.",
        .examples = (const char *const[]){
            "sig image-version undelete prod/ubuntu/1.0.0",
            "sig image-version undelete prod/ubuntu/1.0.0 --tags back=yes",
            NULL},
        .request = &version_undelete_shape,
        .least = REFERENCE_VERSION,
        .most = REFERENCE_VERSION,
        .result = &version_shape,
        .traits = COMMAND_CHANGES | COMMAND_REPEATS | COMMAND_TRASHED,
        .run = version_run_undelete,
    },
    {
        .noun = &image_version_noun,
        .verb = "purge",
        .brief = "remove for good what was soft-deleted",
        .about = "Removes a version from the trash for good, at once: nothing brings it back. One that is not there is no error. With --all "
                 "all of an image definition, of a gallery, of a resource group or of the store; when a lock keeps one of them, none goes. The "
                 "disks stay until 'sig sweep' finds that no version needs them.",
        .examples = (const char *const[]){
            "sig image-version purge prod/ubuntu/1.0.0",
            "sig image-version purge prod --all",
            NULL},
        .request = &version_purge_shape,
        .least = REFERENCE_NONE,
        .most = REFERENCE_VERSION,
        .traits = COMMAND_CHANGES | COMMAND_DELETES | COMMAND_REPEATS | COMMAND_TRASHED,
        .run = version_run_purge,
    },
    {
        .noun = &image_version_noun,
        .verb = "wait",
        .brief = "wait until an image version is as it shall be",
        .about = WAIT_ABOUT "\n"
                 "With --replicated it waits for the copies: all, or those of a region. A copy that has failed ends that "
                 "with status 10. Work that --no-wait has left to a process which was killed is done here.",
        .examples = (const char *const[]){
            "sig image-version wait prod/ubuntu/1.0.0 --created",
            "sig image-version wait prod/ubuntu/1.0.0 --replicated --region westus2 --timeout 600",
            "sig image-version wait prod/ubuntu/1.0.0 --custom 'replicationStatus.aggregatedState == `Completed`'",
            NULL},
        .request = &version_wait_shape,
        .least = REFERENCE_VERSION,
        .most = REFERENCE_VERSION,
        .traits = COMMAND_READS | COMMAND_REPEATS,
        .run = wait_run,
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
                 "before all are complete. A block device is written in place, and only when nobody else uses it.\n"
                 "What is shared is named by its id, as list-shared and list-community print it: then no role is "
                 "asked for, and --subscription says as which subscription that is done. Of a community gallery the terms of use have to be accepted.",
        .examples = (const char *const[]){
            "sig image-version export prod/ubuntu/1.0.0 ubuntu.raw",
            "sig image-version export prod/ubuntu/latest data.raw --data-disk 0 --region westus2 --force",
            "sig image-version export prod/ubuntu/1.0.0 ubuntu.vhd",
            "sig image-version export prod/ubuntu/1.0.0 --all-disks disks --format vhd-dynamic --verify fast",
            "sig image-version export /CommunityGalleries/contoso-0e6b1c1a/Images/ubuntu/Versions/latest "
            "ubuntu.raw --accept-term",
            NULL},
        .request = &export_shape,
        .least = REFERENCE_VERSION,
        .most = REFERENCE_VERSION,
        .operands = (const char *const[]){"file", NULL},
        .traits = COMMAND_READS | COMMAND_ASKS,
        .run = run_export,
    },
    {
        .noun = &image_version_noun,
        .verb = "list-shared",
        .brief = "print image versions shared with a store",
        .about = "Prints the image versions of an image definition in a gallery that is shared with the subscription that asks: neither where their disks came from nor where copies are. " ABOUT_PLACE "\n" ABOUT_ASKER "\n" ABOUT_PAGES,
        .examples = (const char *const[]){
            "sig image-version list-shared --gallery-unique-name 6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11-TEAM -i ubuntu",
            "sig image-version list-shared /SharedGalleries/6a1f0f6e-TEAM/Images/ubuntu -l westus2 -o table",
            NULL},
        .request = &shared_list_request,
        SHARED_DEPTH(REFERENCE_DEFINITION),
        .through = THROUGH_SHARE,
        .result = &shared_version_shape,
        .traits = SHARED_LIST_TRAITS,
        .run = shared_list_versions,
    },
    {
        .noun = &image_version_noun,
        .verb = "show-shared",
        .brief = "print one image version shared with a store",
        .about = "Prints an image version of a gallery that is shared with the subscription that asks; latest stands for the highest that fits. " ABOUT_PLACE "\n" ABOUT_ASKER,
        .examples = (const char *const[]){
            "sig image-version show-shared --gallery-unique-name 6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11-TEAM -i ubuntu -e latest",
            NULL},
        .request = &shared_show_request,
        SHARED_DEPTH(REFERENCE_VERSION),
        .through = THROUGH_SHARE,
        .result = &shared_version_shape,
        .traits = SHARED_SHOW_TRAITS,
        .run = shared_show_version,
    },
    {
        .noun = &image_version_noun,
        .verb = "list-community",
        .brief = "print the latest image version for everybody",
        .about = "Prints the image version of a community gallery that latest stands for, alone, as the service does; all of them with --all. " ABOUT_PLACE "\n" ABOUT_EVERYBODY "\n" ABOUT_PAGES,
        .examples = (const char *const[]){
            "sig image-version list-community --public-gallery-name contoso-0e6b1c1a-7a55-4d6f-8f6e-9a2b6a0f3c22 -i ubuntu",
            "sig image-version list-community /CommunityGalleries/contoso-0e6b1c1a/Images/ubuntu --all",
            NULL},
        .request = &community_versions_request,
        SHARED_DEPTH(REFERENCE_DEFINITION),
        .through = THROUGH_COMMUNITY,
        .result = &shared_version_shape,
        .traits = SHARED_LIST_TRAITS,
        .run = shared_list_versions,
    },
    {
        .noun = &image_version_noun,
        .verb = "show-community",
        .brief = "print one image version for everybody",
        .about = "Prints an image version of a community gallery; latest stands for the highest that fits. " ABOUT_PLACE "\n" ABOUT_EVERYBODY,
        .examples = (const char *const[]){
            "sig image-version show-community --public-gallery-name contoso-0e6b1c1a-7a55-4d6f-8f6e-9a2b6a0f3c22 -i ubuntu -e latest",
            NULL},
        .request = &community_show_request,
        SHARED_DEPTH(REFERENCE_VERSION),
        .through = THROUGH_COMMUNITY,
        .result = &shared_version_shape,
        .traits = SHARED_SHOW_TRAITS,
        .run = shared_show_version,
    },
};
/* clang-format on */

const struct noun image_version_noun = {
    .name = "image-version",
    .brief = "image versions: published disks and their copies",
    .about =
        "An image version holds the disks of one build of an image, and says which regions keep "
        "how many copies of them. Its name has the form Major.Minor.Patch; wherever a version is "
        "read, 'latest' or a range (1.x, 1.2.x, '~>1.2') stands for the highest one that fits, "
        "and 'next' where one is created for the number behind the highest.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
};
