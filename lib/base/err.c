#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* clang-format off */
const struct err_kind err_kinds[] = {
    {0,             "done",        0,  "Everything asked for was done; what was to be deleted is absent."},
    {E_FAILED,      "failed",      1,  "It failed: an input or output error, or any other cause."},
    {E_INVALID,     "refused",     1,  "A value breaks a rule; nothing was changed."},
    {E_UNSUPPORTED, "unsupported", 1,  "A format, feature or file system that this release does not know."},
    {E_CHANGED,     "changed",     1,  "A source changed while it was read; nothing was published."},
    {E_USAGE,       "usage",       2,  "The command line is wrong."},
    {E_NOT_FOUND,   "notFound",    3,  "Something named does not exist."},
    {E_CONFLICT,    "conflict",    4,  "It exists with other content, is not empty, a lock forbids it, or the property is fixed."},
    {E_BUSY,        "busy",        5,  "Another process is at work there."},
    {E_CORRUPT,     "corrupt",     6,  "Stored data is damaged or not where it was: no intact copy, a disk not mounted, what an audit found."},
    {E_DENIED,      "denied",      7,  "Permission denied, or the file system is read-only."},
    {E_NO_SPACE,    "noSpace",     8,  "No space left, or a quota or file size limit was reached."},
    {E_TIMED_OUT,   "timedOut",    9,  "What was waited for did not happen in time."},
    {E_PARTIAL,     "partial",     10, "The change stands, but a part is still to do, as copies: the message says how."},
    {0, NULL, 0, NULL},
};
/* clang-format on */

const struct err_kind *err_kind(int code)
{
    const struct err_kind *fallback = &err_kinds[1];

    for (const struct err_kind *kind = err_kinds; kind->word; kind++)
        if (kind->code == code)
            return kind;
    return fallback;
}

/* Mark a text that did not fit, so that nobody takes a cut message for a whole one. */
__attribute__((format(printf, 3, 0))) static void print_bounded(char *out, size_t size,
                                                                const char *format, va_list args)
{
    int length = vsnprintf(out, size, format, args);

    if (length >= 0 && (size_t)length >= size)
        memcpy(out + size - 4, "...", 4);
}

int err_set(struct err *err, int code, const char *format, ...)
{
    va_list args;

    if (!err)
        return code;
    err->code = code;
    err->os = 0;
    err->hint[0] = '\0';
    va_start(args, format);
    print_bounded(err->text, sizeof err->text, format, args);
    va_end(args);
    return code;
}

static int code_of_errno(int errnum)
{
    switch (errnum) {
    case ENOENT:
        return E_NOT_FOUND;
    case EACCES:
    case EPERM:
    case EROFS:
        return E_DENIED;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return E_NO_SPACE;
    default:
        return E_FAILED;
    }
}

/* strerror begins with a capital; the grammar of messages does not. */
static void append_cause(char *text, size_t size, int errnum)
{
    size_t length = strlen(text);
    char cause[128];

    snprintf(cause, sizeof cause, "%s",
             strerrordesc_np(errnum) ? strerrordesc_np(errnum) : "unknown error");
    if (cause[0] >= 'A' && cause[0] <= 'Z' && !(cause[1] >= 'A' && cause[1] <= 'Z'))
        cause[0] = (char)(cause[0] - 'A' + 'a');
    snprintf(text + length, size - length, ": %s", cause);
}

int err_os(struct err *err, int errnum, const char *format, ...)
{
    va_list args;

    if (!err)
        return code_of_errno(errnum);
    err->code = code_of_errno(errnum);
    err->os = errnum;
    err->hint[0] = '\0';
    va_start(args, format);
    print_bounded(err->text, sizeof err->text, format, args);
    va_end(args);
    append_cause(err->text, sizeof err->text, errnum);
    return err->code;
}

int err_wrap(struct err *err, const char *format, ...)
{
    char tail[E_TEXT_SIZE];
    va_list args;
    size_t length;

    if (!err)
        return E_FAILED;
    memcpy(tail, err->text, sizeof tail);
    va_start(args, format);
    print_bounded(err->text, sizeof err->text, format, args);
    va_end(args);
    length = strlen(err->text);
    if ((size_t)snprintf(err->text + length, sizeof err->text - length, ": %s", tail) >=
        sizeof err->text - length)
        memcpy(err->text + sizeof err->text - 4, "...", 4);
    return err->code;
}

int err_hint(struct err *err, const char *format, ...)
{
    va_list args;

    if (!err)
        return E_FAILED;
    va_start(args, format);
    print_bounded(err->hint, sizeof err->hint, format, args);
    va_end(args);
    return err->code;
}
