/* What a repair has to say: what it did, what is lost, and what else is wrong. */
#include <stdlib.h>

#include "base/number.h"
#include "base/text.h"
#include "ops/repair.h"

void repair_tell_act(struct repairing *repairing, const char *path, const char *replica,
                     const struct mend_result *mended)
{
    struct repair_act *const act = VEC_ADD(&repairing->repair->acts);
    struct buf from = {0};

    act->path = text_copy(path);
    act->replica = text_copy(replica);
    if (!mended)
        return;
    for (size_t i = 0; i < mended->from.count; i++)
        buf_printf(&from, "%s%s", i ? ", " : "", mended->from.items[i]);
    if (mended->given)
        buf_printf(&from, "%s%s", from.length ? ", " : "", repairing->request->from);
    act->from = from.length ? buf_take(&from) : NULL;
    if (mended->bytes > 0 || !repairing->plan)
        act->bytes = opt_int_of(mended->bytes);
    repairing->bytes_written += mended->bytes;
    buf_done(&from);
}

void repair_tell_trouble(struct repairing *repairing, const char *path, const struct err *why,
                         const char *hint)
{
    struct repair_troubles *const troubles = &repairing->repair->troubles;
    struct repair_trouble *trouble;

    for (size_t i = 0; i < troubles->count; i++)
        if (text_equal(troubles->items[i].path, path))
            return;
    trouble = VEC_ADD(troubles);
    trouble->path = text_copy(path);
    trouble->text = text_copy(why->text);
    trouble->code = why->code;
    if (why->hint[0] || hint)
        trouble->hint = text_copy(why->hint[0] ? why->hint : hint);
}

/* --- what is lost --- */

static struct repair_loss *find_loss(struct repair_losses *losses, const char *version,
                                     const char *disk)
{
    for (size_t i = 0; i < losses->count; i++)
        if (text_equal(losses->items[i].version, version) &&
            text_equal(losses->items[i].disk, disk))
            return &losses->items[i];
    return NULL;
}

enum { RANGES_SHOWN = 3 }; /* of those that are lost: more would fill a line */

/* "65536+28672, 102400+8192 and 5 more" */
static void add_where(struct repair_loss *loss)
{
    const struct repair_ranges *const ranges = &loss->ranges;
    struct buf where = {0};

    for (size_t i = 0; i < ranges->count && i < RANGES_SHOWN; i++)
        buf_printf(&where, "%s%lld+%lld", i ? ", " : "", (long long)ranges->items[i].offset.value,
                   (long long)ranges->items[i].length.value);
    if (ranges->count > RANGES_SHOWN)
        buf_printf(&where, " and %zu more", ranges->count - RANGES_SHOWN);
    loss->where = buf_take(&where);
}

static void add_ranges(struct repair_loss *loss, const struct mend_result *mended, uint64_t size)
{
    uint64_t bytes = 0;

    for (size_t i = 0; i < mended->lost.count; i++) {
        const struct stretch *const lost = &mended->lost.items[i];
        const uint64_t start = lost->block * BLOCK_SIZE;
        const uint64_t end = number_smaller((lost->block + lost->count) * BLOCK_SIZE, size);

        *VEC_ADD(&loss->ranges) =
            (struct repair_range){.offset = opt_int_of(start), .length = opt_int_of(end - start)};
        bytes += end - start;
    }
    loss->bytes = opt_int_of(bytes);
    add_where(loss);
}

/* A disk of a replica, and what is lost of it. */
struct telling {
    struct repairing *repairing;
    const char *replica;
    const struct disk_digest *digest;
    const struct mend_result *mended;
};

static bool is_that(const struct disk_image *image, const struct disk_digest *digest)
{
    char text[DISK_DIGEST_TEXT];

    disk_digest_text(digest, text);
    return text_equal(image->disk_digest, text);
}

/* What would help; of the disk that a file was given for, what that does. To be released with free.
 */
