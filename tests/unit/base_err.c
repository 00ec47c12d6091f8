/* err: codes, texts, hints. */
#include "base/err.h"

#include <errno.h>
#include <string.h>

#include "tests/unit/unit.h"

START_TEST(set_gives_code_and_text)
{
    struct err err = {0};

    ck_assert_int_eq(err_set(&err, E_CONFLICT, "version '%s' exists", "1.0.0"), E_CONFLICT);
    ck_assert_str_eq(err.text, "version '1.0.0' exists");
    err_hint(&err, "pick another");
    ck_assert_int_eq(err_wrap(&err, "cannot create version"), E_CONFLICT);
    ck_assert_str_eq(err.text, "cannot create version: version '1.0.0' exists");
    ck_assert_str_eq(err.hint, "pick another");
}
END_TEST

START_TEST(errno_maps_to_a_code)
{
    struct err err = {0};

    ck_assert_int_eq(err_os(&err, ENOSPC, "cannot write '%s'", "a"), E_NO_SPACE);
    ck_assert_str_eq(err.text, "cannot write 'a': no space left on device");
    ck_assert_int_eq(err.os, ENOSPC);
    ck_assert_int_eq(err_os(&err, EACCES, "x"), E_DENIED);
    ck_assert_int_eq(err_os(&err, EIO, "x"), E_FAILED);
}
END_TEST

START_TEST(long_texts_are_marked_as_cut)
{
    struct err err = {0};
    char name[3000];

    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    err_set(&err, E_FAILED, "%s", name);
    ck_assert_uint_eq(strlen(err.text), E_TEXT_SIZE - 1);
    ck_assert_str_eq(err.text + E_TEXT_SIZE - 4, "...");
    err_wrap(&err, "cannot do");
    ck_assert_uint_eq(strlen(err.text), E_TEXT_SIZE - 1);
    ck_assert_str_eq(err.text + E_TEXT_SIZE - 4, "...");
}
END_TEST

START_TEST(exit_statuses_are_in_order)
{
    int last = 0;

    for (const struct err_kind *kind = err_kinds; kind->word; kind++) {
        ck_assert_int_ge(kind->exit_status, last);
        ck_assert_int_le(kind->exit_status, 10);
        last = kind->exit_status;
        ck_assert_ptr_eq(err_kind(kind->code), kind);
    }
    ck_assert_int_eq(err_kind(-999)->exit_status, 1);
}
END_TEST

UNIT_MAIN("base/err", set_gives_code_and_text, errno_maps_to_a_code, long_texts_are_marked_as_cut,
          exit_statuses_are_in_order)
