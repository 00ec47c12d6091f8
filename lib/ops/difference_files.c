/* What differs in the file systems of a disk: both trees are walked side by side. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "files/ext.h"
#include "ops/difference.h"

_Static_assert((int)GUEST_FILE == (int)NODE_FILE && (int)GUEST_DIRECTORY == (int)NODE_DIRECTORY &&
                   (int)GUEST_LINK == (int)NODE_LINK && (int)GUEST_SPECIAL == (int)NODE_SPECIAL,
               "a type of files is handed on as it is");

enum {
    OLD,
    NEW,
    PATH_LENGTH_MAX = 4096, /* what a guest can name; also bounds how deep directories are */
    CHUNK = 64 << 10,       /* of bytes that are compared */
    /* What comparing costs, in pieces of work. */
    BLOCKS_AT_ONCE = 4,  /* by their identities */
    COST_OF_BYTES = 256, /* of a chunk, which is unpacked */
};

/* Behind a step: it was spoilt, and the walk goes on beside it. */
enum { PASSED = 1 };

#define NOWHERE UINT64_MAX /* the place of what is zeros */

struct walk {
    struct differing *differing;
    const struct disk_pair *pair;
    struct ext *ext[2];
    const struct part *parts[2]; /* the segments that are held, or NULL */
    uint8_t *chunks[2];
    struct buf path;
    struct file_system_difference *found;
    size_t damaged; /* directories and files */
    bool ended;     /* by itself, or more was to be done than is */
    struct err why; /* it has ended */
};

/* --- what goes wrong --- */

/* Of what side `side` resulted in: 0, PASSED, or an error of reading its disk. */
static int judge(struct walk *walk, int side, int rc, const struct err *err)
{
    if (rc == E_INVALID) {
        walk->damaged++;
        return PASSED;
    }
    if (rc == E_UNSUPPORTED) {
        walk->ended = true;
        walk->why = *err;
        return PASSED;
    }
    if (rc)
        walk->differing->blamed = side == OLD ? &walk->differing->from : &walk->differing->to;
    return rc;
}

/* --- content --- */

static int hold(struct walk *walk, int side, size_t segment, struct err *err)
{
    struct disk_reader *const reader = walk->pair->readers[side];
    int rc;

    if (walk->parts[side] && walk->parts[side]->segment == segment)
        return 0;
    if (walk->parts[side])
        disk_reader_let_go(reader, walk->parts[side]);
    walk->parts[side] = NULL;
    rc = disk_reader_hold(reader, segment, &walk->parts[side], err);
    return judge(walk, side, rc, err);
}

/* What identifies the block at `place`; NULL when it is zeros. */
static int identify(struct walk *walk, int side, uint64_t place, const struct block_id **ret,
                    struct err *err)
{
    int rc = 0;

    *ret = NULL;
    if (place == NOWHERE)
        return 0;
    rc = hold(walk, side, (size_t)(place / SEGMENT_SIZE), err);
    if (rc == 0)
        *ret = part_ids(walk->parts[side], place / BLOCK_SIZE, 1);
    return rc;
}

static bool same_id(const struct block_id *left, const struct block_id *right)
{
    return left && right ? memcmp(left, right, sizeof *left) == 0 : left == right;
}

static uint64_t moved(uint64_t place, uint64_t by)
{
    return place == NOWHERE ? NOWHERE : place + by;
}

static int same_blocks(struct walk *walk, const uint64_t places[2], uint64_t length, bool *ret,
                       struct err *err)
{
    const struct block_id *ids[2];
    int rc = 0;

    for (uint64_t at = 0; rc == 0 && *ret && at < length; at += BLOCK_SIZE) {
        for (int side = OLD; rc == 0 && side <= NEW; side++)
            rc = identify(walk, side, moved(places[side], at), &ids[side], err);
        *ret = rc == 0 && same_id(ids[OLD], ids[NEW]);
    }
    return rc;
}

