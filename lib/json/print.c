/* From tree to canonical text. */
#include "json/room.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct layout {
    bool sorted;
    bool lines;                 /* one member a line */
    const struct json_ink *ink; /* NULL: no colours */
};

static void print_value(struct buf *out, const struct json *json, struct layout layout,
                        unsigned level);

/* The shortest decimal number that reads back the same. Beyond 2^53 always with an exponent: digits
 * alone would be a whole number that the reader refuses. */
static void shortest(char *text, size_t size, double number)
{
    const bool huge = fabs(number) > (double)JSON_INTEGER_MAX;

    for (int precision = 0; precision <= 17; precision++) {
        snprintf(text, size, huge ? "%.*e" : "%.*g", precision, number);
        if (strtod(text, NULL) == number)
            return;
    }
}

/* "1e+07" to "1e7", "1e-07" to "1e-7". */
static void print_trimmed(struct buf *out, const char *text)
{
    const size_t mantissa = strcspn(text, "e");

    buf_add(out, text, mantissa);
    if (!text[mantissa])
        return;
    buf_add_char(out, 'e');
    text += mantissa + 1;
    if (*text == '-')
        buf_add_char(out, '-');
    text += strspn(text, "+-");
    text += strspn(text, "0");
    buf_add_text(out, *text ? text : "0");
}

static void print_number(struct buf *out, const struct json *json)
{
    const double number = json_number(json);
    char text[64];
    locale_t c_locale, callers;
    int64_t whole;

    if (json_integer(json, &whole)) {
        buf_printf(out, "%lld", (long long)whole);
        return;
    }
    if (!isfinite(number)) { /* JSON has no word for it */
        buf_add_text(out, "null");
        return;
    }
    c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    callers = uselocale(c_locale);
    shortest(text, sizeof text, number);
    uselocale(callers);
    freelocale(c_locale);
    print_trimmed(out, text);
}

/* What could steer a terminal, turn the direction of the text that follows, or end a line of YAML;
 * and what YAML does not read. */
static bool steers(uint32_t c)
{
    return (c >= 0x7f && c <= 0x9f) || c == 0x61c || c == 0x200e || c == 0x200f ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff ||
           c == 0xfffe || c == 0xffff;
}

static void print_ascii(struct buf *out, unsigned char c)
{
    static const char named[] = "\"\\\b\f\n\r\t";
    static const char names[] = "\"\\bfnrt";
    const char *found = c ? strchr(named, c) : NULL;

    if (found) {
        buf_add_char(out, '\\');
        buf_add_char(out, names[found - named]);
    } else if (c < ' ' || c == 0x7f) {
        buf_printf(out, "\\u%04x", c);
    } else {
        buf_add_char(out, (char)c);
    }
}

/* One character beyond ASCII; returns its bytes. Bytes that are no UTF-8 come out as U+FFFD, so
 * that the text stays JSON. */
static size_t print_wide(struct buf *out, const char *text)
{
    const unsigned char *bytes = (const unsigned char *)text;
    const size_t length = bytes[0] >= 0xf0 ? 4 : bytes[0] >= 0xe0 ? 3 : 2;
    uint32_t c = bytes[0] & (0xffu >> (length + 1));

    if (bytes[0] == 0xc0 && bytes[1] == 0x80) {
        buf_add_text(out, "\\u0000");
        return 2;
    }
    if (strnlen(text, length) < length || !text_is_utf8(text, length)) {
        buf_add_text(out, "\xef\xbf\xbd");
        return 1;
    }
    for (size_t i = 1; i < length; i++)
        c = c << 6 | (bytes[i] & 0x3f);
    if (steers(c))
        buf_printf(out, "\\u%04x", c);
    else
        buf_add(out, text, length);
    return length;
}

/* How many characters stand for themselves. */
static size_t plain_length(const char *text)
{
    size_t length = 0;

    while (text[length] >= ' ' && text[length] < 0x7f && text[length] != '"' &&
           text[length] != '\\')
        length++;
    return length;
}

