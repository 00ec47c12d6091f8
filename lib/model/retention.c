#include "model/retention.h"

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "model/room.h"

static const char *const rule_words[] = {
    "Unreadable",  "Creating",         "KeepLatest",    "KeepMinor", "UnlessTag",
    "NotOlder",    "NotPastEndOfLife", "Blocked",       "Locked",    "LastIntact",
    "EnoughFreed", "OlderThan",        "PastEndOfLife", "NotKept",   NULL,
};
const struct choices prune_rule_choices = {.noun = "rule", .words = rule_words};

int retention_check(const struct retention *policy, struct err *err)
{
    if (policy->keep_latest.set || policy->keep_minor.set || policy->older_than.set ||
        policy->past_end_of_life.value || policy->free.set)
        return 0;
    err_set(err, E_USAGE, "nothing says which image versions are to go");
    return err_hint(err, "say it with --keep-latest, --keep-minor, --older-than, "
                         "--past-end-of-life or --free");
}

bool prune_rule_drops(unsigned rule)
{
    return rule >= PRUNE_OLDER;
}

static bool has_tag(const struct tags *tags, const struct tag *wanted)
{
    for (size_t i = 0; tags && i < tags->count; i++)
        if (text_same_word(tags->items[i].name, wanted->name))
            return !*wanted->value || text_equal(tags->items[i].value, wanted->value);
    return false;
}

static bool is_tagged(const struct retention *policy, const struct retention_version *version)
{
    for (size_t i = 0; i < policy->unless_tags.count; i++)
        if (has_tag(version->tags, &policy->unless_tags.items[i]))
            return true;
    return false;
}

static bool is_older(const struct retention *policy, int64_t now,
                     const struct retention_version *version)
{
    return version->published_date.set &&
           version->published_date.value < now - policy->older_than.value;
}

static bool is_past(int64_t now, const struct retention_version *version)
{
    return version->end_of_life_date.set && version->end_of_life_date.value <= now;
}

/* `above`: how many are higher, in all and of its own Major.Minor. */
static enum prune_rule decide(const struct retention *policy, int64_t now,
                              const struct retention_version *version, const int64_t above[2])
{
    if (policy->keep_latest.set && above[0] < policy->keep_latest.value)
        return PRUNE_KEEP_LATEST;
    if (policy->keep_minor.set && above[1] < policy->keep_minor.value)
        return PRUNE_KEEP_MINOR;
    if (is_tagged(policy, version))
        return PRUNE_UNLESS_TAG;
    if (policy->older_than.set && !is_older(policy, now, version))
        return PRUNE_NOT_OLDER;
    if (policy->past_end_of_life.value && !is_past(now, version))
        return PRUNE_NOT_END_OF_LIFE;
    return policy->older_than.set           ? PRUNE_OLDER
           : policy->past_end_of_life.value ? PRUNE_END_OF_LIFE
                                            : PRUNE_NOT_KEPT;
}

void retention_decide(const struct retention *policy, int64_t now,
                      struct retention_version *versions, size_t count)
{
    const struct retention_version *before = NULL; /* that was counted */
    int64_t above[2] = {0};

    for (size_t i = 0; i < count; i++) {
        struct retention_version *const version = &versions[i];

        if (version->rule)
            continue;
        if (before && (before->number.major != version->number.major ||
                       before->number.minor != version->number.minor))
            above[1] = 0;
        version->rule = decide(policy, now, version, above);
        above[0]++;
        above[1]++;
        before = version;
    }
}

/* --- the last one --- */

static bool is_kept(const struct retention_version *version)
{
    return version->rule > PRUNE_CREATING && !prune_rule_drops(version->rule);
}

void retention_keep_last(struct retention_version *versions, size_t count,
                         bool (*is_intact)(void *user, size_t n), void *user)
{
    struct retention_version *highest = NULL; /* that would go */
    bool kept = false;

    for (size_t i = 0; i < count; i++) {
        kept |= is_kept(&versions[i]);
        if (!highest && prune_rule_drops(versions[i].rule))
            highest = &versions[i];
    }
    if (!highest)
        return;
    for (size_t i = 0; i < count; i++)
        if (is_kept(&versions[i]) && is_intact(user, i))
            return;
    for (size_t i = 0; i < count; i++)
        if (prune_rule_drops(versions[i].rule) && is_intact(user, i)) {
            versions[i].rule = PRUNE_LAST_INTACT;
            return;
        }
    if (!kept)
        highest->rule = PRUNE_LAST_INTACT;
}

/* --- words --- */

int retention_parse_age(const char *const *words, size_t count, void *slot, struct err *err)
{
    int64_t seconds;

    if (count != 1 || !clock_parse_span(words[0], "shdwy", &seconds)) {
        err_set(err, E_INVALID, "'%s' is no age", count ? words[0] : "");
        return err_hint(err, "say it like 12h, 30d, 4w or 1y; m could be months: write 30d");
    }
    *(struct opt_int *)slot = opt_int_of((uint64_t)seconds);
    return 0;
}

int retention_parse_size(const char *const *words, size_t count, void *slot, struct err *err)
{
    uint64_t bytes;

    if (count != 1 || !number_parse_size(words[0], &bytes) || bytes == 0 ||
        bytes > (uint64_t)BYTES_MAX) {
        err_set(err, E_INVALID, "'%s' is no size", count ? words[0] : "");
        return err_hint(err, "write bytes, or a number with K, M, G or T behind it, as 40G");
    }
    *(struct opt_int *)slot = opt_int_of(bytes);
    return 0;
}
