#include "intake/pick.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"
#include "intake/unarchiver.h"

enum {
    HEAD = 1024, /* reaches behind the mark of a GPT */
    NAMES_SHOWN = 10,
    NAME_SHOWN = 60, /* bytes: ten of them fit a message */
};

/* What a boot sector says is worth nothing below this size: boot loaders ship such files. */
#define BOOTABLE_SIZE ((uint64_t)1 << 20)

/* Some of the names that were met, and how many there were. */
struct met {
    struct texts names;
    size_t count;
};

struct pick {
    struct flow *below;
    enum wrapping wrapping;
    const char *wanted;
    struct limits limits;
    struct unarchiver *unarchiver;
    struct member member; /* where we are */
    uint8_t head[HEAD];   /* its beginning, as far as it was looked at */
    size_t head_from, head_length;
    struct met all, disks; /* `disks`: that might be taken; with `wanted`, those of that name */
    bool waiting;          /* where we are was not met yet */
    bool surveyed;         /* all were met */
};

static int open_archive(struct pick *pick, struct err *err)
{
    return unarchiver_open(pick->below, pick->wrapping, &pick->limits, &pick->unarchiver, err);
}

int pick_open(struct flow *below, enum wrapping wrapping, const char *wanted,
              const struct limits *limits, struct pick **ret, struct err *err)
{
    struct pick *pick = mem_new(1, sizeof *pick);
    int rc;

    *pick =
        (struct pick){.below = below, .wrapping = wrapping, .wanted = wanted, .limits = *limits};
    rc = open_archive(pick, err);
    if (rc < 0)
        pick_close(pick);
    else
        *ret = pick;
    return rc;
}

void pick_close(struct pick *pick)
{
    if (!pick)
        return;
    unarchiver_close(pick->unarchiver);
    flow_close(pick->below);
    texts_done(&pick->all.names);
    texts_done(&pick->disks.names);
    free(pick);
}

/* --- what is a disk --- */

static bool is_named_like_disk(const char *name)
{
    static const char *const disks[] = {".raw",   ".img",  ".dd",  ".vhd", ".vhdx",
                                        ".qcow2", ".vmdk", ".vdi", ".qed"};
    char *const unpacked = signature_unpacked_name(name);
    const char *const inner = *unpacked ? unpacked : name;
    bool ends = false;

    for (size_t i = 0; i < sizeof disks / sizeof *disks; i++)
        ends |= text_ends(inner, disks[i]);
    free(unpacked);
    return ends;
}

static bool is_made_like_disk(const struct pick *pick)
{
    const uint8_t *const head = pick->head;
    const size_t length = pick->head_length;
    static const struct {
        size_t offset;
        const char *bytes;
        size_t length;
        uint64_t size; /* that the file has at least */
    } marks[] = {
        {0, "QFI\xfb", 4, 0},
        {0, "vhdxfile", 8, 0},
        {0, "conectix", 8, 0},
        {0, "KDMV", 4, 0},
        {510, "\x55\xaa", 2, BOOTABLE_SIZE},
        {512, "EFI PART", 8, BOOTABLE_SIZE},
    };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (length >= marks[i].offset + marks[i].length &&
            memcmp(head + marks[i].offset, marks[i].bytes, marks[i].length) == 0 &&
            pick->member.size >= marks[i].size)
            return true;
    return false;
}

static const char *last_part(const char *name)
{
    const char *slash = strrchr(name, '/');

    return slash ? slash + 1 : name;
}

static const char *without_dot(const char *name)
{
    while (text_starts(name, "./"))
        name += 2;
    return name;
}

/* "._disk.raw" holds what macOS knows of "disk.raw". */
static bool is_of_a_file(const char *name)
{
    return text_starts(last_part(name), "._");
}

/* Whether the one where we are might be taken. */
static bool might_be_taken(const struct pick *pick)
{
    const char *const name = pick->member.name;

    if (pick->wanted)
        return strcmp(without_dot(name), without_dot(pick->wanted)) == 0;
    return is_named_like_disk(name) || is_made_like_disk(pick);
}

/* --- one after the other --- */

