/* Where the content of a file lies. */
#include <stdlib.h>

#include "base/number.h"
#include "base/vec.h"
#include "files/room.h"

struct mapping {
    struct ext *ext;
    uint64_t size; /* of the file */
    struct ext_extents extents;
    bool bad; /* something lies outside of the file system, or is not in order */
};

/* `count` blocks of the file from `logical` on lie at `physical`. */
static bool add(struct mapping *mapping, uint64_t logical, uint64_t count, uint64_t physical)
{
    struct ext_extents *const extents = &mapping->extents;
    struct ext_extent *const last = extents->count ? &extents->items[extents->count - 1] : NULL;
    const uint64_t block = mapping->ext->fs->blocksize;
    const uint64_t all = mapping->ext->size / block;
    const uint64_t end = last ? last->at + last->length : 0;

    mapping->bad = physical > all || count > all - physical || logical > UINT64_MAX / 2 / block ||
                   logical * block < end;
    if (mapping->bad || count == 0 || logical * block >= mapping->size)
        return !mapping->bad;
    if (last && logical * block == end &&
        last->place + last->length == mapping->ext->start + physical * block)
        last->length += count * block;
    else if (extents->count == VOLUME_EXTENTS_MAX)
        ext_may(mapping->ext, VOLUME_WORK_MAX);
    else
        *VEC_ADD(extents) = (struct ext_extent){.at = logical * block,
                                                .length = count * block,
                                                .place = mapping->ext->start + physical * block};
    return true;
}

/* --- ext4 --- */

static errcode_t walk_extents(struct mapping *mapping, ext2_extent_handle_t handle)
{
    const struct library *const library = &mapping->ext->library;
    struct ext2fs_extent extent;
    errcode_t failed = library->ext2fs_extent_get(handle, EXT2_EXTENT_ROOT, &extent);

    while (!failed && ext_may(mapping->ext, 1)) {
        if ((extent.e_flags & EXT2_EXTENT_FLAGS_LEAF) &&
            !(extent.e_flags & (EXT2_EXTENT_FLAGS_SECOND_VISIT | EXT2_EXTENT_FLAGS_UNINIT)) &&
            !add(mapping, extent.e_lblk, extent.e_len, extent.e_pblk))
            break;
        failed = library->ext2fs_extent_get(handle, EXT2_EXTENT_NEXT, &extent);
    }
    return failed == EXT2_ET_EXTENT_NO_NEXT || failed == EXT2_ET_NO_CURRENT_NODE ? 0 : failed;
}

static errcode_t map_extents(struct mapping *mapping, uint32_t number)
{
    const struct library *const library = &mapping->ext->library;
    ext2_extent_handle_t handle;
    errcode_t failed =
        library->ext2fs_extent_open2(mapping->ext->fs, number, &mapping->ext->inode.small, &handle);

    if (failed)
        return failed;
    failed = walk_extents(mapping, handle);
    library->ext2fs_extent_free(handle);
    return failed;
}

/* --- ext2, ext3 --- */

static int take_block(ext2_filsys fs, blk64_t *block, e2_blkcnt_t number, blk64_t ref_block,
                      int ref_offset, void *user)
{
    struct mapping *const mapping = user;

    (void)fs;
    (void)ref_block;
    (void)ref_offset;
    if (number < 0)
        return 0;
    return ext_may(mapping->ext, 1) && add(mapping, (uint64_t)number, 1, *block) ? 0 : BLOCK_ABORT;
}

int ext_extents(struct ext *ext, uint32_t number, struct ext_extents *ret, struct err *err)
{
    struct mapping mapping = {.ext = ext};
    errcode_t failed;
    int rc = ext_read_inode(ext, number, &ext->inode, err);

    if (rc)
        return rc;
    mapping.size = ext_size_of(&ext->inode.large);
    if (ext->inode.large.i_flags & EXT4_EXTENTS_FL)
        failed = map_extents(&mapping, number);
    else
        failed = ext->library.ext2fs_block_iterate3(ext->fs, number,
                                                    BLOCK_FLAG_READ_ONLY | BLOCK_FLAG_DATA_ONLY,
                                                    NULL, take_block, &mapping);
    if (failed || mapping.bad || ext->work > VOLUME_WORK_MAX) {
        free(mapping.extents.items);
        return ext_failed(ext, "a file", err);
    }
    *ret = mapping.extents;
    return 0;
}
