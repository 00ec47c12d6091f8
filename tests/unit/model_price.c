/* price: amounts to the millionth, lists as users write them. */
#include "model/price.h"

#include <string.h>

#include "model/plan.h"
#include "tests/unit/unit.h"

START_TEST(amounts_are_exact_or_refused)
{
    static const struct {
        const char *text;
        uint64_t amount;
    } good[] = {{"0", 0},           {"0.05", 50000},      {"1", 1000000},
                {"12.5", 12500000}, {"0.000001", 1},      {"999.999999", 999999999},
                {"007", 7000000},   {"1.230000", 1230000}};
    static const char *const bad[] = {"",          ".5",  "5.", "-1", "1000", "1e3",
                                      "0.0000001", "1,5", " 1", "1 ", "0x1",  "99999"};
    uint64_t amount;

    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        ck_assert_msg(amount_parse(good[i].text, &amount), "%s", good[i].text);
        ck_assert_uint_eq(amount, good[i].amount);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!amount_parse(bad[i], &amount), "%s", bad[i]);
}
END_TEST

START_TEST(amounts_are_shown_with_two_digits_at_least)
{
    static const struct {
        uint64_t amount;
        const char *text;
    } cases[] = {{0, "0.00"},         {1, "0.000001"},       {50000, "0.05"},
                 {12500000, "12.50"}, {1234567, "1.234567"}, {UINT64_MAX, "18446744073709.551615"}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf text = {0};

        amount_add(&text, cases[i].amount);
        ck_assert_str_eq(buf_text(&text), cases[i].text);
        buf_done(&text);
    }
}
END_TEST

START_TEST(bytes_are_priced_by_the_gib)
{
    const uint64_t gib = UINT64_C(1) << 30;

    ck_assert_uint_eq(price_of(0, 50000), 0);
    ck_assert_uint_eq(price_of(gib, 50000), 50000);
    ck_assert_uint_eq(price_of(gib / 2, 50000), 25000);
    ck_assert_uint_eq(price_of(10 * gib + gib / 4, 20000), 205000);
    ck_assert_uint_eq(price_of(gib / 50000 / 2 + 1, 50000), 1); /* to the nearest */
    ck_assert_uint_eq(price_of(gib / 50000 / 2 - 1, 50000), 0);
    ck_assert_uint_eq(price_of(UINT64_C(1) << 53, 999999999), (UINT64_C(1) << 23) * 999999999);
    ck_assert_uint_eq(price_of(UINT64_MAX, UINT64_C(1) << 33), UINT64_MAX);
}
END_TEST

static int parse(const char *text, struct prices *ret, struct err *err)
{
    *ret = (struct prices){0};
    return prices_parse(text, strlen(text), ret, err);
}

START_TEST(a_list_is_read_with_numbers_or_texts)
{
    struct prices prices;
    struct err err = {0};
    uint64_t amount;

    ck_assert_msg(parse("{\"currency\": \"EUR\", \"asOf\": \"May\", \"storage\": ["
                        "{\"storageAccountType\": \"premium_lrs\", \"perGiBMonth\": 0.12},"
                        "{\"storageAccountType\": \"Standard_LRS\", \"perGiBMonth\": \"0.05\"}]}",
                        &prices, &err) == 0,
                  "%s", err.text);
    ck_assert(prices_storage(&prices, STORAGE_PREMIUM_LRS, &amount));
    ck_assert_uint_eq(amount, 120000);
    ck_assert(prices_storage(&prices, STORAGE_STANDARD_LRS, &amount));
    ck_assert_uint_eq(amount, 50000);
    ck_assert(!prices_storage(&prices, STORAGE_STANDARD_ZRS, &amount));
    ck_assert(!prices_egress(&prices, &amount));
    shape_done(&prices_shape, &prices);
}
END_TEST

