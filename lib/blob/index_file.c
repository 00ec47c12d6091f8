/* One sorted file of an index: written, opened and searched. */
#include "blob/room.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/endian.h"
#include "base/mem.h"
#include "base/vec.h"
#include "blob/index.h"
#include "os/file.h"

#define INDEX_MAGIC     "SIGINDX\n"
#define INDEX_END_MAGIC "SIGXEND\n"

/* --- writing --- */

struct index_writer {
    struct sink sink;
    struct blob_name *names;
    size_t blob_count;
    struct {
        struct index_page *items;
        size_t count;
    } pages;
    uint64_t entries;
    size_t held; /* bytes of `page` */
    uint8_t page[INDEX_PAGE_SIZE];
};

int index_writer_open(int dir, const struct blob_name *names, size_t count,
                      struct index_writer **ret, struct err *err)
{
    struct index_writer *writer = mem_new(1, sizeof *writer);
    uint8_t header[INDEX_HEADER_SIZE] = INDEX_MAGIC;
    int rc;

    little_put32(header + 8, 1);
    writer->names = mem_copy(names, count * sizeof *names);
    writer->blob_count = count;
    rc = sink_open(&writer->sink, dir, "new index", err);
    if (rc == 0)
        rc = sink_add(&writer->sink, header, sizeof header, err);
    if (rc) {
        index_writer_close(writer);
        return rc;
    }
    *ret = writer;
    return 0;
}

void index_writer_close(struct index_writer *writer)
{
    if (!writer)
        return;
    sink_done(&writer->sink);
    free(writer->names);
    free(writer->pages.items);
    free(writer);
}

static int end_page(struct index_writer *writer, struct err *err)
{
    if (writer->held == 0)
        return 0;
    *VEC_ADD(&writer->pages) = (struct index_page){
        .key = little_get64(writer->page),
        .xxh3 = digest_xxh3(writer->page, writer->held),
    };
    const int rc = sink_add(&writer->sink, writer->page, writer->held, err);

    writer->held = 0;
    return rc;
}

int index_writer_add(struct index_writer *writer, const struct index_entry *entry, struct err *err)
{
    uint8_t *row = writer->page + writer->held;

    little_put64(row, entry->key);
    little_put32(row + 8, entry->blob);
    little_put32(row + 12, entry->block);
    writer->entries++;
    writer->held += INDEX_ENTRY_ROW;
    return writer->held == INDEX_PAGE_SIZE ? end_page(writer, err) : 0;
}

static int write_tables(struct index_writer *writer, struct err *err)
{
    uint8_t footer[INDEX_FOOTER_SIZE] = INDEX_END_MAGIC;
    struct xxh128 *tables = xxh128_new();
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < writer->pages.count; i++) {
        uint8_t row[INDEX_PAGE_ROW];

        little_put64(row, writer->pages.items[i].key);
        little_put64(row + 8, writer->pages.items[i].xxh3);
        xxh128_add(tables, row, sizeof row);
        rc = sink_add(&writer->sink, row, sizeof row, err);
    }
    for (size_t i = 0; rc == 0 && i < writer->blob_count; i++) {
        xxh128_add(tables, &writer->names[i], sizeof writer->names[i]);
        rc = sink_add(&writer->sink, &writer->names[i], sizeof writer->names[i], err);
    }
    little_put32(footer + 8, 1);
    little_put32(footer + 12, (uint32_t)writer->blob_count);
    little_put64(footer + 16, writer->entries);
    xxh128_result(tables, footer + 40);
    little_put64(footer + 56, digest_xxh3(footer, 56));
    xxh128_free(tables);
    if (rc == 0)
        rc = sink_add(&writer->sink, footer, sizeof footer, err);
    return rc ? rc : sink_flush(&writer->sink, err);
}

/* --- reading --- */

