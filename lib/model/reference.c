#include "model/reference.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/names.h"
#include "model/version_name.h"

/* Same order as the enum, which begins with nothing. */
static const struct choices through_choices = {
    .noun = "way to name a gallery",
    .words = (const char *const[]){"Shared", "Community", NULL},
};

/* clang-format off */
static const struct row rows[] = {
    ROW(struct reference, subscription, "subscription",
        .about = "Id of the store, as it stands in ids"),
    ROW(struct reference, resource_group, "resourceGroup", .check = name_check_group,
        .flag = "--resource-group", .letter = 'g', .metavar = "GROUP",
        .about = "Label that the gallery was given; checked when given"),
    ROW(struct reference, gallery, "galleryName", .check = name_check_gallery,
        .flag = "--gallery-name", .letter = 'r', .metavar = "GALLERY",
        .about = "Gallery to work in"),
    ROW(struct reference, definition, "galleryImageDefinition", .check = name_check_definition,
        .flag = "--gallery-image-definition", .flag_alias = "--gallery-image-name", .letter = 'i',
        .metavar = "DEFINITION", .about = "Image definition in the gallery"),
    ROW(struct reference, version, "galleryImageVersion", .check = version_name_check,
        .flag = "--gallery-image-version", .flag_alias = "--version",
        .hidden_alias = "--gallery-image-version-name", .letter = 'e', .metavar = "VERSION",
        .about = "Major.Minor.Patch; a range where one is read, next where one is created"),
    ROW(struct reference, through, "through", .rules = ROW_HIDDEN, .choices = &through_choices,
        .about = "How it was named"),
    ROW(struct reference, soft_deleted, "softDeleted", .rules = ROW_MADE,
        .about = "Whether the version is meant that lies in the trash"),
    ROW(struct reference, lent_through, "lentThrough", .rules = ROW_MADE,
        .choices = &through_choices, .about = "How it was named before it was found"),
    ROW(struct reference, lent, "lent", .rules = ROW_MADE,
        .about = "What the gallery was called then"),
};

/* Without flags; so that what a word sets is released. */
#define OTHER_ROWS                                                                                 \
    ROW(struct reference, subscription, "subscription", .about = "Of none of them"),               \
    ROW(struct reference, resource_group, "resourceGroup", .about = "Of none of them"),            \
    ROW(struct reference, through, "through", .rules = ROW_HIDDEN, .choices = &through_choices,    \
        .about = "How it was named")
#define DEFINITION_ROW                                                                             \
    ROW(struct reference, definition, "galleryImageDefinition", .check = name_check_definition,    \
        .flag = "--gallery-image-definition", .flag_alias = "--gallery-image-name", .letter = 'i', \
        .metavar = "DEFINITION", .about = "Image definition in the gallery")
#define VERSION_ROW                                                                                \
    ROW(struct reference, version, "galleryImageVersion", .check = version_name_check,             \
        .flag = "--gallery-image-version", .flag_alias = "--version",                              \
        .hidden_alias = "--gallery-image-version-name", .letter = 'e', .metavar = "VERSION",       \
        .about = "Major.Minor.Patch, a range or latest")

static const struct row shared_rows[] = {
    ROW(struct reference, gallery, "galleryUniqueName", .check = name_check_shared,
        .flag = "--gallery-unique-name", .hidden_alias = "--name", .letter = 'n', .metavar = "NAME",
        .about = "Unique name of the gallery, as list-shared prints it"),
    DEFINITION_ROW,
    VERSION_ROW,
    OTHER_ROWS,
};

static const struct row community_rows[] = {
    ROW(struct reference, gallery, "publicGalleryName", .check = name_check_shared,
        .flag = "--public-gallery-name", .hidden_alias = "--name", .letter = 'n', .metavar = "NAME",
        .about = "Public name of the gallery, as list-community prints it"),
    DEFINITION_ROW,
    VERSION_ROW,
    OTHER_ROWS,
};
/* clang-format on */

const struct shape reference_shape = SHAPE(struct reference, "reference", rows, NULL);
const struct shape shared_reference_shape = SHAPE(struct reference, "reference", shared_rows, NULL);
const struct shape community_reference_shape =
    SHAPE(struct reference, "reference", community_rows, NULL);

bool reference_is_shape(const struct shape *shape)
{
    return shape == &reference_shape || shape == &shared_reference_shape ||
           shape == &community_reference_shape;
}

/* What one text says of one part: a view into that text. */
struct part {
    const char *text;
    size_t length;
};