START_TEST(a_list_that_is_none_says_what_is_wrong)
{
    static const struct {
        const char *text, *why;
    } cases[] = {
        {"", "line 1"},
        {"[]", "object"},
        {"{}", "currency"},
        {"{\"currency\": \"USD\", \"asOf\": \"x\", \"egressPerGiB\": -1}", "egressPerGiB"},
        {"{\"currency\": \"USD\", \"asOf\": \"x\", \"egress\": 1}", "egress"},
        {"{\"currency\": \"USD\", \"asOf\": \"x\", \"storage\": [{\"storageAccountType\": "
         "\"Standard_LRS\"}]}",
         "storage[0].perGiBMonth"},
        {"{\"currency\": \"USD\", \"asOf\": \"x\", \"storage\": [{\"storageAccountType\": "
         "\"Ultra\", \"perGiBMonth\": 1}]}",
         "Ultra"},
        {"{\"currency\": \"USD\", \"asOf\": \"x\", \"storage\": ["
         "{\"storageAccountType\": \"Standard_LRS\", \"perGiBMonth\": 1},"
         "{\"storageAccountType\": \"Standard_LRS\", \"perGiBMonth\": 2}]}",
         "storage[1]"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct prices prices;
        struct err err = {0};

        ck_assert_int_eq(parse(cases[i].text, &prices, &err), E_INVALID);
        ck_assert_msg(strstr(err.text, cases[i].why), "%s: %s", cases[i].text, err.text);
    }
}
END_TEST

START_TEST(what_is_built_in_can_be_read)
{
    struct prices prices = prices_built_in();
    struct err err = {0};
    uint64_t amount;

    ck_assert_msg(shape_check(&prices_shape, &prices, &err) == 0, "%s", err.text);
    ck_assert(prices_egress(&prices, &amount) && amount > 0);
    for (unsigned type = STORAGE_STANDARD_LRS; type <= STORAGE_PREMIUM_LRS; type++)
        ck_assert(prices_storage(&prices, type, &amount) && amount > 0);
    shape_done(&prices_shape, &prices);
}
END_TEST

START_TEST(a_plan_is_the_sum_of_its_regions)
{
    const int64_t gib = INT64_C(1) << 30;
    struct prices prices = prices_built_in();
    struct plan plan = {0};
    struct plan_region *region = plan_region(&plan, "westus2", STORAGE_STANDARD_LRS);

    region->bytes_to_copy.value = 2 * gib;
    region->occupied_bytes = opt_int_of((uint64_t)(6 * gib));
    region = plan_region(&plan, "westus2", STORAGE_PREMIUM_LRS);
    region->bytes_to_copy.value = gib;
    region->bytes_to_free.value = gib;
    region->egress_bytes = opt_int_of((uint64_t)gib);
    region->fits.value = false;
    ck_assert_ptr_eq(plan_region(&plan, "westus2", STORAGE_PREMIUM_LRS), region);
    plan_finish(&plan, &prices, "somewhere");
    ck_assert_int_eq(plan.bytes_to_copy.value, 3 * gib);
    ck_assert_int_eq(plan.bytes_to_free.value, gib);
    ck_assert(plan.fits.set && !plan.fits.value);
    ck_assert_str_eq(plan.storage_cost, "0.22");
    ck_assert_str_eq(plan.storage_saved, "0.12");
    ck_assert_str_eq(plan.egress_cost, "0.02");
    ck_assert_str_eq(plan.occupied_cost, "0.30");
    ck_assert_str_eq(plan.prices_from, "somewhere");
    shape_done(&plan_shape, &plan);
    shape_done(&prices_shape, &prices);
}
END_TEST

UNIT_MAIN("model/price", amounts_are_exact_or_refused, amounts_are_shown_with_two_digits_at_least,
          bytes_are_priced_by_the_gib, a_list_is_read_with_numbers_or_texts,
          a_list_that_is_none_says_what_is_wrong, what_is_built_in_can_be_read,
          a_plan_is_the_sum_of_its_regions)
