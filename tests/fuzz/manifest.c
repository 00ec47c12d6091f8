/* manifest: any JSON as a manifest or as user input of each shape: refused, or written, read back and
 * written the same. The first byte picks the shape and the form. */
#include "json/shape.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/definition.h"
#include "model/gallery.h"
#include "model/repair.h"
#include "model/replication.h"
#include "model/soft_deleted.h"
#include "model/version.h"
#include "model/work.h"
#include "tests/fuzz/fuzz.h"

static void print(struct buf *out, const struct shape *shape, const void *value)
{
    struct json *tree = shape_write(shape, value, SHAPE_MANIFEST);

    json_print(out, tree, false);
    json_free(tree);
}

static void check_again(const struct shape *shape, const void *value)
{
    void *again = mem_new(1, shape->size);
    struct buf first = {0}, second = {0};
    struct json *tree = NULL;
    struct err err = {0};

    print(&first, shape, value);
    insist(json_parse(buf_text(&first), first.length, &tree, &err) == 0);
    insist(shape_read(shape, tree, SHAPE_MANIFEST, again, &err) == 0);
    insist(shape_check(shape, again, &err) == 0);
    insist(shape_equal(shape, value, again));
    print(&second, shape, again);
    insist(strcmp(buf_text(&first), buf_text(&second)) == 0);
    shape_done(shape, again);
    free(again);
    json_free(tree);
    buf_done(&first);
    buf_done(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct shape *const shapes[] = {
        &gallery_shape, &definition_shape,  &version_shape,     &region_status_shape,
        &work_shape,    &repair_note_shape, &soft_deleted_shape};
    enum { SHAPES = sizeof shapes / sizeof *shapes };
    const struct shape *shape;
    enum shape_form form;
    struct json *tree = NULL;
    struct err err = {0};
    void *value;

    if (size == 0)
        return 0;
    shape = shapes[data[0] % SHAPES];
    form = data[0] / SHAPES % 2 ? SHAPE_INPUT : SHAPE_MANIFEST;
    if (json_parse((const char *)data + 1, size - 1, &tree, &err))
        return 0;
    value = mem_new(1, shape->size);
    if (shape_read(shape, tree, form, value, &err) == 0 && shape_check(shape, value, &err) == 0)
        check_again(shape, value);
    shape_done(shape, value);
    free(value);
    json_free(tree);
    return 0;
}