/* Subscription, resource group, gallery, definition, version. */
enum { PARTS = 5, GALLERY_PART = 2 };

struct slot {
    const char *noun;
    char **text;
};

/* The members in the order of an id. */
static void list_slots(struct reference *ref, struct slot slots[PARTS])
{
    slots[0] = (struct slot){"subscription", &ref->subscription};
    slots[1] = (struct slot){"resource group", &ref->resource_group};
    slots[2] = (struct slot){"gallery", &ref->gallery};
    slots[3] = (struct slot){"image definition", &ref->definition};
    slots[4] = (struct slot){"image version", &ref->version};
}

/* What stands in an id before each part. */
static const char *const id_keys[PARTS] = {"subscriptions", "resourceGroups",
                                           "providers/Microsoft.Compute/galleries", "images",
                                           "versions"};
/* Of a version that was deleted and can be brought back: its number is the same. */
static const char *const soft_deleted_keys[PARTS] = {
    "subscriptions", "resourceGroups", "providers/Microsoft.Compute/galleries",
    "softDeletedArtifactTypes/Images/artifacts", "versions"};

/* The same in the ids of what is shared, which begin with the gallery. */
static const char *const shared_keys[][PARTS] = {
    [THROUGH_SHARE] = {NULL, NULL, "SharedGalleries", "Images", "Versions"},
    [THROUGH_COMMUNITY] = {NULL, NULL, "CommunityGalleries", "Images", "Versions"},
};

/* Take "/KEY" off the front of *at, without case. */
static bool take_key(const char **at, const char *key)
{
    const size_t length = strlen(key);
    char *front;
    bool same;

    if (**at != '/' || strnlen(*at + 1, length) < length)
        return false;
    front = text_printf("%.*s", (int)length, *at + 1);
    same = text_same_word(front, key);
    free(front);
    if (same)
        *at += 1 + length;
    return same;
}

/* Take "/PART" off the front of *at. False when it is empty. */
static bool take_part(const char **at, struct part *ret)
{
    if (**at != '/')
        return false;
    (*at)++;
    *ret = (struct part){.text = *at, .length = strcspn(*at, "/")};
    *at += ret->length;
    return ret->length > 0;
}

static bool read_keys(const char *text, const char *const keys[PARTS], size_t first,
                      struct part parts[PARTS])
{
    size_t depth = first;

    for (; depth < PARTS && *text; depth++)
        if (!take_key(&text, keys[depth]) || !take_part(&text, &parts[depth]))
            return false;
    /* An id of a subscription or a resource group alone is none of ours. */
    return depth > GALLERY_PART && *text == '\0';
}

static bool read_id(const char *text, struct part parts[PARTS], unsigned *ret_through)
{
    for (unsigned through = THROUGH_SHARE; through <= THROUGH_COMMUNITY; through++) {
        const char *at = text;

        if (!take_key(&at, shared_keys[through][GALLERY_PART]))
            continue;
        *ret_through = through;
        return read_keys(text, shared_keys[through], GALLERY_PART, parts);
    }
    return read_keys(text, id_keys, 0, parts) || read_keys(text, soft_deleted_keys, 0, parts);
}

static bool read_short(const char *text, struct part parts[PARTS])
{
    for (size_t i = GALLERY_PART; i < PARTS; i++) {
        parts[i] = (struct part){.text = text, .length = strcspn(text, "/")};
        if (parts[i].length == 0)
            return false;
        text += parts[i].length;
        if (*text == '\0')
            return true;
        text++;
    }
    return false;
}

static int refuse_second(const struct slot *slot, const char *text, struct err *err)
{
    err_set(err, E_USAGE, "%s is named twice: '%s' and '%s'", slot->noun, *slot->text, text);
    return E_USAGE;
}

int reference_parse(const char *text, struct reference *ref, struct err *err)
{
    struct part parts[PARTS] = {{0}};
    char *texts[PARTS] = {0};
    struct slot slots[PARTS];
    unsigned through = THROUGH_STORE;
    int rc = 0;

    if (!(text[0] == '/' ? read_id(text, parts, &through) : read_short(text, parts))) {
        err_set(err, E_INVALID, "'%s' names no gallery, image definition or image version", text);
        err_hint(err, "write GALLERY, GALLERY/DEFINITION, GALLERY/DEFINITION/VERSION or an id");
        return E_INVALID;
    }
    list_slots(ref, slots);
    for (size_t i = 0; i < PARTS && rc == 0; i++) {
        if (!parts[i].text)
            continue;
        texts[i] = text_printf("%.*s", (int)parts[i].length, parts[i].text);
        if (*slots[i].text && !text_same_word(*slots[i].text, texts[i]))
            rc = refuse_second(&slots[i], texts[i], err);
    }
    for (size_t i = 0; i < PARTS; i++) {
        if (rc == 0 && texts[i] && !*slots[i].text)
            text_replace(slots[i].text, texts[i]);
        free(texts[i]);
    }
    if (rc == 0 && through)
        ref->through = through;
    return rc;
}

