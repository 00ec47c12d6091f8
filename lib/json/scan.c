/* One pass from text to tree, RFC 8259 and the refusals that value.h lists. */
#include "json/room.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* A key of an object that is still open. */
struct seen_key {
    const char *key; /* borrowed from the tree */
    const char *at;  /* in the text */
};

struct scan {
    const char *start;
    const char *at;
    const char *end;
    struct buf string;     /* the last string read, unescaped */
    struct seen_key *keys; /* of all open objects, the innermost last */
    size_t key_count;
    unsigned depth;
    struct err *err;
};

static int scan_value(struct scan *scan, cJSON **ret);

/* Refuse what stands at `at`. Columns count characters, not bytes. */
static int refuse(const struct scan *scan, const char *at, const char *what)
{
    size_t line = 1;
    size_t column = 1;

    for (const char *p = scan->start; p < at; p++)
        if (*p == '\n') {
            line++;
            column = 1;
        } else if (((unsigned char)*p & 0xc0) != 0x80) {
            column++;
        }
    return err_set(scan->err, E_INVALID, "line %zu, column %zu: %s", line, column, what);
}

static int peek(const struct scan *scan)
{
    return scan->at < scan->end ? (unsigned char)*scan->at : -1;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void skip_blanks(struct scan *scan)
{
    while (scan->at < scan->end && is_blank(*scan->at))
        scan->at++;
}

/* Skip blanks and then that character, if it is there. */
static bool take(struct scan *scan, char c)
{
    skip_blanks(scan);
    if (peek(scan) != c)
        return false;
    scan->at++;
    return true;
}

static size_t skip_digits(struct scan *scan)
{
    const char *first = scan->at;

    while (peek(scan) >= '0' && peek(scan) <= '9')
        scan->at++;
    return (size_t)(scan->at - first);
}

static int hex_digit(int c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* The four digits at `at`, or -1. */
static int32_t hex4(const struct scan *scan, const char *at)
{
    int32_t value = 0;

    if (scan->end - at < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        const int digit = hex_digit((unsigned char)at[i]);

        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

static void add_character(struct buf *out, uint32_t c)
{
    if (c >= 0x10000) {
        buf_add_char(out, (char)(0xf0 | c >> 18));
        buf_add_char(out, (char)(0x80 | (c >> 12 & 0x3f)));
        buf_add_char(out, (char)(0x80 | (c >> 6 & 0x3f)));
        buf_add_char(out, (char)(0x80 | (c & 0x3f)));
    } else if (c >= 0x800) {
        buf_add_char(out, (char)(0xe0 | c >> 12));
        buf_add_char(out, (char)(0x80 | (c >> 6 & 0x3f)));
        buf_add_char(out, (char)(0x80 | (c & 0x3f)));
    } else if (c >= 0x80 || c == 0) {
        /* U+0000 takes this long form, C0 80, so that it does not end the string. */
        buf_add_char(out, (char)(0xc0 | c >> 6));
        buf_add_char(out, (char)(0x80 | (c & 0x3f)));
    } else {
        buf_add_char(out, (char)c);
    }
}

/* \uXXXX, or the two of a surrogate pair; scan->at is behind the 'u'. */
static int scan_unicode_escape(struct scan *scan, const char *backslash)
{
    int32_t high = hex4(scan, scan->at);
    int32_t low;

    if (high < 0)
        return refuse(scan, backslash, "expected four hexadecimal digits after '\\u'");
    scan->at += 4;
    if (high < 0xd800 || high > 0xdfff) {
        add_character(&scan->string, (uint32_t)high);
        return 0;
    }
    low = scan->end - scan->at >= 6 && memcmp(scan->at, "\\u", 2) == 0 ? hex4(scan, scan->at + 2)
                                                                       : -1;
    if (high > 0xdbff || low < 0xdc00 || low > 0xdfff)
        return refuse(scan, backslash, "half of a surrogate pair");
    scan->at += 6;
    add_character(&scan->string,
                  0x10000 + ((uint32_t)(high - 0xd800) << 10) + (uint32_t)(low - 0xdc00));
    return 0;
}

static int scan_escape(struct scan *scan)
{
    static const char names[] = "\"\\/bfnrt";
    static const char meanings[] = "\"\\/\b\f\n\r\t";
    const char *backslash = scan->at++;
    const int c = peek(scan);
    const char *name = c > 0 ? strchr(names, c) : NULL;

    if (!name && c != 'u')
        return refuse(scan, backslash, "unknown escape");
    scan->at++;
    if (!name)
        return scan_unicode_escape(scan, backslash);
    buf_add_char(&scan->string, meanings[name - names]);
    return 0;
}

/* One character that is not ASCII. */
static int scan_wide(struct scan *scan)
{
    const unsigned lead = (unsigned char)*scan->at;
    const size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;

    if ((size_t)(scan->end - scan->at) < length || !text_is_utf8(scan->at, length))
        return refuse(scan, scan->at, "not valid UTF-8");
    buf_add(&scan->string, scan->at, length);
    scan->at += length;
    return 0;
}

static bool plain(int c)
{
    return c >= ' ' && c < 0x80 && c != '"' && c != '\\';
}

/* Read a string into scan->string. */
static int scan_string(struct scan *scan)
{
    const char *quote = scan->at++;

    buf_clear(&scan->string);
    for (;;) {
        const char *end = scan->at;
        int rc = 0;

        while (end < scan->end && plain((unsigned char)*end))
            end++;
        buf_add(&scan->string, scan->at, (size_t)(end - scan->at));
        scan->at = end;
        if (peek(scan) < 0)
            return refuse(scan, quote, "string without an end");
        if (peek(scan) == '"')
            break;
        if (peek(scan) < ' ')
            return refuse(scan, scan->at, "control character in a string");
        rc = peek(scan) == '\\' ? scan_escape(scan) : scan_wide(scan);
        if (rc)
            return rc;
    }
    scan->at++;
    return 0;
}

/* Numbers are read by the C locale: another may want a comma. */
static double number_of(const char *text)
{
    locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    double number = strtod_l(text, NULL, c_locale);

    freelocale(c_locale);
    return number;
}

/* The part behind the first digits: fraction and exponent. */
static int scan_fraction(struct scan *scan, bool *ret_whole)
{
    *ret_whole = true;
    if (peek(scan) == '.') {
        *ret_whole = false;
        scan->at++;
        if (skip_digits(scan) == 0)
            return refuse(scan, scan->at, "expected a digit after '.'");
    }
    if (peek(scan) == 'e' || peek(scan) == 'E') {
        *ret_whole = false;
        scan->at++;
        if (peek(scan) == '+' || peek(scan) == '-')
            scan->at++;
        if (skip_digits(scan) == 0)
            return refuse(scan, scan->at, "expected a digit in the exponent");
    }
    return 0;
}

/* The value of digits that stay within what a double holds exactly. */
static bool read_exact(const char *digits, const char *end, double *ret)
{
    uint64_t value = 0;

    for (; digits < end; digits++) {
        value = value * 10 + (uint64_t)(*digits - '0');
        if (value > (uint64_t)JSON_INTEGER_MAX)
            return false;
    }
    *ret = (double)value;
    return true;
}

static int scan_number(struct scan *scan, cJSON **ret)
{
    const char *first = scan->at;
    const char *digits = first + (*first == '-');
    double number;
    bool whole;
    int rc;

    scan->at = digits;
    if (skip_digits(scan) == 0)
        return refuse(scan, scan->at, "expected a digit after '-'");
    if (*digits == '0' && scan->at > digits + 1)
        return refuse(scan, first, "number with a leading zero");
    rc = scan_fraction(scan, &whole);
    if (rc)
        return rc;
    if (!whole) {
        buf_clear(&scan->string);
        buf_add(&scan->string, first, (size_t)(scan->at - first));
        number = number_of(buf_text(&scan->string));
    } else if (!read_exact(digits, scan->at, &number)) {
        return refuse(scan, first, "whole number beyond 9007199254740992");
    } else if (digits > first) {
        number = -number;
    }
    if (!isfinite(number))
        return refuse(scan, first, "number too large");
    *ret = json_need(cJSON_CreateNumber(number));
    return 0;
}

static int scan_word(struct scan *scan, cJSON **ret)
{
    static const struct {
        const char *word;
        size_t length;
        int type;
    } words[] = {{"null", 4, cJSON_NULL}, {"true", 4, cJSON_True}, {"false", 5, cJSON_False}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if ((size_t)(scan->end - scan->at) < words[i].length ||
            memcmp(scan->at, words[i].word, words[i].length) != 0)
            continue;
        scan->at += words[i].length;
        *ret = json_need(cJSON_CreateNull());
        (*ret)->type = words[i].type;
        return 0;
    }
    return refuse(scan, scan->at, "expected a value");
}

static int scan_array(struct scan *scan, cJSON **ret)
{
    cJSON *array = json_need(cJSON_CreateArray());
    int rc = 0;

    if (take(scan, ']'))
        goto out;
    do {
        cJSON *item;

        rc = scan_value(scan, &item);
        if (rc)
            goto out;
        cJSON_AddItemToArray(array, item);
    } while (take(scan, ','));
    if (!take(scan, ']'))
        rc = refuse(scan, scan->at, "expected ',' or ']'");
out:
    if (rc)
        cJSON_Delete(array);
    else
        *ret = array;
    return rc;
}

static int compare_keys(const void *left, const void *right)
{
    const struct seen_key *a = left;
    const struct seen_key *b = right;
    const int order = strcmp(a->key, b->key);

    return order ? order : (a->at > b->at) - (a->at < b->at);
}

/* Refuse the first key of the object that stands there a second time. */
static int refuse_duplicates(struct scan *scan, size_t first)
{
    struct seen_key *keys = scan->keys + first;
    const size_t count = scan->key_count - first;
    const struct seen_key *again = NULL;
    struct buf what = {0};
    int rc;

    if (count < 2)
        return 0;
    qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t i = 1; i < count; i++)
        if (strcmp(keys[i - 1].key, keys[i].key) == 0 && (!again || keys[i].at < again->at))
            again = &keys[i];
    if (!again)
        return 0;
    buf_printf(&what, "key '%s' stands here again", again->key);
    rc = refuse(scan, again->at, buf_text(&what));
    buf_done(&what);
    return rc;
}

static void remember_key(struct scan *scan, const char *key, const char *at)
{
    scan->keys = vec_grow(scan->keys, scan->key_count, sizeof *scan->keys);
    scan->keys[scan->key_count++] = (struct seen_key){.key = key, .at = at};
}

static int scan_member(struct scan *scan, cJSON *object)
{
    const char *at;
    char *key;
    cJSON *value;
    int rc;

    skip_blanks(scan);
    at = scan->at;
    if (peek(scan) != '"')
        return refuse(scan, at, "expected a key in double quotes");
    rc = scan_string(scan);
    if (rc)
        return rc;
    key = text_copy(buf_text(&scan->string));
    rc = take(scan, ':') ? scan_value(scan, &value) : refuse(scan, scan->at, "expected ':'");
    if (rc) {
        free(key);
        return rc;
    }
    value->string = key; /* as it is: cJSON_AddItemToObject would copy it */
    cJSON_AddItemToArray(object, value);
    remember_key(scan, key, at);
    return 0;
}

static int scan_object(struct scan *scan, cJSON **ret)
{
    const size_t first = scan->key_count;
    cJSON *object = json_need(cJSON_CreateObject());
    int rc = 0;

    if (take(scan, '}'))
        goto out;
    do {
        rc = scan_member(scan, object);
        if (rc)
            goto out;
    } while (take(scan, ','));
    rc = take(scan, '}') ? refuse_duplicates(scan, first)
                         : refuse(scan, scan->at, "expected ',' or '}'");
out:
    scan->key_count = first;
    if (rc)
        cJSON_Delete(object);
    else
        *ret = object;
    return rc;
}

static int scan_nested(struct scan *scan, cJSON **ret)
{
    const char bracket = *scan->at;
    int rc;

    if (scan->depth == JSON_DEPTH_MAX)
        return refuse(scan, scan->at, "nested too deeply");
    scan->depth++;
    scan->at++;
    rc = bracket == '[' ? scan_array(scan, ret) : scan_object(scan, ret);
    scan->depth--;
    return rc;
}

static int scan_value(struct scan *scan, cJSON **ret)
{
    int rc;
    int c;

    skip_blanks(scan);
    c = peek(scan);
    if (c == '[' || c == '{')
        return scan_nested(scan, ret);
    if (c == '-' || (c >= '0' && c <= '9'))
        return scan_number(scan, ret);
    if (c != '"')
        return scan_word(scan, ret);
    rc = scan_string(scan);
    if (!rc)
        *ret = json_need(cJSON_CreateString(buf_text(&scan->string)));
    return rc;
}

int json_scan(const char *text, size_t length, cJSON **ret, struct err *err)
{
    struct scan scan = {.start = text, .at = text, .end = text + length, .err = err};
    cJSON *tree = NULL;
    int rc = scan_value(&scan, &tree);

    if (!rc) {
        skip_blanks(&scan);
        if (scan.at < scan.end)
            rc = refuse(&scan, scan.at, "expected the end of the text");
    }
    buf_done(&scan.string);
    free(scan.keys);
    if (rc)
        cJSON_Delete(tree);
    else
        *ret = tree;
    return rc;
}
