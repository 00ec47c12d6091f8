/* Disks that a replica has lost, in whole or in part; and what to do about it, which depends on all
 * the others. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"
#include "ops/audit.h"

/* Whether the version still has that disk there: it may have been deleted, and swept, since the
 * manifests were read. */
static bool still_holds(const struct auditing *auditing, const struct marked_replica *marked,
                        const struct mark *mark)
{
    struct reference ref = {0};
    struct marks marks = {0};
    struct err ignored = {0};
    const struct marks_request request = {.ref = &ref, .place = &marked->place};
    bool holds = true;

    if (reference_parse(mark->version, &ref, &ignored) == 0 &&
        marks_read(auditing->store, &request, &marks, &ignored) == 0) {
        const struct marked_replica *const now = marks_of(&marks, &marked->place);

        holds = now && marks_find(now, &mark->digest);
    }
    marks_done(&marks);
    shape_done(&reference_shape, &ref);
    return holds;
}

int audit_code(const struct err *why)
{
    return why->code == E_DENIED && !why->os ? E_CORRUPT : why->code;
}

/* Something that is not as it should be. */
struct trouble {
    const char *path;
    const struct err *why;
    bool beside; /* the blocks of the disk, which are promised earlier */
};

/* The finding that names those versions which have the disk there still; NULL when none has. */
static struct audit_finding *tell(struct auditing *auditing, const struct marked_replica *marked,
                                  const struct mark *first, const struct trouble *trouble)
{
    const struct err *const why = trouble->why;
    const char *const path = trouble->path;
    const struct mark *const end = marks_next_disk(marked, first);
    const bool missing = why->code == E_NOT_FOUND;
    struct audit_finding *finding;
    struct texts versions = {0};
    bool done = false;

    for (const struct mark *mark = first; mark < end; mark++) {
        if (!still_holds(auditing, marked, mark))
            continue;
        done |= trouble->beside ? mark->settled : mark->done;
        texts_add(&versions, mark->version);
    }
    if (versions.count == 0)
        return NULL;
    finding = audit_add(auditing->audit, done ? AUDIT_ERROR : AUDIT_WARNING, path,
                        missing ? "'%s' is missing" : "%s", missing ? path : why->text);
    finding->code = audit_code(why);
    for (size_t i = 0; i < versions.count; i++)
        texts_add(&finding->versions, versions.items[i]);
    texts_done(&versions);
    if (!finding->replica)
        finding->replica = text_copy(marked->label);
    if (!finding->hint && why->hint[0])
        finding->hint = text_copy(why->hint);
    return finding;
}

void audit_loss(struct auditing *auditing, const struct marked_replica *marked,
                const struct mark *first, const char *path, const struct err *why)
{
    const struct trouble trouble = {.path = path, .why = why};
    const struct audit_finding *const finding = tell(auditing, marked, first, &trouble);

    if (!finding)
        return;
    *VEC_ADD(&auditing->losses) = (struct loss){
        .digest = first->digest,
        .marked = marked,
        .finding = (size_t)(finding - auditing->audit->findings.items),
        .missing = why->code == E_NOT_FOUND,
        .done = finding->level == AUDIT_ERROR,
    };
}

void audit_not_ready(struct auditing *auditing, const struct marked_replica *marked,
                     const struct mark *first, const char *path, const struct err *why)
{
    const struct trouble trouble = {.path = path, .why = why, .beside = true};
    struct audit_finding *const finding = tell(auditing, marked, first, &trouble);

    if (finding && !finding->hint)
        finding->hint = text_copy(why->code == E_NOT_FOUND
                                      ? "'sig replicate' makes it of the blobs beside it"
                                      : "'sig repair' makes it anew of the blobs beside it");
}

void audit_not_copied(struct auditing *auditing, const struct marked_replica *marked,
                      const struct mark *mark)
{
    *VEC_ADD(&auditing->losses) =
        (struct loss){.digest = mark->digest, .marked = marked, .finding = LOSS_UNTOLD};
}

/* --- what to do --- */

static int by_disk(const void *left, const void *right)
{
    const struct loss *const a = left;
    const struct loss *const b = right;
    const int order = memcmp(&a->digest, &b->digest, sizeof a->digest);

    if (order != 0 || a->marked == b->marked)
        return order;
    return a->marked < b->marked ? -1 : 1;
}

static bool is_lost(const struct auditing *auditing, const struct loss *sought)
{
    return bsearch(sought, auditing->losses.items, auditing->losses.count, sizeof *sought,
                   by_disk) != NULL;
}

static bool has_for(const struct marked_replica *marked, const struct mark *sought)
{
    const struct mark *mark = marks_find(marked, &sought->digest);
    const struct mark *const end = mark ? marks_next_disk(marked, mark) : NULL;

    for (; mark && mark < end; mark++)
        if (mark->version == sought->version)
            return true;
    return false;
}

/* Whether another replica of that version has all of the disk: what copies looks no further. */
static bool is_whole_for(const struct auditing *auditing, const struct mark *mark)
{
    const struct marks *const marks = &auditing->marks;

    for (size_t i = 0; i < marks->count; i++) {
        const struct loss there = {.digest = mark->digest, .marked = &marks->items[i]};

        if (has_for(there.marked, mark) && !is_lost(auditing, &there))
            return true;
    }
    return false;
}

/* Whether that is so of every version that has the disk in this replica. */
static bool is_whole_elsewhere(const struct auditing *auditing, const struct loss *loss)
{
    const struct mark *const first = marks_find(loss->marked, &loss->digest);
    const struct mark *const end = marks_next_disk(loss->marked, first);

    for (const struct mark *mark = first; mark < end; mark++)
        if (!is_whole_for(auditing, mark))
            return false;
    return true;
}

/* Of the disks that one finding is about. */
enum {
    NOT_WHOLE = 1 << 0, /* one that no replica has all of */
    DAMAGED = 1 << 1,   /* one that is there */
    DONE = 1 << 2,      /* one that was reported done */
};

static const char *advice(unsigned about, int code)
{
    if (code == E_DENIED)
        return "whether it is sound cannot be told: run it as a user who may read it";
    if (!(about & DONE))
        return "'sig replicate' copies what is missing";
    if (about & NOT_WHOLE)
        return "no replica has all of it: 'sig repair' puts together what there is, and says what "
               "is lost; remove nothing before";
    if (about & DAMAGED)
        return "'sig repair' replaces it from another replica";
    return "'sig repair' puts it back from another replica";
}

void audit_advise(struct auditing *auditing)
{
    struct audit_findings *const findings = &auditing->audit->findings;
    unsigned *const about = mem_new(findings->count + 1, sizeof *about);

    if (auditing->losses.count > 0)
        qsort(auditing->losses.items, auditing->losses.count, sizeof *auditing->losses.items,
              by_disk);
    for (size_t i = 0; i < auditing->losses.count; i++) {
        const struct loss *const loss = &auditing->losses.items[i];

        if (loss->finding == LOSS_UNTOLD)
            continue;
        about[loss->finding] |= (is_whole_elsewhere(auditing, loss) ? 0u : NOT_WHOLE) |
                                (loss->missing ? 0u : DAMAGED) | (loss->done ? DONE : 0u);
    }
    for (size_t i = 0; i < auditing->losses.count; i++) {
        const size_t at = auditing->losses.items[i].finding;

        if (at != LOSS_UNTOLD && !findings->items[at].hint)
            findings->items[at].hint = text_copy(advice(about[at], findings->items[at].code));
    }
    free(about);
}