const char *reference_noun(enum reference_depth depth)
{
    static const char *const nouns[] = {
        [REFERENCE_GALLERY] = "gallery",
        [REFERENCE_DEFINITION] = "image definition",
        [REFERENCE_VERSION] = "image version",
    };

    return nouns[depth];
}

const char *reference_nouns(enum reference_depth depth)
{
    static const char *const nouns[] = {
        [REFERENCE_GALLERY] = "galleries",
        [REFERENCE_DEFINITION] = "image definitions",
        [REFERENCE_VERSION] = "image versions",
    };

    return nouns[depth];
}

int reference_depth(const struct reference *ref, enum reference_depth *ret, struct err *err)
{
    if (!ref->gallery && (ref->definition || ref->version))
        return err_set(err, E_USAGE, "the gallery is missing: --gallery-name (-r)");
    if (!ref->definition && ref->version)
        return err_set(err, E_USAGE,
                       "the image definition is missing: --gallery-image-definition (-i)");
    if (ref->version)
        *ret = REFERENCE_VERSION;
    else if (ref->definition)
        *ret = REFERENCE_DEFINITION;
    else
        *ret = ref->gallery ? REFERENCE_GALLERY : REFERENCE_NONE;
    return 0;
}

int reference_check_any(const struct reference *ref, struct err *err)
{
    struct reference view = *ref;
    struct slot slots[PARTS];

    list_slots(&view, slots);
    for (size_t i = 0; i < PARTS; i++) {
        const bool shared = ref->through && i == GALLERY_PART;

        if (*slots[i].text && rows[i].check &&
            (shared ? name_check_shared : rows[i].check)(slots[i].text, err)) {
            if (err)
                err_wrap(err, "%s", slots[i].noun);
            return E_INVALID;
        }
    }
    return 0;
}

int reference_check(const struct reference *ref, struct err *err)
{
    struct buf name = {0};

    if (!ref->through)
        return reference_check_any(ref, err);
    reference_add_text(&name, ref);
    err_set(err, E_INVALID, "'%s' is shared, and can only be read", buf_text(&name));
    buf_done(&name);
    return err_hint(err,
                    "'sig image-version export' takes it, --image-version of 'sig image-version "
                    "create', and the verbs show-shared and show-community");
}

void reference_add_text(struct buf *out, const struct reference *ref)
{
    const char *const parts[] = {ref->gallery, ref->definition, ref->version};

    if (ref->through) {
        reference_add_id(out, NULL, ref);
        return;
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts && parts[i]; i++) {
        if (i > 0)
            buf_add_char(out, '/');
        buf_add_text(out, parts[i]);
    }
}

void reference_add_id(struct buf *out, const char *subscription, const struct reference *ref)
{
    const char *const parts[PARTS] = {subscription, ref->resource_group, ref->gallery,
                                      ref->definition, ref->version};
    const char *const *const keys = ref->through ? shared_keys[ref->through] : id_keys;

    for (size_t i = ref->through ? GALLERY_PART : 0; i < PARTS && parts[i]; i++) {
        buf_add_char(out, '/');
        buf_add_text(out, keys[i]);
        buf_add_char(out, '/');
        buf_add_text(out, parts[i]);
    }
}

struct reference reference_asked(const struct reference *ref, enum reference_depth depth)
{
    const bool lent = ref->lent != NULL;

    return (struct reference){
        .through = lent ? ref->lent_through : ref->through,
        .gallery = lent ? ref->lent : ref->gallery,
        .definition = depth >= REFERENCE_DEFINITION ? ref->definition : NULL,
        .version = depth >= REFERENCE_VERSION ? ref->version : NULL,
    };
}

bool reference_is_in(const struct reference *ref, const struct reference *top)
{
    return (!top->gallery || text_same_word(ref->gallery, top->gallery)) &&
           (!top->definition || text_same_word(ref->definition, top->definition)) &&
           (!top->version || text_same_word(ref->version, top->version));
}
