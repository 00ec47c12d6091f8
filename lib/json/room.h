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

/* As json_set, for a key that outlives the tree and is not in the object yet: neither copied nor
 * looked for. (value.c) */
void json_add(struct json *object, const char *key, struct json *value);

/* Of two members, for qsort over pointers to them. (value.c) */
int json_compare_keys(const void *left, const void *right);

/* Where in a value something is: a chain of frames on the stack, the innermost first. All
 * NULL-ended. */
struct place {
    const struct place *up; /* NULL at the top */
    const char *key;        /* NULL: the element `index` of a list */
    size_t index;
};

/* One walk over a value. */
struct pass {
    enum shape_form form; /* for reading */
    bool partial;         /* for checking: the rest is elsewhere, so nothing can be missing */
    int code;             /* what a fault is: E_INVALID in what a user gave, E_CORRUPT in a store */
    struct err *err;
};

/* Append "targetRegions[1].name". (place.c) */
void place_add(struct buf *out, const struct place *place);

/* Set the error to "PATH: FORMAT", or to "FORMAT" at the top. Returns the code of the pass. */
int place_fault(const struct place *place, const struct pass *pass, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Put the path in front of an error that a check function made, and give it the code of the pass.
 * Returns that code. */
int place_wrap(const struct place *place, const struct pass *pass);

/* "'foo' is not a known OS type" with the nearest word, or all of them, as hint. */
int place_choice_fault(const struct place *place, const struct pass *pass,
                       const struct choices *choices, const char *text);

/* A foreign text for a message: its beginning when it is long. */
enum { SHOWN_SIZE = 72 };
const char *shown(char out[SHOWN_SIZE], const char *text);

/* What shape.h does for shapes, for one member; `slot` is the member. (shape.c) */
bool slot_present(const struct row *row, const void *slot);
void slot_done(const struct row *row, void *slot);

/* Whether the member is absent because it was given as "", by ROW_CLEARS. */
bool slot_clears(const struct row *row, const void *slot);

/* What shape_write does for one member: NULL when absent. (shape_write.c) */
struct json *slot_write(const struct row *row, const void *slot, enum shape_form form);

/* Append a zeroed element and give its address. */
void *list_add(void *list, const struct shape *shape);

/* Limits that need nothing but the member: lengths, ranges, UTF-8; not what is inside objects and
 * lists. (shape_check.c) */
int slot_limits(const struct row *row, const void *slot, const struct place *place,
                const struct pass *pass);

/* Those, what is inside, and the row's check. Nothing for an absent member. */
int slot_check(const struct row *row, const void *slot, const struct place *place,
               const struct pass *pass);

/* Read JSON that is not null into an absent member. On error the member may be half filled.
 * (shape_read.c) */
int slot_read(const struct row *row, const struct json *json, void *slot, const struct place *place,
              const struct pass *pass);

#endif
