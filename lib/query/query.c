/* What the room does, from outside. */
#include "query/query.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "query/room.h"

/* Bytes of a text that is refused as a whole, for the message. */
enum { SHOWN_MAX = 200 };

int query_parse(const char *text, struct query **ret, struct err *err)
{
    const size_t length = strlen(text);
    struct query *query;
    int rc;

    if (length > QUERY_TEXT_MAX)
        return err_set(err, E_USAGE, "query '%.*s...' has %zu bytes; %d are the most", SHOWN_MAX,
                       text, length, QUERY_TEXT_MAX);
    if (!text_is_utf8(text, length))
        return err_set(err, E_USAGE, "query '%.*s' is not UTF-8", SHOWN_MAX, text);
    query = mem_new(1, sizeof *query);
    query->text = text_copy(text);
    rc = query_lex(query, err);
    if (!rc)
        rc = query_build(query, err);
    if (rc)
        query_free(query);
    else
        *ret = query;
    return rc;
}

void query_free(struct query *query)
{
    if (!query)
        return;
    for (size_t i = 0; i < query->nodes.count; i++) {
        free(query->nodes.items[i]->parts);
        free(query->nodes.items[i]);
    }
    for (size_t i = 0; i < query->tokens.count; i++)
        json_free(query->tokens.items[i].value);
    free(query->nodes.items);
    free(query->tokens.items);
    free(query->text);
    free(query);
}

/* The node that makes the members of what `node` gives; NODE_CURRENT when it hands on what it is
 * given. */
static const struct node *maker(const struct node *node)
{
    const struct node *last;

    switch (node->kind) {
    case NODE_CHAIN:
    case NODE_PROJECT_LIST:
    case NODE_PROJECT_VALUES:
    case NODE_PROJECT_FILTER:
        last = maker(node->right);
        return last->kind == NODE_CURRENT ? maker(node->left) : last;
    case NODE_INDEX:
    case NODE_SLICE:
    case NODE_FLATTEN:
    case NODE_OR:
    case NODE_AND:
    case NODE_REFERENCE:
        return maker(node->left);
    case NODE_CALL:
    case NODE_LIST:
        return node->count > 0 ? maker(node->parts[0]) : node;
    case NODE_CURRENT:
    case NODE_LITERAL:
    case NODE_FIELD:
    case NODE_HASH:
    case NODE_MEMBER:
    case NODE_NOT:
    case NODE_COMPARE:
        break;
    }
    return node;
}

bool query_names_members(const struct query *query)
{
    return maker(query->top)->kind == NODE_HASH;
}

int query_run(const struct query *query, const struct json *input, struct json **ret,
              struct err *err)
{
    struct run run = {.query = query, .err = err};
    const struct json *result;
    int rc;

    run_init(&run);
    rc = query_eval(&run, query->top, input, &result);
    if (!rc)
        rc = run_take(&run, query->top, result, ret);
    run_done(&run);
    return rc;
}

bool query_holds(const struct json *result)
{
    return value_holds(result);
}
