/* scope_lock: what a lock forbids. */
#include "model/scope_lock.h"

#include "base/text.h"
#include "tests/unit/unit.h"

static struct scope_lock lock_on(const char *scope, unsigned level)
{
    return (struct scope_lock){.name = text_copy("a"), .level = level, .scope = text_copy(scope)};
}

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

UNIT_MAIN("model/scope_lock", only_what_a_level_forbids_is_forbidden, names_are_those_of_one_scope)
