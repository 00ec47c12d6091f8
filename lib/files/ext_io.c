/* The disk as libext2fs sees it: an io_manager that reads a part of it, and writes nothing. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "files/room.h"

/* --- bytes, through pages that are kept --- */

static struct ext_page *find_page(struct ext *ext, uint64_t number)
{
    struct ext_page *oldest = &ext->pages[0];

    for (size_t i = 0; i < PAGES_KEPT; i++) {
        struct ext_page *const page = &ext->pages[i];

        if (page->used && page->number == number)
            return page;
        if (page->used < oldest->used)
            oldest = page;
    }
    oldest->used = 0;
    return oldest;
}

static int load_page(struct ext *ext, uint64_t number, struct ext_page **ret, struct err *err)
{
    struct ext_page *const page = find_page(ext, number);
    const uint64_t offset = number * PAGE_BYTES;
    int rc = 0;

    if (!page->used) {
        if (!page->bytes)
            page->bytes = mem_new(PAGE_BYTES, 1);
        rc = ext->disk.read(ext->disk.user, page->bytes,
                            (size_t)number_smaller(PAGE_BYTES, ext->size - offset),
                            ext->start + offset, err);
    }
    if (rc)
        return rc;
    page->number = number;
    page->used = ++ext->clock;
    *ret = page;
    return 0;
}

int ext_read(struct ext *ext, void *bytes, size_t length, uint64_t offset, struct err *err)
{
    uint8_t *out = bytes;

    if (offset > ext->size || length > ext->size - offset)
        return err_set(err, E_INVALID,
                       "the file system says of something that lies behind its end");
    while (length > 0) {
        const size_t within = (size_t)(offset % PAGE_BYTES);
        const size_t part = (size_t)number_smaller(length, PAGE_BYTES - within);
        struct ext_page *page;
        const int rc = load_page(ext, offset / PAGE_BYTES, &page, err);

        if (rc)
            return rc;
        memcpy(out, page->bytes + within, part);
        out += part;
        offset += part;
        length -= part;
    }
    return 0;
}

bool ext_may(struct ext *ext, uint64_t count)
{
    ext->work += count;
    return ext->work <= VOLUME_WORK_MAX;
}

int ext_failed(const struct ext *ext, const char *what, struct err *err)
{
    if (ext->fault.code) {
        if (err)
            *err = ext->fault;
        return ext->fault.code;
    }
    if (ext->work > VOLUME_WORK_MAX)
        return err_set(err, E_UNSUPPORTED, "there is more in it than is looked at");
    return err_set(err, E_INVALID, "%s is damaged", what);
}

int ext_spend(struct ext *ext, uint64_t work, struct err *err)
{
    return ext_may(ext, work) ? 0 : ext_failed(ext, "", err);
}

/* --- what the library calls --- */

/* A handle is an address in hexadecimal: the library takes names alone. */
void ext_io_name(const struct ext *ext, char name[HANDLE_SIZE])
{
    uint8_t bytes[sizeof ext];

    memcpy(bytes, &ext, sizeof bytes);
    text_hex(name, bytes, sizeof bytes);
}

static struct ext *ext_of(io_channel channel)
{
    return channel->private_data;
}

static errcode_t io_open(const char *name, int flags, io_channel *ret)
{
    uint8_t bytes[sizeof(struct ext *)];
    io_channel channel;
    struct ext *ext;

    (void)flags;
    if (!text_unhex(name, bytes, sizeof bytes))
        return EXT2_ET_BAD_DEVICE_NAME;
    memcpy(&ext, bytes, sizeof ext);
    channel = mem_new(1, sizeof *channel);
    channel->magic = EXT2_ET_MAGIC_IO_CHANNEL;
    channel->manager = ext_io_manager();
    channel->name = text_copy(name);
    channel->block_size = 1024; /* until it is set: what the superblock is counted in */
    channel->refcount = 1;
    channel->private_data = ext;
    *ret = channel;
    return 0;
}

static errcode_t io_close(io_channel channel)
{
    if (--channel->refcount > 0)
        return 0;
    free(channel->name);
    free(channel);
    return 0;
}

static errcode_t io_set_block_size(io_channel channel, int size)
{
    channel->block_size = size;
    return 0;
}

/* `count` blocks, or, when it is below 0, so many bytes. */
static errcode_t io_read64(io_channel channel, unsigned long long block, int count, void *data)
{
    struct ext *const ext = ext_of(channel);
    const uint64_t size = (uint64_t)channel->block_size;
    const uint64_t length = count < 0 ? (uint64_t) - (int64_t)count : (uint64_t)count * size;
    struct err err = {0};
    int rc;

    if (ext->fault.code || !ext_may(ext, 1 + length / 4096) || block > ext->size / size)
        return EXT2_ET_SHORT_READ;
    rc = ext_read(ext, data, (size_t)length, block * size, &err);
    if (rc && rc != E_INVALID)
        ext->fault = err;
    return rc ? EXT2_ET_SHORT_READ : 0;
}

static errcode_t io_read(io_channel channel, unsigned long block, int count, void *data)
{
    return io_read64(channel, block, count, data);
}

static errcode_t io_write64(io_channel channel, unsigned long long block, int count,
                            const void *data)
{
    (void)channel;
    (void)block;
    (void)count;
    (void)data;
    return EXT2_ET_RO_FILSYS;
}

static errcode_t io_write(io_channel channel, unsigned long block, int count, const void *data)
{
    return io_write64(channel, block, count, data);
}

static errcode_t io_flush(io_channel channel)
{
    (void)channel;
    return 0;
}

io_manager ext_io_manager(void)
{
    static const struct struct_io_manager manager = {
        .magic = EXT2_ET_MAGIC_IO_MANAGER,
        .name = "stored disk",
        .open = io_open,
        .close = io_close,
        .set_blksize = io_set_block_size,
        .read_blk = io_read,
        .write_blk = io_write,
        .flush = io_flush,
        .read_blk64 = io_read64,
        .write_blk64 = io_write64,
    };
    io_manager ret;
    const struct struct_io_manager *const address = &manager;

    memcpy(&ret, &address, sizeof ret); /* the library only reads it */
    return ret;
}
