#include "model/version_name.h"

#include <string.h>

#include "base/text.h"
#include "model/room.h"

enum { NUMBERS = 3 }; /* major, minor, patch */

/* Up to three numbers with dots between, and where they end: behind a dot that no number follows.
 * Returns how many; 0 also when one of them is no number of a version. */
static size_t read_numbers(const char **at, int32_t numbers[NUMBERS])
{
    for (size_t count = 0; count < NUMBERS; count++) {
        const enum semver_result result = semver_read_part(at, &numbers[count]);

        if (result == SEMVER_BAD)
            return count;
        if (result != SEMVER_GOOD)
            return 0;
        if (**at != '.' || count + 1 == NUMBERS)
            return count + 1;
        ++*at;
    }
    return NUMBERS;
}

/* Everything that has the same first `same` numbers, from `numbers` up. */
static void set_range(struct version_name *name, const int32_t numbers[NUMBERS], size_t same)
{
    name->kind = VERSION_NAME_RANGE;
    name->least = (struct semver){numbers[0], numbers[1], numbers[2]};
    name->most = (struct semver){
        .major = same > 0 ? numbers[0] : INT32_MAX,
        .minor = same > 1 ? numbers[1] : INT32_MAX,
        .patch = INT32_MAX,
    };
}

/* "1.x", "1.x.x", "1.2.x". */
static bool read_wild(const char *text, struct version_name *ret)
{
    int32_t numbers[NUMBERS] = {0};
    const char *at = text;
    const size_t count = read_numbers(&at, numbers);

    if (count == 0 || count == NUMBERS || at[-1] != '.')
        return false;
    if (!text_same_word(at, "x") && !(count == 1 && text_same_word(at, "x.x")))
        return false;
    set_range(ret, numbers, count);
    return true;
}

/* "~>1.2" */
static bool read_pessimistic(const char *text, struct version_name *ret)
{
    int32_t numbers[NUMBERS] = {0};
    const char *at = text;
    size_t count;

    if (!text_starts(at, "~>"))
        return false;
    at += strlen("~>");
    at += strspn(at, " ");
    count = read_numbers(&at, numbers);
    if (count == 0 || *at || at[-1] == '.')
        return false;
    set_range(ret, numbers, count > 1 ? count - 1 : 1);
    return true;
}

static bool read_next(const char *text, struct version_name *ret)
{
    static const struct {
        const char *word;
        enum semver_part part;
    } nexts[] = {{"next", SEMVER_PATCH},
                 {"next:patch", SEMVER_PATCH},
                 {"next:minor", SEMVER_MINOR},
                 {"next:major", SEMVER_MAJOR}};

    for (size_t i = 0; i < sizeof nexts / sizeof *nexts; i++)
        if (text_same_word(text, nexts[i].word)) {
            *ret = (struct version_name){.kind = VERSION_NAME_NEXT, .part = nexts[i].part};
            return true;
        }
    return false;
}

/* What a slip of the keyboard may have been meant as. Returns the error's code. */
static int suggest(const char *text, struct err *err)
{
    static const char *const words[] = {"latest", "next", NULL};
    const char *const word = text_nearest(text, words);

    if (word)
        err_hint(err, "did you mean '%s'?", word);
    return E_INVALID;
}

int version_name_parse(const char *text, struct version_name *ret, struct err *err)
{
    static const int32_t lowest[NUMBERS] = {0};
    struct version_name name = {.kind = VERSION_NAME_NUMBER};
    int rc = 0;

    if (text_same_word(text, "latest"))
        set_range(&name, lowest, 0);
    else if (text_starts_word(text, "next:") && !read_next(text, &name))
        rc = err_set(err, E_INVALID, "'%s' is none of next:patch, next:minor and next:major", text);
    else if (text_starts(text, "~>") && !read_pessimistic(text, &name))
        rc = err_set(err, E_INVALID, "range '%s' is not of the form ~>1, ~>1.2 or ~>1.2.3", text);
    else if (name.kind == VERSION_NAME_NUMBER && !read_wild(text, &name) && !read_next(text, &name))
        rc = semver_parse(text, &name.least, err);
    if (rc)
        return suggest(text, err);
    if (name.kind == VERSION_NAME_NUMBER)
        name.most = name.least;
    *ret = name;
    return 0;
}

bool version_name_covers(const struct version_name *name, const struct semver *version)
{
    return semver_compare(&name->least, version) <= 0 && semver_compare(version, &name->most) <= 0;
}

int version_name_check(const void *slot, struct err *err)
{
    struct version_name name;

    return version_name_parse(*(char *const *)slot, &name, err);
}
