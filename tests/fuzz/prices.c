/* prices: a price list, and the amounts in it. */
#include "model/price.h"

#include "base/text.h"
#include "tests/fuzz/fuzz.h"

static void try_amount(const char *text)
{
    struct buf shown = {0};
    uint64_t amount, again;

    if (!text || !amount_parse(text, &amount))
        return;
    amount_add(&shown, amount);
    insist(amount_parse(buf_text(&shown), &again) && again == amount);
    insist(price_of(UINT64_MAX, amount) >= price_of(UINT64_MAX / 2, amount));
    buf_done(&shown);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct prices prices = {0};
    struct err err = {0};

    if (prices_parse((const char *)bytes, size, &prices, &err)) {
        insist(err.code == E_INVALID && err.text[0]);
        return 0;
    }
    for (size_t i = 0; i < prices.storage.count; i++)
        try_amount(prices.storage.items[i].per_gib_month);
    try_amount(prices.egress_per_gib);
    insist(shape_check(&prices_shape, &prices, &err) == 0);
    shape_done(&prices_shape, &prices);
    return 0;
}
