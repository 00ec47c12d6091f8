#include "ops/copy_version.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "os/file.h"

static int cannot_copy(const struct publish *publish, struct err *err)
{
    return err_wrap(err, "cannot copy image version '%s'", publish->request->image_version);
}

/* --- finding it --- */

/* An image is not made another one by copying it. */
static int check_definitions(const struct definition *from, const struct reference *ref,
                             const struct definition *to, struct err *err)
{
    static const char *const keys[] = {"osType", "osState", "hyperVGeneration", "architecture"};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const struct row *const row = shape_row(&definition_shape, keys[i]);
        const unsigned left = *(const unsigned *)row_value(row, from);
        const unsigned right = *(const unsigned *)row_value(row, to);

        if (left != right)
            return err_set(err, E_CONFLICT,
                           "%s of image definition '%s/%s' is %s, and %s of image definition '%s'",
                           row->choices->noun, ref->gallery, ref->definition,
                           choice_word(row->choices, left), choice_word(row->choices, right),
                           to->name);
    }
    return 0;
}

static int check_request(const struct version_request *request, struct err *err)
{
    if (request->os_disk || request->data_disks.count || request->members.count ||
        request->expected.count || request->source_format)
        return err_set(err, E_USAGE, "it is to be made of files, and of an image version");
    return 0;
}

/* The version, and what is asked of it. `ref` gets what the request names, as a number. */
static int find(struct publish *publish, struct copy_source *source, struct reference *ref,
                struct err *err)
{
    struct store *const store = source->other ? source->other : publish->store;
    struct definition definition = {0};
    struct gallery gallery = {0};
    struct buf id = {0};
    struct ops_reading reading = {0};
    int rc;

    rc = reference_parse(publish->request->image_version, ref, err);
    source->through = ref->through;
    if (rc == 0) /* whoever publishes here asks as this store, wherever the version lies */
        rc = ops_asker_of(publish->store, NULL, &reading.asker, err);
    reading.asker.accepts = publish->request->accepts_terms.value;
    if (rc == 0)
        rc = ops_find_any_version(store, &reading, ref, err);
    source->id = reading.found_id;
    if (rc == 0)
        rc = ops_read_gallery(store, ref, &gallery, err);
    if (rc == 0)
        rc = ops_read_definition(store, ref, &definition, err);
    if (rc == 0)
        rc = version_disks_open(&source->disks, store, ref, NULL, err);
    if (rc == 0)
        rc = check_definitions(&definition, ref, &publish->definition, err);
    if (rc == 0 && sharing_is_shared(&publish->gallery.sharing_profile))
        rc = ops_refuse_encrypted(&source->disks.version, err);
    if (rc == 0 && !source->id) {
        text_replace(&ref->resource_group, gallery.resource_group);
        reference_add_id(&id, store->info.store_id, ref);
        source->id = buf_take(&id);
    }
    shape_done(&definition_shape, &definition);
    shape_done(&gallery_shape, &gallery);
    return rc;
}

static size_t disk_count(const struct copy_source *source)
{
    return 1 + source->disks.version.storage_profile.data_disk_images.count;
}

/* The OS disk, then the data disks. */
static const struct disk_image *disk_at(const struct copy_source *source, size_t index)
{
    const struct storage_profile *const profile = &source->disks.version.storage_profile;

    return index == 0 ? &profile->os_disk_image : &profile->data_disk_images.items[index - 1];
}

int copy_source_open(struct publish *publish, struct err *err)
{
    struct copy_source *const source = mem_new(1, sizeof *source);
    struct reference ref = {0};
    int rc = check_request(publish->request, err);

    publish->copy = source;
    if (rc == 0 && publish->request->from_store) {
        source->context = *publish->store->context;
        source->context.store_path = publish->request->from_store;
        rc = gal_open(&source->context, GAL_READ, &source->other, err);
    }
    if (rc == 0)
        rc = find(publish, source, &ref, err);
    for (size_t i = 0; rc == 0 && i < disk_count(source); i++)
        rc = publish_check_size(publish, source->id,
                                (uint64_t)disk_at(source, i)->size_in_bytes.value, err);
    shape_done(&reference_shape, &ref);
    return rc && rc != E_USAGE ? cannot_copy(publish, err) : rc;
}

bool copy_source_has_lun(const struct copy_source *source, const struct opt_int *lun)
{
    for (size_t i = 0; i < disk_count(source); i++)
        if (opt_int_equal(&disk_at(source, i)->lun, lun))
            return true;
    return false;
}

void copy_source_close(struct copy_source *source)
{
    if (!source)
        return;
    version_disks_done(&source->disks);
    gal_close(source->other);
    free(source->id);
    free(source);
}

/* --- its disks --- */

uint64_t copy_source_bytes(const struct copy_source *source)
{
    uint64_t bytes = 0;

    for (size_t i = 0; i < disk_count(source); i++)
        bytes += (uint64_t)disk_at(source, i)->size_in_bytes.value;
    return bytes;
}

