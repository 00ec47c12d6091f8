/* scope_lock: where a lock holds. */
#include "model/scope_lock.h"

#include "base/text.h"
#include "tests/unit/unit.h"

static struct scope_lock lock_on(const char *scope, unsigned level)
{
    return (struct scope_lock){
        .name = text_copy("a"), .level = level, .scope = scope ? text_copy(scope) : NULL};
}

START_TEST(a_lock_covers_what_is_inside)
{
    static const struct {
        const char *on, *scope;
        bool covers;
    } cases[] = {
        {NULL, NULL, true},
        {NULL, "prod", true},
        {NULL, "prod/ubuntu/1.0.0", true},
        {"prod", NULL, false},
        {"prod", "prod", true},
        {"prod", "PROD", true},
        {"Prod", "prod/ubuntu", true},
        {"prod", "prod/ubuntu/1.0.0", true},
        {"prod", "prod2", false},
        {"prod", "prod2/ubuntu", false},
        {"prod", "pro", false},
        {"prod/ubuntu", "prod", false},
        {"prod/ubuntu", "prod/ubuntu/1.0.0", true},
        {"prod/ubuntu", "prod/ubuntu2/1.0.0", false},
        {"prod/ubuntu/1.0.0", "prod/ubuntu/1.0.0", true},
        {"prod/ubuntu/1.0.0", "prod/ubuntu/1.0.01", false},
        {"prod/ubuntu/1.0.0", "prod/ubuntu", false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scope_lock lock = lock_on(cases[i].on, LEVEL_READ_ONLY);

        ck_assert_msg(scope_lock_covers(&lock, cases[i].scope) == cases[i].covers, "%s, %s",
                      cases[i].on ? cases[i].on : "-", cases[i].scope ? cases[i].scope : "-");
        shape_done(&scope_lock_shape, &lock);
    }
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
    ck_assert_ptr_null(lock_book_forbids(&book, NULL, true));
    shape_done(&lock_book_shape, &book);
}
END_TEST

START_TEST(names_are_those_of_one_scope)
{
    struct lock_book book = {0};

    *VEC_ADD(&book.locks) = lock_on(NULL, LEVEL_READ_ONLY);
    *VEC_ADD(&book.locks) = lock_on("prod", LEVEL_READ_ONLY);
    *VEC_ADD(&book.locks) = lock_on("web", LEVEL_READ_ONLY);
    ck_assert_ptr_eq(lock_book_find(&book, NULL, "A"), &book.locks.items[0]);
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
    static const char *const good[] = {"prod", "prod/ubuntu", "prod/ubuntu/1.0.0"};
    static const char *const bad[] = {
        "", "/", "prod/", "../etc", "prod/ubuntu/1.0.0/x", "/subscriptions/a"};
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

UNIT_MAIN("model/scope_lock", a_lock_covers_what_is_inside, only_what_a_level_forbids_is_forbidden,
          names_are_those_of_one_scope, a_scope_is_a_reference_without_an_id)
