/* room.h: what the files of this room share. */
#ifndef JSON_ROOM_H
#define JSON_ROOM_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "json/shape.h"
#include "json/value.h"

/* Largest magnitude up to which every integer is a double. */
#define JSON_INTEGER_MAX INT64_C(9007199254740992)

/* Read one whole text into a tree. Errors as json_parse. (scan.c) */
int json_scan(const char *text, size_t length, cJSON **ret, struct err *err);

/* cJSON gives NULL for lack of memory, which goes to the one handler of that. */
static inline void *json_need(void *made)
{
    return made ? made : mem_resize(made, SIZE_MAX, 2);
}

/* `struct json` is never defined: it is cJSON under a name that shows no cJSON. */
static inline cJSON *json_node(struct json *json)
{
    return (cJSON *)json;
}

static inline const cJSON *json_const_node(const struct json *json)
{
    return (const cJSON *)json;
}

/* Where in a value something is: a chain of frames on the stack, the innermost first. All
 * NULL-ended. */
struct place {
    const struct place *up; /* NULL at the top */
    const char *key;        /* NULL: the element `index` of a list */
    size_t index;
};

/* What a fault becomes: the code (E_INVALID for what a user gave, E_CORRUPT for what a store holds)
 * and the error. */
struct faults {
    int code;
    struct err *err;
};

/* Append "targetRegions[1].name". */
void place_add(struct buf *out, const struct place *place);

/* Set the error to "PATH: FORMAT" ("FORMAT" at the top). Returns the code. */
int place_fault(const struct place *place, const struct faults *faults, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Put the path in front of an error that a check function made, and give it the code of `faults`.
 * Returns that code. */
int place_wrap(const struct place *place, const struct faults *faults);

/* The same four things for one member, by its row; `slot` is the member. (shape.c) */
bool slot_present(const struct row *row, const void *slot);
void slot_done(const struct row *row, void *slot);
void slot_copy(const struct row *row, void *to, const void *from);
bool slot_equal(const struct row *row, const void *left, const void *right);

/* A zeroed element behind the others. (shape.c) */
void *list_add(void *list, const struct shape *shape);
/* A list without its type. */
struct anything {
    void *items;
    size_t count;
};
struct anything list_view(const void *list);

/* Limits that need nothing but the member: lengths, ranges, UTF-8, choices; not what is below
 * objects and lists. (shape_check.c) */
int slot_limits(const struct row *row, const void *slot, const struct place *place,
                const struct faults *faults);
/* Those, the row's check, and all that shape_check does below. */
int slot_check(const struct row *row, const void *slot, const struct place *place,
               const struct faults *faults);

/* "'foo' is not a known OS type" with the nearest word or all of them as hint. (shape_words.c) */
int choice_fault(const struct choices *choices, const char *text, const struct place *place,
                 const struct faults *faults);

/* Read what JSON holds into one member. (shape_read.c) */
int slot_read(const struct row *row, const struct json *json, enum shape_form form, void *slot,
              const struct place *place, const struct faults *faults);

#endif