static int read_chunk(struct walk *walk, int side, uint64_t place, size_t length, struct err *err)
{
    int rc = 0;

    if (!walk->chunks[side])
        walk->chunks[side] = mem_new(CHUNK, 1);
    if (place == NOWHERE)
        memset(walk->chunks[side], 0, length);
    else
        rc = gal_disk_read(walk->pair->disks[side], walk->chunks[side], length, place, err);
    return judge(walk, side, rc, err);
}

/* Of file systems whose blocks are no blocks of the store. */
static int same_bytes(struct walk *walk, const uint64_t places[2], uint64_t length, bool *ret,
                      struct err *err)
{
    int rc = 0;

    for (uint64_t at = 0; rc == 0 && *ret && at < length; at += CHUNK) {
        const size_t part = (size_t)number_smaller(CHUNK, length - at);

        for (int side = OLD; rc == 0 && side <= NEW; side++)
            rc = read_chunk(walk, side, moved(places[side], at), part, err);
        *ret = rc == 0 && memcmp(walk->chunks[OLD], walk->chunks[NEW], part) == 0;
    }
    return rc;
}

/* Both in the same place, in segments that are the same. */
static bool is_untouched(const struct walk *walk, const uint64_t places[2], uint64_t length)
{
    const size_t last = (size_t)((places[OLD] + length - 1) / SEGMENT_SIZE);

    if (places[OLD] != places[NEW] || places[OLD] == NOWHERE)
        return places[OLD] == places[NEW];
    for (size_t i = (size_t)(places[OLD] / SEGMENT_SIZE); i <= last; i++)
        if (memcmp(disk_reader_segment_digest(walk->pair->readers[OLD], i),
                   disk_reader_segment_digest(walk->pair->readers[NEW], i), SHA256_SIZE) != 0)
            return false;
    return true;
}

static bool is_aligned(uint64_t place)
{
    return place == NOWHERE || place % BLOCK_SIZE == 0;
}

/* Bytes of a file that lie together in both. */
static int same_piece(struct walk *walk, const uint64_t places[2], uint64_t length, bool *ret,
                      struct err *err)
{
    const bool by_blocks =
        is_aligned(places[OLD]) && is_aligned(places[NEW]) && length % BLOCK_SIZE == 0;
    const uint64_t cost = by_blocks ? length / BLOCK_SIZE / BLOCKS_AT_ONCE
                                    : number_divide_up(length, CHUNK) * COST_OF_BYTES;
    int rc;

    if (is_untouched(walk, places, length))
        return 0;
    rc = judge(walk, NEW, ext_spend(walk->ext[NEW], cost, err), err);
    if (rc)
        return rc;
    return by_blocks ? same_blocks(walk, places, length, ret, err)
                     : same_bytes(walk, places, length, ret, err);
}

/* Where byte `at` of a file lies. *next is the first extent that ends behind it; *end, where that
 * ends at most, is brought nearer. */
static uint64_t place_of(const struct ext_extents *extents, uint64_t at, size_t *next,
                         uint64_t *end)
{
    const struct ext_extent *extent;

    while (*next < extents->count && extents->items[*next].at + extents->items[*next].length <= at)
        ++*next;
    if (*next == extents->count)
        return NOWHERE;
    extent = &extents->items[*next];
    *end = number_smaller(*end, extent->at > at ? extent->at : extent->at + extent->length);
    return extent->at > at ? NOWHERE : extent->place + (at - extent->at);
}

static uint64_t end_of(const struct ext_extents *extents)
{
    const struct ext_extent *last;

    if (extents->count == 0)
        return 0;
    last = &extents->items[extents->count - 1];
    return last->at + last->length;
}

static int same_extents(struct walk *walk, const struct ext_extents extents[2], bool *ret,
                        struct err *err)
{
    const uint64_t ends[] = {end_of(&extents[OLD]), end_of(&extents[NEW])};
    const uint64_t stop = ends[OLD] > ends[NEW] ? ends[OLD] : ends[NEW];
    size_t next[2] = {0};
    int rc = 0;

