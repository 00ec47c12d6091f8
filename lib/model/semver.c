#include "model/semver.h"

#include <inttypes.h>
#include <stdio.h>

enum part_result { PART_GOOD, PART_BAD, PART_LEADING_ZERO, PART_TOO_LARGE };

/* Read digits at *at into *ret and move behind them. Says no digits, and a number that begins with
 * '0', apart: the second is the common slip. */
static enum part_result read_part(const char **at, int32_t *ret)
{
    const char *const start = *at;
    int64_t number = 0;

    for (; **at >= '0' && **at <= '9'; (*at)++)
        if (number <= INT32_MAX)
            number = number * 10 + (**at - '0');
    if (*at == start)
        return PART_BAD;
    if (number > INT32_MAX)
        return PART_TOO_LARGE;
    *ret = (int32_t)number;
    return *start == '0' && *at - start > 1 ? PART_LEADING_ZERO : PART_GOOD;
}

static enum part_result read_parts(const char *text, int32_t parts[3])
{
    enum part_result worst = PART_GOOD;

    for (int i = 0; i < 3; i++) {
        enum part_result result;

        if (i > 0 && *text++ != '.')
            return PART_BAD;
        result = read_part(&text, &parts[i]);
        if (result == PART_BAD)
            return PART_BAD;
        if (result > worst)
            worst = result;
    }
    return *text ? PART_BAD : worst;
}

int semver_parse(const char *text, struct semver *ret, struct err *err)
{
    int32_t parts[3] = {0};

    switch (read_parts(text, parts)) {
    case PART_GOOD:
        *ret = (struct semver){.major = parts[0], .minor = parts[1], .patch = parts[2]};
        return 0;
    case PART_LEADING_ZERO:
        err_set(err, E_INVALID, "version '%s' has a leading zero", text);
        return err ? err_hint(err, "did you mean '%" PRId32 ".%" PRId32 ".%" PRId32 "'?", parts[0],
                              parts[1], parts[2])
                   : E_INVALID;
    case PART_TOO_LARGE:
        return err_set(err, E_INVALID, "version '%s' has a number above %" PRId32, text, INT32_MAX);
    case PART_BAD:
        break;
    }
    return err_set(err, E_INVALID, "version '%s' is not of the form Major.Minor.Patch", text);
}

void semver_text(const struct semver *version, char text[SEMVER_TEXT_SIZE])
{
    snprintf(text, SEMVER_TEXT_SIZE, "%" PRId32 ".%" PRId32 ".%" PRId32, version->major,
             version->minor, version->patch);
}

static int compare(int32_t left, int32_t right)
{
    return (left > right) - (left < right);
}

int semver_compare(const struct semver *left, const struct semver *right)
{
    const int major = compare(left->major, right->major);
    const int minor = compare(left->minor, right->minor);

    return major ? major : minor ? minor : compare(left->patch, right->patch);
}

int semver_check(const void *slot, struct err *err)
{
    struct semver version;

    return semver_parse(*(char *const *)slot, &version, err);
}
