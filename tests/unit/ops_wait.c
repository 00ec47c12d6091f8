/* waiting: when it looks, when it ends, and with what. No time passes here. */
#include <string.h>

#include "gallery.h"
#include "tests/unit/scratch.h"

#define OK(call) ck_assert_msg((call) == 0, #call ": %s", err.text)

enum { PAUSES_MAX = 64 };

struct shop {
    struct scratch scratch;
    char store_path[300];
    struct context context;
    struct store *store;
    uint64_t pauses[PAUSES_MAX]; /* milliseconds */
    size_t pause_count;
    size_t make_at; /* the pause in which another process makes the gallery; 0: none does */
};

static void make_gallery(struct shop *shop)
{
    const struct context other = {.store_path = shop->store_path};
    const struct gallery_request request = {.ref = {.gallery = (char[]){"prod"}}};
    struct gallery made = {0};
    struct store *store = NULL;
    struct err err = {0};

    OK(gal_open(&other, GAL_CREATE, &store, &err));
    OK(gal_gallery_create(store, &request, &made, &err));
    shape_done(&gallery_shape, &made);
    gal_close(store);
}

static void count_pause(void *user, uint64_t milliseconds)
{
    struct shop *const shop = user;

    ck_assert_uint_lt(shop->pause_count, PAUSES_MAX);
    shop->pauses[shop->pause_count++] = milliseconds;
    if (shop->pause_count == shop->make_at)
        make_gallery(shop);
}

static void shop_init(struct shop *shop)
{
    struct err err = {0};

    *shop = (struct shop){.scratch = scratch_new()};
    snprintf(shop->store_path, sizeof shop->store_path, "%s/store", shop->scratch.path);
    shop->context =
        (struct context){.store_path = shop->store_path, .user = shop, .sleep = count_pause};
    OK(gal_open(&shop->context, GAL_READ, &shop->store, &err));
}

static void shop_done(struct shop *shop)
{
    gal_close(shop->store);
    scratch_done(&shop->scratch);
}

static const struct opt_bool yes = {.set = true, .value = true};

static struct wait_request for_gallery(void)
{
    static char name[] = "prod";

    return (struct wait_request){.ref = {.gallery = name}};
}

START_TEST(pauses_grow_up_to_the_interval_and_sum_up_to_the_timeout)
{
    struct wait_request request = for_gallery();
    struct err err = {0};
    struct shop shop;
    uint64_t sum = 0;

    shop_init(&shop);
    request.until.created = yes;
    request.until.interval = opt_int_of(2);
    request.until.timeout = opt_int_of(10);
    ck_assert_int_eq(gal_wait(shop.store, &request, &err), E_TIMED_OUT);
    ck_assert_str_eq(err.text,
                     "cannot wait for gallery 'prod': after 10 seconds it does not exist");
    ck_assert_uint_eq(shop.pauses[0], 100);
    ck_assert_uint_gt(shop.pauses[12], 200);
    for (size_t i = 0; i < shop.pause_count; i++) {
        ck_assert_uint_le(shop.pauses[i], 2000);
        sum += shop.pauses[i];
    }
    ck_assert_uint_eq(sum, 10000);
    shop_done(&shop);
}
END_TEST

START_TEST(what_is_made_meanwhile_is_seen_and_its_store_too)
{
    struct wait_request request = for_gallery();
    struct err err = {0};
    struct shop shop;

    shop_init(&shop);
    shop.make_at = 3;
    request.until.created = yes;
    OK(gal_wait(shop.store, &request, &err));
    ck_assert_uint_eq(shop.pause_count, 3);
    shop_done(&shop);
}
END_TEST

START_TEST(a_condition_that_holds_is_not_waited_for)
{
    struct wait_request request = for_gallery();
    struct err err = {0};
    struct shop shop;

    shop_init(&shop);
    make_gallery(&shop);
    request.until.custom = (char[]){"provisioningState == 'Succeeded'"};
    OK(gal_wait(shop.store, &request, &err));
    request.until.custom = (char[]){"location == 'elsewhere'"};
    request.until.exists = yes; /* one is enough */
    OK(gal_wait(shop.store, &request, &err));
    ck_assert_uint_eq(shop.pause_count, 0);
    shop_done(&shop);
}
END_TEST

START_TEST(no_time_is_one_look)
{
    struct wait_request request = for_gallery();
    struct err err = {0};
    struct shop shop;

    shop_init(&shop);
    make_gallery(&shop);
    request.until.deleted = yes;
    request.until.timeout = opt_int_of(0);
    ck_assert_int_eq(gal_wait(shop.store, &request, &err), E_TIMED_OUT);
    ck_assert_str_eq(err.text,
                     "cannot wait for gallery 'prod': after 0 seconds its state is Succeeded");
    ck_assert_uint_eq(shop.pause_count, 0);
    shop_done(&shop);
}
END_TEST

START_TEST(mistakes_are_not_waited_for)
{
    struct wait_request request = for_gallery();
    struct err err = {0};
    struct shop shop;

    shop_init(&shop);
    ck_assert_int_eq(gal_wait(shop.store, &request, &err), E_USAGE);
    request.until.updated = yes;
    ck_assert_int_eq(gal_wait(shop.store, &request, &err), E_NOT_FOUND);
    request.until.custom = (char[]){"name =="};
    ck_assert_int_eq(gal_wait(shop.store, &request, &err), E_USAGE);
    request.until.custom = NULL;
    request.replicated = yes;
    ck_assert_int_eq(gal_wait(shop.store, &request, &err), E_USAGE);
    request.replicated = (struct opt_bool){0};
    request.region = (char[]){"westus2"};
    ck_assert_int_eq(gal_wait(shop.store, &request, &err), E_USAGE);
    ck_assert_uint_eq(shop.pause_count, 0);
    shop_done(&shop);
}
END_TEST

UNIT_MAIN("ops/wait", pauses_grow_up_to_the_interval_and_sum_up_to_the_timeout,
          what_is_made_meanwhile_is_seen_and_its_store_too,
          a_condition_that_holds_is_not_waited_for, no_time_is_one_look,
          mistakes_are_not_waited_for)