int pick_next(struct pick *pick, bool *ret_any, struct err *err)
{
    int rc;

    *ret_any = true;
    if (pick->waiting) {
        pick->waiting = false;
        return 0;
    }
    pick->head_from = pick->head_length = 0;
    do
        rc = unarchiver_next(pick->unarchiver, &pick->member, ret_any, err);
    while (rc == 0 && *ret_any && is_of_a_file(pick->member.name));
    return rc;
}

const char *pick_archive(const struct pick *pick)
{
    return flow_name(pick->below);
}

const char *pick_name(const struct pick *pick)
{
    return without_dot(pick->member.name);
}

static int look_at_head(struct pick *pick, struct err *err)
{
    const int rc = unarchiver_read(pick->unarchiver, pick->head, HEAD, &pick->head_length, err);

    /* It is said when that member is to be read. */
    return rc == E_UNSUPPORTED ? 0 : rc;
}

static void meet(struct met *met, const char *name)
{
    if (met->count++ < NAMES_SHOWN)
        texts_add(&met->names, without_dot(name));
}

static int look(struct pick *pick, bool *ret_taken, struct err *err)
{
    const int rc = pick->wanted ? 0 : look_at_head(pick, err);

    if (rc < 0)
        return rc;
    meet(&pick->all, pick->member.name);
    *ret_taken = might_be_taken(pick);
    if (*ret_taken)
        meet(&pick->disks, pick->member.name);
    return 0;
}

static int restart(struct pick *pick, struct err *err)
{
    int rc;

    unarchiver_close(pick->unarchiver);
    pick->unarchiver = NULL;
    pick->waiting = false;
    rc = flow_rewind(pick->below, err);
    return rc < 0 ? rc : open_archive(pick, err);
}

/* --- what is said --- */

static char *list(const struct met *met)
{
    struct buf text = {0};

    for (size_t i = 0; i < met->names.count; i++)
        buf_printf(&text, "%s'%.*s%s'", i > 0 ? ", " : "", NAME_SHOWN, met->names.items[i],
                   strlen(met->names.items[i]) > NAME_SHOWN ? "..." : "");
    if (met->count > met->names.count)
        buf_printf(&text, " and %zu more", met->count - met->names.count);
    return buf_take(&text);
}

static int refuse_several(const struct pick *pick, struct err *err)
{
    char *const names = list(&pick->disks);

    if (pick->wanted)
        err_set(err, E_INVALID, "'%s' has several members '%s'", flow_name(pick->below),
                pick->wanted);
    else
        err_set(err, E_INVALID, "'%s' holds several disk images: %s", flow_name(pick->below),
                names);
    free(names);
    return pick->wanted ? err_hint(err, "unpack the one that you mean")
                        : err_hint(err, "name the one that you mean with --member");
}

static int refuse_none(const struct pick *pick, struct err *err)
{
    const struct met *const all = &pick->all;
    char *const names = list(all);
    int rc = E_INVALID;

    if (all->count == 0) {
        err_set(err, rc, "'%s' holds no file", flow_name(pick->below));
    } else if (pick->wanted) {
        rc = err_set(err, E_NOT_FOUND, "'%s' has no member '%s'", flow_name(pick->below),
                     pick->wanted);
        err_hint(err, "it has %s", names);
    } else {
        err_set(err, rc, "'%s' holds no disk image, only %s", flow_name(pick->below), names);
        err_hint(err, "if one of these is a disk, name it with --member");
    }
    free(names);
    return rc;
}

/* --- finding it --- */

/* Go on until something might be taken; *ret_any false at the end. */
static int go_to_disk(struct pick *pick, bool *ret_any, struct err *err)
{
    bool taken = false;
    int rc = 0;

    *ret_any = true;
    while (rc == 0 && *ret_any && !taken) {
        rc = pick_next(pick, ret_any, err);
        if (rc == 0 && *ret_any)
            rc = look(pick, &taken, err);
    }
    return rc;
}

static int meet_all(struct pick *pick, struct err *err)
{
    bool any = true;
    int rc = 0;

    while (rc == 0 && any)
        rc = go_to_disk(pick, &any, err);
    pick->surveyed = true;
    if (rc == 0 && pick->disks.count > 1)
        rc = refuse_several(pick, err);
    return rc;
}

