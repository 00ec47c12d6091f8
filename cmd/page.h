/* page.h: the rows as manual pages, mdoc(7). */
#ifndef CMD_PAGE_H
#define CMD_PAGE_H

#include "cmd/command.h"

/* The page of a noun, sig-<noun>(1); `noun` NULL: of the program, sig(1). Appended. */
void page_add(struct buf *out, const struct noun *noun);

#endif
