/* edit: --set, --add and --remove on an image version: a flag's letter, then its words, each on a line of its own.
 * What is refused changes nothing; what is accepted reads back. */
#include "json/edit.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/version.h"
#include "tests/fuzz/fuzz.h"

enum { WORDS_MAX = 16 };

static const char start[] =
    "{\"name\":\"1.0.0\",\"location\":\"local\",\"tags\":{\"a.b\":\"1\"},\"publishingProfile\":{"
    "\"targetRegions\":[{\"name\":\"local\",\"regionalReplicaCount\":1},{\"name\":\"westus2\"}],"
    "\"replicaCount\":1},\"safetyProfile\":{\"allowDeletionOfReplicatedLocations\":false}}";

static void read_start(struct version *version)
{
    struct json *json = NULL;
    struct err err = {0};

    insist(json_parse(start, sizeof start - 1, &json, &err) == 0);
    insist(shape_read(&version_shape, json, SHAPE_MANIFEST, version, &err) == 0);
    json_free(json);
}

static void read_back(const struct version *version)
{
    struct json *json = shape_write(&version_shape, version, SHAPE_MANIFEST);
    struct version again = {0};
    struct err err = {0};

    insist(shape_read(&version_shape, json, SHAPE_MANIFEST, &again, &err) == 0);
    shape_done(&version_shape, &again);
    json_free(json);
}

static void apply(const struct edits *edits)
{
    struct version version = {0}, before = {0};
    struct err err = {0};

    read_start(&version);
    read_start(&before);
    if (edits_apply(edits, &version_shape, &version, &err)) {
        insist(err.text[0] != '\0');
        insist(shape_equal(&version_shape, &version, &before));
    } else {
        read_back(&version);
    }
    shape_done(&version_shape, &version);
    shape_done(&version_shape, &before);
}

/* The words up to an empty one are a flag's. */
static void say(struct edits *edits, char letter, const char *const *words, size_t count)
{
    const char *const key = letter == 's' ? "set" : letter == 'a' ? "add" : "remove";
    const struct row *const row = shape_row(&edits_shape, key);
    struct err err = {0};

    row->parse(words, count, row_slot(row, edits), &err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *const text = mem_new(size + 1, 1);
    const char *words[WORDS_MAX];
    struct edits edits = {0};
    size_t count = 0;

    if (size)
        memcpy(text, data, size);
    for (char *word = text; word && edits.list.count < WORDS_MAX;) {
        char *const end = strchr(word, '\n');

        if (end)
            *end = '\0';
        words[count++] = word;
        if (!end || !*word || count == WORDS_MAX) {
            say(&edits, words[0][0], words + 1, count - 1);
            count = 0;
        }
        word = end ? end + 1 : NULL;
    }
    edits.force_string.set = edits.force_string.value = size % 5 == 0;
    apply(&edits);
    shape_done(&edits_shape, &edits);
    free(text);
    return 0;
}
