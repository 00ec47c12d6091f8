#include "cmd/markup.h"

#include <string.h>

#include "base/text.h"

static const char *entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    }
    return NULL;
}

void markup_add_text(struct buf *out, const char *text)
{
    struct buf inert = {0};

    text_add_inert(&inert, text);
    for (const char *c = buf_text(&inert); *c; c++) {
        const char *const written = entity(*c);

        if (written)
            buf_add_text(out, written);
        else
            buf_add_char(out, *c);
    }
    buf_done(&inert);
}
