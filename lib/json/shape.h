/* shape.h: each property declared once.
 *
 * A struct is ordinary, documented C. Beside it stands its shape: one row a property. From the rows
 * come JSON reading and writing, copying, comparing, merging, limits with the path in the message,
 * command-line flags, columns and the tables of the manuals.
 *
 * A member's type tells its kind; a row that disagrees with its member does not compile:
 *
 *   char *            KIND_TEXT     NULL when absent
 *   struct opt_bool   KIND_BOOL
 *   struct opt_int    KIND_INT
 *   struct opt_time   KIND_TIME     "2026-11-22T13:04:12+00:00" in JSON
 *   unsigned          KIND_CHOICE   0 when absent, else 1 + index of the word in row->choices
 *   struct texts      KIND_TEXTS    array of strings; absent when empty
 *   struct tags       KIND_TAGS     object of strings; absent when not `set`
 *   any other struct  KIND_OBJECT   ROW_OBJECT; absent when all its members are
 *   { T *items; size_t count; }     KIND_LIST, ROW_LIST: array of objects; absent when empty
 *
 * So all-zero is the absent value of every member, and of every shape.
 */
#ifndef JSON_SHAPE_H
#define JSON_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/vec.h"
#include "json/value.h"

struct opt_bool {
    bool set;
    bool value;
};

struct opt_int {
    bool set;
    int64_t value;
};

/* A count or size, which is there. */
static inline struct opt_int opt_int_of(uint64_t value)
{
    return (struct opt_int){.set = true, .value = (int64_t)value};
}

/* Also when neither is set. */
static inline bool opt_int_equal(const struct opt_int *left, const struct opt_int *right)
{
    return left->set == right->set && (!left->set || left->value == right->value);
}

struct opt_time {
    bool set;
    int64_t value; /* seconds since the epoch */
};

/* The value of an integer or time that is not set and was given as "": it clears when merged. */
enum { OPT_CLEARED = 1 };

struct tag {
    char *name;
    char *value; /* "" when only a name was given; never NULL */
};

struct tags {
    bool set; /* {} is not the same as absent: it clears */
    struct tag *items;
    size_t count;
};

enum kind {
    KIND_TEXT = 1,
    KIND_BOOL,
    KIND_INT,
    KIND_TIME,
    KIND_CHOICE,
    KIND_TEXTS,
    KIND_TAGS,
    KIND_OBJECT,
    KIND_LIST,
};

/* The words of an enum; what is typed in any case comes out as here. */
struct choices {
    const char *noun;         /* "OS type": for messages */
    const char *const *words; /* NULL-terminated */
};

/* The word of a value, NULL for 0 (or out of range). */
const char *choice_word(const struct choices *choices, unsigned value);
/* 0 when no word is `text` (compared without case). */
unsigned choice_value(const struct choices *choices, const char *text);

/* Rules of a row. */
enum {
    ROW_KEY = 1 << 0,     /* identifies an element of a list: text in any case, integer, choice */
    ROW_NEEDED = 1 << 1,  /* must be there when the whole is there */
    ROW_FIXED = 1 << 2,   /* cannot change after creation */
    ROW_MADE = 1 << 3,    /* made by the tool: no flag, refused in user input */
    ROW_VIEW = 1 << 4,    /* shown but not stored: in the view, never in a manifest */
    ROW_HIDDEN = 1 << 5,  /* stored but not shown: in the manifest, never in the view */
    ROW_COLUMN = 1 << 6,  /* a column of the table output */
    ROW_CLEARS = 1 << 7,  /* the word "" clears an integer, time or texts, as it does any text; a
                             list is cleared by one with `items` and no count (list_clear) */
    ROW_LABEL = 1 << 8,   /* stands for an element of a list in a table, in place of its key */
    ROW_BELOW = 1 << 9,   /* a list that has a table of its own, below that of the whole */
    ROW_ALWAYS = 1 << 10, /* a list that is shown when it is empty, too; a text that is "" */
    ROW_NAMES = 1 << 11,  /* texts that are the names of members: {"a": {}, "b": {}} in JSON */
    /* A list to which its flag adds each time it is given, in the order of the command line; its
     * `parse` appends. */
    ROW_IN_TURN = 1 << 12,
};

/* Yes or no: true t yes y 1, false f no n 0, in any case. False when the word is none of them. */
bool bool_parse(const char *word, bool *ret);

