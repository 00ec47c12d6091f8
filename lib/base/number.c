#include "base/number.h"

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
