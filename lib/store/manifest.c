#include "store/manifest.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "codec/digest.h"
#include "json/value.h"
#include "os/file.h"
#include "os/staged.h"
#include "store/store.h"

/* The first line inside, so that the rest is JSON without it too, and can be changed by hand when
 * it is taken out. */
#define CHECKSUM_KEY   "checksum"
#define CHECKSUM_LINE  "  \"" CHECKSUM_KEY "\": \"%016" PRIx64 "\",\n"
#define CHECKSUM_START "{\n"

enum {
    CHECKSUM_LINE_SIZE = sizeof "  \"" CHECKSUM_KEY "\": \"\",\n" - 1 + 16,
    CHECKSUM_END = sizeof CHECKSUM_START - 1 + CHECKSUM_LINE_SIZE, /* where what it is of begins */
};

/* Whatever is wrong with a stored file is damage, whoever would have been to blame had it been
 * typed. */
static int damaged(struct err *err, const char *path)
{
    err->code = err->code == E_UNSUPPORTED ? E_UNSUPPORTED : E_CORRUPT;
    err->hint[0] = '\0';
    return err_wrap(err, "manifest '%s' is damaged", path);
}

/* Of the path and the text behind its line; blanks at the end do not count. */
static void print_checksum(const char *path, const char *text, size_t length,
                           char line[CHECKSUM_LINE_SIZE + 1])
{
    struct buf subject = {0};

    while (length > 0 && strchr(" \t\r\n", text[length - 1]))
        length--;
    buf_reserve(&subject, strlen(path) + 1 + length);
    buf_add_text(&subject, path);
    buf_add_char(&subject, '\n');
    buf_add(&subject, text, length);
    snprintf(line, CHECKSUM_LINE_SIZE + 1, CHECKSUM_LINE,
             digest_xxh3(subject.bytes, subject.length));
    buf_done(&subject);
}

/* A manifest without one was made or changed by hand. */
static int check_checksum(const struct json *tree, const struct buf *text,
                          const struct manifest_at *at, struct err *err)
{
    char line[CHECKSUM_LINE_SIZE + 1];

    if (!json_get(tree, CHECKSUM_KEY))
        return 0;
    if (text->length > CHECKSUM_END) {
        print_checksum(at->origin, text->bytes + CHECKSUM_END, text->length - CHECKSUM_END, line);
        if (text_starts(text->bytes, CHECKSUM_START) &&
            text_starts(text->bytes + sizeof CHECKSUM_START - 1, line))
            return 0;
    }
    err_set(err, E_CORRUPT, "manifest '%s' is damaged: its checksum does not match", at->path);
    return err_hint(err, "restore it from a backup; if it was changed or moved by hand and is "
                         "right, take the line with the checksum out");
}

static int check_format(const struct json *tree, const char *path, struct err *err)
{
    const struct json *const member = json_get(tree, "format");
    int64_t format;

    if (!member || !json_integer(member, &format) || format < 1)
        return err_set(err, E_CORRUPT, "manifest '%s' is damaged: it has no format number", path);
    if (format > STORE_FORMAT) {
        err_set(err, E_UNSUPPORTED,
                "manifest '%s' has format %lld; this release knows formats up to %d", path,
                (long long)format, STORE_FORMAT);
        return err_hint(err, "use the release of sig that wrote it, or a newer one");
    }
    return 0;
}

static int parse(const struct buf *text, const struct manifest_at *at, struct json **ret,
                 struct err *err)
{
    int rc = json_parse(buf_text(text), text->length, ret, err);

    if (rc)
        return damaged(err, at->path);
    rc = check_format(*ret, at->path, err);
    return rc ? rc : check_checksum(*ret, text, at, err);
}

