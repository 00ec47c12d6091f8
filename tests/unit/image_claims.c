/* claims: each part of a file is used once, or shared with others of its kind. */
#include "image/kind.h"

#include "tests/unit/unit.h"

START_TEST(nothing_is_taken_twice)
{
    struct claims *claims = claims_new(100 * 512, 512);

    ck_assert(claims_take(claims, 0, 512));
    ck_assert(claims_take(claims, 512 * 10, 512 * 80));
    ck_assert(!claims_take(claims, 0, 1));
    ck_assert(!claims_take(claims, 512 * 9, 513));
    ck_assert(!claims_take(claims, 512 * 89, 512));
    ck_assert(claims_take(claims, 512 * 91 + 100, 5));
    /* Units are taken whole. */
    ck_assert(!claims_take(claims, 512 * 91, 5));
    claims_free(claims);
    claims_free(NULL);
}
END_TEST

START_TEST(nothing_outside_of_the_file_is_taken)
{
    struct claims *claims = claims_new(1000, 512);

    ck_assert(!claims_take(claims, 1000, 1));
    ck_assert(!claims_take(claims, 999, 2));
    ck_assert(!claims_take(claims, UINT64_MAX, 2));
    ck_assert(!claims_take(claims, 2, UINT64_MAX));
    ck_assert(!claims_share(claims, 1000, 1));
    ck_assert(!claims_share(claims, UINT64_MAX, 2));
    ck_assert(claims_take(claims, 999, 1));
    ck_assert(claims_take(claims, 5, 0));
    ck_assert(claims_share(claims, 5, 0));
    claims_free(claims);
}
END_TEST

START_TEST(what_is_shared_is_shared_only)
{
    struct claims *claims = claims_new(100 * 512, 512);

    ck_assert(claims_take(claims, 0, 512));
    ck_assert(claims_share(claims, 512 * 2 + 10, 512));
    ck_assert(claims_share(claims, 512 * 2 + 10, 512));
    ck_assert(claims_share(claims, 512 * 3 + 100, 2000));
    ck_assert(!claims_share(claims, 100, 10));
    ck_assert(claims_share(claims, 512, 1));
    ck_assert(!claims_take(claims, 512 * 2, 1));
    ck_assert(!claims_take(claims, 512 * 7, 1));
    ck_assert(claims_take(claims, 512 * 8, 512 * 2));
    ck_assert(!claims_share(claims, 512 * 7, 513));
    claims_free(claims);
}
END_TEST

/* Of a file of so many units that they are not told apart, no more is taken than there is. */
START_TEST(a_large_file_is_used_up_in_the_end)
{
    const uint64_t size = UINT64_C(1) << 40;
    struct claims *claims = claims_new(size, 512);

    ck_assert(claims_share(claims, 0, 512));
    ck_assert(claims_take(claims, 0, size / 2));
    ck_assert(claims_take(claims, 0, size / 2));
    ck_assert(!claims_take(claims, size / 2, 1));
    claims_free(claims);
}
END_TEST

UNIT_MAIN("image/claims", nothing_is_taken_twice, nothing_outside_of_the_file_is_taken,
          what_is_shared_is_shared_only, a_large_file_is_used_up_in_the_end)
