/* many STORE GALLERIES DEFINITIONS VERSIONS: fill a store with so many galleries, with so many
 * definitions in each and so many versions in each of those, all like the one version g0/d0/1.0.0
 * that was published to it. Its files are written plainly, without waiting for the disk: a publish
 * takes care that this does not need.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "gallery.h"
#include "model/replication.h"
#include "store/layout.h"
#include "store/manifest.h"

static void fail(const char *what)
{
    fprintf(stderr, "many: %s\n", what);
    exit(1);
}

/* What is multiplied. */
struct pattern {
    struct gallery gallery;
    struct definition definition;
    struct version version;
    struct region_status status;
    char *home; /* region */
};

static void read_one(const struct reference *ref, enum reference_depth depth,
                     const struct shape *shape, void *value)
{
    struct buf path = {0};
    struct err err = {0};

    layout_add_resource(&path, ref, depth);
    buf_printf(&path, "/%s", layout_manifest(depth));
    if (manifest_read(AT_FDCWD, buf_text(&path), shape, value, NULL, &err))
        fail(err.text);
    buf_done(&path);
}

static void read_pattern(struct pattern *pattern)
{
    const struct reference ref = {
        .gallery = (char[]){"g0"}, .definition = (char[]){"d0"}, .version = (char[]){"1.0.0"}};
    struct buf path = {0};
    struct err err = {0};

    read_one(&ref, REFERENCE_GALLERY, &gallery_shape, &pattern->gallery);
    read_one(&ref, REFERENCE_DEFINITION, &definition_shape, &pattern->definition);
    read_one(&ref, REFERENCE_VERSION, &version_shape, &pattern->version);
    pattern->home = text_copy(pattern->version.location);
    layout_add_resource(&path, &ref, REFERENCE_VERSION);
    buf_printf(&path, "/replication/%s.json", pattern->home);
    if (manifest_read(AT_FDCWD, buf_text(&path), &region_status_shape, &pattern->status, NULL,
                      &err))
        fail(err.text);
    buf_done(&path);
}

static void write_one(const char *directory, const char *name, const struct shape *shape,
                      const void *value)
{
    char *const path = text_printf("%s/%s", directory, name);
    struct buf text = {0};
    FILE *const file = fopen(path, "w");

    manifest_print(&text, path, shape, value, NULL);
    if (!file || fwrite(text.bytes, 1, text.length, file) != text.length || fclose(file) != 0)
        fail(path);
    buf_done(&text);
    free(path);
}

/* The directory of a resource, with the one for what is inside. */
static char *make(const struct reference *ref, enum reference_depth depth)
{
    struct buf path = {0};
    char *inside;

    layout_add_resource(&path, ref, depth);
    inside = text_printf("%s/%s", buf_text(&path), layout_inside(depth));
    mkdir(buf_text(&path), 0770);
    mkdir(inside, 0770);
    free(inside);
    return buf_take(&path);
}

static void add_version(struct pattern *pattern, const struct reference *ref)
{
    char *const directory = make(ref, REFERENCE_VERSION);
    char *const inside = text_printf("%s/%s", directory, layout_inside(REFERENCE_VERSION));
    char *const name = text_printf("%s.json", pattern->home);

    text_replace(&pattern->version.name, ref->version);
    write_one(directory, layout_manifest(REFERENCE_VERSION), &version_shape, &pattern->version);
    write_one(inside, name, &region_status_shape, &pattern->status);
    free(name);
    free(inside);
    free(directory);
}

static void add_definition(struct pattern *pattern, struct reference *ref, long versions)
{
    char *const directory = make(ref, REFERENCE_DEFINITION);

    text_replace(&pattern->definition.name, ref->definition);
    text_replace(&pattern->definition.identifier.sku, ref->definition);
    write_one(directory, layout_manifest(REFERENCE_DEFINITION), &definition_shape,
              &pattern->definition);
    for (long v = 0; v < versions; v++) {
        free(ref->version);
        ref->version = text_printf("1.%ld.%ld", v / 100, v % 100);
        add_version(pattern, ref);
    }
    free(directory);
}

int main(int argc, char **argv)
{
    struct pattern pattern = {0};
    struct reference ref = {0};

    if (argc != 5) {
        fprintf(stderr, "usage: many STORE GALLERIES DEFINITIONS VERSIONS\n");
        return 2;
    }
    if (chdir(argv[1]))
        fail(argv[1]);
    read_pattern(&pattern);
    for (long g = 0; g < strtol(argv[2], NULL, 10); g++) {
        char *directory;

        free(ref.gallery);
        ref.gallery = text_printf("g%ld", g);
        directory = make(&ref, REFERENCE_GALLERY);
        text_replace(&pattern.gallery.name, ref.gallery);
        write_one(directory, layout_manifest(REFERENCE_GALLERY), &gallery_shape, &pattern.gallery);
        for (long d = 0; d < strtol(argv[3], NULL, 10); d++) {
            free(ref.definition);
            ref.definition = text_printf("d%ld", d);
            add_definition(&pattern, &ref, strtol(argv[4], NULL, 10));
        }
        free(directory);
    }
    shape_done(&reference_shape, &ref);
    shape_done(&gallery_shape, &pattern.gallery);
    shape_done(&definition_shape, &pattern.definition);
    shape_done(&version_shape, &pattern.version);
    shape_done(&region_status_shape, &pattern.status);
    free(pattern.home);
    return 0;
}
