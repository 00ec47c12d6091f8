#include "model/definition.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/text.h"
#include "model/gallery.h"
#include "model/names.h"
#include "model/region.h"
#include "model/room.h"

static const char *const os_type_words[] = {"Linux", "Windows", NULL};
const struct choices os_type_choices = {.noun = "OS type", .words = os_type_words};

static const char *const os_state_words[] = {"Generalized", "Specialized", NULL};
const struct choices os_state_choices = {.noun = "OS state", .words = os_state_words};

static const char *const generation_words[] = {"V1", "V2", NULL};
const struct choices generation_choices = {.noun = "generation", .words = generation_words};

static const char *const architecture_words[] = {"x64", "Arm64", NULL};
const struct choices architecture_choices = {.noun = "architecture", .words = architecture_words};

static int check_range(const void *value, struct err *err)
{
    const struct range *range = value;

    if (range->min.set && range->max.set && range->min.value > range->max.value)
        return err_set(err, E_INVALID, "min %" PRId64 " is above max %" PRId64, range->min.value,
                       range->max.value);
    return 0;
}

static bool is_given(const char *text)
{
    return text && *text;
}

static int check_plan(const void *value, struct err *err)
{
    const struct purchase_plan *plan = value;
    const char *const missing = !is_given(plan->name)        ? "name"
                                : !is_given(plan->publisher) ? "publisher"
                                : !is_given(plan->product)   ? "product"
                                                             : NULL;

    if (missing)
        return err_set(err, E_INVALID,
                       "%s is missing: a plan has a name, a publisher and a product", missing);
    return 0;
}

static int check_definition(const void *value, struct err *err)
{
    const struct definition *definition = value;
    const struct identifier *identifier = &definition->identifier;

    if (!is_given(identifier->publisher) && !is_given(identifier->offer) &&
        !is_given(identifier->sku)) {
        err_set(err, E_INVALID, "identifier: publisher, offer and sku are missing");
        err_hint(err, "give --publisher, --offer and --sku");
        return E_INVALID;
    }
    if (definition->hyper_v_generation == GENERATION_V1 &&
        definition->architecture == ARCHITECTURE_ARM64)
        return err_set(err, E_INVALID, "hyperVGeneration: V1 does not go with architecture Arm64");
    return 0;
}

/* clang-format off */
static const struct row identifier_rows[] = {
    ROW(struct identifier, publisher, "publisher",
        .rules = ROW_KEY | ROW_NEEDED | ROW_FIXED | ROW_COLUMN,
        .max = PUBLISHER_MAX_LENGTH, .check = name_check_identifier,
        .flag = "--publisher", .letter = 'p', .about = "Who makes the image"),
    ROW(struct identifier, offer, "offer",
        .rules = ROW_KEY | ROW_NEEDED | ROW_FIXED | ROW_COLUMN,
        .max = OFFER_MAX_LENGTH, .check = name_check_identifier,
        .flag = "--offer", .letter = 'f', .about = "Product that the image is of"),
    ROW(struct identifier, sku, "sku",
        .rules = ROW_KEY | ROW_NEEDED | ROW_FIXED | ROW_COLUMN,
        .max = OFFER_MAX_LENGTH, .check = name_check_identifier,
        .flag = "--sku", .letter = 's', .about = "Edition of the offer"),
};

static const struct shape identifier_shape =
    SHAPE(struct identifier, "identifier", identifier_rows, NULL);

static const struct row vcpus_rows[] = {
    ROW(struct range, min, "min", .rules = ROW_CLEARS, .max = INT32_MAX,
        .flag = "--minimum-cpu-core",
        .about = "Fewest virtual cores that it runs well on"),
    ROW(struct range, max, "max", .rules = ROW_CLEARS, .max = INT32_MAX,
        .flag = "--maximum-cpu-core",
        .about = "Most virtual cores that it makes use of"),
};

static const struct shape vcpus_shape =
    SHAPE(struct range, "range of cores", vcpus_rows, check_range);