struct shape;

struct row {
    const char *key; /* JSON key */
    size_t offset;   /* of the member */
    size_t size;     /* of the member */
    enum kind kind;
    unsigned rules;
    const struct shape *shape;     /* KIND_OBJECT: of the member; KIND_LIST: of an element */
    const struct choices *choices; /* KIND_CHOICE */
    int64_t min,
        max; /* KIND_INT: both 0 is no limit. Text, texts: largest length in bytes is `max`,
                         0 is 4096 */
    const char *flag;         /* "--publisher"; NULL when no flag sets it */
    const char *flag_alias;   /* another long flag that means the same, or NULL */
    const char *hidden_alias; /* one more, for scripts that have it: parsed, but not in help */
    char letter;              /* 'p' for -p, or 0 */
    bool hidden_flag;         /* parsed, but not in help */
    const char *metavar;      /* "REGION"; NULL: from the kind */
    const char *column;       /* title when ROW_COLUMN; NULL: the key with a capital */
    const char *word;         /* short name where columns are picked ("age"), or NULL */
    const char *about;        /* one line, no full stop: help, manuals */
    /* Read a flag's arguments, where the kind's own syntax is not enough ("westus2=2"); NULL for
     * the kind's own. `slot` is the member. */
    int (*parse)(const char *const *words, size_t count, void *slot, struct err *err);
    /* Check the value of a present member beyond the limits here (a name's letters); NULL for none.
     * Message as the tail of "KEY: ". */
    int (*check)(const void *slot, struct err *err);
};

struct shape {
    const char *noun; /* "image definition" */
    size_t size;      /* of the struct */
    const struct row *rows;
    size_t count;
    int (*check)(const void *value, struct err *err); /* rules across members, or NULL */
};

#define SHAPE_KIND(member)                                                                         \
    _Generic((member), char *: KIND_TEXT, struct opt_bool: KIND_BOOL, struct opt_int: KIND_INT,    \
             struct opt_time: KIND_TIME, unsigned: KIND_CHOICE, struct texts: KIND_TEXTS,          \
             struct tags: KIND_TAGS)

/* ROW(struct definition, description, "description", .about = "...") */
#define ROW(type, member, name, ...)                                                               \
    {                                                                                              \
        .key = (name), .offset = offsetof(type, member), .size = sizeof(((type *)0)->member),      \
        .kind = SHAPE_KIND(((type *)0)->member), __VA_ARGS__                                       \
    }
#define ROW_OBJECT(type, member, name, member_shape, ...)                                          \
    {                                                                                              \
        .key = (name), .offset = offsetof(type, member), .size = sizeof(((type *)0)->member),      \
        .kind = KIND_OBJECT, .shape = (member_shape), __VA_ARGS__                                  \
    }
#define ROW_LIST(type, member, name, element_shape, ...)                                           \
    {                                                                                              \
        .key = (name), .offset = offsetof(type, member.items),                                     \
        .size = sizeof(((type *)0)->member), .kind = KIND_LIST, .shape = (element_shape),          \
        __VA_ARGS__                                                                                \
    }
#define SHAPE(type, name, shape_rows, check_function)                                              \
    {                                                                                              \
        .noun = (name), .size = sizeof(type), .rows = (shape_rows),                                \
        .count = sizeof(shape_rows) / sizeof *(shape_rows), .check = (check_function)              \
    }

enum {
    /* Bytes of a text whose row has no limit: more is no property but a file. */
    SHAPE_TEXT_MAX = 4096,
    /* Elements of a list, texts or tags that are read: keeps memory in proportion to the text. */
    SHAPE_ELEMENTS_MAX = 10000,
};

enum shape_form {
    SHAPE_INPUT,    /* from a user: an unknown key is E_INVALID and names the nearest one; so is a
                       ROW_MADE or ROW_VIEW key */
    SHAPE_MANIFEST, /* from or to a store: unknown keys are passed over, ROW_VIEW rows too; anything
                       wrong is E_CORRUPT */
    SHAPE_VIEW,     /* to a user: without ROW_HIDDEN rows */
    SHAPE_EDITED,   /* a manifest that a user changed: as SHAPE_INPUT, but ROW_MADE keys are read,
                       and so are words in place of other scalars ("3", "true", a text as the row's
                       `parse` takes it, "" for absent) and a number or true for a text */
};

