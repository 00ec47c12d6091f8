/* text: copies, words, distances, hexadecimal, characters. */
#include "base/text.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/unit.h"

START_TEST(copies_are_equal_and_apart)
{
    char *copy = text_copy("gallery");
    char *formatted = text_printf("%s/%d", "gallery", 12);

    ck_assert_str_eq(copy, "gallery");
    ck_assert_str_eq(formatted, "gallery/12");
    ck_assert_ptr_null(text_copy(NULL));
    free(copy);
    free(formatted);
}
END_TEST

START_TEST(replace_survives_its_own_old_text)
{
    char *slot = NULL;

    text_replace(&slot, NULL);
    ck_assert_ptr_null(slot);
    text_replace(&slot, "one-two");
    ck_assert_str_eq(slot, "one-two");
    text_replace(&slot, slot);
    ck_assert_str_eq(slot, "one-two");
    text_replace(&slot, slot + 4);
    ck_assert_str_eq(slot, "two");
    text_replace(&slot, NULL);
    ck_assert_ptr_null(slot);
}
END_TEST

START_TEST(equality_knows_null)
{
    ck_assert(text_equal(NULL, NULL));
    ck_assert(!text_equal(NULL, ""));
    ck_assert(!text_equal("", NULL));
    ck_assert(text_equal("a", "a"));
    ck_assert(!text_equal("a", "A"));
    ck_assert(text_same_word(NULL, NULL));
    ck_assert(!text_same_word("", NULL));
}
END_TEST

START_TEST(words_compare_without_case_of_ascii_letters_only)
{
    ck_assert(text_same_word("WestEurope", "westeuropE"));
    ck_assert(!text_same_word("west", "westeurope"));
    ck_assert(!text_same_word("westeurope", "west"));
    ck_assert(!text_same_word("[", "{"));
    ck_assert(!text_same_word("@", "`"));
    ck_assert(!text_same_word("\xc3\x84", "\xc3\xa4"));
}
END_TEST

START_TEST(lower_and_starts)
{
    char text[] = "AZaz[@\xc3\x84";

    text_lower(text);
    ck_assert_str_eq(text, "azaz[@\xc3\x84");
    text_upper(text);
    ck_assert_str_eq(text, "AZAZ[@\xc3\x84");
    ck_assert(text_starts("gallery", ""));
    ck_assert(text_starts("gallery", "gal"));
    ck_assert(text_starts("gallery", "gallery"));
    ck_assert(!text_starts("gal", "gallery"));
}
END_TEST

START_TEST(distance_counts_each_edit_once)
{
    static const struct {
        const char *left, *right;
        size_t distance;
    } cases[] = {
        {"", "", 0},         {"", "abc", 3},   {"abc", "", 3},           {"abc", "ABC", 0},
        {"abc", "abd", 1},   {"abc", "ab", 1}, {"abc", "xabc", 1},       {"abc", "bac", 1},
        {"abcd", "acbd", 1}, {"ca", "abc", 3}, {"kitten", "sitting", 3}, {"abcd", "badc", 2},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_uint_eq(text_distance(cases[i].left, cases[i].right, 9), cases[i].distance);
        ck_assert_uint_eq(text_distance(cases[i].right, cases[i].left, 9), cases[i].distance);
    }
}
END_TEST

START_TEST(distance_is_capped_behind_its_limit)
{
    ck_assert_uint_eq(text_distance("kitten", "sitting", 3), 3);
    ck_assert_uint_eq(text_distance("kitten", "sitting", 2), 3);
    ck_assert_uint_eq(text_distance("kitten", "sitting", 1), 2);
    ck_assert_uint_eq(text_distance("kitten", "sitting", 0), 1);
    ck_assert_uint_eq(text_distance("aaaaaaaaaa", "bbbbbbbbbb", 4), 5);
    ck_assert_uint_eq(text_distance("a", "aaaaaaaaaa", 4), 5);
    /* The transposition at the end brings the distance back under the limit. */
    ck_assert_uint_eq(text_distance("ba", "ab", 1), 1);
}
END_TEST

START_TEST(nearest_suggests_only_what_is_near)
{
    static const char *const regions[] = {"northeurope", "westeurope", "westus", "eastus", NULL};
    static const char *const nothing[] = {NULL};

    ck_assert_str_eq(text_nearest("westeurop", regions), "westeurope");
    ck_assert_str_eq(text_nearest("WESTEUROPE", regions), "westeurope");
    ck_assert_str_eq(text_nearest("eatsus", regions), "eastus");
    ck_assert_str_eq(text_nearest("wests", regions), "westus");
    ck_assert_ptr_null(text_nearest("xx", regions));
    ck_assert_ptr_null(text_nearest("", regions));
    ck_assert_ptr_null(text_nearest("japaneast", regions));
    ck_assert_ptr_null(text_nearest("westus", nothing));
}
END_TEST

START_TEST(nearest_is_what_was_cut_short)
{
    static const char *const words[] = {
        "--gallery-image-name", "--gallery-name", "--gateway", "westus2", "westus", NULL};

    ck_assert_str_eq(text_nearest("--gallery", words), "--gallery-name");
    ck_assert_str_eq(text_nearest("--GATE", words), "--gateway");
    ck_assert_str_eq(text_nearest("westus", words), "westus");
    ck_assert_str_eq(text_nearest("wes", words), "westus");
    ck_assert_ptr_null(text_nearest("we", words));
    ck_assert_ptr_null(text_nearest("--", words));
    ck_assert_ptr_null(text_nearest("--ga", words));
}
END_TEST

