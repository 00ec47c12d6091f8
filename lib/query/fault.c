/* Messages that show where in an expression something is wrong. */
#include "query/room.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Bytes of the expression that are shown before and behind the place: a line or two, and the
 * message still has room for the cause. */
enum { SHOWN_BEFORE = 120, SHOWN_BEHIND = 80, WHAT_SIZE = 512 };

static bool continues(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* In characters, from 1, as an editor counts them. */
static size_t column_of(const char *text, size_t offset)
{
    size_t column = 1;

    for (size_t i = 0; i < offset; i++)
        column += !continues(text[i]);
    return column;
}

static char *excerpt(const char *text, size_t offset)
{
    const size_t length = strlen(text);
    size_t start = offset > SHOWN_BEFORE ? offset - SHOWN_BEFORE : 0;
    size_t end = length - offset > SHOWN_BEHIND ? offset + SHOWN_BEHIND : length;

    while (start > 0 && continues(text[start]))
        start--;
    while (end < length && continues(text[end]))
        end++;
    return text_printf("%s%.*s%s", start > 0 ? "..." : "", (int)(end - start), text + start,
                       end < length ? "..." : "");
}

int query_fault(const struct spot *spot, const char *format, ...)
{
    char *const shown = excerpt(spot->text, spot->offset);
    char what[WHAT_SIZE];
    va_list args;

    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    err_set(spot->err, spot->code, "query '%s', column %zu: %s", shown,
            column_of(spot->text, spot->offset), what);
    free(shown);
    return spot->code;
}