static void print_string(struct buf *out, const char *text)
{
    buf_add_char(out, '"');
    while (*text) {
        const size_t plain = plain_length(text);

        buf_add(out, text, plain);
        text += plain;
        if (*text == '\0')
            break;
        if ((unsigned char)*text < 0x80)
            print_ascii(out, (unsigned char)*text++);
        else
            text += print_wide(out, text);
    }
    buf_add_char(out, '"');
}

static void print_break(struct buf *out, struct layout layout, unsigned level)
{
    if (!layout.lines)
        return;
    buf_add_char(out, '\n');
    for (unsigned i = 0; i < level; i++)
        buf_add(out, "  ", 2);
}

/* Members in the order to print them; `count` is not 0. Release with free. */
static const struct json **ordered(const struct json *json, size_t count, bool sorted)
{
    const struct json **items = mem_new(count, sizeof *items);
    size_t i = 0;

    for (const struct json *item = json_first(json); item; item = json_next(item))
        items[i++] = item;
    if (sorted && json_kind(json) == JSON_OBJECT)
        qsort(items, count, sizeof *items, json_compare_keys);
    return items;
}

static void print_key(struct buf *out, const char *key, struct layout layout)
{
    if (layout.ink)
        buf_add_text(out, layout.ink->key);
    print_string(out, key);
    if (layout.ink)
        buf_add_text(out, layout.ink->end);
    buf_add_text(out, layout.lines ? ": " : ":");
}

static void print_members(struct buf *out, const struct json *json, struct layout layout,
                          unsigned level)
{
    const bool object = json_kind(json) == JSON_OBJECT;
    const size_t count = json_count(json);
    const struct json **items;

    if (count == 0) {
        buf_add_text(out, object ? "{}" : "[]");
        return;
    }
    items = ordered(json, count, layout.sorted);
    buf_add_char(out, object ? '{' : '[');
    for (size_t i = 0; i < count; i++) {
        if (i)
            buf_add_char(out, ',');
        print_break(out, layout, level + 1);
        if (object)
            print_key(out, json_key(items[i]), layout);
        print_value(out, items[i], layout, level + 1);
    }
    print_break(out, layout, level);
    buf_add_char(out, object ? '}' : ']');
    free(items);
}

static void print_scalar(struct buf *out, const struct json *json)
{
    switch (json_kind(json)) {
    case JSON_NULL:
        buf_add_text(out, "null");
        break;
    case JSON_FALSE:
        buf_add_text(out, "false");
        break;
    case JSON_TRUE:
        buf_add_text(out, "true");
        break;
    case JSON_NUMBER:
        print_number(out, json);
        break;
    case JSON_STRING:
        print_string(out, json_string(json));
        break;
    case JSON_ARRAY:
    case JSON_OBJECT:
        break;
    }
}

const char *json_ink_of(const struct json_ink *ink, const struct json *json)
{
    switch (json_kind(json)) {
    case JSON_STRING:
        return ink->string;
    case JSON_NUMBER:
        return ink->number;
    case JSON_NULL:
    case JSON_FALSE:
    case JSON_TRUE:
        return ink->word;
    case JSON_ARRAY:
    case JSON_OBJECT:
        break;
    }
    return "";
}

static void print_value(struct buf *out, const struct json *json, struct layout layout,
                        unsigned level)
{
    if (json_kind(json) == JSON_ARRAY || json_kind(json) == JSON_OBJECT) {
        print_members(out, json, layout, level);
        return;
    }
    if (layout.ink)
        buf_add_text(out, json_ink_of(layout.ink, json));
    print_scalar(out, json);
    if (layout.ink)
        buf_add_text(out, layout.ink->end);
}

void json_print(struct buf *out, const struct json *json, bool sorted)
{
    json_print_inked(out, json, sorted, NULL);
}

void json_print_line(struct buf *out, const struct json *json, bool sorted)
{
    print_value(out, json, (struct layout){.sorted = sorted}, 0);
}

void json_print_inked(struct buf *out, const struct json *json, bool sorted,
                      const struct json_ink *ink)
{
    print_value(out, json, (struct layout){.sorted = sorted, .lines = true, .ink = ink}, 0);
}
