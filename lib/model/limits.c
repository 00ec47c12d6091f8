#include "model/limits.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "model/version.h"

enum { LIMIT_MOST = 1000000000 }; /* more names than that are in no directory */

static const struct kind_of_limit {
    const char *words; /* what is counted */
    int64_t limit;     /* of the service, by subscription and region */
    int64_t most;
} kinds[] = {
    [LIMIT_GALLERY] = {"Galleries", 100, LIMIT_MOST},
    [LIMIT_DEFINITION] = {"Image definitions", 1000, LIMIT_MOST},
    [LIMIT_VERSION] = {"Image versions", 10000, LIMIT_MOST},
    [LIMIT_REPLICA] = {"Replicas of an image version", REPLICAS_MAX, REPLICAS_MAX},
};

const struct choices limit_choices = {
    .noun = "limit",
    .words = (const char *const[]){"Gallery", "GalleryImage", "GalleryImageVersion",
                                   "GalleryImageVersionReplica", NULL},
};

int64_t limit_most(enum limit_name name)
{
    return kinds[name].most;
}

static int check_limit(const void *value, struct err *err)
{
    const struct limit *const limit = value;

    if (!limit->name || !limit->limit.set || limit->limit.value <= kinds[limit->name].most)
        return 0;
    return err_set(err, E_INVALID, "%" PRId64 " is above %" PRId64 ", the most that %s can be",
                   limit->limit.value, kinds[limit->name].most,
                   choice_word(&limit_choices, limit->name));
}

/* clang-format off */
static const struct row limit_rows[] = {
    ROW(struct limit, name, "name", .rules = ROW_KEY | ROW_NEEDED | ROW_COLUMN, .choices = &limit_choices,
        .about = "What is counted, by region; replicas by image version"),
    ROW(struct limit, limit, "limit", .rules = ROW_COLUMN, .min = 0, .max = LIMIT_MOST,
        .about = "How many there may be"),
};

static const struct row usage_name_rows[] = {
    ROW(struct usage_name, localized_value, "localizedValue", .rules = ROW_MADE,
        .about = "The same in words"),
    ROW(struct usage_name, value, "value", .rules = ROW_MADE | ROW_COLUMN, .column = "Name",
        .about = "What is counted, as --limit names it"),
};

static const struct shape usage_name_shape =
    SHAPE(struct usage_name, "name", usage_name_rows, NULL);