/* What the open file says, if its checksum is right; to be released with json_free. */
static int load(int fd, const struct manifest_at *at, struct json **ret, struct err *err)
{
    struct buf text = {0};
    int rc = file_read_open(fd, at->path, MANIFEST_SIZE_MAX, &text, err);

    if (rc == 0)
        rc = parse(&text, at, ret, err);
    buf_done(&text);
    return rc;
}

static int fill(const struct json *tree, const char *path, const struct shape *shape, void *value,
                struct err *err)
{
    int rc = shape_read(shape, tree, SHAPE_MANIFEST, value, err);

    if (rc == 0) {
        rc = shape_check(shape, value, err);
        if (rc)
            shape_done(shape, value);
    }
    return rc ? damaged(err, path) : 0;
}

int manifest_read_moved(const struct manifest_at *at, const struct shape *shape, void *value,
                        struct json **ret_stored, struct err *err)
{
    struct json *tree = NULL;
    int fd = FILE_NONE;
    int rc = file_open(at->dir, at->path, FILE_READ, &fd, err);

    if (rc == 0)
        rc = load(fd, at, &tree, err);
    if (rc == 0)
        rc = fill(tree, at->path, shape, value, err);
    if (rc == 0 && ret_stored) {
        *ret_stored = tree;
        tree = NULL;
    }
    json_free(tree);
    file_close(&fd);
    return rc;
}

int manifest_read(int dir, const char *path, const struct shape *shape, void *value,
                  struct json **ret_stored, struct err *err)
{
    const struct manifest_at at = {.dir = dir, .path = path, .origin = path};

    return manifest_read_moved(&at, shape, value, ret_stored, err);
}

int manifest_read_open(int fd, const char *path, const struct shape *shape, void *value,
                       struct err *err)
{
    const struct manifest_at at = {.path = path, .origin = path};
    struct json *tree = NULL;
    int rc = load(fd, &at, &tree, err);

    if (rc == 0)
        rc = fill(tree, path, shape, value, err);
    json_free(tree);
    return rc;
}

/* In the order of the rows, behind a place for the checksum. */
static struct json *manifest_tree(const struct shape *shape, const void *value,
                                  const struct json *stored)
{
    struct json *tree = json_new_object();
    struct json *rows = shape_write(shape, value, SHAPE_MANIFEST);

    json_set(tree, CHECKSUM_KEY, json_new_string("0123456789abcdef"));
    json_set(tree, "format", json_new_integer(STORE_FORMAT));
    for (const struct json *member = json_first(rows); member; member = json_next(member))
        json_set(tree, json_key(member), json_copy(member));
    if (stored)
        shape_keep_unknown(shape, stored, tree);
    json_free(rows);
    return tree;
}

void manifest_print(struct buf *out, const char *path, const struct shape *shape, const void *value,
                    const struct json *stored)
{
    struct json *const tree = manifest_tree(shape, value, stored);
    char line[CHECKSUM_LINE_SIZE + 1];
    struct buf text = {0};

    json_print(&text, tree, false);
    print_checksum(path, text.bytes + CHECKSUM_END, text.length - CHECKSUM_END, line);
    memcpy(text.bytes + sizeof CHECKSUM_START - 1, line, CHECKSUM_LINE_SIZE);
    buf_printf(out, "%s\n", buf_text(&text));
    buf_done(&text);
    json_free(tree);
}

int manifest_write(int dir, const char *path, const struct shape *shape, const void *value,
                   const struct json *stored, struct err *err)
{
    const char *const slash = strrchr(path, '/');
    struct buf text = {0};
    int rc;

    manifest_print(&text, path, shape, value, stored);
    if (text.length > MANIFEST_SIZE_MAX) { /* nobody could read it again */
        buf_done(&text);
        return err_set(err, E_NO_SPACE, "manifest '%s' would be longer than %d bytes", path,
                       MANIFEST_SIZE_MAX);
    }
    rc = staged_write_file(dir, slash ? slash + 1 : path, text.bytes, text.length, err);
    buf_done(&text);
    return rc;
}
