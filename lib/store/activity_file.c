/* The files of the activity log. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "codec/digest.h"
#include "os/dir.h"
#include "os/file.h"
#include "os/lock.h"
#include "store/activity_room.h"
#include "store/layout.h"

#define CHECKSUM_START "{\"checksum\":\""

enum {
    CHECKSUM_DIGITS = 16,
    CHECKSUM_END = sizeof CHECKSUM_START - 1 + CHECKSUM_DIGITS, /* where what it is of begins */
    LINE_MAX_SIZE = 1 << 20,
    CHUNK_SIZE = 1 << 16,
    APPEND_WAIT_MS = 10000, /* the intent stays when somebody has stopped while writing */
    MONTH_LENGTH = 7,       /* "2026-11" */
};

void activity_print(struct buf *out, const struct activity_entry *entry)
{
    struct json *const tree = json_new_object();
    struct json *const rows = shape_write(&activity_entry_shape, entry, SHAPE_MANIFEST);
    struct buf line = {0};
    char digits[CHECKSUM_DIGITS + 1];

    json_set(tree, "checksum", json_new_string("0123456789abcdef"));
    for (const struct json *at = json_first(rows); at; at = json_next(at))
        json_set(tree, json_key(at), json_copy(at));
    json_print_line(&line, tree, false);
    snprintf(digits, sizeof digits, "%016" PRIx64,
             digest_xxh3(line.bytes + CHECKSUM_END, line.length - CHECKSUM_END));
    memcpy(line.bytes + sizeof CHECKSUM_START - 1, digits, CHECKSUM_DIGITS);
    buf_add(out, line.bytes, line.length);
    buf_add_char(out, '\n');
    buf_done(&line);
    json_free(rows);
    json_free(tree);
}

static bool checksum_is_right(const char *line, size_t length)
{
    char digits[CHECKSUM_DIGITS + 1];

    if (length <= CHECKSUM_END || strncmp(line, CHECKSUM_START, sizeof CHECKSUM_START - 1) != 0)
        return false;
    snprintf(digits, sizeof digits, "%016" PRIx64,
             digest_xxh3(line + CHECKSUM_END, length - CHECKSUM_END));
    return memcmp(line + sizeof CHECKSUM_START - 1, digits, CHECKSUM_DIGITS) == 0;
}

int activity_parse(const char *line, size_t length, struct activity_entry *ret, struct err *err)
{
    struct json *tree = NULL;
    int rc;

    if (!checksum_is_right(line, length))
        return err_set(err, E_CORRUPT, "its checksum does not match");
    rc = json_parse(line, length, &tree, err);
    if (rc == 0)
        rc = shape_read(&activity_entry_shape, tree, SHAPE_MANIFEST, ret, err);
    if (rc == 0) {
        rc = shape_check(&activity_entry_shape, ret, err);
        if (rc)
            shape_done(&activity_entry_shape, ret);
    }
    json_free(tree);
    return rc ? err_wrap(err, "it is no entry") : 0;
}

/* --- appending --- */

/* "activity/2026-11.jsonl". To be released with free. */
static char *month_path(int64_t seconds)
{
    char text[CLOCK_TEXT_SIZE];

    clock_text(seconds, text);
    return text_printf(LAYOUT_ACTIVITY "/%.*s" LAYOUT_LOG_ENDING, MONTH_LENGTH, text);
}

/* Where the last whole line ends: what is behind it was being written by a process that was killed.
 */
static int find_end(int fd, const char *path, uint64_t size, uint64_t *ret, struct err *err)
{
    char *const bytes = mem_new(1, CHUNK_SIZE);
    uint64_t end = size;
    int rc = 0;

    *ret = 0;
    while (rc == 0 && end > 0 && *ret == 0) {
        const size_t length = end < CHUNK_SIZE ? (size_t)end : CHUNK_SIZE;
        size_t at = length;

        rc = file_read_exact(fd, path, bytes, length, end - length, err);
        while (rc == 0 && at > 0 && bytes[at - 1] != '\n')
            at--;
        if (rc == 0 && at > 0)
            *ret = end - length + at;
        end -= length;
    }
    free(bytes);
    return rc;
}

int activity_make_room(const struct store *store, struct err *err)
{
    const int rc = dir_make(store->root, LAYOUT_OPEN, err);

    store_fit(store, LAYOUT_ACTIVITY);
    store_fit(store, LAYOUT_OPEN);
    return rc;
}

/* A file that has a line has a durable name. */
static int flush_names(const struct store *store, struct err *err)
{
    int dir = FILE_NONE;
    int rc = dir_open(store->root, LAYOUT_ACTIVITY, &dir, err);

    if (rc == 0)
        rc = dir_flush(dir, LAYOUT_ACTIVITY, err);
    file_close(&dir);
    return rc ? rc : dir_flush(store->root, store->path, err);
}

static int append_locked(const struct store *store, int fd, const char *path,
                         const struct buf *text, struct err *err)
{
    struct file_info info;
    uint64_t end = 0;
    int rc = file_stat(fd, path, &info, err);

    if (rc == 0)
        rc = find_end(fd, path, info.size, &end, err);
    if (rc == 0 && end == 0)
        rc = file_fit_group(fd, store->root, path, err);
    if (rc == 0 && end == 0)
        rc = flush_names(store, err);
    if (rc == 0 && info.size - end > LINE_MAX_SIZE) { /* nobody was writing that */
        rc = file_write_at(fd, path, "\n", 1, info.size, err);
        end = info.size + 1;
    } else if (rc == 0 && end < info.size) {
        rc = file_resize(fd, path, end, err);
    }
    if (rc == 0)
        rc = file_write_at(fd, path, text->bytes, text->length, end, err);
    return rc ? rc : file_flush(fd, path, err);
}

