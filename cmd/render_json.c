/* Results as JSON. */
#include "cmd/render.h"

#include "json/value.h"

void render_json(struct buf *out, const struct json *json, const struct json_ink *ink)
{
    json_print_inked(out, json, true, ink);
    buf_add_char(out, '\n');
}
