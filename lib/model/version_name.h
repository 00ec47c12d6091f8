/* version_name.h: what may stand where a version is named: its number; where one is read, what
 * stands for the highest of several; where one is made, what stands for the next number.
 *
 *   1.2.3                     that one
 *   latest                    any
 *   1.x, 1.x.x                from 1.0.0, below 2.0.0
 *   1.2.x                     from 1.2.0, below 1.3.0
 *   ~>1, ~>1.2, ~>1.2.3       at least that, with the same numbers but for the last of those given;
 *                             with one alone, the same major number
 *   next, next:patch          the highest there is, its patch number one higher
 *   next:minor, next:major    the same for those
 *
 * Words in any case, blanks behind "~>" as you like. The form "~>" is that of RubyGems and
 * Terraform.
 */
#ifndef MODEL_VERSION_NAME_H
#define MODEL_VERSION_NAME_H

#include <stdbool.h>

#include "base/err.h"
#include "model/semver.h"

enum version_name_kind { VERSION_NAME_NUMBER = 1, VERSION_NAME_RANGE, VERSION_NAME_NEXT };

struct version_name {
    enum version_name_kind kind;
    struct semver least, most; /* a number, twice, or a range: both are in it */
    enum semver_part part;     /* next */
};

/* E_INVALID when it is none of them. */
int version_name_parse(const char *text, struct version_name *ret, struct err *err);

/* Whether a number or range covers that version. */
bool version_name_covers(const struct version_name *name, const struct semver *version);

/* As a row's check: `slot` is a char *. */
int version_name_check(const void *slot, struct err *err);

#endif
