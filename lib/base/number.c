#include "base/number.h"

#include <string.h>

bool number_parse(const char *text, int64_t *ret)
{
    const bool negative = *text == '-';
    const char *digit = text + negative;
    /* The magnitude of the smallest number is one more than that of the largest. */
    const uint64_t limit = (uint64_t)INT64_MAX + negative;
    uint64_t value = 0;

    if (*digit == '\0' || (*digit == '0' && (digit[1] || negative)))
        return false;
    for (; *digit; digit++) {
        uint64_t units;

        if (*digit < '0' || *digit > '9')
            return false;
        units = (uint64_t)(*digit - '0');
        if (value > (limit - units) / 10)
            return false;
        value = value * 10 + units;
    }
    if (!negative)
        *ret = (int64_t)value;
    else
        *ret = -(int64_t)(value - 1) - 1;
    return true;
}

/* The power of 1024 that stands behind a number: 0 for none. */
static bool parse_unit(const char *text, unsigned *ret)
{
    static const char units[] = "KMGTP";
    const char *unit;

    *ret = 0;
    if (*text == '\0')
        return true;
    unit = strchr(units, *text >= 'a' ? *text - ('a' - 'A') : *text);
    if (!unit)
        return false;
    *ret = (unsigned)(unit - units) + 1;
    text++;
    return *text == '\0' || strcmp(text, "B") == 0 || strcmp(text, "iB") == 0;
}

bool number_parse_size(const char *text, uint64_t *ret)
{
    const size_t length = strspn(text, "0123456789");
    char digits[24];
    unsigned power;
    int64_t number;

    if (length >= sizeof digits || !parse_unit(text + length, &power))
        return false;
    memcpy(digits, text, length);
    digits[length] = '\0';
    if (!number_parse(digits, &number) || number > INT64_MAX >> 10 * power)
        return false;
    *ret = (uint64_t)number << 10 * power;
    return true;
}

void number_add_size(struct buf *out, uint64_t bytes)
{
    static const char *const units[] = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    if (bytes < 1000) {
        buf_printf(out, "%u B", (unsigned)bytes);
        return;
    }
    for (unsigned i = 0;; i++) {
        const unsigned shift = 10 * (i + 1);
        const uint64_t half = UINT64_C(1) << (shift - 1);
        const uint64_t whole = bytes >> shift;
        const uint64_t rest = bytes & ((UINT64_C(1) << shift) - 1);
        const uint64_t tenths = whole * 10 + ((rest * 10 + half) >> shift);
        const uint64_t rounded = whole + (rest >= half);

        if (tenths < 100) {
            buf_printf(out, "%u.%u %s", (unsigned)(tenths / 10), (unsigned)(tenths % 10), units[i]);
            return;
        }
        /* Four digits belong to the next unit; 2^64 ends below 17 EiB. */
        if (rounded < 1000) {
            buf_printf(out, "%u %s", (unsigned)rounded, units[i]);
            return;
        }
    }
}

uint64_t number_divide_up(uint64_t a, uint64_t b)
{
    return a / b + (a % b != 0);
}

uint64_t number_smaller(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

uint64_t number_capped_sum(uint64_t a, uint64_t b)
{
    return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

uint64_t number_capped_product(uint64_t a, uint64_t b)
{
    return b > 0 && a > UINT64_MAX / b ? UINT64_MAX : a * b;
}
