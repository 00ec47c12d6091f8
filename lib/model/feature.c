/* Features of an image definition: what is known of them, and how --features spells them. */
#include "model/definition.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/names.h"
#include "model/room.h"
#include "model/semver.h"

#define SECURITY_TYPE "SecurityType"
/* Says that no security type is wanted; it is that there is none. */
#define SECURITY_STANDARD "Standard"
#define SECURITY_DEFAULT  "TrustedLaunchSupported"

static const struct choices security_choices = {
    .noun = "security type",
    .words = (const char *const[]){SECURITY_STANDARD, "None", "TrustedLaunch", SECURITY_DEFAULT,
                                   "ConfidentialVM", "ConfidentialVMSupported",
                                   "TrustedLaunchAndConfidentialVmSupported", NULL},
};

static const struct choices yes_no_choices = {
    .noun = "yes or no",
    .words = (const char *const[]){"True", "False", NULL},
};

static const struct choices controller_choices = {
    .noun = "disk controller",
    .words = (const char *const[]){"SCSI", "NVMe", NULL},
};

/* The features that have a meaning; the service knows more of them every year. */
static const struct known {
    const char *name;
    const struct choices *values;
    bool several; /* of the values, with commas between */
} known_features[] = {
    {SECURITY_TYPE, &security_choices, false},
    {"IsAcceleratedNetworkSupported", &yes_no_choices, false},
    {"IsHibernateSupported", &yes_no_choices, false},
    {"IsSecureBootSupported", &yes_no_choices, false},
    {"IsMeasuredBootSupported", &yes_no_choices, false},
    {"DiskControllerTypes", &controller_choices, true},
    {"DiskControllerType", &controller_choices, true},
};

enum { KNOWN_COUNT = sizeof known_features / sizeof *known_features };

/* Letters by which a slip of the keyboard differs: further away is a feature of its own. */
enum { SLIP = 2 };

static const struct known *find_known(const char *name)
{
    for (size_t i = 0; i < KNOWN_COUNT; i++)
        if (text_same_word(known_features[i].name, name))
            return &known_features[i];
    return NULL;
}

static int check_name(const char *name, struct err *err)
{
    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        if (text_distance(name, known_features[i].name, SLIP) > SLIP)
            continue;
        err_set(err, E_INVALID, "feature '%s' is unknown", name);
        err_hint(err, "did you mean '%s'?", known_features[i].name);
        return E_INVALID;
    }
    return 0;
}

static int refuse_value(const struct known *known, const char *value, struct err *err)
{
    struct buf words = {0};

    for (size_t i = 0; known->values->words[i]; i++)
        buf_printf(&words, "%s%s", i ? ", " : "", known->values->words[i]);
    err_set(err, E_INVALID, "'%s' is no value of feature '%s'", value, known->name);
    err_hint(err, "one of: %s", buf_text(&words));
    buf_done(&words);
    return E_INVALID;
}

/* The value as the service writes it, or NULL when it is none. */
static char *spell_value(const struct known *known, const char *value)
{
    struct buf out = {0};
    bool good = true;

    while (good) {
        const size_t length = known->several ? strcspn(value, ",") : strlen(value);
        char *const word = text_printf("%.*s", (int)length, value);
        const unsigned choice = choice_value(known->values, word);

        free(word);
        good = choice != 0;
        if (good)
            buf_printf(&out, "%s%s", out.length ? ", " : "", choice_word(known->values, choice));
        if (!value[length])
            break;
        value += length + 1;
        value += strspn(value, " ");
    }
    if (good)
        return buf_take(&out);
    buf_done(&out);
    return NULL;
}

static int check_feature(const void *value, struct err *err)
{
    const struct feature *const feature = value;
    const struct known *const known = find_known(feature->name);
    char *spelled;

    if (!known)
        return check_name(feature->name, err);
    spelled = spell_value(known, feature->value);
    if (!spelled)
        return refuse_value(known, feature->value, err);
    free(spelled);
    return 0;
}

/* clang-format off */
static const struct row rows[] = {
    ROW(struct feature, name, "name", .rules = ROW_KEY | ROW_NEEDED,
        .about = "Such as SecurityType or IsHibernateSupported"),
    ROW(struct feature, value, "value", .rules = ROW_NEEDED,
        .about = "What is so: for most, True or False"),
    ROW(struct feature, starts_at_version, "startsAtVersion", .check = semver_check,
        .about = "First image version of which it is so; all when absent"),
};
/* clang-format on */

const struct shape feature_shape = SHAPE(struct feature, "feature", rows, check_feature);

