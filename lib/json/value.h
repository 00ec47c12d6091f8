/* value.h: JSON text and trees, strictly.
 *
 * The tree is cJSON's, behind this header; the text is read by a pass of our own, because cJSON's
 * accepts trailing bytes, duplicate keys, bad UTF-8, control characters, leading zeros and more,
 * cuts strings at \u0000 and numbers at 63 digits. Grammar: RFC 8259. Refused on purpose beyond it:
 * duplicate keys (compared after unescaping), a byte order mark, nesting deeper than
 * JSON_DEPTH_MAX, integers that a double cannot hold exactly (beyond ±2^53), numbers beyond the
 * range of a double, lone surrogate escapes.
 */
#ifndef JSON_VALUE_H
#define JSON_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"

enum {
    JSON_DEPTH_MAX = 64, /* arrays and objects inside each other: they are read by recursion */
    JSON_TEXT_MAX = 16 * 1024 * 1024, /* bytes of one text: many times the largest manifest */
};

enum json_kind {
    JSON_NULL = 1,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
};

/* One value, with all below it. Owned by its parent, or by who made it. */
struct json;

/* Read one whole text. Errors are E_INVALID and say the place: "line 3, column 7: expected ',' or
 * '}'". */
int json_parse(const char *text, size_t length, struct json **ret, struct err *err);

/* Release a value and all below it; NULL is fine. */
void json_free(struct json *json);
/* A deep copy, without a key. */
struct json *json_copy(const struct json *json);

/* "{}" and "[]", to be filled. */
struct json *json_new_object(void);
struct json *json_new_array(void);
/* A copy of the text; C0 80 in it is U+0000. */
struct json *json_new_string(const char *text);
struct json *json_new_integer(int64_t number); /* within ±2^53 */
struct json *json_new_number(double number);   /* finite */
/* true or false, and null. */
struct json *json_new_bool(bool value);
struct json *json_new_null(void);

/* What the value is. */
enum json_kind json_kind(const struct json *json);

/* The string; NULL if it is none. U+0000 inside is kept as the bytes C0 80 (never valid in UTF-8),
 * so that no string is cut. */
const char *json_string(const struct json *json);
double json_number(const struct json *json); /* 0 if it is none */
/* True when the value is a number without a fraction, within ±2^53. */
bool json_integer(const struct json *json, int64_t *ret);

/* Members of an object or array, in order. */
size_t json_count(const struct json *json);
const struct json *json_first(const struct json *json);
const struct json *json_next(const struct json *json);
const char *json_key(const struct json *json); /* NULL in an array */

/* The member of that exact key; NULL when absent or `json` is no object. */
const struct json *json_get(const struct json *json, const char *key);

/* Put `value` (taken) behind the others, or in place of the member of that key. */
void json_set(struct json *object, const char *key, struct json *value);
void json_append(struct json *array, struct json *value);

/* Put the members of the objects in it in the order of their keys, by byte value. */
void json_sort(struct json *json);

/* Canonical text: two spaces a level, members in their order (sorted by byte value of the key when
 * `sorted`), UTF-8 not escaped, control characters escaped (\n, \t, \u001b), C1 controls, DEL and
 * bidirectional controls, line separators and what is no character escaped as \uNNNN too (so that a
 * string is one in YAML too), "[]" and "{}" when empty, no newline at the end.
 * Integers within ±2^53 without fraction or exponent; other numbers in the shortest form that reads
 * back the same. Bytes in strings that are not UTF-8 (never from json_parse) come out as U+FFFD. */
void json_print(struct buf *out, const struct json *json, bool sorted);

/* The same on one line, no blanks: for JSON lines. */
void json_print_line(struct buf *out, const struct json *json, bool sorted);

/* What a terminal is told in front of each part, and behind it: escape sequences. */
struct json_ink {
    const char *key;
    const char *string;
    const char *number;
    const char *word; /* true, false, null */
    const char *end;
};

/* Of a value: "" for what has parts of its own. */
const char *json_ink_of(const struct json_ink *ink, const struct json *json);

/* As json_print, in colours; NULL is none. */
void json_print_inked(struct buf *out, const struct json *json, bool sorted,
                      const struct json_ink *ink);

#endif