static int read_footer(struct index_file *file, uint8_t content[XXH128_SIZE], struct err *err)
{
    uint8_t footer[INDEX_FOOTER_SIZE];
    struct file_info info;
    uint64_t left;
    int rc = file_stat(file->fd, file->path, &info, err);

    if (rc)
        return rc;
    if (info.kind != FILE_REGULAR || info.size < INDEX_HEADER_SIZE + INDEX_FOOTER_SIZE)
        return file_damaged(file->path, "it is too short for an index or no regular file", err);
    rc = file_read_exact(file->fd, file->path, footer, sizeof footer, info.size - sizeof footer,
                         err);
    if (rc)
        return rc;
    if (memcmp(footer, INDEX_END_MAGIC, 8) != 0 ||
        little_get64(footer + 56) != digest_xxh3(footer, 56))
        return file_damaged(file->path, "its footer is damaged", err);
    if (little_get32(footer + 8) != 1)
        return err_set(err, E_UNSUPPORTED, "cannot use '%s': its format is unknown", file->path);
    file->file_size = info.size;
    file->blob_count = little_get32(footer + 12);
    file->entry_count = little_get64(footer + 16);
    memcpy(content, footer + 40, XXH128_SIZE);
    left = info.size - INDEX_HEADER_SIZE - INDEX_FOOTER_SIZE;
    if (file->entry_count > left / INDEX_ENTRY_ROW)
        return file_damaged(file->path, "its footer does not fit its size", err);
    left -= file->entry_count * INDEX_ENTRY_ROW;
    file->page_count = (size_t)((file->entry_count + INDEX_PAGE_ENTRIES - 1) / INDEX_PAGE_ENTRIES);
    if (left != file->page_count * (uint64_t)INDEX_PAGE_ROW +
                    file->blob_count * (uint64_t)sizeof *file->names)
        return file_damaged(file->path, "its footer does not fit its size", err);
    return 0;
}

static int read_header(struct index_file *file, struct err *err)
{
    uint8_t header[INDEX_HEADER_SIZE];
    int rc = file_read_exact(file->fd, file->path, header, sizeof header, 0, err);

    if (rc)
        return rc;
    if (memcmp(header, INDEX_MAGIC, 8) != 0 || little_get32(header + 8) != 1 ||
        !mem_is_zero(header + 12, sizeof header - 12))
        return file_damaged(file->path, "its header is damaged", err);
    return 0;
}

static int read_tables(struct index_file *file, const uint8_t content[XXH128_SIZE], struct err *err)
{
    const size_t pages = file->page_count * INDEX_PAGE_ROW;
    const size_t length = pages + file->blob_count * sizeof *file->names;
    uint8_t *bytes = mem_new(length, 1);
    struct xxh128 *tables = xxh128_new();
    uint8_t found[XXH128_SIZE];
    int rc = file_read_exact(file->fd, file->path, bytes, length,
                             file->file_size - INDEX_FOOTER_SIZE - length, err);

    if (rc)
        goto out;
    xxh128_add(tables, bytes, length);
    xxh128_result(tables, found);
    if (memcmp(found, content, sizeof found) != 0) {
        rc = file_damaged(file->path, "its tables are damaged", err);
        goto out;
    }
    file->pages = mem_new(file->page_count, sizeof *file->pages);
    for (size_t i = 0; i < file->page_count; i++) {
        file->pages[i].key = little_get64(bytes + i * INDEX_PAGE_ROW);
        file->pages[i].xxh3 = little_get64(bytes + i * INDEX_PAGE_ROW + 8);
    }
    file->names = mem_copy(bytes + pages, length - pages);
out:
    xxh128_free(tables);
    free(bytes);
    return rc;
}

static struct index_file *file_new(void)
{
    struct index_file *file = mem_new(1, sizeof *file);

    file->fd = FILE_NONE;
    file->staged = (struct staged)STAGED_NONE;
    return file;
}

static int load(struct index_file *file, struct err *err)
{
    uint8_t content[XXH128_SIZE];
    int rc = read_footer(file, content, err);

    if (rc == 0)
        rc = read_header(file, err);
    if (rc == 0)
        rc = read_tables(file, content, err);
    return rc;
}

int index_writer_finish(struct index_writer *writer, struct index_file **ret, struct err *err)
{
    struct index_file *file;
    int rc = end_page(writer, err);

    if (rc == 0)
        rc = write_tables(writer, err);
    if (rc)
        return rc;
    file = file_new();
    snprintf(file->path, sizeof file->path, "new index");
    file->staged = writer->sink.staged;
    file->fd = file->staged.fd;
    writer->sink.staged = (struct staged)STAGED_NONE;
    rc = load(file, err);
    if (rc) {
        index_file_close(file);
        return rc;
    }
    *ret = file;
    return 0;
}

int index_file_publish(struct index_file *file, uint32_t number, struct err *err)
{
    char path[INDEX_PATH_SIZE];
    int rc;

    snprintf(path, sizeof path, "index.%u", (unsigned)number);
    rc = staged_publish(&file->staged, path, false, err);
    if (rc)
        return rc;
    memcpy(file->path, path, sizeof path);
    file->number = number;
    return 0;
}

