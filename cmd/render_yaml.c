/* Results as YAML: what every reader of YAML 1.1 and 1.2 reads back as the same values. */
#include "cmd/render.h"

#include <string.h>

#include "base/text.h"
#include "json/value.h"

/* Where a value stands. */
struct spot {
    unsigned level;
    bool begun; /* behind "- ": its first line is that one */
    const struct json_ink *ink;
};

/* A reader looks no further than 1,024 characters for the colon behind a key; a longer one is said
 * to be a key. */
enum { KEY_BYTES_MAX = 1000 };

/* --- words --- */

/* Major.Minor.Patch: no number, and what names most things here. */
static bool is_version(const char *text)
{
    unsigned dots = 0;

    for (; *text >= '0' && *text <= '9'; dots++) {
        text += strspn(text, "0123456789");
        if (*text != '.')
            return *text == '\0' && dots == 2;
        text++;
    }
    return false;
}

static bool is_letter(unsigned char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
}

/* Whether it means itself without quotes. Few may; what some reader could take for a number, a date
 * or a sign may not. */
static bool is_plain(const char *text)
{
    static const char *const words[] = {"y",   "n",    "yes",   "no",  "on",
                                        "off", "true", "false", "null"};
    const unsigned char first = (unsigned char)text[0];
    const size_t length = strlen(text);

    if (first >= '0' && first <= '9')
        return is_version(text);
    if (!is_letter(first) && first != '/' && first != '_')
        return false;
    if (strstr(text, ": ") || strstr(text, " #") || strchr(" :", text[length - 1]))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (text_same_word(text, words[i]))
            return false;
    }
    return true;
}

/* A string of JSON is one of YAML; what it says without an escape may need no quotes. */
static void add_text(struct buf *out, const char *text)
{
    struct json *const string = json_new_string(text);
    struct buf quoted = {0};

    json_print_line(&quoted, string, false);
    if (strchr(buf_text(&quoted), '\\') || !is_plain(text))
        buf_add(out, quoted.bytes, quoted.length);
    else
        buf_add(out, quoted.bytes + 1, quoted.length - 2);
    buf_done(&quoted);
    json_free(string);
}

/* YAML 1.1 knows a number with an exponent only by a point and a sign: "1.0e+300". */
static void add_number(struct buf *out, const struct json *json)
{
    struct buf number = {0};
    const char *text;
    size_t mantissa;

    json_print_line(&number, json, false);
    text = buf_text(&number);
    mantissa = strcspn(text, "e");
    buf_add(out, text, mantissa);
    if (text[mantissa] == 'e') {
        if (!memchr(text, '.', mantissa))
            buf_add_text(out, ".0");
        buf_add_text(out, text[mantissa + 1] == '-' ? "e" : "e+");
        buf_add_text(out, text + mantissa + 1);
    }
    buf_done(&number);
}

/* One that holds nothing is one word. */
static void add_scalar(struct buf *out, const struct json *json, const struct json_ink *ink)
{
    const bool coloured = ink && *json_ink_of(ink, json);

    if (coloured)
        buf_add_text(out, json_ink_of(ink, json));
    if (json_kind(json) == JSON_STRING)
        add_text(out, json_string(json));
    else if (json_kind(json) == JSON_NUMBER)
        add_number(out, json);
    else
        json_print_line(out, json, false);
    if (coloured)
        buf_add_text(out, ink->end);
}

/* --- blocks --- */

static void add_block(struct buf *out, const struct json *json, struct spot spot);

static bool is_block(const struct json *json)
{
    return (json_kind(json) == JSON_ARRAY || json_kind(json) == JSON_OBJECT) &&
           json_count(json) > 0;
}

static void indent(struct buf *out, struct spot *spot)
{
    for (unsigned i = 0; i < spot->level && !spot->begun; i++)
        buf_add_text(out, "  ");
    spot->begun = false;
}

static void add_items(struct buf *out, const struct json *json, struct spot spot)
{
    for (const struct json *item = json_first(json); item; item = json_next(item)) {
        indent(out, &spot);
        buf_add_text(out, "- ");
        add_block(out, item,
                  (struct spot){.level = spot.level + 1, .begun = true, .ink = spot.ink});
    }
}

static void add_key(struct buf *out, const char *key, struct spot *spot)
{
    struct buf text = {0};

    add_text(&text, key);
    indent(out, spot);
    if (text.length > KEY_BYTES_MAX)
        buf_add_text(out, "? ");
    if (spot->ink)
        buf_add_text(out, spot->ink->key);
    buf_add_text(out, buf_text(&text));
    if (spot->ink)
        buf_add_text(out, spot->ink->end);
    if (text.length > KEY_BYTES_MAX) {
        buf_add_char(out, '\n');
        indent(out, spot);
    }
    buf_add_char(out, ':');
    buf_done(&text);
}

/* A list stands no deeper than the key that it is of. */
static void add_members(struct buf *out, const struct json *json, struct spot spot)
{
    for (const struct json *member = json_first(json); member; member = json_next(member)) {
        const bool deeper = json_kind(member) == JSON_OBJECT;
        const struct spot inner = {.level = spot.level + (deeper ? 1 : 0), .ink = spot.ink};

        add_key(out, json_key(member), &spot);
        buf_add_char(out, is_block(member) ? '\n' : ' ');
        add_block(out, member, inner);
    }
}

/* Ends its last line. */
static void add_block(struct buf *out, const struct json *json, struct spot spot)
{
    if (is_block(json) && json_kind(json) == JSON_ARRAY) {
        add_items(out, json, spot);
    } else if (is_block(json)) {
        add_members(out, json, spot);
    } else {
        add_scalar(out, json, spot.ink);
        buf_add_char(out, '\n');
    }
}

void render_yaml(struct buf *out, const struct json *json, const struct json_ink *ink)
{
    struct json *const sorted = json_copy(json);

    json_sort(sorted);
    add_block(out, sorted, (struct spot){.ink = ink});
    json_free(sorted);
}
