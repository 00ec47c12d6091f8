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

enum {
    DEFAULT_WIDTH = 80,
    LINES_MAX = 16, /* more would run off the terminal, and then not be taken back */
};

static unsigned percent(const struct progress *progress)
{
    if (progress->done >= progress->total)
        return 100;
    return (unsigned)((double)progress->done * 100 / (double)progress->total);
}

/* Bytes a second since the work was first seen; 0 when it is too early to tell. */
static uint64_t rate_of(const struct progress_line *line, const struct progress *progress,
                        uint64_t now)
{
    const uint64_t elapsed = now - line->started;

    if (elapsed < RATE_INTERVAL || progress->done <= line->first_done)
        return 0;
    return (uint64_t)((double)(progress->done - line->first_done) * (double)NANOSECONDS /
                      (double)elapsed);
}

/* At that rate, which is not 0. */
static uint64_t seconds_left(const struct progress *progress, uint64_t rate)
{
    return progress->total > progress->done
               ? number_divide_up(progress->total - progress->done, rate)
               : 0;
}

/* "45 s", "12 min", "3 h": what is further off is less sure. */
static void add_span(struct buf *out, uint64_t seconds)
{
    if (seconds < 2 * 60)
        buf_printf(out, "%llu s", (unsigned long long)seconds);
    else if (seconds < 2 * 60 * 60)
        buf_printf(out, "%llu min", (unsigned long long)number_divide_up(seconds, 60));
    else
        buf_printf(out, "%llu h", (unsigned long long)number_divide_up(seconds, 60 * 60));
}

/* "publish prod/ubuntu/1.0.0  42%  1.2 GiB of 2.9 GiB  310 MiB/s  6 s left" */
static void add_line(struct buf *out, const struct progress_line *line,
                     const struct progress *progress, uint64_t now)
{
    const uint64_t rate = rate_of(line, progress, now);

    text_add_inert(out, line->title);
    if (progress->total > 0)
        buf_printf(out, "  %u%%  ", percent(progress));
    else
        buf_add_text(out, "  ");
    number_add_size(out, progress->done);
    if (progress->total > 0) {
        buf_add_text(out, " of ");
        number_add_size(out, progress->total);
    }
    if (rate > 0) {
        buf_add_text(out, "  ");
        number_add_size(out, rate);
        buf_add_text(out, "/s");
    }
    if (progress->finished) {
        buf_add_text(out, "  done");
    } else if (rate > 0 && progress->total > 0) {
        buf_add_text(out, "  ");
        add_span(out, seconds_left(progress, rate));
        buf_add_text(out, " left");
    }
}

/* --- on a terminal --- */

/* To the beginning of the first line that stands there. */
static void go_up(struct progress_view *view)
{
    fputs("\r", view->out);
    if (view->drawn > 1)
        fprintf(view->out, "\033[%zuA", view->drawn - 1);
    view->drawn = 0;
}

void progress_clear(struct progress_view *view)
{
    const bool several = view->drawn > 1;

    if (view->drawn == 0)
        return;
    go_up(view);
    fputs(several ? "\033[J" : "\033[K", view->out);
    fflush(view->out);
}

/* A line longer than the terminal would wrap, and then not be taken back: it loses its end. */
static void cut(struct buf *line, size_t width)
{
    while (text_width(buf_text(line)) >= width) {
        do
            line->length--;
        while (line->length > 0 && ((unsigned char)line->bytes[line->length] & 0xC0) == 0x80);
        line->bytes[line->length] = '\0';
    }
}

static void draw_line(struct progress_view *view, const char *text)
{
    struct buf line = {0};

    buf_add_text(&line, text);
    cut(&line, view->width > 0 ? view->width : DEFAULT_WIDTH);
    fprintf(view->out, "\033[K%s", buf_text(&line));
    buf_done(&line);
}

/* A line that is finished stays, above those that go on. */
static void draw(struct progress_view *view, const struct progress_line *finished)
{
    const bool taken = view->drawn > 1;

    go_up(view);
    if (taken)
        fputs("\033[J", view->out);
    if (finished) {
        draw_line(view, finished->text);
        fputs("\n", view->out);
    }
    for (size_t i = 0; i < view->lines.count && view->drawn < LINES_MAX; i++) {
        if (&view->lines.items[i] == finished)
            continue;
        if (view->drawn++ > 0)
            fputs("\n", view->out);
        draw_line(view, view->lines.items[i].text);
    }
    fflush(view->out);
}