static const struct row memory_rows[] = {
    ROW(struct range, min, "min", .rules = ROW_CLEARS, .max = INT32_MAX,
        .flag = "--minimum-memory",
        .about = "Least memory that it runs well with, in GB"),
    ROW(struct range, max, "max", .rules = ROW_CLEARS, .max = INT32_MAX,
        .flag = "--maximum-memory",
        .about = "Most memory that it makes use of, in GB"),
};

static const struct shape memory_shape =
    SHAPE(struct range, "range of memory", memory_rows, check_range);

static const struct row recommended_rows[] = {
    ROW_OBJECT(struct recommended, vcpus, "vCPUs", &vcpus_shape,
        .about = "Virtual cores of a machine that runs it"),
    ROW_OBJECT(struct recommended, memory, "memory", &memory_shape,
        .about = "Memory of a machine that runs it, in GB"),
};

const struct shape recommended_shape =
    SHAPE(struct recommended, "recommended size", recommended_rows, NULL);

static const struct row disallowed_rows[] = {
    ROW(struct disallowed, disk_types, "diskTypes", .rules = ROW_CLEARS,
        .flag = "--disallowed-disk-types", .metavar = "TYPE",
        .about = "Disk types such as Standard_LRS, one word each"),
};

const struct shape disallowed_shape =
    SHAPE(struct disallowed, "disallowed disk types", disallowed_rows, NULL);

static const struct row plan_rows[] = {
    ROW(struct purchase_plan, name, "name", .rules = ROW_FIXED, .flag = "--plan-name",
        .about = "Plan under which the image was bought"),
    ROW(struct purchase_plan, publisher, "publisher", .rules = ROW_FIXED,
        .flag = "--plan-publisher", .about = "Who sells the plan"),
    ROW(struct purchase_plan, product, "product", .rules = ROW_FIXED, .flag = "--plan-product",
        .about = "Offer that the plan belongs to"),
};

const struct shape purchase_plan_shape =
    SHAPE(struct purchase_plan, "purchase plan", plan_rows, check_plan);

