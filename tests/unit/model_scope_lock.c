/* scope_lock: where a lock holds. */
#include "model/scope_lock.h"

#include "base/text.h"
#include "tests/unit/unit.h"

static struct scope_lock lock_on(const char *scope, unsigned level)
{
    return (struct scope_lock){.name = text_copy("a"), .level = level, .scope = text_copy(scope)};
}

START_TEST(a_scope_is_in_those_around_it)
{
    static const struct {
        const char *scope, *around;
        bool is_in;
    } cases[] = {
        {"/", "/", true},
        {"prod", "/", true},
        {"prod/ubuntu/1.0.0", "/", true},
        {"/", "prod", false},
        {"prod", "prod", true},
        {"PROD", "prod", true},
        {"prod/ubuntu", "Prod", true},
        {"prod/ubuntu/1.0.0", "prod", true},
        {"prod2", "prod", false},
        {"prod2/ubuntu", "prod", false},
        {"pro", "prod", false},
        {"prod", "prod/ubuntu", false},
        {"prod/ubuntu/1.0.0", "prod/ubuntu", true},
        {"prod/ubuntu2/1.0.0", "prod/ubuntu", false},
        {"prod/ubuntu/1.0.0", "prod/ubuntu/1.0.0", true},
        {"prod/ubuntu/1.0.01", "prod/ubuntu/1.0.0", false},
        {"prod/ubuntu", "prod/ubuntu/1.0.0", false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(scope_is_in(cases[i].scope, cases[i].around) == cases[i].is_in, "%s, %s",
                      cases[i].scope, cases[i].around);
}
END_TEST

START_TEST(only_what_a_level_forbids_is_forbidden)
{
    struct lock_book book = {0};

    *VEC_ADD(&book.locks) = lock_on("prod/ubuntu", LEVEL_CAN_NOT_DELETE);
    *VEC_ADD(&book.locks) = lock_on("web", LEVEL_READ_ONLY);
    ck_assert_ptr_null(lock_book_forbids(&book, "prod/ubuntu/1.0.0", false));
    ck_assert_ptr_eq(lock_book_forbids(&book, "prod/ubuntu/1.0.0", true), &book.locks.items[0]);
    ck_assert_ptr_null(lock_book_forbids(&book, "prod", true));
    ck_assert_ptr_eq(lock_book_forbids(&book, "web/x", false), &book.locks.items[1]);
    ck_assert_ptr_eq(lock_book_forbids(&book, "web", true), &book.locks.items[1]);
    ck_assert_ptr_null(lock_book_forbids(&book, SCOPE_STORE, true));
    shape_done(&lock_book_shape, &book);
}
END_TEST

START_TEST(names_are_those_of_one_scope)
{
    struct lock_book book = {0};

    *VEC_ADD(&book.locks) = lock_on(SCOPE_STORE, LEVEL_READ_ONLY);
    *VEC_ADD(&book.locks) = lock_on("prod", LEVEL_READ_ONLY);
    *VEC_ADD(&book.locks) = lock_on("web", LEVEL_READ_ONLY);
    ck_assert_ptr_eq(lock_book_find(&book, SCOPE_STORE, "A"), &book.locks.items[0]);
    ck_assert_ptr_eq(lock_book_find(&book, "PROD", "a"), &book.locks.items[1]);
    ck_assert_ptr_null(lock_book_find(&book, "prod/ubuntu", "a"));
    ck_assert_ptr_null(lock_book_find(&book, "prod", "b"));
    lock_book_remove(&book, &book.locks.items[1]);
    ck_assert_uint_eq(book.locks.count, 2);
    ck_assert_ptr_null(lock_book_find(&book, "prod", "a"));
    ck_assert_ptr_nonnull(lock_book_find(&book, "web", "a"));
    lock_book_remove(&book, &book.locks.items[1]);
    lock_book_remove(&book, &book.locks.items[0]);
    ck_assert_uint_eq(book.locks.count, 0);
    shape_done(&lock_book_shape, &book);
}
END_TEST

START_TEST(a_scope_is_a_reference_without_an_id)
{
    static const char *const good[] = {"/", "prod", "prod/ubuntu", "prod/ubuntu/1.0.0"};
    static const char *const bad[] = {"",
                                      "//",
                                      "prod/",
                                      "prod/ubuntu/latest",
                                      "prod/ubuntu/next",
                                      "../etc",
                                      "prod/ubuntu/1.0.0/x",
                                      "/subscriptions/a"};
    struct err err = {0};

    for (size_t i = 0; i < sizeof good / sizeof *good + sizeof bad / sizeof *bad; i++) {
        const bool is_good = i < sizeof good / sizeof *good;
        struct scope_lock lock =
            lock_on(is_good ? good[i] : bad[i - sizeof good / sizeof *good], LEVEL_READ_ONLY);

        ck_assert_msg((shape_check(&scope_lock_shape, &lock, &err) == 0) == is_good, "%s",
                      lock.scope);
        shape_done(&scope_lock_shape, &lock);
    }
}
END_TEST

UNIT_MAIN("model/scope_lock", a_scope_is_in_those_around_it, only_what_a_level_forbids_is_forbidden,
          names_are_those_of_one_scope, a_scope_is_a_reference_without_an_id)
