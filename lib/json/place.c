/* Faults that say where. */
#include "json/room.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

void place_add(struct buf *out, const struct place *place)
{
    if (!place)
        return;
    place_add(out, place->up);
    if (!place->key) {
        buf_printf(out, "[%zu]", place->index);
        return;
    }
    if (place->up)
        buf_add_char(out, '.');
    buf_add_text(out, place->key);
}

int place_fault(const struct place *place, const struct pass *pass, const char *format, ...)
{
    char text[E_TEXT_SIZE];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    err_set(pass->err, pass->code, "%s", text);
    return place_wrap(place, pass);
}

int place_wrap(const struct place *place, const struct pass *pass)
{
    struct buf path = {0};

    place_add(&path, place);
    if (path.length)
        err_wrap(pass->err, "%s", path.bytes);
    if (pass->err)
        pass->err->code = pass->code;
    buf_done(&path);
    return pass->code;
}

int place_choice_fault(const struct place *place, const struct pass *pass,
                       const struct choices *choices, const char *text)
{
    const char *nearest = text_nearest(text, choices->words);
    struct buf all = {0};
    char start[SHOWN_SIZE];

    place_fault(place, pass, "'%s' is not a known %s", shown(start, text), choices->noun);
    if (nearest) {
        err_hint(pass->err, "did you mean '%s'?", nearest);
        return pass->code;
    }
    for (const char *const *word = choices->words; *word; word++)
        buf_printf(&all, "%s%s", all.length ? ", " : "", *word);
    err_hint(pass->err, "one of: %s", buf_text(&all));
    buf_done(&all);
    return pass->code;
}

const char *shown(char out[SHOWN_SIZE], const char *text)
{
    const size_t length = strlen(text);
    size_t cut = SHOWN_SIZE - 4;

    if (length < SHOWN_SIZE) {
        memcpy(out, text, length + 1);
        return out;
    }
    while (cut > 0 && ((unsigned char)text[cut] & 0xc0) == 0x80)
        cut--;
    memcpy(out, text, cut);
    memcpy(out + cut, "...", 4);
    return out;
}