static const struct row rows[] = {
    ROW(struct definition, id, "id", .rules = ROW_MADE | ROW_VIEW,
        .about = "Resource id, as Azure Resource Manager writes it"),
    ROW(struct definition, name, "name", .rules = ROW_KEY | ROW_MADE | ROW_FIXED | ROW_COLUMN,
        .max = NAME_MAX_LENGTH, .check = name_check_definition,
        .word = "definition", .about = "As spelled at creation; compared without case"),
    ROW(struct definition, type, "type", .rules = ROW_MADE | ROW_VIEW,
        .about = "Microsoft.Compute/galleries/images"),
    ROW(struct definition, resource_group, "resourceGroup", .rules = ROW_MADE | ROW_VIEW,
        .max = GROUP_MAX_LENGTH, .about = "The gallery's label"),
    ROW(struct definition, location, "location", .rules = ROW_FIXED | ROW_COLUMN,
        .parse = region_parse_words, .check = region_check,
        .flag = "--location", .letter = 'l', .metavar = "REGION",
        .about = "Region that the definition belongs to; default: the gallery's"),
    ROW(struct definition, tags, "tags", .check = name_check_tags,
        .flag = "--tags", .about = "Free notes: NAME=VALUE words; \"\" clears them"),
    ROW(struct definition, description, "description", .max = TEXT_MAX_LENGTH,
        .flag = "--description", .about = "What the image is for"),
    ROW_OBJECT(struct definition, identifier, "identifier", &identifier_shape,
        .about = "Three words that no other definition of the gallery has together"),
    ROW(struct definition, os_type, "osType", .rules = ROW_NEEDED | ROW_FIXED | ROW_COLUMN,
        .choices = &os_type_choices, .flag = "--os-type",
        .word = "os", .about = "Operating system on the OS disk"),
    ROW(struct definition, os_state, "osState", .rules = ROW_FIXED | ROW_COLUMN,
        .choices = &os_state_choices, .flag = "--os-state",
        .about = "Whether host name and accounts were removed; default: Generalized"),
    ROW(struct definition, hyper_v_generation, "hyperVGeneration",
        .rules = ROW_FIXED | ROW_COLUMN, .choices = &generation_choices,
        .flag = "--hyper-v-generation", .word = "generation", .about = "V1 boots with BIOS, V2 with UEFI; default: V2"),
    ROW(struct definition, architecture, "architecture", .rules = ROW_FIXED,
        .choices = &architecture_choices, .flag = "--architecture",
        .about = "Processors that it runs on; default: x64"),
    ROW(struct definition, end_of_life_date, "endOfLifeDate", .rules = ROW_CLEARS,
        .flag = "--end-of-life-date", .metavar = "DATE",
        .about = "When support ends; a note, nothing is deleted then"),
    ROW_OBJECT(struct definition, recommended, "recommended", &recommended_shape,
        .about = "Size of a machine that suits the image"),
    ROW_OBJECT(struct definition, disallowed, "disallowed", &disallowed_shape,
        .about = "What a machine of this image may not use"),
    ROW_LIST(struct definition, features, "features", &feature_shape, .rules = ROW_CLEARS,
        .parse = features_parse, .flag = "--features", .metavar = "NAME=VALUE",
        .about = "What a machine may do; SecurityType stays unless it is named"),
    ROW(struct definition, allow_update_image, "allowUpdateImage", .flag = "--allow-update-image",
        .about = "Whether an update may change the features; default: false"),
    ROW_OBJECT(struct definition, purchase_plan, "purchasePlan", &purchase_plan_shape,
        .rules = ROW_FIXED, .about = "Plan of a bought image: name, publisher and product"),
    ROW(struct definition, eula, "eula", .max = TEXT_MAX_LENGTH, .flag = "--eula",
        .about = "Licence agreement, or where to read it"),
    ROW(struct definition, privacy_statement_uri, "privacyStatementUri", .max = TEXT_MAX_LENGTH,
        .flag = "--privacy-statement-uri", .metavar = "URI",
        .about = "Where to read what happens to personal data"),
    ROW(struct definition, release_note_uri, "releaseNoteUri", .max = TEXT_MAX_LENGTH,
        .flag = "--release-note-uri", .metavar = "URI", .about = "Where to read what changed"),
    ROW(struct definition, provisioning_state, "provisioningState",
        .rules = ROW_MADE | ROW_VIEW | ROW_COLUMN, .choices = &provisioning_state_choices,
        .word = "state", .about = "Succeeded once it can be used"),
};
/* clang-format on */

const struct shape definition_shape =
    SHAPE(struct definition, "image definition", rows, check_definition);

void definition_defaults(struct definition *definition, const char *location)
{
    if (!is_given(definition->location))
        text_replace(&definition->location, location);
    if (!definition->os_state)
        definition->os_state = OS_GENERALIZED;
    if (!definition->hyper_v_generation)
        definition->hyper_v_generation = GENERATION_V2;
    if (!definition->architecture)
        definition->architecture = ARCHITECTURE_X64;
    definition_settle_features(definition, NULL);
}

int definition_check_dates(const struct definition *given, int64_t now, struct err *err)
{
    char text[CLOCK_TEXT_SIZE];

    if (!given->end_of_life_date.set || given->end_of_life_date.value > now)
        return 0;
    clock_text(given->end_of_life_date.value, text);
    return err_set(err, E_INVALID, "endOfLifeDate: %s is not in the future", text);
}

bool identifier_same(const struct identifier *left, const struct identifier *right)
{
    return text_same_word(left->publisher, right->publisher) &&
           text_same_word(left->offer, right->offer) && text_same_word(left->sku, right->sku);
}

void definitions_done(struct definitions *definitions)
{
    list_done(definitions, &definition_shape);
}