    for (uint64_t at = 0, end; rc == 0 && *ret && at < stop; at = end) {
        uint64_t places[2];

        end = stop;
        places[OLD] = place_of(&extents[OLD], at, &next[OLD], &end);
        places[NEW] = place_of(&extents[NEW], at, &next[NEW], &end);
        rc = same_piece(walk, places, end - at, ret, err);
    }
    return rc;
}

static int same_content(struct walk *walk, const uint32_t inodes[2], bool *ret, struct err *err)
{
    struct ext_extents extents[2] = {0};
    int rc = 0;

    for (int side = OLD; rc == 0 && side <= NEW; side++)
        rc =
            judge(walk, side, ext_extents(walk->ext[side], inodes[side], &extents[side], err), err);
    if (rc == 0)
        rc = same_extents(walk, extents, ret, err);
    free(extents[OLD].items);
    free(extents[NEW].items);
    return rc;
}

/* --- one file --- */

static char *path_text(const struct walk *walk)
{
    struct buf text = {0};

    if (walk->path.length == 0)
        return text_copy("/");
    if (text_is_utf8(walk->path.bytes, walk->path.length))
        return text_copy(buf_text(&walk->path));
    text_add_inert(&text, buf_text(&walk->path));
    return buf_take(&text);
}

/* Count it, and list it; `takes` is what has changed. */
static void report(struct walk *walk, enum disk_state state, const struct ext_node *node,
                   struct texts *takes)
{
    struct file_system_difference *const found = walk->found;
    struct opt_int *const sum = state == DISK_ADDED     ? &found->added
                                : state == DISK_REMOVED ? &found->removed
                                                        : &found->changed;

    sum->value++;
    if (found->files.count >= walk->differing->files_most)
        return;
    *VEC_ADD(&found->files) = (struct file_difference){
        .path = path_text(walk),
        .state = state,
        .type = (unsigned)node->type,
        .size = node->type == NODE_FILE || node->type == NODE_LINK ? opt_int_of(node->size)
                                                                   : (struct opt_int){0},
    };
    if (takes) {
        found->files.items[found->files.count - 1].what = *takes;
        *takes = (struct texts){0};
    }
}

static int compare_content(struct walk *walk, const uint32_t inodes[2],
                           const struct ext_node nodes[2], bool *ret, struct err *err)
{
    const struct ext_node *const old = &nodes[OLD], *const new = &nodes[NEW];

    *ret = true;
    if (old->type == NODE_DIRECTORY)
        return 0;
    if (old->size != new->size || old->has_kept != new->has_kept) {
        *ret = false;
        return 0;
    }
    if (!old->has_kept)
        return same_content(walk, inodes, ret, err);
    *ret = memcmp(old->kept, new->kept, sizeof old->kept) == 0;
    return 0;
}

/* The times of a directory say no more than what is in it. */
static bool same_time(const struct ext_node *old, const struct ext_node *new)
{
    return old->type == NODE_DIRECTORY ||
           (old->modified == new->modified && old->modified_ns == new->modified_ns);
}

static int compare_nodes(struct walk *walk, const uint32_t inodes[2],
                         const struct ext_node nodes[2], struct err *err)
{
    const struct ext_node *const old = &nodes[OLD], *const new = &nodes[NEW];
    struct texts what = {0};
    bool same;
    const int rc = compare_content(walk, inodes, nodes, &same, err);

    if (rc)
        return rc;
    if (!same)
        texts_add(&what, "content");
    if (old->mode != new->mode)
        texts_add(&what, "mode");
    if (old->owner != new->owner || old->group != new->group)
        texts_add(&what, "owner");
    if (!same_time(old, new))
        texts_add(&what, "modified");
    if (what.count)
        report(walk, DISK_CHANGED, new, &what);
    texts_done(&what);
    return 0;
}

/* --- directories --- */

/* Go into what is called so; *ret_length, to come back. */
static int enter(struct walk *walk, const char *name, size_t *ret_length)
{
    *ret_length = walk->path.length;
    if (walk->path.length + strlen(name) + 1 > PATH_LENGTH_MAX) {
        walk->damaged++;
        return PASSED;
    }
    buf_add_char(&walk->path, '/');
    buf_add_text(&walk->path, name);
    return 0;
}