static const struct row usage_rows[] = {
    ROW(struct usage, location, "location", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Region that the resources belong to"),
    ROW_OBJECT(struct usage, name, "name", &usage_name_shape, .rules = ROW_MADE,
        .about = "What is counted"),
    ROW(struct usage, current_value, "currentValue", .rules = ROW_MADE | ROW_COLUMN,
        .about = "How many there are; of replicas: in the version that has most"),
    ROW(struct usage, limit, "limit", .rules = ROW_MADE | ROW_COLUMN,
        .about = "How many there may be"),
    ROW(struct usage, unit, "unit", .rules = ROW_MADE, .about = "Count"),
};

static const struct row view_rows[] = {
    ROW(struct store_view, id, "id", .rules = ROW_MADE,
        .about = "The store's identity, the subscription in ids"),
    ROW(struct store_view, name, "name", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Name of the store's directory"),
    ROW(struct store_view, path, "path", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Where it is"),
    ROW(struct store_view, tenant_id, "tenantId", .rules = ROW_MADE,
        .about = "The tenant in the sense of sharing"),
    ROW(struct store_view, default_location, "defaultLocation", .rules = ROW_MADE | ROW_COLUMN,
        .about = "The location of new galleries"),
    ROW(struct store_view, shared_with, "sharedWith", .rules = ROW_MADE | ROW_COLUMN,
        .about = "The Unix group whose members all work in it"),
    ROW(struct store_view, created_date, "createdDate", .rules = ROW_MADE | ROW_COLUMN,
        .about = "When the store was made"),
    ROW_LIST(struct store_view, limits, "limits", &limit_shape, .rules = ROW_MADE | ROW_BELOW,
        .about = "How much there may be in each region"),
};
/* clang-format on */

const struct shape limit_shape = SHAPE(struct limit, "limit", limit_rows, check_limit);
const struct shape usage_shape = SHAPE(struct usage, "usage", usage_rows, NULL);
const struct shape store_view_shape = SHAPE(struct store_view, "store", view_rows, NULL);

/* --- those that are not the default --- */

static struct limit *find(const struct limits *limits, unsigned name)
{
    for (size_t i = 0; i < limits->count; i++)
        if (limits->items[i].name == name)
            return &limits->items[i];
    return NULL;
}

int64_t limit_of(const struct limits *changed, enum limit_name name)
{
    const struct limit *const limit = find(changed, name);

    return limit && limit->limit.set ? limit->limit.value : kinds[name].limit;
}

static void remove_at(struct limits *limits, size_t number)
{
    for (limits->count--; number < limits->count; number++)
        limits->items[number] = limits->items[number + 1];
}

void limits_merge(struct limits *changed, const struct limits *given)
{
    for (size_t i = 0; i < given->count; i++) {
        struct limit *limit = find(changed, given->items[i].name);

        if (!limit && given->items[i].limit.set)
            limit = VEC_ADD(changed);
        if (given->items[i].limit.set)
            *limit = given->items[i];
        else if (limit)
            remove_at(changed, (size_t)(limit - changed->items));
    }
}

static int refuse_name(const char *name, struct err *err)
{
    struct buf words = {0};

    err_set(err, E_INVALID, "'%s' is no limit", name);
    for (unsigned i = 1; i <= LIMITS; i++)
        buf_printf(&words, "%s%s", i > 1 ? ", " : "", choice_word(&limit_choices, i));
    err_hint(err, "there are %s", buf_text(&words));
    buf_done(&words);
    return E_INVALID;
}

/* "Gallery=200" */
static int parse_one(const char *word, struct limit *ret, struct err *err)
{
    const char *const value = strchr(word, '=');
    const size_t length = value ? (size_t)(value - word) : strlen(word);
    char *const name = text_printf("%.*s", (int)length, word);
    int64_t number = 0;
    int rc = 0;

    *ret = (struct limit){.name = choice_value(&limit_choices, name)};
    if (!ret->name)
        rc = refuse_name(name, err);
    free(name);
    if (rc || (value && text_same_word(value + 1, "default")))
        return rc;
    if (!value || !number_parse(value + 1, &number) || number < 0) {
        err_set(err, E_INVALID, "'%s' says no number", word);
        return err_hint(err, "write NAME=NUMBER, as %s=200, or NAME=default",
                        choice_word(&limit_choices, ret->name));
    }
    ret->limit = opt_int_of((uint64_t)number);
    return check_limit(ret, err);
}

int limits_parse(const char *const *words, size_t count, void *slot, struct err *err)
{
    struct limits *const limits = slot;
    struct limits fresh = {0};
    int rc = count ? 0 : err_set(err, E_INVALID, "no limit is named");

    for (size_t i = 0; rc == 0 && i < count; i++) {
        struct limit limit;

        rc = parse_one(words[i], &limit, err);
        if (rc == 0 && find(&fresh, limit.name))
            rc = err_set(err, E_INVALID, "%s is given twice",
                         choice_word(&limit_choices, limit.name));
        if (rc == 0)
            *VEC_ADD(&fresh) = limit;
    }
    if (rc) {
        free(fresh.items);
        return rc;
    }
    free(limits->items);
    *limits = fresh;
    return 0;
}

/* --- what is shown --- */

void usages_add(struct usages *usages, const struct limits *changed, enum limit_name name,
                const char *location, int64_t value)
{
    *VEC_ADD(usages) = (struct usage){
        .name = {.value = text_copy(choice_word(&limit_choices, name)),
                 .localized_value = text_copy(kinds[name].words)},
        .location = text_copy(location),
        .current_value = {.set = true, .value = value},
        .limit = {.set = true, .value = limit_of(changed, name)},
        .unit = text_copy("Count"),
    };
}
