/* 'sig repair'. */
#include "cmd/command.h"

#include <stdlib.h>

#include "base/text.h"

/* clang-format off */
static const struct row request_rows[] = {
    ROW_OBJECT(struct repair_request, ref, "reference", &reference_shape,
               .about = "What to repair"),
    ROW(struct repair_request, from, "from", .flag = "--from", .metavar = "FILE",
        .about = "A disk image to take from what no replica has: of the version's OS disk, or of --data-disk"),
    ROW(struct repair_request, data_disk, "dataDisk", .flag = "--data-disk", .metavar = "LUN",
        .min = 0, .max = LUN_MAX, .about = "The data disk that --from is an image of"),
    ROW(struct repair_request, source_format, "sourceFormat", .flag = "--source-format",
        .choices = &source_format_choices,
        .about = "Format of that image; told by content when not given"),
    ROW(struct repair_request, queued, "queued", .flag = "--queued",
        .about = "Look only at what was met damaged while reading"),
    ROW(struct repair_request, plan, "plan", .flag = "--plan",
        .about = "Say what would be repaired, and what is lost; change nothing"),
};
/* clang-format on */

static const struct shape request_shape =
    SHAPE(struct repair_request, "request", request_rows, NULL);

/* The one to tell: of the disk that a file was given for, if that is not whole yet. */
static const struct repair_loss *loss_to_tell(const struct repair *repair,
                                              const struct repair_request *request)
{
    char *const disk = request->data_disk.set
                           ? text_printf("lun %lld", (long long)request->data_disk.value)
                           : text_copy("os");
    size_t found = 0;

    for (size_t i = 0; request->from && i < repair->losses.count; i++)
        if (text_equal(repair->losses.items[i].disk, disk))
            found = i;
    free(disk);
    return &repair->losses.items[found];
}

/* One sentence for all: the result has the rest. A plan that repairs everything is no failure. */
static int damage(const struct repair *repair, const struct repair_request *request,
                  struct err *err)
{
    const struct repair_trouble *const trouble = repair->troubles.items;
    size_t denied = 0;

    if (repair->losses.count == 0 && repair->troubles.count == 0)
        return 0;
    for (size_t i = 0; i < repair->troubles.count; i++)
        denied += trouble[i].code == E_DENIED;
    if (repair->losses.count > 0) {
        const struct repair_loss *const loss = loss_to_tell(repair, request);

        err_set(err, E_CORRUPT,
                "not all is repaired: of disk '%s' of image version '%s' %lld bytes are lost: %s",
                loss->disk, loss->version, (long long)loss->bytes.value, loss->where);
        return err_hint(err, "%s", loss->hint);
    }
    err_set(err, denied == repair->troubles.count ? E_DENIED : E_CORRUPT, "not all is repaired: %s",
            trouble->text);
    return trouble->hint ? err_hint(err, "%s", trouble->hint) : err->code;
}

static int run_repair(struct run *run, const void *request, void *result, struct err *err)
{
    const struct repair_request *const asked = request;
    const struct repair *const repair = result;
    int rc;

    if (!asked->from && (asked->data_disk.set || asked->source_format)) {
        err_set(err, E_USAGE, "'%s' is for --from",
                asked->data_disk.set ? "--data-disk" : "--source-format");
        return err_hint(err, "--from FILE names the disk image");
    }
    rc = gal_repair(run->store, request, result, err);
    return rc || repair->sound.value ? rc : damage(repair, request, err);
}

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &repair_noun,
        .brief = "put right what is damaged or missing in replicas",
        .about = "Reads back the disk maps and blobs of every replica, as an audit does, and puts right what is damaged "
                 "or missing: blobs, disk maps, indexes, whole replica directories, what is recorded of them. Each frame and each block "
                 "is taken from wherever it is still right: blobs of the same name, other replicas and regions, other "
                 "disks that share the block, the disk image given with --from. What is written is proven first: a blob "
                 "by its name, a disk by its digest.\n"
                 "Nothing is removed: what was damaged is kept in quarantine/ in its replica. A repair that was killed is finished "
                 "by another one. It may run at any time, beside publishing and reading.\n"
                 "What cannot be repaired is said by image version, disk and ranges of bytes: the exit status is 6 then, "
                 "and all the rest is repaired. Manifests are not copied anywhere: those come from a backup.\n"
                 "A command that meets damage while it reads takes the block from another replica and queues the repair, where "
                 "it may write. Both 'sig repair --queued' and 'sig replicate' of the whole store take that up; so does a repair of the whole store.",
        .examples = (const char *const[]){
            "sig repair",
            "sig repair --plan -o table",
            "sig repair prod/ubuntu/1.0.0 --from ubuntu.qcow2",
            NULL},
        .request = &request_shape,
        .least = REFERENCE_NONE,
        .most = REFERENCE_VERSION,
        .result = &repair_shape,
        .traits = COMMAND_CHANGES | COMMAND_JUDGES,
        .run = run_repair,
    },
};
/* clang-format on */

const struct noun repair_noun = {
    .name = "repair",
    .brief = "put right what is damaged or missing in replicas",
    .about = "Copies are kept so that damage can be undone.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
};
