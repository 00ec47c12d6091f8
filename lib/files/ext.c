#include "files/ext.h"

#include <stdlib.h>
#include <string.h>

#include "base/endian.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/vec.h"
#include "files/room.h"

/* --- opening --- */

/* The superblock. */
enum {
    SUPER_AT = 1024,
    SUPER_SIZE = 1024,
    BLOCKS_AT = 4,
    BLOCK_SIZE_AT = 24, /* the power of two that 1024 is multiplied by */
    GROUP_BLOCKS_AT = 32,
    MAGIC_AT = 56,
    INCOMPATIBLE_AT = 96,
    ROW_SIZE_AT = 254, /* of a group's descriptor, with FEATURE_64 */
    BLOCKS_HIGH_AT = 336,
    MAGIC = 0xef53,
    BLOCK_SIZE_MAX = 6, /* 64 KiB */
    ROW_SIZE = 32,
    FEATURE_64 = 0x80,
};

/* Descriptors of groups are read whole: of a disk of 32 TiB with blocks of 4 KiB 16 MiB. */
#define GROUP_TABLE_MAX ((uint64_t)16 << 20)

static uint64_t get16(const uint8_t *bytes)
{
    return (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8;
}

/* What the library would believe. */
static int check_super(struct ext *ext, struct err *err)
{
    uint8_t super[SUPER_SIZE];
    uint64_t blocks, groups, row = ROW_SIZE;
    int rc;

    if (ext->size < SUPER_AT + SUPER_SIZE)
        return err_set(err, E_NOT_FOUND, "there is no file system");
    rc = ext_read(ext, super, sizeof super, SUPER_AT, err);
    if (rc)
        return rc;
    if (get16(super + MAGIC_AT) != MAGIC || little_get32(super + BLOCK_SIZE_AT) > BLOCK_SIZE_MAX ||
        little_get32(super + GROUP_BLOCKS_AT) == 0)
        return err_set(err, E_NOT_FOUND, "there is no file system");
    blocks = little_get32(super + BLOCKS_AT);
    if (little_get32(super + INCOMPATIBLE_AT) & FEATURE_64) {
        blocks |= (uint64_t)little_get32(super + BLOCKS_HIGH_AT) << 32;
        row = get16(super + ROW_SIZE_AT);
    }
    if (blocks > ext->size >> (10 + little_get32(super + BLOCK_SIZE_AT)))
        return err_set(err, E_INVALID, "the file system is larger than where it lies");
    groups = number_divide_up(blocks, little_get32(super + GROUP_BLOCKS_AT));
    if (row < ROW_SIZE)
        return err_set(err, E_INVALID, "the file system is damaged");
    if (groups * row > GROUP_TABLE_MAX)
        return err_set(err, E_UNSUPPORTED, "the file system has too many groups");
    return 0;
}

static int open_fs(struct ext *ext, struct err *err)
{
    const int flags = EXT2_FLAG_64BITS | EXT2_FLAG_SKIP_MMP | EXT2_FLAG_IGNORE_CSUM_ERRORS;
    char name[HANDLE_SIZE];
    errcode_t failed;

    ext_io_name(ext, name);
    failed = ext->library.ext2fs_open2(name, NULL, flags, 0, 0, ext_io_manager(), &ext->fs);
    if (failed)
        ext->fs = NULL;
    if (failed == EXT2_ET_UNSUPP_FEATURE || failed == EXT2_ET_RO_UNSUPP_FEATURE)
        return err_set(err, E_UNSUPPORTED, "the file system has a feature that is not known");
    return failed ? ext_failed(ext, "the file system", err) : 0;
}

int ext_open(const struct disk_bytes *disk, uint64_t start, uint64_t size, struct ext **ret,
             struct err *err)
{
    struct ext *ext;
    int rc;

    if (start > disk->size || size > disk->size - start)
        return err_set(err, E_NOT_FOUND, "there is no file system");
    ext = mem_new(1, sizeof *ext);
    ext->disk = *disk;
    ext->start = start;
    ext->size = size;
    ext->sha256 = sha256_new();
    rc = check_super(ext, err);
    if (rc == 0)
        rc = files_library_load(&ext->library, err);
    if (rc == 0)
        rc = open_fs(ext, err);
    if (rc)
        ext_close(ext);
    else
        *ret = ext;
    return rc;
}

void ext_close(struct ext *ext)
{
    if (!ext)
        return;
    if (ext->fs)
        ext->library.ext2fs_free(ext->fs);
    for (size_t i = 0; i < PAGES_KEPT; i++)
        free(ext->pages[i].bytes);
    for (size_t i = 0; i < ext->listed.count; i++)
        free(ext->listed.items[i]);
    free(ext->listed.items);
    sha256_free(ext->sha256);
    free(ext);
}

const char *ext_kind(const struct ext *ext)
{
    const struct ext2_super_block *const super = ext->fs->super;

    if (super->s_feature_incompat & EXT3_FEATURE_INCOMPAT_EXTENTS)
        return "ext4";
    return super->s_feature_compat & EXT3_FEATURE_COMPAT_HAS_JOURNAL ? "ext3" : "ext2";
}

bool ext_is_clean(const struct ext *ext)
{
    return !(ext->fs->super->s_feature_incompat & EXT3_FEATURE_INCOMPAT_RECOVER);
}

/* --- inodes --- */

int ext_read_inode(struct ext *ext, uint32_t number, union ext_inode *ret, struct err *err)
{
    memset(ret, 0, sizeof *ret);
    if (!ext_may(ext, 1) ||
        ext->library.ext2fs_read_inode_full(ext->fs, number, &ret->small, sizeof ret->bytes))
        return ext_failed(ext, "an inode", err);
    return 0;
}

static enum ext_type type_of(const struct ext2_inode_large *inode)
{
    if (LINUX_S_ISREG(inode->i_mode))
        return NODE_FILE;
    if (LINUX_S_ISDIR(inode->i_mode))
        return NODE_DIRECTORY;
    return LINUX_S_ISLNK(inode->i_mode) ? NODE_LINK : NODE_SPECIAL;
}

uint64_t ext_size_of(const struct ext2_inode_large *inode)
{
    return inode->i_size | (uint64_t)inode->i_size_high << 32;
}

static bool is_kept(const struct ext2_inode_large *inode)
{
    const enum ext_type type = type_of(inode);

    return (inode->i_flags & EXT4_INLINE_DATA_FL) || type == NODE_SPECIAL ||
           (type == NODE_LINK && ext_size_of(inode) < sizeof inode->i_block &&
            !(inode->i_flags & EXT4_EXTENTS_FL));
}

/* Two bits more of the seconds, and then nanoseconds, where the inode has room for them. */
static void take_time(const struct ext2_inode_large *inode, struct ext_node *ret)
{
    ret->modified = (int32_t)inode->i_mtime;
    if (inode->i_extra_isize <
        offsetof(struct ext2_inode_large, i_mtime_extra) + 4 - EXT2_GOOD_OLD_INODE_SIZE)
        return;
    ret->modified += (int64_t)(inode->i_mtime_extra & 3) << 32;
    ret->modified_ns = inode->i_mtime_extra >> 2;
}

/* What it keeps in place of blocks, and, of small files, behind all that is known of inodes. */
static void take_kept(struct ext *ext, struct ext_node *ret)
{
    const struct ext2_inode_large *const inode = &ext->inode.large;
    const size_t behind = EXT2_GOOD_OLD_INODE_SIZE + inode->i_extra_isize;

    sha256_reset(ext->sha256);
    sha256_add(ext->sha256, inode->i_block, sizeof inode->i_block);
    if ((inode->i_flags & EXT4_INLINE_DATA_FL) && behind < sizeof ext->inode.bytes)
        sha256_add(ext->sha256, ext->inode.bytes + behind, sizeof ext->inode.bytes - behind);
    sha256_result(ext->sha256, ret->kept);
}

int ext_node(struct ext *ext, uint32_t number, struct ext_node *ret, struct err *err)
{
    const struct ext2_inode_large *const inode = &ext->inode.large;
    const int rc = ext_read_inode(ext, number, &ext->inode, err);

    if (rc)
        return rc;
    *ret = (struct ext_node){
        .type = type_of(inode),
        .mode = inode->i_mode & 07777,
        .owner = inode->i_uid | (uint32_t)inode->osd2.linux2.l_i_uid_high << 16,
        .group = inode->i_gid | (uint32_t)inode->osd2.linux2.l_i_gid_high << 16,
        .size = ext_size_of(inode),
        .has_kept = is_kept(inode),
    };
    take_time(inode, ret);
    if (ret->has_kept)
        take_kept(ext, ret);
    return 0;
}
