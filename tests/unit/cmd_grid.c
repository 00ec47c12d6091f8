/* cmd grid: tables that fit, and that align whatever characters are in them. */
#include "cmd/grid.h"

#include <string.h>

#include "base/text.h"
#include "tests/unit/unit.h"

/* Cells up to NULL. */
static void expect(struct grid grid, const char *const *cells, const char *wanted)
{
    struct buf out = {0};

    for (size_t i = 0; cells[i]; i++)
        texts_add(&grid.cells, cells[i]);
    grid_print(&out, &grid);
    ck_assert_msg(strcmp(buf_text(&out), wanted) == 0, "gives\n%swanted\n%s", buf_text(&out),
                  wanted);
    grid_done(&grid);
    buf_done(&out);
}

START_TEST(wide_and_combining_characters_align)
{
    static const char *const cells[] = {"Name",      "B", "\xe6\xbc\xa2\xe5\xad\x97", "1",
                                        "e\xcc\x81", "2", "\xf0\x9f\x98\x80x",        "3",
                                        NULL};

    expect((struct grid){.columns = 2}, cells,
           "Name  B\n----  -\n\xe6\xbc\xa2\xe5\xad\x97  1\ne\xcc\x81     2\n"
           "\xf0\x9f\x98\x80x   3\n");
}
END_TEST

START_TEST(what_is_too_wide_is_cut_titles_first_then_words_then_names)
{
    static const enum grid_kind kinds[] = {GRID_NAME, GRID_WORDS, GRID_STATE};
    static const char *const cells[] = {
        "Name",      "About", "ProvisioningState", "longer-name", "a b c d e f g h i j",
        "Succeeded", NULL};
    const struct {
        size_t width;
        const char *wanted;
    } cases[] = {
        {51, "Name         About                ProvisioningState\n"
             "-----------  -------------------  -----------------\n"
             "longer-name  a b c d e f g h i j  Succeeded\n"},
        {45, "Name         About                Provisioni\xe2\x80\xa6\n"
             "-----------  -------------------  -----------\n"
             "longer-name  a b c d e f g h i j  Succeeded\n"},
        {36, "Name         About         Provisio\xe2\x80\xa6\n"
             "-----------  ------------  ---------\n"
             "longer-name  a b c d e f\xe2\x80\xa6  Succeeded\n"},
        {29, "Name      About     Provisio\xe2\x80\xa6\n"
             "--------  --------  ---------\n"
             "longer-\xe2\x80\xa6  a b c d\xe2\x80\xa6  Succeeded\n"},
        {1, "Name  Abo\xe2\x80\xa6  Pro\xe2\x80\xa6\n----  ----  ----\nlon\xe2\x80\xa6  a "
            "b\xe2\x80\xa6  Suc\xe2\x80\xa6\n"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect((struct grid){.columns = 3, .kinds = kinds, .width = cases[i].width}, cells,
               cases[i].wanted);
}
END_TEST

START_TEST(a_cut_never_splits_a_character)
{
    static const char text[] = "\xe6\xbc\xa2\xe5\xad\x97"
                               "e\xcc\x81"
                               "x\xf0\x9f\x98\x80"
                               "end";

    for (size_t width = 1; width < 12; width++) {
        struct buf out = {0};

        text_add_cut(&out, text, width);
        ck_assert(text_is_utf8(out.bytes, out.length));
        ck_assert_uint_le(text_width(buf_text(&out)), width);
        ck_assert_uint_ge(text_width(buf_text(&out)) + 1, width < 9 ? width : 9);
        buf_done(&out);
    }
}
END_TEST

START_TEST(a_number_is_never_cut)
{
    static const enum grid_kind kinds[] = {GRID_NUMBER, GRID_WORDS};
    static const char *const cells[] = {"Bytes", "About", "10737418240", "a b c d e f", NULL};

    expect((struct grid){.columns = 2, .kinds = kinds, .width = 1}, cells,
           "Bytes        Abo\xe2\x80\xa6\n-----------  ----\n10737418240  a b\xe2\x80\xa6\n");
}
END_TEST

START_TEST(only_states_and_titles_are_coloured)
{
    static const enum grid_kind kinds[] = {GRID_NAME, GRID_STATE};
    static const char *const cells[] = {"Name", "State",      "Failed", "Succeeded", "b", "Failed",
                                        "c",    "InProgress", "d",      "",          NULL};

    expect((struct grid){.columns = 2, .kinds = kinds, .colour = true}, cells,
           "\033[1mName\033[0m    \033[1mState\033[0m\n------  ----------\n"
           "Failed  \033[32mSucceeded\033[0m\nb       \033[31mFailed\033[0m\n"
           "c       \033[33mInProgress\033[0m\nd\n");
}
END_TEST

START_TEST(a_mark_is_never_cut_and_coloured_by_what_it_ends_in)
{
    static const enum grid_kind kinds[] = {GRID_NAME, GRID_MARK};
    static const char *const cells[] = {"Name",   "westus2", "a",     "10/10 ok", "b",
                                        "1/2 ..", "c",       "0/1 ?", "d",        "1/2 !",
                                        "e",      "-",       "all",   "12 MiB",   NULL};

    expect((struct grid){.columns = 2, .kinds = kinds, .colour = true}, cells,
           "\033[1mName\033[0m  \033[1mwestus2\033[0m\n----  --------\n"
           "a     \033[32m10/10 ok\033[0m\nb     \033[33m1/2 ..\033[0m\n"
           "c     \033[31m0/1 ?\033[0m\nd     \033[31m1/2 !\033[0m\ne     -\nall   12 MiB\n");
    expect((struct grid){.columns = 2, .kinds = kinds, .width = 5}, cells,
           "Name  westus2\n----  --------\na     10/10 ok\nb     1/2 ..\nc     0/1 ?\n"
           "d     1/2 !\ne     -\nall   12 MiB\n");
}
END_TEST

UNIT_MAIN("cmd/grid", wide_and_combining_characters_align,
          what_is_too_wide_is_cut_titles_first_then_words_then_names,
          a_cut_never_splits_a_character, a_number_is_never_cut,
          only_states_and_titles_are_coloured, a_mark_is_never_cut_and_coloured_by_what_it_ends_in)
