#include "model/prune.h"

#include "model/room.h"

static const char *const action_words[] = {"Keep", "Drop", "Failed", NULL};
static const struct choices action_choices = {.noun = "action", .words = action_words};

/* clang-format off */
static const struct row version_rows[] = {
    ROW(struct prune_version, id, "id", .rules = ROW_MADE, .about = "Resource id"),
    ROW(struct prune_version, name, "name", .rules = ROW_KEY | ROW_MADE | ROW_COLUMN,
        .about = "Gallery, image definition and number"),
    ROW(struct prune_version, published_date, "publishedDate", .rules = ROW_MADE | ROW_COLUMN,
        .column = "Published", .about = "When it was committed"),
    ROW(struct prune_version, end_of_life_date, "endOfLifeDate", .rules = ROW_MADE | ROW_COLUMN,
        .column = "EndOfLife", .about = "When support for it ends, or for its definition when that is earlier"),
    ROW(struct prune_version, action, "action", .rules = ROW_MADE | ROW_COLUMN, .choices = &action_choices,
        .about = "Whether it is deleted; Failed: it should be, and details says why not"),
    ROW(struct prune_version, rule, "rule", .rules = ROW_MADE | ROW_COLUMN, .choices = &prune_rule_choices,
        .about = "What decided about it; LastIntact: no other version of its definition has all its disks"),
    ROW(struct prune_version, bytes_freed, "bytesFreed", .rules = ROW_MADE | ROW_COLUMN, .max = BYTES_MAX,
        .about = "Bytes that a sweep frees as it is gone, after those in front of it; absent when that cannot be told"),
    ROW(struct prune_version, bytes_freed_later, "bytesFreedLater", .rules = ROW_MADE, .max = BYTES_MAX,
        .about = "The same for one that goes to the trash, when it goes for good"),
    ROW(struct prune_version, details, "details", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Which lock it is, until when, what went wrong; that it goes to the trash"),
};

static const struct shape version_shape_of_prune =
    SHAPE(struct prune_version, "version", version_rows, NULL);

static const struct row rows[] = {
    ROW(struct prune, image_versions, "imageVersions", .rules = ROW_MADE | ROW_COLUMN, .column = "Versions",
        .about = "Image versions that were looked at"),
    ROW(struct prune, kept, "kept", .rules = ROW_MADE | ROW_COLUMN, .about = "Those that stay"),
    ROW(struct prune, dropped, "dropped", .rules = ROW_MADE | ROW_COLUMN, .about = "Those that are deleted"),
    ROW(struct prune, failed, "failed", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Those that should be, and are not"),
    ROW(struct prune, bytes_freed, "bytesFreed", .rules = ROW_MADE | ROW_COLUMN, .max = BYTES_MAX,
        .about = "Bytes that a sweep frees as they are gone, in all regions; absent when that cannot be told"),
    ROW(struct prune, bytes_freed_later, "bytesFreedLater", .rules = ROW_MADE, .max = BYTES_MAX,
        .about = "The same of those that go to the trash, once they go for good"),
    ROW_LIST(struct prune, versions, "versions", &version_shape_of_prune, .rules = ROW_MADE | ROW_BELOW | ROW_ALWAYS,
        .about = "One entry a version, in the order in which they are deleted"),
};
/* clang-format on */

const struct shape prune_shape = SHAPE(struct prune, "prune", rows, NULL);

void prune_settle(struct prune *prune)
{
    size_t of[PRUNE_FAILED + 1] = {0};
    bool known = true;
    uint64_t bytes = 0, later = 0;
    bool trash = false;

    for (size_t i = 0; i < prune->versions.count; i++) {
        const struct prune_version *const version = &prune->versions.items[i];

        of[version->action]++;
        known = known && (version->action != PRUNE_DROP || version->bytes_freed.set);
        bytes += (uint64_t)version->bytes_freed.value;
        later += (uint64_t)version->bytes_freed_later.value;
        trash = trash || version->bytes_freed_later.set;
    }
    prune->image_versions = opt_int_of(prune->versions.count);
    prune->kept = opt_int_of(of[PRUNE_KEEP]);
    prune->dropped = opt_int_of(of[PRUNE_DROP]);
    prune->failed = opt_int_of(of[PRUNE_FAILED]);
    prune->bytes_freed = known ? opt_int_of(bytes) : (struct opt_int){0};
    prune->bytes_freed_later = known && trash ? opt_int_of(later) : (struct opt_int){0};
}
