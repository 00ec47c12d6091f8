/* 'sig inspect'. */
#include "cmd/command.h"

/* clang-format off */
static const struct row request_rows[] = {
    ROW(struct inspect_request, file, "file", .rules = ROW_NEEDED, .metavar = "FILE",
        .about = "A disk image in any format that can be published; '-': standard input"),
    ROW(struct inspect_request, definition, "imageDefinition", .flag = "--for",
        .metavar = "GALLERY/DEFINITION",
        .about = "Say whether it fits this image definition, and what speaks against it"),
    ROW(struct inspect_request, source_format, "sourceFormat", .flag = "--source-format",
        .choices = &source_format_choices,
        .about = "Format of the file (with --member, of the member); told by content when not given"),
    ROW(struct inspect_request, member, "member", .flag = "--member", .metavar = "NAME",
        .about = "Which member of an archive to take, where it has several disk images"),
};
/* clang-format on */

static const struct shape request_shape =
    SHAPE(struct inspect_request, "request", request_rows, NULL);

/* The first error stands for all: the result has the others. */
static int misfit(const struct inspection *inspection, struct err *err)
{
    for (size_t i = 0; i < inspection->findings.count; i++) {
        const struct finding *const finding = &inspection->findings.items[i];

        if (finding->level != FINDING_ERROR)
            continue;
        err_set(err, E_INVALID, "'%s' does not fit image definition '%s': %s", inspection->file,
                inspection->definition, finding->text);
        return finding->hint ? err_hint(err, "%s", finding->hint) : E_INVALID;
    }
    return 0;
}

static int run_inspect(struct run *run, const void *request, void *result, struct err *err)
{
    const struct inspection *const inspection = result;
    const int rc = gal_inspect(run->context, request, result, err);

    if (rc || !inspection->fits.set || inspection->fits.value)
        return rc;
    return misfit(inspection, err);
}

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &inspect_noun,
        .brief = "look at a disk image before it is published",
        .about = "Says of a disk image what format it has, how large the disk is and how much of it may hold data, how "
                 "it is partitioned, and whether it has what BIOS and UEFI start from. Nothing is changed, and "
                 "without --for no store is needed. A file that can only be read from front to back (a compressed raw "
                 "disk, standard input) is read to its end. Of an OVA the OS disk is looked at.\n"
                 "With --for it also says whether virtual machines of that image definition could start from it as "
                 "their OS disk: generation V2 wants a GPT with an EFI system partition; generation V1 wants BIOS "
                 "boot code, and in a GPT a BIOS boot partition for its second part. Exit status 1 says that it "
                 "does not fit. A size that is no whole MiB, which Azure refuses, is a warning.\n"
                 "Publishing looks at the OS disk in the same way and says what it finds in notes, never refusing "
                 "it: but only of a disk that has a partition table.",
        .examples = (const char *const[]){
            "sig inspect ubuntu.qcow2",
            "sig inspect ubuntu.qcow2 --for prod/ubuntu -o table",
            NULL},
        .request = &request_shape,
        .operands = (const char *const[]){"file", NULL},
        .result = &inspection_shape,
        .traits = COMMAND_OPENS | COMMAND_JUDGES,
        .run = run_inspect,
    },
};
/* clang-format on */

const struct noun inspect_noun = {
    .name = "inspect",
    .brief = "look at a disk image before it is published",
    .about = "Before a disk image is published, one may want to know what is in it.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
};