int index_file_open(int dir, uint32_t number, struct index_file **ret, struct err *err)
{
    struct index_file *file = file_new();
    int rc;

    file->number = number;
    snprintf(file->path, sizeof file->path, "index.%u", (unsigned)number);
    rc = file_open(dir, file->path, FILE_READ, &file->fd, err);
    if (rc == 0)
        rc = load(file, err);
    if (rc) {
        index_file_close(file);
        return rc;
    }
    *ret = file;
    return 0;
}

void index_file_close(struct index_file *file)
{
    if (!file)
        return;
    if (file->staged.fd != FILE_NONE)
        staged_done(&file->staged);
    else
        file_close(&file->fd);
    free(file->pages);
    free(file->names);
    free(file->numbers);
    free(file->cache);
    free(file);
}

int index_file_page(struct index_file *file, size_t page, const uint8_t **ret, size_t *ret_count,
                    struct err *err)
{
    const uint64_t left = file->entry_count - page * (uint64_t)INDEX_PAGE_ENTRIES;
    const size_t count = left < INDEX_PAGE_ENTRIES ? (size_t)left : INDEX_PAGE_ENTRIES;
    const size_t place = page % INDEX_CACHE_PAGES;
    uint8_t *bytes;
    int rc = 0;

    if (!file->cache)
        file->cache = mem_new(INDEX_CACHE_PAGES, INDEX_PAGE_SIZE);
    bytes = file->cache + place * INDEX_PAGE_SIZE;
    if (file->cached[place] != page + 1) {
        file->cached[place] = 0;
        rc = file_read_exact(file->fd, file->path, bytes, count * INDEX_ENTRY_ROW,
                             INDEX_HEADER_SIZE + page * (uint64_t)INDEX_PAGE_SIZE, err);
        if (rc == 0 && digest_xxh3(bytes, count * INDEX_ENTRY_ROW) != file->pages[page].xxh3)
            rc = file_damaged(file->path, "a page of it is damaged", err);
        file->damaged |= rc != 0;
        if (rc)
            return rc;
        file->cached[place] = page + 1;
    }
    *ret = bytes;
    *ret_count = count;
    return 0;
}

struct index_entry index_entry_read(const uint8_t *row)
{
    return (struct index_entry){
        .key = little_get64(row),
        .blob = little_get32(row + 8),
        .block = little_get32(row + 12),
    };
}

/* Pages whose first key is below `key`: the one before the end of these is the first that may hold
 * it. Keys are evenly spread, so the place is guessed, and only when the guess is far off
 * everything is searched. */
static size_t pages_below(const struct index_file *file, uint64_t key)
{
    enum { NEAR = 32 };
    const size_t guess = (size_t)(((key >> 32) * file->page_count) >> 32);
    size_t low = 0, high = file->page_count;

    if (guess > NEAR && file->pages[guess - NEAR].key < key)
        low = guess - NEAR;
    if (guess + NEAR < high && file->pages[guess + NEAR].key >= key)
        high = guess + NEAR;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (file->pages[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t rows_below(const uint8_t *rows, size_t count, uint64_t key)
{
    size_t low = 0, high = count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (little_get64(rows + middle * INDEX_ENTRY_ROW) < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int index_file_find(struct index_file *file, uint64_t key, struct index_entries *ret,
                    struct err *err)
{
    size_t page = pages_below(file, key);

    for (page -= page > 0; page < file->page_count && file->pages[page].key <= key; page++) {
        const uint8_t *rows;
        size_t count;
        int rc = index_file_page(file, page, &rows, &count, err);

        if (rc)
            return rc;
        for (size_t i = rows_below(rows, count, key); i < count; i++) {
            const struct index_entry entry = index_entry_read(rows + i * INDEX_ENTRY_ROW);

            if (entry.key != key)
                return 0;
            *VEC_ADD(ret) = entry;
        }
    }
    return 0;
}

int index_check(int dir, uint32_t number, struct err *err)
{
    struct index_file *file = NULL;
    int rc = index_file_open(dir, number, &file, err);

    for (size_t page = 0; rc == 0 && page < file->page_count; page++) {
        const uint8_t *rows;
        size_t count;

        rc = index_file_page(file, page, &rows, &count, err);
    }
    index_file_close(file);
    return rc;
}
