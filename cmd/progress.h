/* progress.h: the only thing that draws while work runs. */
#ifndef CMD_PROGRESS_H
#define CMD_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "cmd/flag.h"
#include "gallery.h"

/* Where and how to draw; all-zero with style PROGRESS_NONE draws nothing. */
struct progress_view {
    enum progress_style style; /* as asked for; PROGRESS_AUTO draws when `terminal`, else nothing */
    FILE *out;                 /* borrowed */
    bool terminal;             /* whether `out` is one */
    unsigned width;            /* columns of the terminal; 0 is 80 */
    uint64_t (*ticks)(void);   /* nanoseconds, only forward */

    /* The piece of work that is shown, and what is on the screen. */
    char *title;         /* "publish prod/ubuntu/1.0.0" */
    uint64_t started;    /* ticks of its first call */
    uint64_t first_done; /* bytes that were done by then */
    uint64_t shown;      /* ticks of the last line; 0 before the first */
    bool drawn;          /* an unfinished line stands on the terminal */
};

/* Show an event, if it is time to: a terminal line at most ten times a second, a plain or JSON line
 * at most every five seconds, the first and the last event always. */
void progress_show(struct progress_view *view, const struct progress *progress);

/* Take an unfinished line off the terminal, so that something else can be printed. */
void progress_clear(struct progress_view *view);

void progress_done(struct progress_view *view);

/* "publish prod/ubuntu/1.0.0  42%  1.2 GiB of 2.9 GiB  310 MiB/s": for the tests; appended. */
void progress_add_line(struct buf *out, const struct progress_view *view,
                       const struct progress *progress);

#endif
