/* Texts in files: those that hold a value, and those that are made for people. */
#include <string.h>

#include "ops/export.h"
#include "ops/room.h"
#include "os/input.h"

static int read_all(const struct input *input, const char *name, struct buf *text, struct err *err)
{
    size_t got = 0;
    int rc;

    /* One byte more than there may be, to see that there are more. */
    buf_reserve(text, GAL_TEXT_MAX + 1);
    rc = input_read(input, name, text->bytes, GAL_TEXT_MAX + 1, &got, err);
    if (rc)
        return rc;
    text->length = got;
    text->bytes[got] = '\0';
    if (got > GAL_TEXT_MAX)
        return err_set(err, E_INVALID, "'%s' is larger than %d bytes", name, (int)GAL_TEXT_MAX);
    if (memchr(text->bytes, '\0', got))
        return err_set(err, E_INVALID, "'%s' is no text: it holds a zero byte", name);
    return 0;
}

int gal_read_text(const char *path, char **ret, struct err *err)
{
    const char *const name = strcmp(path, "-") == 0 ? "standard input" : path;
    struct input input = INPUT_NONE;
    struct buf text = {0};
    int rc;

    rc = input_open(path, &input, err);
    if (rc)
        return rc;
    rc = read_all(&input, name, &text, err);
    if (rc)
        goto out;
    if (text.length > 0 && text.bytes[text.length - 1] == '\n')
        text.bytes[--text.length] = '\0';
    *ret = buf_take(&text);
out:
    input_close(&input);
    buf_done(&text);
    return rc;
}

int gal_write_text(const char *path, const struct buf *text, bool force, struct err *err)
{
    struct target target = TARGET_NONE;
    int rc;

    rc = target_open(&target, path, force, err);
    if (rc == 0)
        rc = target_begin(&target, text->length, text->length, err);
    if (rc == 0)
        rc = target_write(&target, text->bytes, text->length, 0, err);
    if (rc == 0)
        rc = target_finish(&target, text->length, err);
    target_done(&target);
    return rc;
}
