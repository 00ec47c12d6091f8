/* 'sig audit'. */
#include "cmd/command.h"

/* clang-format off */
static const struct row request_rows[] = {
    ROW_OBJECT(struct audit_request, ref, "reference", &reference_shape,
               .about = "What to look at"),
    ROW(struct audit_request, sample, "sample", .flag = "--sample", .metavar = "PERCENT",
        .parse = audit_parse_sample,
        .about = "Read back only that part of the blobs, such as 5%, those first that were not for longest"),
    ROW(struct audit_request, max_time, "maxTime", .flag = "--max-time", .metavar = "TIME",
        .parse = audit_parse_time,
        .about = "Stop reading blobs after that time, such as 30s, 10m or 1h; in the same order"),
    ROW(struct audit_request, deep, "deep", .flag = "--deep",
        .about = "Decompress the blobs, too, and compare each block with its SHA-256"),
    ROW(struct audit_request, security, "security", .flag = "--security",
        .about = "Look only at who can get at the store's files: modes, owners, groups and links"),
};
/* clang-format on */

static const struct shape request_shape =
    SHAPE(struct audit_request, "request", request_rows, NULL);

/* The first error stands for all: the result has the others. What may not be read is not known to
 * be damaged. */
static int damage(const struct audit *audit, struct err *err)
{
    const struct audit_finding *first = NULL;
    size_t errors = 0, denied = 0;

    for (size_t i = 0; i < audit->findings.count; i++) {
        const struct audit_finding *const finding = &audit->findings.items[i];

        if (finding->level != AUDIT_ERROR)
            continue;
        errors++;
        denied += finding->code == E_DENIED;
        if (!first || (first->code == E_DENIED && finding->code != E_DENIED))
            first = finding;
    }
    if (denied == errors)
        err_set(err, E_DENIED, "the store cannot be read in %zu place%s: %s", errors,
                errors > 1 ? "s" : "", first->text);
    else if (errors > 1)
        err_set(err, E_CORRUPT, "the store is not sound in %zu places: %s", errors, first->text);
    else
        err_set(err, E_CORRUPT, "the store is not sound: %s", first->text);
    return first->hint ? err_hint(err, "%s", first->hint) : err->code;
}

static int run_audit(struct run *run, const void *request, void *result, struct err *err)
{
    const struct audit *const audit = result;
    const int rc = gal_audit(run->store, request, result, err);

    return rc || audit->sound.value ? rc : damage(audit, err);
}

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &audit_noun,
        .brief = "read everything back and say what is wrong",
        .about = "Looks whether everything that was reported done is there and right: the manifests, in each replica "
                 "the map of each disk, proven block by block against the digest in its version, and all blobs, read "
                 "back from the disk and compared with their names. Of a part of the store it looks at what that "
                 "part needs.\n"
                 "With --sample or --max-time the blobs that were not read back for longest come first, so that short audits in turn get "
                 "round to all; what was not read is not judged. Raw files are left out then.\n"
                 "Nothing is changed but the modification time of blobs, which is when they were last read back, where the "
                 "user may set it; nobody has to wait, so it may run at any time. Each finding says what to do "
                 "about it. An error is a version, or a copy of one that was reported done, that is not as it should "
                 "be: the exit status is 6 then, or 7 when all that is wrong is that something may not be read. "
                 "Warnings and notes leave it at 0.\n"
                 "--security looks at no content, but at who can get at the files without this program: what everybody can read "
                 "or write, links, and in a store that is shared with a group (sig-store(1)) what is not the group's. Of what "
                 "breaks one rule the first 20 are shown.",
        .examples = (const char *const[]){
            "sig audit",
            "sig audit prod/ubuntu/1.0.0 -o table",
            "sig audit --security",
            NULL},
        .request = &request_shape,
        .least = REFERENCE_NONE,
        .most = REFERENCE_VERSION,
        .result = &audit_shape,
        .traits = COMMAND_READS | COMMAND_JUDGES,
        .run = run_audit,
    },
};
/* clang-format on */

const struct noun audit_noun = {
    .name = "audit",
    .brief = "read everything back and say what is wrong",
    .about = "Disks rot, and people remove files. An audit finds that before somebody needs it.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
};