START_TEST(nearest_keeps_to_a_third)
{
    static const char *const words[] = {"abcdef", NULL};

    ck_assert_str_eq(text_nearest("abcdxy", words), "abcdef"); /* 2 of 6 */
    ck_assert_ptr_null(text_nearest("abcxyz", words));         /* 3 of 6 */
    ck_assert_ptr_null(text_nearest("abcdx", words));          /* 2 of 5 */
}
END_TEST

START_TEST(hexadecimal_goes_there_and_back)
{
    static const uint8_t bytes[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
    uint8_t back[5] = {1};
    char text[11];

    text_hex(text, bytes, sizeof bytes);
    ck_assert_str_eq(text, "00017f80ff");
    ck_assert(text_unhex(text, back, sizeof back));
    ck_assert_mem_eq(back, bytes, sizeof bytes);
}
END_TEST

START_TEST(unhex_refuses_all_else)
{
    static const char *const wrong[] = {"",       "0",      "00",     "000",  "00000", "00000g",
                                        "0000FF", "000000", "0000 0", "g000", "-1-1",  "0x00"};
    uint8_t bytes[2];

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_assert_msg(!text_unhex(wrong[i], bytes, 2), "'%s' was taken", wrong[i]);
    ck_assert(text_unhex("beef", bytes, 2));
    ck_assert(text_unhex("", bytes, 0));
}
END_TEST

START_TEST(utf8_is_told_from_the_rest)
{
    static const char *const good[] = {"",
                                       "plain",
                                       "\xc2\x80",
                                       "\xdf\xbf",
                                       "\xe0\xa0\x80",
                                       "\xed\x9f\xbf",
                                       "\xee\x80\x80",
                                       "\xef\xbf\xbf",
                                       "\xf0\x90\x80\x80",
                                       "\xf4\x8f\xbf\xbf"};
    static const char *const bad[] = {"\x80",
                                      "\xbf",
                                      "\xc0\x80",
                                      "\xc1\xbf",
                                      "\xc2",
                                      "\xc2x",
                                      "\xe0\x9f\xbf",
                                      "\xed\xa0\x80",
                                      "\xed\xbf\xbf",
                                      "\xe2\x82",
                                      "\xf0\x8f\xbf\xbf",
                                      "\xf4\x90\x80\x80",
                                      "\xf5\x80\x80\x80",
                                      "\xff",
                                      "\xf0\x9f\x98",
                                      "a\xe2\x28\xa1"};

    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ck_assert_msg(text_is_utf8(good[i], strlen(good[i])), "good %zu", i);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!text_is_utf8(bad[i], strlen(bad[i])), "bad %zu", i);
    /* A zero byte is a character; a length that cuts one is not. */
    ck_assert(text_is_utf8("a\0b", 3));
    ck_assert(!text_is_utf8("\xe2\x82\xac", 2));
}
END_TEST

static void check_inert(const char *text, const char *expected)
{
    struct buf out = {0};

    text_add_inert(&out, text);
    ck_assert_str_eq(buf_text(&out), expected);
    ck_assert_uint_eq(out.length, strlen(expected));
    buf_done(&out);
}

START_TEST(inert_text_steers_nothing)
{
    check_inert("", "");
    check_inert("plain ~ text", "plain ~ text");
    check_inert("Z\xc3\xbcrich \xe6\x97\xa5\xe6\x9c\xac", "Z\xc3\xbcrich \xe6\x97\xa5\xe6\x9c\xac");
    check_inert("\x1b[31mred", "\\x1b[31mred");
    check_inert("a\nb\tc\rd", "a\\x0ab\\x09c\\x0dd");
    check_inert("\x7f", "\\x7f");
    check_inert("\xc2\x9b"
                "31m",
                "\\u{009b}31m");
    check_inert("\xc2\xa0", "\xc2\xa0");
    check_inert("\xe2\x80\xae"
                "gpj.exe",
                "\\u{202e}gpj.exe");
    check_inert("\xe2\x80\x8b\xef\xbb\xbf", "\\u{200b}\\u{feff}");
    check_inert("\xf3\xa0\x80\x81", "\\u{e0001}");
    check_inert("\xff\xc3", "\\xff\\xc3");
}
END_TEST

START_TEST(width_follows_the_terminal)
{
    ck_assert_uint_eq(text_width(""), 0);
    ck_assert_uint_eq(text_width("gallery"), 7);
    ck_assert_uint_eq(text_width("Z\xc3\xbcrich"), 6);
    ck_assert_uint_eq(text_width("u\xcc\x88"), 1);
    ck_assert_uint_eq(text_width("\xe6\x97\xa5\xe6\x9c\xac"), 4);
    ck_assert_uint_eq(text_width("\xef\xbd\xb1"), 1); /* half-width katakana */
    ck_assert_uint_eq(text_width("\xf0\x9f\x98\x80"), 2);
    ck_assert_uint_eq(text_width("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab"), 2); /* one syllable */
}
END_TEST

UNIT_MAIN("base/text", copies_are_equal_and_apart, replace_survives_its_own_old_text,
          equality_knows_null, words_compare_without_case_of_ascii_letters_only, lower_and_starts,
          distance_counts_each_edit_once, distance_is_capped_behind_its_limit,
          nearest_suggests_only_what_is_near, nearest_is_what_was_cut_short,
          nearest_keeps_to_a_third, hexadecimal_goes_there_and_back, unhex_refuses_all_else,
          utf8_is_told_from_the_rest, inert_text_steers_nothing, width_follows_the_terminal)
