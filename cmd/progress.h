/* progress.h: the only thing that draws while work runs. */
#ifndef CMD_PROGRESS_H
#define CMD_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "cmd/flag.h"
#include "gallery.h"

/* A piece of work that is going on. */
struct progress_line {
    char *title;         /* "replicate prod/ubuntu/1.0.0 westus2" */
    uint64_t started;    /* ticks of its first call */
    uint64_t first_done; /* bytes that were done by then */
    uint64_t shown;      /* ticks of its last plain or JSON line */
    char *text;          /* as it stands on the terminal, before it is cut */
};

/* Where and how to draw; all-zero with style PROGRESS_NONE draws nothing. */
struct progress_view {
    enum progress_style style; /* as asked for; PROGRESS_AUTO draws when `terminal`, else nothing */
    FILE *out;                 /* borrowed */
    bool terminal;             /* whether `out` is one */
    unsigned width;            /* columns of the terminal; 0 is 80 */
    uint64_t (*ticks)(void);   /* nanoseconds, only forward */

    struct {
        struct progress_line *items; /* in the order in which they began */
        size_t count;
    } lines;
    uint64_t shown; /* ticks of the last drawing; 0 before the first */
    size_t drawn;   /* lines that stand on the terminal, the cursor in the last of them */
};

/* Show an event, if it is time to: on a terminal one line for each piece of work that is going on,
 * drawn in place at most ten times a second; a plain or JSON line for each at most every five
 * seconds; the first and the last event of each always. What has failed is told as JSON only: there
 * is a message for people. */
void progress_show(struct progress_view *view, const struct progress *progress);

/* Take unfinished lines off the terminal, so that something else can be printed. */
void progress_clear(struct progress_view *view);

void progress_done(struct progress_view *view);

#endif
