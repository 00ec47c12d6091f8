#include "model/audit.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "model/room.h"

static const char *const level_words[] = {"error", "warning", "note", NULL};
static const struct choices level_choices = {.noun = "level", .words = level_words};

/* clang-format off */
static const struct row finding_rows[] = {
    ROW(struct audit_finding, level, "level", .rules = ROW_MADE | ROW_COLUMN, .choices = &level_choices,
        .about = "An error: a version, or a copy of one that was reported done, is not as it should be. A warning: "
                 "something is wrong that no version needs. A note: what killed commands left, and what is set aside"),
    ROW(struct audit_finding, text, "text", .rules = ROW_KEY | ROW_MADE | ROW_COLUMN, .about = "What was found"),
    ROW(struct audit_finding, path, "path", .rules = ROW_MADE | ROW_COLUMN,
        .about = "The file or directory, in the store"),
    ROW(struct audit_finding, replica, "replica", .rules = ROW_MADE,
        .about = "The replica that it is in: region, storage type and number"),
    ROW(struct audit_finding, versions, "imageVersions", .rules = ROW_MADE | ROW_COLUMN,
        .about = "The versions that suffer"),
    ROW(struct audit_finding, hint, "hint", .rules = ROW_MADE | ROW_COLUMN, .about = "What to do about it"),
};
/* clang-format on */

static const struct shape finding_shape =
    SHAPE(struct audit_finding, "finding", finding_rows, NULL);

/* clang-format off */
static const struct row rows[] = {
    ROW(struct audit, sound, "sound", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Whether no finding is an error"),
    ROW(struct audit, galleries, "galleries", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Galleries that were looked at"),
    ROW(struct audit, image_definitions, "imageDefinitions", .rules = ROW_MADE | ROW_COLUMN,
        .column = "Definitions",
        .about = "Image definitions that were looked at"),
    ROW(struct audit, image_versions, "imageVersions", .rules = ROW_MADE | ROW_COLUMN,
        .column = "Versions",
        .about = "Image versions that were looked at, soft-deleted ones too"),
    ROW(struct audit, replicas, "replicas", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Replica directories that were looked at, each zone by itself"),
    ROW(struct audit, disks, "disks", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Disks, one in each replica, whose map was proven block by block"),
    ROW(struct audit, blobs, "blobs", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Blobs that were read back and compared with their names"),
    ROW(struct audit, bytes_read, "bytesRead", .rules = ROW_MADE | ROW_COLUMN,
        .min = 0, .max = BYTES_MAX,
        .about = "Bytes of those blobs"),
    ROW(struct audit, blobs_skipped, "blobsSkipped", .rules = ROW_MADE,
        .about = "With --sample or --max-time: blobs that were not read, and are not judged"),
    ROW(struct audit, bytes_skipped, "bytesSkipped", .rules = ROW_MADE, .min = 0, .max = BYTES_MAX,
        .about = "Bytes of those"),
    ROW(struct audit, oldest_verified_date, "oldestVerifiedDate", .rules = ROW_MADE,
        .about = "When the one that was not read back for longest was; 1970: never"),
    ROW(struct audit, bytes_unused, "bytesUnused", .rules = ROW_MADE | ROW_COLUMN,
        .min = 0, .max = BYTES_MAX,
        .about = "Bytes that no version needs: 'sig sweep' frees them"),
    ROW_LIST(struct audit, findings, "findings", &finding_shape, .rules = ROW_MADE | ROW_BELOW | ROW_ALWAYS,
        .about = "What was found, the worst first"),
};
/* clang-format on */

const struct shape audit_shape = SHAPE(struct audit, "audit", rows, NULL);

struct audit_finding *audit_add(struct audit *audit, enum audit_level level, const char *path,
                                const char *format, ...)
{
    struct audit_finding *finding;
    char text[512]; /* a sentence with a path in it */
    va_list args;

    for (size_t i = 0; path && i < audit->findings.count; i++) {
        finding = &audit->findings.items[i];
        if (finding->level == (unsigned)level && text_equal(finding->path, path))
            return finding;
    }
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    finding = VEC_ADD(&audit->findings);
    *finding = (struct audit_finding){
        .text = text_copy(text),
        .level = level,
        .path = path ? text_copy(path) : NULL,
    };
    return finding;
}

/* The worst first, else as they came: by path, which is as directories are walked. */
static int by_level(const void *left, const void *right)
{
    const struct audit_finding *a = left;
    const struct audit_finding *b = right;

    if (a->level != b->level)
        return a->level < b->level ? -1 : 1;
    return strcmp(a->path ? a->path : "", b->path ? b->path : "");
}

static int by_text(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* Sorted, each once. */
static void settle_versions(struct texts *versions)
{
    size_t kept = 0;

    if (versions->count > 0)
        qsort(versions->items, versions->count, sizeof *versions->items, by_text);
    for (size_t i = 0; i < versions->count; i++) {
        if (kept > 0 && text_equal(versions->items[i], versions->items[kept - 1]))
            free(versions->items[i]);
        else
            versions->items[kept++] = versions->items[i];
    }
    versions->count = kept;
}

void audit_settle(struct audit *audit)
{
    struct audit_findings *const findings = &audit->findings;

    for (size_t i = 0; i < findings->count; i++)
        settle_versions(&findings->items[i].versions);

    if (findings->count > 0)
        qsort(findings->items, findings->count, sizeof *findings->items, by_level);
    audit->sound = (struct opt_bool){
        .set = true,
        .value = findings->count == 0 || findings->items[0].level != AUDIT_ERROR,
    };
}

/* --- limits --- */

static int refuse(const char *word, const char *example, struct err *err)
{
    err_set(err, E_INVALID, "'%s' cannot be read", word);
    return err_hint(err, "say it like %s", example);
}

/* Digits, at most `most` of them. */
static bool read_digits(const char **at, size_t most, int64_t *ret)
{
    const size_t length = strspn(*at, "0123456789");

    if (length == 0 || length > most)
        return false;
    for (size_t i = 0; i < length; i++)
        *ret = 10 * *ret + (*(*at)++ - '0');
    return true;
}

int audit_parse_sample(const char *const *words, size_t count, void *slot, struct err *err)
{
    enum { DECIMALS = 3 }; /* of a percent: AUDIT_WHOLE has no more */
    struct opt_int *const sample = slot;
    const char *at = count == 1 ? words[0] : "";
    int64_t value = 0;
    size_t decimals = 0;
    bool good = read_digits(&at, 3, &value);

    if (good && *at == '.') {
        const char *const point = at++;

        good = read_digits(&at, DECIMALS, &value);
        decimals = (size_t)(at - point - 1);
    }
    for (; decimals < DECIMALS; decimals++)
        value *= 10;
    if (!good || !text_equal(at, "%") || value < 1 || value > AUDIT_WHOLE)
        return refuse(count ? words[0] : "", "5%, more than 0% and at most 100%", err);
    *sample = (struct opt_int){.set = true, .value = value};
    return 0;
}

int audit_parse_time(const char *const *words, size_t count, void *slot, struct err *err)
{
    int64_t seconds;

    if (count != 1 || !clock_parse_span(words[0], "smhd", &seconds))
        return refuse(count ? words[0] : "", "30s, 10m, 1h or 2d", err);
    *(struct opt_int *)slot = (struct opt_int){.set = true, .value = seconds};
    return 0;
}