static void leave(struct walk *walk, size_t length)
{
    walk->path.length = length;
    if (walk->path.bytes)
        walk->path.bytes[length] = '\0';
}

/* What one of both alone has, with all that is in it. */
static int walk_alone(struct walk *walk, int side, uint32_t inode, struct err *err)
{
    struct ext *const ext = walk->ext[side];
    struct ext_names names = {0};
    struct ext_node node = {0};
    int rc = judge(walk, side, ext_node(ext, inode, &node, err), err);

    if (rc == 0)
        report(walk, side == OLD ? DISK_REMOVED : DISK_ADDED, &node, NULL);
    if (rc == 0 && node.type == NODE_DIRECTORY)
        rc = judge(walk, side, ext_list(ext, inode, &names, err), err);
    for (size_t i = 0; rc >= 0 && !walk->ended && i < names.count; i++) {
        size_t length;

        rc = enter(walk, names.items[i].name, &length);
        if (rc == 0)
            rc = walk_alone(walk, side, names.items[i].inode, err);
        leave(walk, length);
    }
    ext_names_done(ext, &names);
    return rc;
}

static int walk_both(struct walk *walk, const uint32_t inodes[2], struct err *err);

/* What stands first in both lists: on one side, or on both under one name. */
static int walk_next(struct walk *walk, const struct ext_names names[2], size_t next[2],
                     struct err *err)
{
    const struct ext_name *const items[] = {names[OLD].items + next[OLD],
                                            names[NEW].items + next[NEW]};
    const int order = next[OLD] == names[OLD].count   ? 1
                      : next[NEW] == names[NEW].count ? -1
                                                      : strcmp(items[OLD]->name, items[NEW]->name);
    const int side = order > 0 ? NEW : OLD;
    size_t length;
    int rc = enter(walk, items[side]->name, &length);

    if (rc == 0 && order != 0)
        rc = walk_alone(walk, side, items[side]->inode, err);
    else if (rc == 0)
        rc = walk_both(walk, (const uint32_t[]){items[OLD]->inode, items[NEW]->inode}, err);
    leave(walk, length);
    next[OLD] += order <= 0;
    next[NEW] += order >= 0;
    return rc;
}

static int walk_directories(struct walk *walk, const uint32_t inodes[2], struct err *err)
{
    struct ext_names names[2] = {0};
    size_t next[2] = {0};
    int rc = 0;

    for (int side = OLD; rc == 0 && side <= NEW; side++)
        rc = judge(walk, side, ext_list(walk->ext[side], inodes[side], &names[side], err), err);
    /* Without one of the lists nothing is known of the other. */
    while (rc >= 0 && rc != PASSED && !walk->ended &&
           (next[OLD] < names[OLD].count || next[NEW] < names[NEW].count)) {
        rc = walk_next(walk, names, next, err);
        rc = rc == PASSED ? 0 : rc;
    }
    ext_names_done(walk->ext[OLD], &names[OLD]);
    ext_names_done(walk->ext[NEW], &names[NEW]);
    return rc;
}

static int walk_both(struct walk *walk, const uint32_t inodes[2], struct err *err)
{
    struct ext_node nodes[2] = {0};
    int rc = 0;

    for (int side = OLD; rc == 0 && side <= NEW; side++)
        rc = judge(walk, side, ext_node(walk->ext[side], inodes[side], &nodes[side], err), err);
    if (rc)
        return rc;
    if (nodes[OLD].type != nodes[NEW].type) {
        rc = walk_alone(walk, OLD, inodes[OLD], err);
        return rc < 0 ? rc : walk_alone(walk, NEW, inodes[NEW], err);
    }
    rc = compare_nodes(walk, inodes, nodes, err);
    if (rc == 0 && nodes[NEW].type == NODE_DIRECTORY)
        rc = walk_directories(walk, inodes, err);
    return rc;
}

/* --- one file system --- */