/* --- in a log --- */

static void print_plain(struct progress_view *view, const struct progress_line *line)
{
    fprintf(view->out, "%s\n", line->text);
    fflush(view->out);
}

/* Numbers beyond what JSON holds exactly do not occur: they would be pebibytes. */
static void print_json(struct progress_view *view, const struct progress_line *line,
                       const struct progress *progress, uint64_t now)
{
    const uint64_t rate = rate_of(line, progress, now);
    struct json *const json = json_new_object();
    struct buf text = {0};

    json_set(json, "action", json_new_string(progress->action));
    json_set(json, "what", json_new_string(progress->what));
    if (progress->region)
        json_set(json, "region", json_new_string(progress->region));
    if (progress->replica)
        json_set(json, "replica", json_new_string(progress->replica));
    json_set(json, "done", json_new_integer((int64_t)progress->done));
    if (progress->total > 0)
        json_set(json, "total", json_new_integer((int64_t)progress->total));
    if (rate > 0)
        json_set(json, "rate", json_new_integer((int64_t)rate));
    if (rate > 0 && progress->total > 0)
        json_set(json, "secondsLeft", json_new_integer((int64_t)seconds_left(progress, rate)));
    if (progress->failed)
        json_set(json, "failed", json_new_string(progress->failed));
    json_set(json, "finished", json_new_bool(progress->finished));
    json_print_line(&text, json, false);
    fprintf(view->out, "%s\n", buf_text(&text));
    fflush(view->out);
    buf_done(&text);
    json_free(json);
}

/* --- the lines --- */

/* A new piece of work starts its own line and its own rate. */
static struct progress_line *follow(struct progress_view *view, const struct progress *progress,
                                    uint64_t now)
{
    char *const title =
        text_printf("%s %s%s%s", progress->action, progress->what, progress->region ? " " : "",
                    progress->region ? progress->region : "");
    struct progress_line *line;

    for (size_t i = 0; i < view->lines.count; i++)
        if (text_equal(view->lines.items[i].title, title)) {
            free(title);
            return &view->lines.items[i];
        }
    line = VEC_ADD(&view->lines);
    *line = (struct progress_line){.title = title, .started = now, .first_done = progress->done};
    return line;
}

static void forget(struct progress_view *view, struct progress_line *line)
{
    struct progress_line *const end = view->lines.items + view->lines.count;

    free(line->title);
    free(line->text);
    memmove(line, line + 1, (size_t)(end - line - 1) * sizeof *line);
    view->lines.count--;
}

/* The same piece of work from here on with other bytes: its next replica. */
static void begin_anew(struct progress_line *line, const struct progress *progress, uint64_t now)
{
    if (progress->done >= line->first_done)
        return;
    line->started = now;
    line->first_done = progress->done;
}

static void show_on_terminal(struct progress_view *view, struct progress_line *line, bool ends,
                             uint64_t now)
{
    const bool begins = line->shown == 0;

    line->shown = now;
    if (!begins && !ends && now - view->shown < DRAW_INTERVAL)
        return;
    view->shown = now;
    draw(view, ends ? line : NULL);
}

void progress_show(struct progress_view *view, const struct progress *progress)
{
    const bool draws = view->style == PROGRESS_AUTO && view->terminal;
    const bool ends = progress->finished || progress->failed;
    struct progress_line *line;
    struct buf text = {0};
    uint64_t now;

    if (view->style == PROGRESS_NONE || (view->style == PROGRESS_AUTO && !view->terminal))
        return;
    now = view->ticks();
    line = follow(view, progress, now);
    begin_anew(line, progress, now);
    add_line(&text, line, progress, now);
    text_replace(&line->text, buf_text(&text));
    buf_done(&text);
    if (draws && progress->failed) {
        progress_clear(view);
    } else if (draws) {
        show_on_terminal(view, line, ends, now);
    } else if (line->shown == 0 || ends || now - line->shown >= LINE_INTERVAL) {
        line->shown = now;
        if (view->style == PROGRESS_JSON)
            print_json(view, line, progress, now);
        else if (!progress->failed)
            print_plain(view, line);
    }
    if (ends)
        forget(view, line);
}

void progress_done(struct progress_view *view)
{
    progress_clear(view);
    while (view->lines.count > 0)
        forget(view, &view->lines.items[view->lines.count - 1]);
    free(view->lines.items);
    view->lines.items = NULL;
}
