#include "model/latest.h"

#include "model/replication.h"

static const char *const rule_words[] = {
    "Chosen",           "Below",      "Unreadable", "EndOfLife", "NoTarget", "Excluded",
    "ExcludedInRegion", "Incomplete", NULL,
};
static const struct choices rule_choices = {.noun = "rule", .words = rule_words};

/* clang-format off */
static const struct row candidate_rows[] = {
    ROW(struct latest_candidate, name, "name", .rules = ROW_KEY | ROW_MADE | ROW_COLUMN,
        .about = "Major.Minor.Patch"),
    ROW(struct latest_candidate, rule, "rule", .rules = ROW_MADE | ROW_COLUMN, .choices = &rule_choices,
        .about = "What decided about it; Below: it would do, and a higher one was chosen"),
    ROW(struct latest_candidate, region, "region", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Where that is so"),
    ROW(struct latest_candidate, state, "state", .rules = ROW_MADE | ROW_COLUMN,
        .choices = &replication_state_choices, .about = "How far its copies there are, when not complete"),
    ROW(struct latest_candidate, progress, "progress", .rules = ROW_MADE | ROW_COLUMN, .min = 0, .max = 100,
        .about = "The same in percent"),
    ROW(struct latest_candidate, details, "details", .rules = ROW_MADE | ROW_COLUMN,
        .about = "What went wrong, where something did"),
};

static const struct shape candidate_shape =
    SHAPE(struct latest_candidate, "candidate", candidate_rows, NULL);

static const struct row rows[] = {
    ROW_LIST(struct latest, candidates, "candidates", &candidate_shape, .rules = ROW_MADE | ROW_BELOW,
        .about = "With --why: every version that was considered, the highest first"),
    ROW(struct latest, id, "id", .rules = ROW_MADE, .about = "Resource id of the version"),
    ROW(struct latest, name, "name", .rules = ROW_MADE | ROW_COLUMN, .about = "Major.Minor.Patch"),
    ROW(struct latest, resource_group, "resourceGroup", .rules = ROW_MADE,
        .about = "The gallery's label"),
    ROW(struct latest, location, "location", .rules = ROW_MADE | ROW_COLUMN,
        .about = "The version's home region"),
    ROW(struct latest, published_date, "publishedDate", .rules = ROW_MADE | ROW_COLUMN,
        .about = "When the version was committed"),
    ROW(struct latest, end_of_life_date, "endOfLifeDate", .rules = ROW_MADE | ROW_COLUMN,
        .about = "When support for it ends"),
};
/* clang-format on */

const struct shape latest_shape = SHAPE(struct latest, "latest version", rows, NULL);

void latest_candidate_done(struct latest_candidate *candidate)
{
    shape_done(&candidate_shape, candidate);
}