static void conclude(struct walk *walk)
{
    struct file_system_difference *const found = walk->found;

    found->complete = (struct opt_bool){.set = true, .value = !walk->ended && walk->damaged == 0};
    if (walk->ended)
        found->note = text_copy(walk->why.text);
    else if (walk->damaged)
        found->note = text_printf("damaged directories and files, %zu in all, were passed over",
                                  walk->damaged);
    else if (!ext_is_clean(walk->ext[OLD]) || !ext_is_clean(walk->ext[NEW]))
        found->note = text_copy("it was not unmounted: what its journal holds was not looked at");
}

static int open_both(struct walk *walk, const struct disk_place *const places[2], struct err *err)
{
    int rc = 0;

    for (int side = OLD; rc == 0 && side <= NEW; side++) {
        const struct disk_bytes bytes = disk_bytes_of(walk->pair->disks[side]);

        rc = ext_open(&bytes, places[side]->start, places[side]->size, &walk->ext[side], err);
        if (rc == 0 || rc == E_NOT_FOUND)
            continue;
        rc = judge(walk, side, rc, err);
        if (rc == PASSED) {
            walk->ended = true;
            walk->why = *err;
        }
    }
    return rc;
}

static void close_both(struct walk *walk)
{
    for (int side = OLD; side <= NEW; side++) {
        if (walk->parts[side])
            disk_reader_let_go(walk->pair->readers[side], walk->parts[side]);
        ext_close(walk->ext[side]);
        free(walk->chunks[side]);
    }
    buf_done(&walk->path);
}

static int compare_trees(struct walk *walk, struct err *err)
{
    static const uint32_t roots[] = {VOLUME_ROOT, VOLUME_ROOT};
    struct file_system_difference *const found = walk->found;
    int rc;

    found->type = text_copy(ext_kind(walk->ext[NEW]));
    found->added = found->removed = found->changed = opt_int_of(0);
    rc = walk_both(walk, roots, err);
    conclude(walk);
    return rc == PASSED ? 0 : rc;
}

static int compare_places(struct differing *differing, const struct disk_pair *pair,
                          const struct disk_place *const places[2], struct disk_difference *ret,
                          struct err *err)
{
    struct walk walk = {.differing = differing, .pair = pair};
    int rc = open_both(&walk, places, err);

    if (rc == 0 || rc == PASSED) {
        walk.found = VEC_ADD(&ret->file_systems);
        if (places[NEW]->number)
            walk.found->partition = opt_int_of(places[NEW]->number);
    }
    if (rc == 0) {
        rc = compare_trees(&walk, err);
    } else if (rc == PASSED) {
        walk.found->complete.set = true;
        walk.found->note = text_copy(walk.why.text);
    }
    close_both(&walk);
    return rc == E_NOT_FOUND || rc == PASSED ? 0 : rc;
}

static const struct disk_place *find_place(const struct disk_pair *pair, unsigned number)
{
    for (size_t i = 0; i < pair->places[OLD].count; i++)
        if (pair->places[OLD].items[i].number == number)
            return &pair->places[OLD].items[i];
    return NULL;
}

/* Whether nothing is to be found there. */
static bool is_same(const struct disk_difference *disk, const struct disk_place *old,
                    const struct disk_place *new)
{
    if (old->start != new->start || old->size != new->size)
        return false;
    for (size_t i = 0; i < disk->partitions.count; i++)
        if (disk->partitions.items[i].number.value == new->number)
            return disk->partitions.items[i].changed_bytes.value == 0;
    return disk->changed_bytes.value == 0;
}

int differing_files(struct differing *differing, const struct disk_pair *pair,
                    struct disk_difference *ret, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < pair->places[NEW].count; i++) {
        const struct disk_place *const places[] = {
            find_place(pair, pair->places[NEW].items[i].number), &pair->places[NEW].items[i]};

        if (places[OLD] && !is_same(ret, places[OLD], places[NEW]))
            rc = compare_places(differing, pair, places, ret, err);
    }
    return rc;
}