/* --- as words --- */

#define BLANKS " \t\n"

static int add_pair(const char *pair, struct features *into, struct err *err)
{
    const size_t length = strcspn(pair, "=");
    struct feature *feature;

    if (length == 0 || !pair[length] || !pair[length + 1]) {
        err_set(err, E_INVALID, "'%s' is not of the form NAME=VALUE", pair);
        err_hint(err, "for example IsHibernateSupported=True");
        return E_INVALID;
    }
    feature = VEC_ADD(into);
    feature->name = text_printf("%.*s", (int)length, pair);
    feature->value = text_copy(pair + length + 1);
    return 0;
}

static int add_object(const char *word, struct features *into, struct err *err)
{
    struct json *tree = NULL;
    int rc = json_parse(word, strlen(word), &tree, err);

    if (rc == 0)
        rc = shape_read(&feature_shape, tree, SHAPE_INPUT, VEC_ADD(into), err);
    json_free(tree);
    return rc;
}

/* "K=V K=V": one word of the shell, as the Azure CLI takes them. */
static int add_pairs(const char *word, struct features *into, struct err *err)
{
    int rc = 0;

    word += strspn(word, BLANKS);
    while (rc == 0 && *word) {
        size_t length = strcspn(word, BLANKS);
        char *pair;

        while (length && word[length - 1] == ',' && word[length]) { /* "K=V, V" */
            length += strspn(word + length, BLANKS);
            length += strcspn(word + length, BLANKS);
        }
        pair = text_printf("%.*s", (int)length, word);
        rc = add_pair(pair, into, err);
        free(pair);
        word += length;
        word += strspn(word, BLANKS);
    }
    return rc;
}

int features_parse(const char *const *words, size_t count, void *slot, struct err *err)
{
    struct features fresh = {0};
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < count; i++)
        rc = words[i][0] == '{' ? add_object(words[i], &fresh, err)
                                : add_pairs(words[i], &fresh, err);
    if (rc) {
        list_done(&fresh, &feature_shape);
        return rc;
    }
    if (fresh.count == 0)
        list_clear(&fresh);
    list_done(slot, &feature_shape);
    *(struct features *)slot = fresh;
    return 0;
}

/* --- as stored --- */

static void spell(struct feature *feature)
{
    const struct known *const known = find_known(feature->name);
    char *const value = known ? spell_value(known, feature->value) : NULL;

    if (!value)
        return;
    text_replace(&feature->name, known->name);
    free(feature->value);
    feature->value = value;
}

bool features_equal(const struct features *left, const struct features *right)
{
    if (left->count != right->count)
        return false;
    for (size_t i = 0; i < left->count; i++)
        if (!shape_equal(&feature_shape, &left->items[i], &right->items[i]))
            return false;
    return true;
}

static const struct feature *security_type(const struct features *features)
{
    for (size_t i = 0; i < features->count; i++)
        if (text_equal(features->items[i].name, SECURITY_TYPE))
            return &features->items[i];
    return NULL;
}

void definition_settle_features(struct definition *definition, const struct features *before)
{
    const struct feature *const kept = before ? security_type(before) : NULL;

    struct features *const features = &definition->features;
    struct features settled = {0};
    bool typed = false;

    for (size_t i = 0; i < features->count; i++) {
        struct feature *const feature = &features->items[i];
        bool is_type;

        if (feature->name && feature->value)
            spell(feature);
        is_type = text_equal(feature->name, SECURITY_TYPE);
        typed = typed || is_type;
        if (!is_type || !text_equal(feature->value, SECURITY_STANDARD))
            shape_copy(&feature_shape, VEC_ADD(&settled), feature);
    }
    if (!typed && kept)
        shape_copy(&feature_shape, VEC_ADD(&settled), kept);
    if (!typed && !before && definition->hyper_v_generation == GENERATION_V2)
        *VEC_ADD(&settled) = (struct feature){.name = text_copy(SECURITY_TYPE),
                                              .value = text_copy(SECURITY_DEFAULT)};
    list_done(features, &feature_shape);
    *features = settled;
}

const char *definition_private_type(const struct definition *definition)
{
    const struct features *const features = &definition->features;

    for (size_t i = 0; i < features->count; i++) {
        const struct feature *const feature = &features->items[i];

        if (text_same_word(feature->name, SECURITY_TYPE) &&
            (text_same_word(feature->value, "TrustedLaunch") ||
             text_same_word(feature->value, "ConfidentialVM")))
            return feature->value;
    }
    return NULL;
}
