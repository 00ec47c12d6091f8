#include "model/semver.h"

#include <inttypes.h>
#include <stdio.h>

#include "model/room.h"

enum semver_result semver_read_part(const char **at, int32_t *ret)
{
    const char *const start = *at;
    int64_t number = 0;

    for (; **at >= '0' && **at <= '9'; (*at)++)
        if (number <= INT32_MAX)
            number = number * 10 + (**at - '0');
    if (*at == start)
        return SEMVER_BAD;
    if (number > INT32_MAX)
        return SEMVER_TOO_LARGE;
    *ret = (int32_t)number;
    return *start == '0' && *at - start > 1 ? SEMVER_LEADING_ZERO : SEMVER_GOOD;
}

static enum semver_result read_parts(const char *text, int32_t parts[3])
{
    enum semver_result worst = SEMVER_GOOD;

    for (int i = 0; i < 3; i++) {
        enum semver_result result;

        if (i > 0 && *text++ != '.')
            return SEMVER_BAD;
        result = semver_read_part(&text, &parts[i]);
        if (result == SEMVER_BAD)
            return SEMVER_BAD;
        if (result > worst)
            worst = result;
    }
    return *text ? SEMVER_BAD : worst;
}

int semver_parse(const char *text, struct semver *ret, struct err *err)
{
    int32_t parts[3] = {0};

    switch (read_parts(text, parts)) {
    case SEMVER_GOOD:
        *ret = (struct semver){.major = parts[0], .minor = parts[1], .patch = parts[2]};
        return 0;
    case SEMVER_LEADING_ZERO:
        err_set(err, E_INVALID, "version '%s' has a leading zero", text);
        return err ? err_hint(err, "did you mean '%" PRId32 ".%" PRId32 ".%" PRId32 "'?", parts[0],
                              parts[1], parts[2])
                   : E_INVALID;
    case SEMVER_TOO_LARGE:
        return err_set(err, E_INVALID, "version '%s' has a number above %" PRId32, text, INT32_MAX);
    case SEMVER_BAD:
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

int semver_next(const struct semver *highest, enum semver_part part, struct semver *ret,
                struct err *err)
{
    static const char *const words[] = {
        [SEMVER_PATCH] = "patch", [SEMVER_MINOR] = "minor", [SEMVER_MAJOR] = "major"};
    struct semver next = highest ? *highest : (struct semver){.major = 0};
    int32_t *const raised = !highest || part == SEMVER_MAJOR ? &next.major
                            : part == SEMVER_MINOR           ? &next.minor
                                                             : &next.patch;
    char text[SEMVER_TEXT_SIZE];

    if (*raised == INT32_MAX) {
        semver_text(highest, text);
        return err_set(err, E_INVALID, "the %s number of version '%s' is the highest there can be",
                       words[part], text);
    }
    ++*raised;
    if (raised != &next.patch)
        next.patch = 0;
    if (raised == &next.major)
        next.minor = 0;
    *ret = next;
    return 0;
}

int semver_check(const void *slot, struct err *err)
{
    struct semver version;

    return semver_parse(*(char *const *)slot, &version, err);
}
