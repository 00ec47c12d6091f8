/* Results as JSON. */
#include "cmd/render.h"

#include "json/value.h"

void render_json(struct buf *out, const struct result *result)
{
    struct json *const json = render_tree(result);

    json_print(out, json, true);
    buf_add_char(out, '\n');
    json_free(json);
}