/* The file, made with the directory if need be, to oneself alone. */
static int open_month(const struct store *store, const char *path, int *ret_fd, struct err *err)
{
    int rc = lock_take(store->root, path, LOCK_EXCLUSIVE, APPEND_WAIT_MS, ret_fd, err);

    if (rc != E_NOT_FOUND)
        return rc;
    rc = activity_make_room(store, err);
    return rc ? rc : lock_take(store->root, path, LOCK_EXCLUSIVE, APPEND_WAIT_MS, ret_fd, err);
}

int activity_append(const struct store *store, struct activity_entry *entry, struct err *err)
{
    const int64_t now = store_now(store);
    char *const path = month_path(now);
    struct buf line = {0};
    int fd = FILE_NONE;
    int rc;

    entry->submission_timestamp = (struct opt_time){.set = true, .value = now};
    activity_print(&line, entry);
    rc = open_month(store, path, &fd, err);
    if (rc == 0)
        rc = append_locked(store, fd, path, &line, err);
    file_close(&fd);
    buf_done(&line);
    free(path);
    return rc;
}

/* --- reading --- */

struct reading {
    const struct activity_visitor *visitor;
    const char *path;
    uint64_t line;
};

static void read_line(struct reading *reading, const char *line, size_t length)
{
    struct activity_entry entry = {0};
    struct err why = {0};

    reading->line++;
    if (activity_parse(line, length, &entry, &why) == 0)
        reading->visitor->each(reading->visitor->user, &entry);
    else
        reading->visitor->damaged(reading->visitor->user, reading->path, reading->line, &why);
    shape_done(&activity_entry_shape, &entry);
}

/* Whole lines of what has been read; the rest stays. */
static void read_lines(struct reading *reading, struct buf *text)
{
    size_t start = 0;
    const char *end;

    while (start < text->length &&
           (end = memchr(text->bytes + start, '\n', text->length - start)) != NULL) {
        read_line(reading, text->bytes + start, (size_t)(end - (text->bytes + start)));
        start = (size_t)(end - text->bytes) + 1;
    }
    if (text->length - start > LINE_MAX_SIZE) { /* no line of ours: look for the next one */
        read_line(reading, text->bytes + start, text->length - start);
        start = text->length;
    }
    memmove(text->bytes, text->bytes + start, text->length - start);
    buf_cut(text, text->length - start);
}

static int read_file(const struct store *store, const char *path,
                     const struct activity_visitor *visitor, struct err *err)
{
    struct reading reading = {.visitor = visitor, .path = path};
    struct buf text = {0};
    uint64_t offset = 0;
    size_t got = 1;
    int fd = FILE_NONE;
    int rc = file_open(store->root, path, FILE_READ, &fd, err);

    while (rc == 0 && got > 0) {
        buf_reserve(&text, CHUNK_SIZE);
        rc = file_read_at(fd, path, text.bytes + text.length, CHUNK_SIZE, offset, &got, err);
        if (rc == 0) {
            text.length += got;
            offset += got;
            if (text.length > 0)
                read_lines(&reading, &text);
        }
    }
    file_close(&fd);
    buf_done(&text);
    return rc == E_NOT_FOUND ? 0 : rc;
}

/* Before the year 1 there is no month, and after it the texts are in the order of time. */
static bool is_before(const char *name, int64_t since)
{
    char text[CLOCK_TEXT_SIZE];

    clock_text(since, text);
    return strncmp(name, text, MONTH_LENGTH) < 0;
}

/* Do something with each of them. */
struct with_file {
    int64_t since;
    int (*one)(const struct store *store, const char *path, const void *user, struct err *err);
    const void *user;
};

static int each_file(const struct store *store, const struct with_file *with, struct err *err)
{
    struct texts names = {0};
    int rc = dir_list(store->root, LAYOUT_ACTIVITY, &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        char *const path = text_printf(LAYOUT_ACTIVITY "/%s", names.items[i]);

        if (names.items[i][0] != '.' && text_ends(names.items[i], LAYOUT_LOG_ENDING) &&
            !is_before(names.items[i], with->since))
            rc = with->one(store, path, with->user, err);
        free(path);
    }
    texts_done(&names);
    return rc == E_NOT_FOUND ? 0 : rc;
}

/* The others can be read. */
static int read_or_tell(const struct store *store, const char *path, const void *user,
                        struct err *err)
{
    const struct activity_visitor *const visitor = user;
    const int rc = read_file(store, path, visitor, err);

    if (rc != E_DENIED && rc != E_FAILED)
        return rc;
    visitor->damaged(visitor->user, path, 0, err);
    return 0;
}

int activity_read_files(const struct store *store, int64_t since,
                        const struct activity_visitor *visitor, struct err *err)
{
    const struct with_file with = {since, read_or_tell, visitor};

    return each_file(store, &with, err);
}

static int flush_one(const struct store *store, const char *path, const void *user, struct err *err)
{
    int fd = FILE_NONE;
    int rc = file_open(store->root, path, FILE_UPDATE, &fd, err);

    (void)user;
    if (rc == 0)
        rc = file_flush(fd, path, err);
    file_close(&fd);
    return rc;
}

int activity_flush(const struct store *store, int64_t since, struct err *err)
{
    const struct with_file with = {since, flush_one, NULL};

    return each_file(store, &with, err);
}
