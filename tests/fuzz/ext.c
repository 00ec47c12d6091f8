/* ext: any bytes as an ext2, ext3 or ext4 file system: a tree that ends, and nothing of it outside
 * of the bytes. */
#include "files/ext.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"

enum { DEPTH_MAX = 64, SECTOR = 512 };

struct disk {
    const uint8_t *bytes;
    size_t size;
};

static int read_disk(void *user, void *bytes, size_t length, uint64_t offset, struct err *err)
{
    const struct disk *disk = user;

    (void)err;
    insist(length <= disk->size && offset <= disk->size - length);
    memcpy(bytes, disk->bytes + offset, length);
    return 0;
}

static void check_extents(struct ext *ext, uint32_t inode, const struct disk *disk)
{
    struct ext_extents extents = {0};
    struct err err = {0};
    uint64_t end = 0;

    if (ext_extents(ext, inode, &extents, &err)) {
        insist(err.code == E_INVALID || err.code == E_UNSUPPORTED);
        return;
    }
    for (size_t i = 0; i < extents.count; i++) {
        const struct ext_extent *const one = &extents.items[i];

        insist(one->length > 0 && one->at >= end && one->place >= SECTOR);
        insist(one->length <= disk->size && one->place <= disk->size - one->length);
        end = one->at + one->length;
    }
    free(extents.items);
}

static void check_name(const char *name, const char *before)
{
    insist(*name && !strchr(name, '/') && strlen(name) <= 255);
    insist(strcmp(name, ".") != 0 && strcmp(name, "..") != 0);
    insist(!before || strcmp(before, name) < 0);
}

static void walk(struct ext *ext, uint32_t inode, const struct disk *disk, unsigned depth)
{
    struct ext_names names = {0};
    struct ext_node node = {0};
    struct err err = {0};

    if (ext_node(ext, inode, &node, &err)) {
        insist(err.code == E_INVALID || err.code == E_UNSUPPORTED);
        return;
    }
    insist(node.type >= NODE_FILE && node.type <= NODE_SPECIAL);
    if (node.type != NODE_DIRECTORY && !node.has_kept)
        check_extents(ext, inode, disk);
    if (node.type != NODE_DIRECTORY || depth == DEPTH_MAX || ext_list(ext, inode, &names, &err))
        return;
    for (size_t i = 0; i < names.count; i++) {
        check_name(names.items[i].name, i ? names.items[i - 1].name : NULL);
        walk(ext, names.items[i].inode, disk, depth + 1);
    }
    ext_names_done(ext, &names);
}

/* Not at the beginning of a disk, as in a partition. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *const bytes = malloc(size + SECTOR);
    const struct disk disk = {.bytes = bytes, .size = size + SECTOR};
    const struct disk_bytes all = {
        .read = read_disk, .user = (void *)(uintptr_t)&disk, .size = disk.size, .head = disk.size};
    struct ext *ext = NULL;
    struct err err = {0};

    insist(bytes != NULL);
    memcpy(bytes + SECTOR, data, size);
    memset(bytes, 0xff, SECTOR);
    if (ext_open(&all, SECTOR, size, &ext, &err))
        insist(err.code == E_NOT_FOUND || err.code == E_INVALID || err.code == E_UNSUPPORTED);
    else
        walk(ext, VOLUME_ROOT, &disk, 0);
    ext_close(ext);
    free(bytes);
    return 0;
}
