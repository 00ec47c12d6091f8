#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

char *text_copy(const char *text)
{
    return text ? mem_copy(text, strlen(text) + 1) : NULL;
}

char *text_printf(const char *format, ...)
{
    va_list args;
    char *text;
    int length;

    va_start(args, format);
    length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0)
        return text_copy("");
    text = mem_new((size_t)length + 1, 1);
    va_start(args, format);
    vsnprintf(text, (size_t)length + 1, format, args);
    va_end(args);
    return text;
}

void text_replace(char **slot, const char *text)
{
    char *old = *slot;

    if (text == old)
        return;
    /* Copied before the release: `text` may point into the old one. */
    *slot = text_copy(text);
    free(old);
}

bool text_equal(const char *left, const char *right)
{
    if (!left || !right)
        return left == right;
    return strcmp(left, right) == 0;
}

/* Not tolower: its answer depends on the locale. */
static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool text_same_word(const char *left, const char *right)
{
    if (!left || !right)
        return left == right;
    while (*left && lower(*left) == lower(*right)) {
        left++;
        right++;
    }
    return lower(*left) == lower(*right);
}

bool text_ends(const char *text, const char *ending)
{
    const size_t length = strlen(text);
    const size_t tail = strlen(ending);

    return length > tail && text_same_word(text + length - tail, ending);
}

void text_lower(char *text)
{
    for (; *text; text++)
        *text = lower(*text);
}

void text_upper(char *text)
{
    for (; *text; text++)
        if (*text >= 'a' && *text <= 'z')
            *text = (char)(*text - 'a' + 'A');
}

bool text_starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool text_starts_word(const char *text, const char *prefix)
{
    while (*prefix && lower(*text) == lower(*prefix)) {
        text++;
        prefix++;
    }
    return *prefix == '\0';
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* One row of the edit table: the distances of the first `i` bytes of `left` to each beginning of
 * `right`. `rows` holds the row to fill, the one before and the one before that. Returns the
 * smallest distance of the row. */
static size_t fill_row(size_t *const rows[3], const char *left, size_t i, const char *right)
{
    size_t least = i;

    rows[0][0] = i;
    for (size_t j = 1; right[j - 1]; j++) {
        const char a = lower(left[i - 1]);
        const char b = lower(right[j - 1]);
        size_t best = rows[1][j - 1] + (a != b);

        best = smaller(best, rows[1][j] + 1);
        best = smaller(best, rows[0][j - 1] + 1);
        if (i > 1 && j > 1 && a == lower(right[j - 2]) && lower(left[i - 2]) == b)
            best = smaller(best, rows[2][j - 2] + 1);
        rows[0][j] = best;
        least = smaller(least, best);
    }
    return least;
}

size_t text_distance(const char *left, const char *right, size_t limit)
{
    const size_t n = strlen(left);
    const size_t m = strlen(right);
    size_t *memory, *rows[3], least, before, distance;

    if (n > m ? n - m > limit : m - n > limit)
        return limit + 1;
    memory = mem_new(m + 1, 3 * sizeof *memory);
    for (size_t r = 0; r < 3; r++)
        rows[r] = memory + r * (m + 1);
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = j;
    least = 0;
    for (size_t i = 1; i <= n; i++) {
        size_t *const oldest = rows[2];

        rows[2] = rows[1];
        rows[1] = rows[0];
        rows[0] = oldest;
        before = least;
        least = fill_row(rows, left, i, right);
        /* A transposition reaches back two rows: both must be beyond the limit before it is
         * hopeless. */
        if (before > limit && least > limit)
            break;
    }
    distance = least > limit ? limit + 1 : smaller(rows[0][m], limit + 1);
    free(memory);
    return distance;
}

/* Fewer letters begin too much. */
enum { BEGINNING_MIN = 3 };

/* The shortest word that begins with `text`. */
static const char *completed(const char *text, const char *const *words)
{
    const char *shortest = NULL;

    if (strlen(text + strspn(text, "-")) < BEGINNING_MIN)
        return NULL;
    for (; *words; words++) {
        if (text_starts_word(*words, text) && (!shortest || strlen(*words) < strlen(shortest)))
            shortest = *words;
    }
    return shortest;
}

const char *text_nearest(const char *text, const char *const *words)
{
    const char *nearest = completed(text, words);
    size_t limit = strlen(text) / 3;

    if (nearest)
        return nearest;
    for (; *words; words++) {
        const size_t distance = text_distance(text, *words, limit);

        if (distance > limit)
            continue;
        nearest = *words;
        if (distance == 0)
            break;
        /* From here on only a nearer one will do: the first of equals stays. */
        limit = distance - 1;
    }
    return nearest;
}

void text_hex(char *out, const uint8_t *bytes, size_t length)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < length; i++) {
        *out++ = digits[bytes[i] >> 4];
        *out++ = digits[bytes[i] & 15];
    }
    *out = '\0';
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

bool text_unhex(const char *text, uint8_t *out, size_t length)
{
    for (size_t i = 0; i < length; i++, text += 2) {
        const int high = hex_value(text[0]);
        const int low = high < 0 ? -1 : hex_value(text[1]);

        if (low < 0)
            return false;
        out[i] = (uint8_t)(high << 4 | low);
    }
    return *text == '\0';
}
