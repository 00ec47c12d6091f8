/* signature.h: what files begin with that are no disk themselves: what may hold one, and formats
 * that are not read. */
#ifndef IMAGE_SIGNATURE_H
#define IMAGE_SIGNATURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum wrapping {
    WRAPPING_NONE,
    /* compressed files */
    WRAPPING_GZIP,
    WRAPPING_XZ,
    WRAPPING_ZSTD,
    WRAPPING_BZIP2,
    WRAPPING_LZ4,
    /* archives */
    WRAPPING_TAR,
    WRAPPING_ZIP,
};

/* Enough for the mark of tar, the one that lies deepest. */
enum { MARKS_SIZE = 512 };

/* What the first bytes of a file say that it is. */
enum wrapping signature_wrapping(const uint8_t *head, size_t length);

/* Or a compressed file. */
bool wrapping_is_archive(enum wrapping wrapping);
/* "compressed with xz", "a tar archive". */
const char *wrapping_words(enum wrapping wrapping);

/* E_UNSUPPORTED with a hint when the first bytes of the file `name` are those of a format that is
 * not read. */
int signature_refuse(const char *name, const uint8_t *head, size_t length, struct err *err);

/* E_INVALID with a hint when the name of a file without any mark ends like that of a format that
 * has one: what was fetched is something else, or was cut short; E_UNSUPPORTED when it ends like
 * that of one that has none and is not read. `shown`: what messages call it. */
int signature_refuse_name(const char *shown, const char *name, struct err *err);

/* The name of what is compressed in a file of that name, to be released with free: "os.vhd" of
 * "os.vhd.xz"; "" when that does not show. */
char *signature_unpacked_name(const char *name);

#endif
