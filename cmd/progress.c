#include "cmd/progress.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "json/value.h"

#define NANOSECONDS UINT64_C(1000000000)

/* Faster is not read, and costs time on slow terminals. */
#define DRAW_INTERVAL (NANOSECONDS / 10)

/* So that the log of a long run stays short. */
#define LINE_INTERVAL (5 * NANOSECONDS)

/* A rate over less is noise. */
#define RATE_INTERVAL (NANOSECONDS / 2)

enum { DEFAULT_WIDTH = 80 };

static unsigned percent(const struct progress *progress)
{
    if (progress->done >= progress->total)
        return 100;
    return (unsigned)((double)progress->done * 100 / (double)progress->total);
}

/* Bytes a second since the work was first seen; 0 when it is too early to tell. */
static uint64_t rate(const struct progress_view *view, const struct progress *progress)
{
    const uint64_t elapsed = view->ticks() - view->started;

    if (elapsed < RATE_INTERVAL || progress->done <= view->first_done)
        return 0;
    return (uint64_t)((double)(progress->done - view->first_done) * (double)NANOSECONDS /
                      (double)elapsed);
}

void progress_add_line(struct buf *out, const struct progress_view *view,
                       const struct progress *progress)
{
    const uint64_t bytes_a_second = rate(view, progress);

    text_add_inert(out, view->title);
    if (progress->total > 0)
        buf_printf(out, "  %u%%  ", percent(progress));
    else
        buf_add_text(out, "  ");
    number_add_size(out, progress->done);
    if (progress->total > 0) {
        buf_add_text(out, " of ");
        number_add_size(out, progress->total);
    }
    if (bytes_a_second > 0) {
        buf_add_text(out, "  ");
        number_add_size(out, bytes_a_second);
        buf_add_text(out, "/s");
    }
    if (progress->finished)
        buf_add_text(out, "  done");
}

void progress_clear(struct progress_view *view)
{
    if (!view->drawn)
        return;
    fputs("\r\033[K", view->out);
    fflush(view->out);
    view->drawn = false;
}

/* A line longer than the terminal would wrap, and then not be taken back by a carriage return: it
 * loses its end. */
static void cut(struct buf *line, size_t width)
{
    while (text_width(buf_text(line)) >= width) {
        do
            line->length--;
        while (line->length > 0 && ((unsigned char)line->bytes[line->length] & 0xC0) == 0x80);
        line->bytes[line->length] = '\0';
    }
}

static void draw(struct progress_view *view, const struct progress *progress)
{
    struct buf line = {0};

    progress_add_line(&line, view, progress);
    cut(&line, view->width > 0 ? view->width : DEFAULT_WIDTH);
    fprintf(view->out, "\r\033[K%s%s", buf_text(&line), progress->finished ? "\n" : "");
    fflush(view->out);
    view->drawn = !progress->finished;
    buf_done(&line);
}

static void print_plain(struct progress_view *view, const struct progress *progress)
{
    struct buf line = {0};

    progress_add_line(&line, view, progress);
    fprintf(view->out, "%s\n", buf_text(&line));
    fflush(view->out);
    buf_done(&line);
}

/* Numbers beyond what JSON holds exactly do not occur: they would be pebibytes. */
static void print_json(struct progress_view *view, const struct progress *progress)
{
    struct json *const json = json_new_object();
    struct buf line = {0};

    json_set(json, "action", json_new_string(progress->action));
    json_set(json, "what", json_new_string(progress->what));
    json_set(json, "done", json_new_integer((int64_t)progress->done));
    if (progress->total > 0)
        json_set(json, "total", json_new_integer((int64_t)progress->total));
    json_set(json, "finished", json_new_bool(progress->finished));
    json_print_line(&line, json, false);
    fprintf(view->out, "%s\n", buf_text(&line));
    fflush(view->out);
    buf_done(&line);
    json_free(json);
}

/* A new piece of work starts its own line and its own rate. */
static void follow(struct progress_view *view, const struct progress *progress, uint64_t now)
{
    char *const title = text_printf("%s %s", progress->action, progress->what);

    if (text_equal(title, view->title)) {
        free(title);
        return;
    }
    free(view->title);
    view->title = title;
    view->started = now;
    view->first_done = progress->done;
    view->shown = 0;
}

void progress_show(struct progress_view *view, const struct progress *progress)
{
    const bool draws = view->style == PROGRESS_AUTO && view->terminal;
    const uint64_t interval = draws ? DRAW_INTERVAL : LINE_INTERVAL;
    uint64_t now;

    if (view->style == PROGRESS_NONE || (view->style == PROGRESS_AUTO && !view->terminal))
        return;
    now = view->ticks();
    follow(view, progress, now);
    if (view->shown > 0 && !progress->finished && now - view->shown < interval)
        return;
    view->shown = now;
    if (draws)
        draw(view, progress);
    else if (view->style == PROGRESS_JSON)
        print_json(view, progress);
    else
        print_plain(view, progress);
    if (progress->finished)
        text_replace(&view->title, NULL);
}

void progress_done(struct progress_view *view)
{
    progress_clear(view);
    text_replace(&view->title, NULL);
}
