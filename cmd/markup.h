/* markup.h: text in HTML and SVG. */
#ifndef CMD_MARKUP_H
#define CMD_MARKUP_H

#include "base/buf.h"

/* Append `text` so that a browser shows it and does nothing else, between tags or in an attribute
 * in double quotes: what a terminal must not be given is inert (text_add_inert), and what means
 * something in markup is written as its entity. */
void markup_add_text(struct buf *out, const char *text);

#endif
