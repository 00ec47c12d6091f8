/* err.h: what went wrong, in one value that the caller owns.
 *
 * A fallible function returns 0 or one of the negative E_* codes and takes a `struct err *` as its
 * last parameter. Whoever notices the failure calls err_set or err_os; each caller on the way up
 * may put in front of the text what it was doing (err_wrap). Message grammar: failed action first,
 * names in single quotes, cause last, lower case, no full stop; what to do about it is the hint.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

/* One code for each thing that a caller can act on. Words, exit statuses and sentences: err_kinds.
 */
enum {
    E_FAILED = -1,       /* anything else, input and output errors among it */
    E_INVALID = -2,      /* a value breaks a rule */
    E_USAGE = -3,        /* the command line itself is wrong */
    E_NOT_FOUND = -4,    /* something named does not exist */
    E_CONFLICT = -5,     /* the state of a resource forbids it: exists, not empty, property fixed */
    E_BUSY = -6,         /* somebody else holds a lock */
    E_CORRUPT = -7,      /* stored data is damaged */
    E_DENIED = -8,       /* permission, or a read-only file system */
    E_NO_SPACE = -9,     /* no space, no inodes, quota, file size limit */
    E_TIMED_OUT = -10,   /* a wait ended before what was waited for */
    E_PARTIAL = -11,     /* the change stands, part of the work is still to do */
    E_UNSUPPORTED = -12, /* a format, feature or file system this program does not know */
    E_CHANGED = -13,     /* a source changed while it was read */
};

enum {
    E_TEXT_SIZE = 1024, /* longest message with its NUL; longer ones end in "..." */
    E_HINT_SIZE = 512,
};

/* All-zero is "no error". Holds no memory: nothing to release. */
struct err {
    int code; /* 0 or E_* */
    int os;   /* errno behind it, or 0 */
    char text[E_TEXT_SIZE];
    char hint[E_HINT_SIZE];
};

/* One row of the table behind messages, exit statuses and the EXIT STATUS section of the manuals.
 */
struct err_kind {
    int code;             /* 0 or E_* */
    const char *word;     /* "notFound": the error's name in JSON output */
    int exit_status;      /* 0 to 10 */
    const char *sentence; /* for the manuals */
};

/* Every kind, in order of exit status; ends with a row whose word is NULL. */
extern const struct err_kind err_kinds[];

/* The row of `code`; the row of E_FAILED for a code that is not in the table. Never NULL. */
const struct err_kind *err_kind(int code);

/* Set code and text, clear hint and errno. `err` may be NULL. Returns `code`. */
int err_set(struct err *err, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Set the text to "FORMAT: meaning of errnum" and the code to what errnum stands for (ENOENT:
 * E_NOT_FOUND; EACCES, EPERM, EROFS: E_DENIED; ENOSPC, EDQUOT, EFBIG: E_NO_SPACE; else E_FAILED).
 * Returns that code. */
int err_os(struct err *err, int errnum, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Put "FORMAT: " in front of the text. Returns the code, so `return err_wrap(...)` works; E_FAILED
 * when `err` is NULL. */
int err_wrap(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Set the hint: one sentence on what to do, without full stop. Returns as err_wrap. */
int err_hint(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
