/* semver.h: version names, Major.Minor.Patch, each 0 to 2147483647. */
#ifndef MODEL_SEMVER_H
#define MODEL_SEMVER_H

#include <stdint.h>

#include "base/err.h"

struct semver {
    int32_t major, minor, patch;
};

/* Which number the next version raises; those behind it start at 0 again. */
enum semver_part { SEMVER_PATCH = 1, SEMVER_MINOR, SEMVER_MAJOR };

enum { SEMVER_TEXT_SIZE = 3 * 10 + 2 + 1 }; /* three numbers of ten digits, two dots, NUL */

/* E_INVALID when it is not that form; leading zeros ("01.0.0") are refused. */
int semver_parse(const char *text, struct semver *ret, struct err *err);
void semver_text(const struct semver *version, char text[SEMVER_TEXT_SIZE]);
/* Numeric order: below, equal to, above 0 as strcmp. 1.10.0 is above 1.9.9. */
int semver_compare(const struct semver *left, const struct semver *right);
/* The one that follows the highest there is; NULL: there is none yet, and 1.0.0 is the first.
 * E_INVALID when that number is as high as it goes. */
int semver_next(const struct semver *highest, enum semver_part part, struct semver *ret,
                struct err *err);
/* As a row's check: `slot` is a char *. */
int semver_check(const void *slot, struct err *err);

#endif
