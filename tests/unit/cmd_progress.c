/* cmd progress: when something is drawn, and what. */
#include "cmd/progress.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tests/unit/unit.h"

#define MILLISECOND UINT64_C(1000000)

/* The clock of these tests; each test runs in a process of its own. */
static uint64_t now;

static uint64_t test_ticks(void)
{
    return now;
}

struct screen {
    char *text;
    size_t length;
    struct progress_view view;
};

static void screen_init(struct screen *screen, enum progress_style style, bool terminal)
{
    now = 1000 * MILLISECOND;
    *screen = (struct screen){0};
    screen->view = (struct progress_view){
        .style = style,
        .out = open_memstream(&screen->text, &screen->length),
        .terminal = terminal,
        .width = 40,
        .ticks = test_ticks,
    };
}

/* Some time later, an event; what was drawn is expected and forgotten. */
static void step(struct screen *screen, uint64_t milliseconds, const struct progress *progress,
                 const char *wanted)
{
    now += milliseconds * MILLISECOND;
    progress_show(&screen->view, progress);
    fflush(screen->view.out);
    ck_assert_str_eq(screen->text, wanted);
    fclose(screen->view.out);
    free(screen->text);
    screen->view.out = open_memstream(&screen->text, &screen->length);
}

static void screen_done(struct screen *screen)
{
    progress_done(&screen->view);
    fclose(screen->view.out);
    free(screen->text);
}

#define EVENT_OF(...) (&(struct progress){.action = "copy", __VA_ARGS__})
#define EVENT(...)    EVENT_OF(.what = "x", __VA_ARGS__)

START_TEST(a_terminal_is_drawn_at_most_ten_times_a_second)
{
    struct screen screen;

    screen_init(&screen, PROGRESS_AUTO, true);
    step(&screen, 0, EVENT(.total = 4096), "\r\033[Kcopy x  0%  0 B of 4.0 KiB");
    step(&screen, 99, EVENT(.done = 1024, .total = 4096), "");
    step(&screen, 1, EVENT(.done = 1024, .total = 4096), "\r\033[Kcopy x  25%  1.0 KiB of 4.0 KiB");
    step(&screen, 900, EVENT(.done = 4095, .total = 4096),
         "\r\033[Kcopy x  99%  4.0 KiB of 4.0 KiB  4.0 Ki");
    step(&screen, 1, EVENT(.done = 4096, .total = 4096, .finished = true),
         "\r\033[Kcopy x  100%  4.0 KiB of 4.0 KiB  4.0 K\n");
    screen_done(&screen);
}
END_TEST

START_TEST(plain_lines_are_five_seconds_apart)
{
    struct screen screen;

    screen_init(&screen, PROGRESS_PLAIN, true);
    step(&screen, 0, EVENT(.done = 1), "copy x  1 B\n");
    step(&screen, 4999, EVENT(.done = 1), "");
    step(&screen, 1, EVENT(.done = 1), "copy x  1 B\n");
    step(&screen, 1, EVENT(.done = 10001, .finished = true), "copy x  9.8 KiB  2.0 KiB/s  done\n");
    step(&screen, 0, EVENT(.done = 1), "copy x  1 B\n");
    screen_done(&screen);
}
END_TEST

START_TEST(json_is_one_object_a_line)
{
    struct screen screen;

    screen_init(&screen, PROGRESS_JSON, false);
    step(&screen, 0, EVENT_OF(.what = "a\nb", .done = 1, .total = 2),
         "{\"action\":\"copy\",\"what\":\"a\\nb\",\"done\":1,\"total\":2,\"finished\":false}\n");
    screen_done(&screen);
}
END_TEST

START_TEST(nothing_is_drawn_into_a_file_or_when_not_wanted)
{
    struct screen screen;

    screen_init(&screen, PROGRESS_AUTO, false);
    step(&screen, 0, EVENT(.done = 1), "");
    screen_done(&screen);
    screen_init(&screen, PROGRESS_NONE, true);
    step(&screen, 0, EVENT(.done = 1, .finished = true), "");
    screen_done(&screen);
}
END_TEST

START_TEST(an_unfinished_line_is_taken_back)
{
    struct screen screen;

    screen_init(&screen, PROGRESS_AUTO, true);
    step(&screen, 0, EVENT_OF(.what = "\033[2J", .done = 1), "\r\033[Kcopy \\x1b[2J  1 B");
    ck_assert_uint_eq(screen.view.drawn, 1);
    progress_clear(&screen.view);
    ck_assert_uint_eq(screen.view.drawn, 0);
    ck_assert_str_eq(screen.text, "\r\033[K");
    screen_done(&screen);
}
END_TEST

