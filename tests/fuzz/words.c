/* words: what a user types: references, version numbers, regions, dates, limits, and the values of every flag of an
 * image version, a definition and a gallery. Words are separated by newlines. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "model/audit.h"
#include "model/definition.h"
#include "model/encryption.h"
#include "model/gallery.h"
#include "model/limits.h"
#include "model/reference.h"
#include "model/region.h"
#include "model/retention.h"
#include "model/semver.h"
#include "model/version.h"
#include "model/version_name.h"
#include "tests/fuzz/fuzz.h"

enum { WORDS_MAX = 8 };

static void try_reference(const char *word)
{
    struct reference ref = {0}, again = {0};
    enum reference_depth depth;
    struct buf text = {0};
    struct err err = {0};

    if (reference_parse(word, &ref, &err) == 0 && reference_depth(&ref, &depth, &err) == 0 &&
        depth != REFERENCE_NONE && reference_check_any(&ref, &err) == 0) {
        reference_add_text(&text, &ref);
        insist(reference_parse(buf_text(&text), &again, &err) == 0);
        insist(ref.through == again.through && text_equal(ref.gallery, again.gallery) &&
               text_equal(ref.definition, again.definition) &&
               text_equal(ref.version, again.version));
    }
    shape_done(&reference_shape, &ref);
    shape_done(&reference_shape, &again);
    buf_done(&text);
}

/* A name covers its own ends; what is a number is nothing else. */
static void try_version_name(const char *word)
{
    struct version_name name;
    struct semver version;
    struct err err = {0};
    const bool is_number = semver_parse(word, &version, NULL) == 0;

    if (version_name_parse(word, &name, &err)) {
        insist(err.code == E_INVALID && !is_number);
        return;
    }
    insist(is_number == (name.kind == VERSION_NAME_NUMBER));
    if (name.kind != VERSION_NAME_NEXT)
        insist(version_name_covers(&name, &name.least) && version_name_covers(&name, &name.most));
    else
        insist(text_starts_word(word, "next"));
}

static void try_encryption(const char *word)
{
    const size_t length = strlen(word);
    const bool plain = length <= SHAPE_TEXT_MAX && text_is_utf8(word, length);
    struct encryption encryption = {0};
    struct err err = {0};

    if (encryption_parse(word, &encryption, &err) == 0)
        insist(!plain || shape_check(&encryption_shape, &encryption, &err) == 0);
    if (encryption_parse_confidential(word, &encryption, &err) == 0)
        insist(!plain || shape_check(&encryption_shape, &encryption, &err) == 0);
    shape_done(&encryption_shape, &encryption);
}

/* Limits of an audit are never nothing, and a sample is never more than all. */
static void try_limits(const char *word)
{
    struct opt_int sample = {0}, time = {0};
    struct err err = {0};

    if (audit_parse_sample(&word, 1, &sample, &err) == 0)
        insist(sample.set && sample.value > 0 && sample.value <= AUDIT_WHOLE);
    if (audit_parse_time(&word, 1, &time, &err) == 0)
        insist(time.set && time.value > 0);
}

/* Neither is what a prune goes by. */
static void try_retention(const char *word)
{
    struct opt_int age = {0}, size = {0};
    struct err err = {0};

    if (retention_parse_age(&word, 1, &age, &err) == 0)
        insist(age.set && age.value > 0);
    if (retention_parse_size(&word, 1, &size, &err) == 0)
        insist(size.set && size.value > 0);
}

/* What is taken is a limit that can be, and is that one. */
static void try_store_limits(const char *const *words, size_t count)
{
    struct limits limits = {0};
    struct err err = {0};

    if (limits_parse(words, count, &limits, &err) == 0)
        for (size_t i = 0; i < limits.count; i++) {
            const struct limit *const limit = &limits.items[i];

            insist(limit_of(&limits, limit->name) >= 0);
            insist(limit_of(&limits, limit->name) <= limit_most(limit->name));
            insist(shape_check(&limit_shape, limit, &err) == 0);
        }
    free(limits.items);
}

static void try_word(const char *word)
{
    char text[SEMVER_TEXT_SIZE];
    const struct region_row *region;
    struct semver version;
    struct buf inert = {0};
    struct err err = {0};
    int64_t instant;

    try_reference(word);
    try_encryption(word);
    try_limits(word);
    try_retention(word);
    try_version_name(word);
    if (semver_parse(word, &version, &err) == 0) {
        semver_text(&version, text);
        insist(strcmp(text, word) == 0);
    }
    region_parse(NULL, word, &region, &err);
    clock_parse(word, &instant);
    text_add_inert(&inert, word);
    for (const char *c = buf_text(&inert); *c; c++)
        insist((unsigned char)*c >= 0x20 && *c != 0x7f);
    buf_done(&inert);
}

static void try_flags(const struct shape *shape, void *value, const char *const *words,
                      size_t count)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct row *row = &shape->rows[i];
        struct err err = {0};

        if (row->kind == KIND_OBJECT)
            try_flags(row->shape, row_slot(row, value), words, count);
        if (row->flag)
            shape_parse_words(row, words, count, row_slot(row, value), &err);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct shape *const shapes[] = {&version_shape, &definition_shape, &gallery_shape};
    char *text = mem_new(size + 1, 1);
    const char *words[WORDS_MAX];
    size_t count = 0;

    if (size)
        memcpy(text, data, size);
    for (char *word = text; word && count < WORDS_MAX;) {
        char *end = strchr(word, '\n');

        words[count++] = word;
        if (end)
            *end++ = '\0';
        word = end;
    }
    for (size_t i = 0; i < count; i++)
        try_word(words[i]);
    try_store_limits(words, count);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        void *value = mem_new(1, shapes[i]->size);
        struct err err = {0};

        try_flags(shapes[i], value, words, count);
        shape_check(shapes[i], value, &err);
        shape_done(shapes[i], value);
        free(value);
    }
    free(text);
    return 0;
}