/* The same disk; where it came from is told of the whole. */
static void describe(const struct copy_source *source, struct storage_profile *profile)
{
    for (size_t i = 0; i < disk_count(source); i++) {
        const struct disk_image *const image = disk_at(source, i);
        struct disk_image *const copy =
            i == 0 ? &profile->os_disk_image : VEC_ADD(&profile->data_disk_images);

        *copy = (struct disk_image){
            .lun = image->lun,
            .size_in_gb = image->size_in_gb,
            .size_in_bytes = image->size_in_bytes,
            .data_size_in_bytes = image->data_size_in_bytes,
            .host_caching = image->host_caching,
            .disk_digest = text_copy(image->disk_digest),
        };
    }
    *(source->through == THROUGH_COMMUNITY ? &profile->source.community_gallery_image_id
                                           : &profile->source.id) = text_copy(source->id);
}

/* --- what the home replica has not --- */

enum { CHUNK_BLOCKS = 256 }; /* a MiB: large enough to read well, small beside what a frame holds */

struct carrying {
    struct publish *publish;
    struct disk_reader *reader;
    uint8_t *bytes; /* of a chunk */
};

static int pack_chunk(const struct carrying *carrying, const struct part *part, uint64_t block,
                      size_t count, struct err *err)
{
    const struct block_id *const ids = part_ids(part, block, count);
    int rc = disk_reader_read(carrying->reader, block, count, carrying->bytes, err);

    for (size_t i = 0; rc == 0 && i < count; i++)
        rc = publish_pack_block(carrying->publish, block + i, &ids[i],
                                carrying->bytes + i * BLOCK_SIZE, err);
    publish_let_go(carrying->publish, carrying->bytes, count * BLOCK_SIZE);
    return rc;
}

static int pack_extent(const struct carrying *carrying, const struct part *part,
                       const struct extent *extent, struct err *err)
{
    const uint64_t end = extent->block + extent->count;
    int rc = 0;

    for (uint64_t block = extent->block; rc == 0 && block < end;) {
        const size_t count = (size_t)number_smaller(CHUNK_BLOCKS, end - block);

        rc = pack_chunk(carrying, part, block, count, err);
        block += count;
        publish_progress(carrying->publish,
                         number_smaller(block * BLOCK_SIZE, disk_reader_size(carrying->reader)));
    }
    return rc;
}

static int pack_segments(const struct carrying *carrying, struct err *err)
{
    const size_t count = disk_reader_segments(carrying->reader);
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < count; i++) {
        const struct part *part;

        rc = disk_reader_hold(carrying->reader, i, &part, err);
        if (rc)
            break;
        for (size_t e = 0; rc == 0 && e < part->extent_count; e++)
            rc = pack_extent(carrying, part, &part->extents[e], err);
        disk_reader_let_go(carrying->reader, part);
    }
    return rc;
}

static int pack_disk(struct publish *publish, const struct disk_image *image, struct err *err)
{
    const struct disk_reading how = {.check = DESK_BLOCKS};
    struct carrying carrying = {.publish = publish};
    char text[DISK_DIGEST_TEXT];
    struct disk_digest digest;
    int rc;

    rc = version_disks_read(&publish->copy->disks, image, &how, &carrying.reader, err);
    if (rc)
        return rc;
    carrying.bytes = mem_new(CHUNK_BLOCKS, BLOCK_SIZE);
    rc = pack_disk_begin(publish->pack, err);
    if (rc == 0)
        rc = pack_segments(&carrying, err);
    if (rc == 0)
        rc = pack_disk_end(publish->pack, disk_reader_size(carrying.reader), &digest, err);
    if (rc == 0) {
        disk_digest_text(&digest, text);
        publish->before += disk_reader_size(carrying.reader);
        if (!text_equal(text, image->disk_digest))
            rc = err_set(err, E_CORRUPT, "what was read of a disk does not give its digest");
    }
    disk_reader_close(carrying.reader);
    free(carrying.bytes);
    return rc;
}

static int pack_disks(struct publish *publish, struct err *err)
{
    int rc = publish_pack_open(publish, err);

    for (size_t i = 0; rc == 0 && i < disk_count(publish->copy); i++)
        rc = pack_disk(publish, disk_at(publish->copy, i), err);
    return rc ? rc : publish_pack_finish(publish, err);
}

int copy_store_disks(struct publish *publish, struct storage_profile *profile, struct err *err)
{
    bool whole = false;
    int rc = publish->home.dir == FILE_NONE /* nothing is, of one that is only planned */
                 ? 0
                 : publish_home_has_disks(publish, &publish->copy->disks.version, &whole, err);

    if (rc == 0 && !whole)
        rc = pack_disks(publish, err);
    else if (rc == 0 &&
             !publish->planned) /* whoever wrote it may have been killed before its flush */
        rc = file_flush_all(publish->home.dir, publish->home.label, err);
    if (rc)
        return cannot_copy(publish, err);
    describe(publish->copy, profile);
    return 0;
}
