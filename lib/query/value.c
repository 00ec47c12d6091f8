/* Values: what counts as true, what is equal, what comes first. */
#include "query/room.h"

#include <string.h>

bool value_holds(const struct json *json)
{
    switch (json_kind(json)) {
    case JSON_NULL:
    case JSON_FALSE:
        return false;
    case JSON_STRING:
        return json_string(json)[0] != '\0';
    case JSON_ARRAY:
    case JSON_OBJECT:
        return json_first(json) != NULL;
    case JSON_TRUE:
    case JSON_NUMBER:
        break;
    }
    return true;
}

static int arrays_equal(struct run *run, const struct node *node, const struct json *left,
                        const struct json *right, bool *ret)
{
    const struct json *a = json_first(left);
    const struct json *b = json_first(right);
    bool equal = true;
    int rc = 0;

    for (; !rc && equal && a && b; a = json_next(a), b = json_next(b))
        rc = value_equal(run, node, a, b, &equal);
    *ret = equal && !a && !b;
    return rc;
}

static int objects_equal(struct run *run, const struct node *node, const struct json *left,
                         const struct json *right, bool *ret)
{
    size_t left_count, right_count;
    int rc = run_count(run, node, left, &left_count);

    if (!rc)
        rc = run_count(run, node, right, &right_count);
    if (rc)
        return rc;
    *ret = left_count == right_count;
    for (const struct json *a = json_first(left); *ret && a; a = json_next(a)) {
        const struct json *const b = json_get(right, json_key(a));

        rc = run_charge(run, node, right_count);
        if (!rc && b)
            rc = value_equal(run, node, a, b, ret);
        if (rc)
            return rc;
        *ret = *ret && b;
    }
    return 0;
}

int value_equal(struct run *run, const struct node *node, const struct json *left,
                const struct json *right, bool *ret)
{
    const enum json_kind kind = json_kind(left);
    int rc = run_charge(run, node, 1);

    if (!rc && kind == JSON_STRING)
        rc = run_charge_value(run, node, left);
    if (rc)
        return rc;
    if (kind != json_kind(right)) {
        *ret = false;
        return 0;
    }
    if (kind == JSON_ARRAY)
        return arrays_equal(run, node, left, right, ret);
    if (kind == JSON_OBJECT)
        return objects_equal(run, node, left, right, ret);
    *ret = !value_comparable(left, right) || value_compare(left, right) == 0;
    return 0;
}

bool value_comparable(const struct json *left, const struct json *right)
{
    const enum json_kind kind = json_kind(left);

    return kind == json_kind(right) && (kind == JSON_NUMBER || kind == JSON_STRING);
}

/* The bytes of UTF-8 are ordered as its characters are, but for U+0000, which json/value.h keeps
 * as C0 80. */
static int rank(char c)
{
    const unsigned char byte = (unsigned char)c;

    return byte == 0 ? 0 : byte == 0xc0 ? 1 : byte + 1;
}

int value_compare(const struct json *left, const struct json *right)
{
    const char *a = json_string(left);
    const char *b = json_string(right);

    if (!a)
        return (json_number(left) > json_number(right)) - (json_number(left) < json_number(right));
    for (; *a && *a == *b; a++)
        b++;
    return rank(*a) - rank(*b);
}

size_t value_length(const char *text)
{
    size_t length = 0;

    for (; *text; text++)
        length += ((unsigned char)*text & 0xc0) != 0x80;
    return length;
}

const char *value_phrase(const struct json *json)
{
    static const char *const phrases[] = {
        [JSON_NULL] = "null",        [JSON_FALSE] = "a boolean", [JSON_TRUE] = "a boolean",
        [JSON_NUMBER] = "a number",  [JSON_STRING] = "a string", [JSON_ARRAY] = "an array",
        [JSON_OBJECT] = "an object",
    };

    return phrases[json_kind(json)];
}