START_TEST(a_line_never_reaches_the_edge)
{
    struct screen screen;

    screen_init(&screen, PROGRESS_AUTO, true);
    screen.view.width = 10;
    step(&screen, 0, EVENT_OF(.what = "\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4", .done = 1),
         "\r\033[Kcopy \xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4");
    screen.view.width = 1;
    step(&screen, 1000, EVENT_OF(.what = "\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4", .done = 1),
         "\r\033[K");
    screen_done(&screen);
}
END_TEST

#define IN(place, ...) EVENT(.region = (place), __VA_ARGS__)

START_TEST(each_region_has_a_line_of_its_own)
{
    struct screen screen;

    screen_init(&screen, PROGRESS_AUTO, true);
    step(&screen, 0, IN("a", .done = 1), "\r\033[Kcopy x a  1 B");
    step(&screen, 0, IN("b", .done = 2), "\r\033[Kcopy x a  1 B\n\033[Kcopy x b  2 B");
    step(&screen, 100, IN("a", .done = 3),
         "\r\033[1A\033[J\033[Kcopy x a  3 B\n\033[Kcopy x b  2 B");
    /* What is finished goes above the others. */
    step(&screen, 0, IN("b", .done = 4, .finished = true),
         "\r\033[1A\033[J\033[Kcopy x b  4 B  done\n\033[Kcopy x a  3 B");
    step(&screen, 0, IN("c", .done = 1), "\r\033[Kcopy x a  3 B\n\033[Kcopy x c  1 B");
    /* There is a message on what has failed. */
    step(&screen, 0, IN("a", .done = 3, .failed = "no space"), "\r\033[1A\033[J");
    step(&screen, 100, IN("c", .done = 2), "\r\033[Kcopy x c  2 B");
    screen_done(&screen);
}
END_TEST

START_TEST(time_left_is_what_the_rate_gives)
{
    static const struct {
        uint64_t total;
        const char *left;
    } cases[] = {
        {1000, "0 s"},     {1001, "1 s"},        {120000, "119 s"},
        {121000, "2 min"}, {7200000, "120 min"}, {7201000, "2 h"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct screen screen;
        char *const wanted = text_printf("/s  %s left\n", cases[i].left);
        const char *line;

        screen_init(&screen, PROGRESS_PLAIN, false);
        progress_show(&screen.view, EVENT(.total = cases[i].total));
        now += 1000 * MILLISECOND;
        progress_show(&screen.view, EVENT(.done = 1000, .total = cases[i].total));
        now += 4000 * MILLISECOND;
        progress_show(&screen.view, EVENT(.done = 5000, .total = cases[i].total + 4000));
        fflush(screen.view.out);
        line = strrchr(screen.text, '/');
        ck_assert_ptr_nonnull(line);
        ck_assert_str_eq(line, wanted);
        free(wanted);
        screen_done(&screen);
    }
}
END_TEST

START_TEST(json_says_rate_and_time_left)
{
    struct screen screen;

    screen_init(&screen, PROGRESS_JSON, false);
    step(&screen, 0, EVENT_OF(.what = "v", .region = "r", .replica = "r/1", .total = 9000),
         "{\"action\":\"copy\",\"what\":\"v\",\"region\":\"r\",\"replica\":\"r/1\","
         "\"done\":0,\"total\":9000,\"finished\":false}\n");
    step(&screen, 5000,
         EVENT_OF(.what = "v", .region = "r", .replica = "r/1", .done = 5000, .total = 9000),
         "{\"action\":\"copy\",\"what\":\"v\",\"region\":\"r\",\"replica\":\"r/1\","
         "\"done\":5000,\"total\":9000,\"rate\":1000,\"secondsLeft\":4,\"finished\":false}\n");
    step(&screen, 0, EVENT_OF(.what = "v", .region = "r", .done = 1, .failed = "no \"x\""),
         "{\"action\":\"copy\",\"what\":\"v\",\"region\":\"r\",\"done\":1,"
         "\"failed\":\"no \\\"x\\\"\",\"finished\":false}\n");
    screen_done(&screen);
}
END_TEST

UNIT_MAIN("cmd/progress", each_region_has_a_line_of_its_own, time_left_is_what_the_rate_gives,
          json_says_rate_and_time_left, a_terminal_is_drawn_at_most_ten_times_a_second,
          plain_lines_are_five_seconds_apart, json_is_one_object_a_line,
          nothing_is_drawn_into_a_file_or_when_not_wanted, an_unfinished_line_is_taken_back,
          a_line_never_reaches_the_edge)
