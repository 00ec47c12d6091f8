/* uri: percent-encoded names, and files as URIs. */
#include "base/uri.h"

#include <string.h>

#include "tests/unit/unit.h"

START_TEST(escapes_are_read)
{
    static const struct {
        const char *text, *decoded; /* NULL: refused */
    } cases[] = {
        {"", ""},
        {"disk.vmdk", "disk.vmdk"},
        {"a%20b%2Fc", "a b/c"},
        {"%c3%A4", "\xc3\xa4"},
        {"100%25", "100%"},
        {"%", NULL},
        {"%4", NULL},
        {"%4g", NULL},
        {"a%00b", NULL},
        {"%%41", NULL},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *decoded = uri_decode(cases[i].text);

        if (cases[i].decoded)
            ck_assert_str_eq(decoded, cases[i].decoded);
        else
            ck_assert_ptr_null(decoded);
        free(decoded);
    }
}
END_TEST

START_TEST(paths_are_paths_and_files_are_of_this_host)
{
    static const struct {
        const char *text, *path;
    } cases[] = {
        {"disk.raw", "disk.raw"},     {"/a b/disk%20.raw", "/a b/disk%20.raw"},
        {"./x:y", "./x:y"},           {"C:disk", "C:disk"},
        {"1x:disk", "1x:disk"},       {"-", "-"},
        {"file:///a%20b", "/a b"},    {"FILE:/a", "/a"},
        {"file://localhost/a", "/a"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {0};
        char *path = NULL;

        ck_assert_msg(uri_file_path(cases[i].text, &path, &err) == 0, "%s", err.text);
        ck_assert_str_eq(path, cases[i].path);
        free(path);
    }
}
END_TEST

START_TEST(what_is_elsewhere_is_refused)
{
    static const struct {
        const char *text, *part;
    } cases[] = {
        {"http://host/disk.vhd", "scheme 'http' is not read"},
        {"https://account.blob.core.windows.net/a/b.vhd?sig=x", "scheme 'https' is not read"},
        {"file://host/disk.vhd", "is a file of another host"},
        {"file:disk.vhd", "has no absolute path"},
        {"file:///a%2", "has a '%' without two digits"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {0};
        char *path = NULL;

        ck_assert_int_eq(uri_file_path(cases[i].text, &path, &err), E_INVALID);
        ck_assert_msg(strstr(err.text, cases[i].part) != NULL, "%s", err.text);
        ck_assert_ptr_null(path);
    }
}
END_TEST

UNIT_MAIN("base/uri", escapes_are_read, paths_are_paths_and_files_are_of_this_host,
          what_is_elsewhere_is_refused)
