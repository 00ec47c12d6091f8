/* Results as JSON. */
#include "cmd/render.h"

#include "json/value.h"

void render_json(struct buf *out, const struct result *result)
{
    struct json *json;

    if (result->listed) {
        json = json_new_array();
        for (size_t i = 0; i < result_count(result); i++)
            json_append(json, shape_write(result->shape, result_item(result, i), SHAPE_VIEW));
    } else {
        json = shape_write(result->shape, result->value, SHAPE_VIEW);
    }
    json_print(out, json, true);
    buf_add_char(out, '\n');
    json_free(json);
}