static char *hint_of(const struct telling *telling, const char *version,
                     const struct disk_image *image)
{
    const struct repairing *const repairing = telling->repairing;

    if (repairing->source && is_that(image, &repairing->source_digest))
        return text_printf(
            telling->mended->given
                ? "'%s' has some of what was lost, and none of what is left; another "
                  "copy of the disk may have that"
                : "'%s' has none of what is lost: it is another disk, or another "
                  "state of it",
            repairing->request->from);
    if (image->lun.set)
        return text_printf("the disk image it was made of may help: 'sig repair %s --data-disk "
                           "%lld --from FILE'",
                           version, (long long)image->lun.value);
    return text_printf("the disk image it was made of may help: 'sig repair %s --from FILE'",
                       version);
}

/* The same in each replica, since it was looked for in all of them. `disk` is taken. */
static void add_loss(const struct telling *telling, const char *version, char *disk,
                     const struct disk_image *image)
{
    struct repair_losses *const losses = &telling->repairing->repair->losses;
    struct repair_loss *loss = find_loss(losses, version, disk);

    if (!loss) {
        loss = VEC_ADD(losses);
        loss->version = text_copy(version);
        loss->disk = text_copy(disk);
        add_ranges(loss, telling->mended, (uint64_t)image->size_in_bytes.value);
        loss->hint = hint_of(telling, version, image);
    }
    texts_add(&loss->replicas, telling->replica);
    free(disk);
}

/* One that was deleted meanwhile has lost nothing. */
static void tell_of_version(const struct telling *telling, const char *name)
{
    struct reference ref = {0};
    struct version version = {0};
    struct err ignored = {0};

    if (reference_parse(name, &ref, &ignored) == 0 &&
        ops_read_version(telling->repairing->store, &ref, &version, &ignored) == 0) {
        const struct storage_profile *const profile = &version.storage_profile;

        if (is_that(&profile->os_disk_image, telling->digest))
            add_loss(telling, name, text_copy("os"), &profile->os_disk_image);
        for (size_t i = 0; i < profile->data_disk_images.count; i++) {
            const struct disk_image *const image = &profile->data_disk_images.items[i];

            if (is_that(image, telling->digest))
                add_loss(telling, name, text_printf("lun %lld", (long long)image->lun.value),
                         image);
        }
    }
    shape_done(&version_shape, &version);
    shape_done(&reference_shape, &ref);
}

void repair_tell_loss(struct repairing *repairing, const struct marked_replica *marked,
                      const struct disk_digest *digest, const struct mend_result *mended)
{
    const struct telling telling = {repairing, marked->label, digest, mended};
    const struct mark *const first = marks_find(marked, digest);
    const struct mark *const end = first ? marks_next_disk(marked, first) : NULL;

    for (const struct mark *mark = first; mark && mark < end; mark++)
        tell_of_version(&telling, mark->version);
}

/* Each once, in order. */
static void settle_replicas(struct texts *replicas)
{
    size_t kept = 0;

    texts_sort(replicas);
    for (size_t i = 0; i < replicas->count; i++) {
        if (kept > 0 && text_equal(replicas->items[i], replicas->items[kept - 1]))
            free(replicas->items[i]);
        else
            replicas->items[kept++] = replicas->items[i];
    }
    replicas->count = kept;
}

void repair_settle(struct repairing *repairing)
{
    struct repair *const repair = repairing->repair;

    for (size_t i = 0; i < repair->losses.count; i++)
        settle_replicas(&repair->losses.items[i].replicas);
    repair->sound = (struct opt_bool){
        .set = true,
        .value = repair->losses.count == 0 && repair->troubles.count == 0 &&
                 !(repairing->plan && repair->acts.count > 0),
    };
    repair->replicas = opt_int_of(repairing->replicas_seen);
    repair->disks = opt_int_of(repairing->disks_seen);
    repair->blobs = opt_int_of(repairing->blobs_seen);
    repair->bytes_read = opt_int_of(repairing->bytes_read);
    repair->bytes_written = opt_int_of(repairing->bytes_written);
    repair->planned = (struct opt_bool){.set = repairing->plan, .value = repairing->plan};
}
