#include "model/price.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

enum { AMOUNT_DIGITS = 6, AMOUNT_SHOWN = 2 }; /* behind the point */

#define GIB_BITS 30

bool amount_parse(const char *text, uint64_t *ret)
{
    uint64_t amount = 0;
    size_t whole = 0, part = 0;

    for (; *text >= '0' && *text <= '9' && whole < 4; text++, whole++)
        amount = 10 * amount + (uint64_t)(*text - '0');
    if (*text == '.' && whole > 0) {
        for (text++; *text >= '0' && *text <= '9' && part < AMOUNT_DIGITS; text++, part++)
            amount = 10 * amount + (uint64_t)(*text - '0');
        if (part == 0)
            return false;
    }
    for (; part < AMOUNT_DIGITS; part++)
        amount *= 10;
    if (*text || whole == 0 || amount >= (uint64_t)AMOUNT_MAX * AMOUNT_UNIT)
        return false;
    *ret = amount;
    return true;
}

void amount_add(struct buf *out, uint64_t amount)
{
    char digits[AMOUNT_DIGITS + 1];
    size_t count = AMOUNT_DIGITS;

    for (uint64_t part = amount % AMOUNT_UNIT, i = AMOUNT_DIGITS; i-- > 0; part /= 10)
        digits[i] = (char)('0' + part % 10);
    while (count > AMOUNT_SHOWN && digits[count - 1] == '0')
        count--;
    buf_printf(out, "%llu.%.*s", (unsigned long long)(amount / AMOUNT_UNIT), (int)count, digits);
}

char *amount_text(uint64_t amount)
{
    struct buf text = {0};

    amount_add(&text, amount);
    return buf_take(&text);
}

uint64_t price_of(uint64_t bytes, uint64_t per_gib)
{
    const uint64_t rest = bytes & ((UINT64_C(1) << GIB_BITS) - 1);
    const uint64_t half = UINT64_C(1) << (GIB_BITS - 1);

    return number_capped_sum(number_capped_product(bytes >> GIB_BITS, per_gib),
                             (rest * per_gib + half) >> GIB_BITS);
}

static int check_amount(const void *slot, struct err *err)
{
    char *const *text = slot;
    uint64_t ignored;

    if (!*text || amount_parse(*text, &ignored))
        return 0;
    return err_set(err, E_INVALID,
                   "'%s' is no amount: a number below %d, with six digits behind the point at most",
                   *text, AMOUNT_MAX);
}

/* clang-format off */
static const struct row storage_rows[] = {
    ROW(struct storage_price, storage_account_type, "storageAccountType", .rules = ROW_KEY | ROW_NEEDED,
        .choices = &storage_type_choices, .about = "The storage type"),
    ROW(struct storage_price, per_gib_month, "perGiBMonth", .rules = ROW_NEEDED, .check = check_amount,
        .about = "What a GiB of a replica costs a month, in all of its zones together"),
};

static const struct shape storage_shape = SHAPE(struct storage_price, "storage price", storage_rows, NULL);

static const struct row rows[] = {
    ROW(struct prices, currency, "currency", .rules = ROW_NEEDED, .max = 8,
        .about = "What the amounts are in: USD, EUR"),
    ROW(struct prices, as_of, "asOf", .rules = ROW_NEEDED, .max = 200,
        .about = "When they were looked up, and where"),
    ROW_LIST(struct prices, storage, "storage", &storage_shape,
        .about = "The storage of a replica, by type"),
    ROW(struct prices, egress_per_gib, "egressPerGiB", .check = check_amount,
        .about = "A GiB on its way to another region"),
};
/* clang-format on */

const struct shape prices_shape = SHAPE(struct prices, "price list", rows, NULL);

struct prices prices_built_in(void)
{
    static const struct {
        unsigned type;
        const char *amount;
    } storage[] = {
        {STORAGE_STANDARD_LRS, "0.05"},
        {STORAGE_STANDARD_ZRS, "0.05"},
        {STORAGE_PREMIUM_LRS, "0.12"},
    };
    struct prices prices = {
        .currency = text_copy("USD"),
        .as_of = text_copy("2026-11"),
        .egress_per_gib = text_copy("0.02"),
    };

    for (size_t i = 0; i < sizeof storage / sizeof *storage; i++) {
        struct storage_price *const price = VEC_ADD(&prices.storage);

        price->storage_account_type = storage[i].type;
        price->per_gib_month = text_copy(storage[i].amount);
    }
    return prices;
}

int prices_parse(const char *text, size_t length, struct prices *ret, struct err *err)
{
    struct json *json = NULL;
    int rc = json_parse(text, length, &json, err);

    if (rc == 0)
        rc = shape_read(&prices_shape, json, SHAPE_EDITED, ret, err);
    json_free(json);
    if (rc == 0)
        rc = shape_check(&prices_shape, ret, err);
    if (rc)
        shape_done(&prices_shape, ret);
    return rc;
}

bool prices_storage(const struct prices *prices, unsigned type, uint64_t *ret)
{
    for (size_t i = 0; i < prices->storage.count; i++)
        if (prices->storage.items[i].storage_account_type == type)
            return amount_parse(prices->storage.items[i].per_gib_month, ret);
    return false;
}

bool prices_egress(const struct prices *prices, uint64_t *ret)
{
    return prices->egress_per_gib && amount_parse(prices->egress_per_gib, ret);
}

void prices_note_lacking(struct texts *notes, unsigned type, const char *from)
{
    char *const note = text_printf("no price of %s in %s: the costs of storage are not summed up",
                                   choice_word(&storage_type_choices, type), from);
    bool told = false;

    for (size_t i = 0; !told && i < notes->count; i++)
        told = text_equal(notes->items[i], note);
    if (!told)
        texts_add(notes, note);
    free(note);
}