/* All were met, and there is no more than one to be taken: go there from the start. */
static int go_back(struct pick *pick, struct err *err)
{
    const bool single = pick->disks.count == 0;
    bool there = false, any = true;
    int rc;

    if (single && (pick->wanted || pick->all.count != 1))
        return refuse_none(pick, err);
    if (!flow_can_rewind(pick->below))
        return refuse_none(pick, err);
    rc = restart(pick, err);
    while (rc == 0 && !there) {
        rc = pick_next(pick, &any, err);
        if (rc == 0 && !any)
            rc = err_set(err, E_CHANGED, "'%s' changed while it was read", flow_name(pick->below));
        if (rc == 0 && !pick->wanted)
            rc = look_at_head(pick, err);
        there = rc == 0 && (single || might_be_taken(pick));
    }
    return rc;
}

/* An OVA's first member is its description: DSP0243, 5.3. */
static int find_description(struct pick *pick, bool *ret_ova, struct err *err)
{
    bool any = false;
    int rc;

    *ret_ova = false;
    if (pick->wanted || pick->wrapping != WRAPPING_TAR)
        return 0;
    rc = pick_next(pick, &any, err);
    if (rc < 0 || !any)
        return rc;
    *ret_ova = text_ends(pick->member.name, ".ovf");
    pick->waiting = !*ret_ova;
    return 0;
}

int pick_find(struct pick *pick, bool *ret_ova, struct err *err)
{
    bool any = false;
    int rc = find_description(pick, ret_ova, err);

    if (rc < 0 || *ret_ova)
        return rc;
    if (flow_can_seek(pick->below)) {
        rc = meet_all(pick, err);
        return rc < 0 ? rc : go_back(pick, err);
    }
    rc = go_to_disk(pick, &any, err);
    if (rc < 0 || any)
        return rc;
    pick->surveyed = true;
    return go_back(pick, err);
}

int pick_finish(struct pick *pick, struct err *err)
{
    return flow_finish(pick->below, err);
}

/* --- content --- */

static int content_read(void *state, void *bytes, size_t capacity, size_t *ret_got, struct err *err)
{
    struct pick *pick = state;
    const size_t left = pick->head_length - pick->head_from;

    if (left == 0)
        return unarchiver_read(pick->unarchiver, bytes, capacity, ret_got, err);
    *ret_got = left < capacity ? left : capacity;
    memcpy(bytes, pick->head + pick->head_from, *ret_got);
    pick->head_from += *ret_got;
    return 0;
}

static int content_pass_zeros(void *state, uint64_t *ret, struct err *err)
{
    struct pick *pick = state;

    if (pick->head_from < pick->head_length)
        return 0;
    return unarchiver_pass_zeros(pick->unarchiver, ret, err);
}

static int picked_finish(void *state, struct err *err)
{
    struct pick *pick = state;
    const int rc = pick->surveyed ? 0 : meet_all(pick, err);

    return rc < 0 ? rc : pick_finish(pick, err);
}

static void picked_close(void *state)
{
    pick_close(state);
}

static void content_close(void *state)
{
    (void)state;
}

static const struct flow_kind picked_kind = {
    .read = content_read,
    .pass_zeros = content_pass_zeros,
    .finish = picked_finish,
    .close = picked_close,
};

static const struct flow_kind content_kind = {
    .read = content_read,
    .pass_zeros = content_pass_zeros,
    .close = content_close,
};

static struct flow *content_as(struct pick *pick, const struct flow_kind *kind)
{
    /* Messages put a name in quotes: "'disk.raw' in 'x.tar' is ..." */
    char *const name = text_printf("%s' in '%s", pick_name(pick), flow_name(pick->below));
    struct flow *const flow = flow_new(kind, pick, name);

    free(name);
    return flow;
}

struct flow *pick_flow(struct pick *pick)
{
    return content_as(pick, &picked_kind);
}

struct flow *pick_content(struct pick *pick)
{
    return content_as(pick, &content_kind);
}