/* Fill `value` (all-zero before) from an object. The path of what is wrong stands in the message
 * ("targetRegions[1].regionalReplicaCount: 'x' is not a whole number"). JSON null is absent. Checks
 * types, limits and choices, not ROW_NEEDED and not the cross rules: shape_check does. On error
 * `value` is empty again. */
int shape_read(const struct shape *shape, const struct json *json, enum shape_form form,
               void *value, struct err *err);

/* An object with what is present, in row order; "" is absent for KIND_TEXT. SHAPE_MANIFEST or
 * SHAPE_VIEW. */
struct json *shape_write(const struct shape *shape, const void *value, enum shape_form form);

/* Limits, choices, row checks, ROW_NEEDED (of an object that is present, of each element),
 * duplicate ROW_KEYs in lists, and the shape's check, depth first. Texts are valid UTF-8 without
 * U+0000; tags have names, each once without case. E_INVALID with the path. */
int shape_check(const struct shape *shape, const void *value, struct err *err);

/* Release what the members own and make them absent. */
void shape_done(const struct shape *shape, void *value);

/* Deep copy into `to` (all-zero before). */
void shape_copy(const struct shape *shape, void *to, const void *from);

/* The same between structs of two shapes: of the members that have one key and one kind. */
void shape_take(const struct shape *shape, void *to, const struct shape *other, const void *from);

/* Present members equal, in order; ROW_VIEW rows do not count. "" equals absent. */
bool shape_equal(const struct shape *shape, const void *left, const void *right);

/* Put what is present in `given` over `into`, deeply for objects; lists, texts and tags replace.
 * A ROW_FIXED member that differs by case alone keeps its spelling. */
void shape_merge(const struct shape *shape, void *into, const void *given);

/* The path of the first ROW_FIXED member that `given` has and that differs from `old`'s value:
 * appended to `path`, and true. (text compared without case when the row has ROW_KEY). Elements of
 * lists are not looked into. */
bool shape_fixed_difference(const struct shape *shape, const void *old, const void *given,
                            struct buf *path);

/* The path of the first ROW_FIXED or ROW_MADE member that is not the same in `changed`, letter
 * by letter, or not there any more: appended to `path`, and true. Elements of lists are looked into
 * as part of theirs only. */
bool shape_kept_difference(const struct shape *shape, const void *old, const void *changed,
                           struct buf *path);

/* Copy into `fresh` (written by shape_write from a changed value) the keys of `stored` that no row
 * knows, deeply: objects by key, list elements by their ROW_KEY member. So that an older program
 * keeps what a newer one wrote. */
void shape_keep_unknown(const struct shape *shape, const struct json *stored, struct json *fresh);

/* Read command-line words into the member of `row` at `slot`, replacing what is there: the row's
 * `parse`, else by kind (KIND_BOOL: bool_parse, no word is true;
 * KIND_TAGS: "k=v" words, "" alone clears, as it does rows with ROW_CLEARS; KIND_TIME: clock_parse;
 * KIND_TEXTS: all words; KIND_OBJECT and KIND_LIST: one word of JSON, read as SHAPE_INPUT; others:
 * exactly one word). Checks limits and the row's `check` as well, for lists all that shape_check
 * does. E_INVALID, with the nearest choice as hint; the message does not name the flag. On error
 * the member is as before.
 */
int shape_parse_words(const struct row *row, const char *const *words, size_t count, void *slot,
                      struct err *err);

/* The row of that exact key, or NULL. */
const struct row *shape_row(const struct shape *shape, const char *key);

/* Address of the member of `row` in `value`. */
void *row_slot(const struct row *row, void *value);
const void *row_value(const struct row *row, const void *value);

/* Whether the member is present. "" is: it clears when merged. */
bool row_present(const struct row *row, const void *value);

/* Lists as the rows see them: element address by index. */
size_t list_count(const void *list);
void *list_item(const void *list, const struct shape *shape, size_t index);
/* Make an empty list one that clears when merged, if its row has ROW_CLEARS. */
void list_clear(void *list);
/* Release the elements from the one at `count` on. */
void list_cut(void *list, const struct shape *shape, size_t count);
/* Release the elements and the list, and make it empty. */
void list_done(void *list, const struct shape *shape);

void tags_done(struct tags *tags);
/* Deep, into all-zero. */
void tags_copy(struct tags *to, const struct tags *from);

#endif
