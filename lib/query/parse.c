/* From tokens to a tree, by binding power: Pratt, "Top down operator precedence", 1973. */
#include "query/room.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"

/* How strongly a token holds what stands before it. What a projection applies to its elements ends
 * at the first one below BIND_PROJECTION. */
enum {
    BIND_NONE,
    BIND_PIPE,
    BIND_OR,
    BIND_AND,
    BIND_COMPARE,
    BIND_NOT,
    BIND_FLATTEN,
    BIND_PROJECTION,
    BIND_STAR,
    BIND_FILTER,
    BIND_DOT,
    BIND_BRACKET,
};

/* Bytes of a token that a message repeats. */
enum { SHOWN_MAX = 40 };

struct parser {
    struct query *query;
    size_t next; /* token */
    unsigned depth;
    struct err *err;
};

static int parse_expression(struct parser *parser, unsigned bind, const struct node **ret);

static const struct token *peek(const struct parser *parser)
{
    return &parser->query->tokens.items[parser->next];
}

/* The last token, TOKEN_END, is never left behind. */
static const struct token *peek_second(const struct parser *parser)
{
    const struct tokens *const tokens = &parser->query->tokens;

    return &tokens->items[parser->next + 1 < tokens->count ? parser->next + 1 : parser->next];
}

static const struct token *take(struct parser *parser)
{
    const struct token *const token = peek(parser);

    parser->next += token->kind != TOKEN_END;
    return token;
}

static bool take_if(struct parser *parser, enum token_kind kind)
{
    if (peek(parser)->kind != kind)
        return false;
    take(parser);
    return true;
}

/* What one types who thinks of another language. */
static void hint_at(const struct parser *parser, const struct token *token)
{
    const char *const name = token->kind == TOKEN_NAME ? json_string(token->value) : "";

    if (text_same_word(name, "and") || text_same_word(name, "or"))
        err_hint(parser->err, "'and' is written '&&', 'or' is '||', 'not' is '!'");
    else if (token->kind == TOKEN_REFERENCE)
        err_hint(parser->err, "'and' is written '&&'");
}

static int missing(const struct parser *parser, const struct token *token, const char *what)
{
    const struct spot spot = {parser->query->text, token->offset, E_USAGE, parser->err};

    if (token->kind == TOKEN_END)
        return query_fault(&spot, "%s is missing", what);
    query_fault(&spot, "%s is missing before '%.*s'", what,
                (int)(token->length > SHOWN_MAX ? SHOWN_MAX : token->length),
                parser->query->text + token->offset);
    hint_at(parser, token);
    return E_USAGE;
}

static int expected(const struct parser *parser, const char *what)
{
    return missing(parser, peek(parser), what);
}

static int need(struct parser *parser, enum token_kind kind, const char *what)
{
    return take_if(parser, kind) ? 0 : expected(parser, what);
}

static struct node *new_node(struct parser *parser, enum node_kind kind, size_t offset)
{
    struct node *const node = mem_new(1, sizeof *node);

    *VEC_ADD(&parser->query->nodes) = node;
    node->kind = kind;
    node->offset = offset;
    return node;
}

static int refuse_depth(const struct parser *parser, size_t offset)
{
    const struct spot spot = {parser->query->text, offset, E_USAGE, parser->err};

    return query_fault(&spot, "more than %d expressions are inside each other", QUERY_DEPTH_MAX);
}

static void cover(struct node *node, const struct node *inner)
{
    if (inner && inner->depth > node->depth)
        node->depth = inner->depth;
}

/* A node whose parts are there. */
static int seal(const struct parser *parser, struct node *node, const struct node **ret)
{
    cover(node, node->left);
    cover(node, node->right);
    cover(node, node->condition);
    for (size_t i = 0; i < node->count; i++)
        cover(node, node->parts[i]);
    if (++node->depth > QUERY_DEPTH_MAX)
        return refuse_depth(parser, node->offset);
    *ret = node;
    return 0;
}

static const struct node *current(struct parser *parser)
{
    struct node *const node = new_node(parser, NODE_CURRENT, peek(parser)->offset);

    node->depth = 1;
    return node;
}

static void add_part(struct node *node, const struct node *part)
{
    node->parts = vec_grow(node->parts, node->count, sizeof *node->parts);
    node->parts[node->count++] = part;
}

/* [a, b], behind the bracket. */
static int parse_list(struct parser *parser, const struct token *first, const struct node **ret)
{
    struct node *const list = new_node(parser, NODE_LIST, first->offset);

    do {
        const struct node *part;
        const int rc = parse_expression(parser, BIND_NONE, &part);

        if (rc)
            return rc;
        add_part(list, part);
    } while (take_if(parser, TOKEN_COMMA));
    if (!take_if(parser, TOKEN_CLOSE_BRACKET))
        return expected(parser, "',' or ']'");
    return seal(parser, list, ret);
}

static int parse_member(struct parser *parser, const struct node **ret)
{
    const struct token *const name = peek(parser);
    struct node *const member = new_node(parser, NODE_MEMBER, name->offset);
    int rc;

    if (name->kind != TOKEN_NAME && name->kind != TOKEN_QUOTED)
        return expected(parser, "the name of a member");
    take(parser);
    member->name = json_string(name->value);
    rc = need(parser, TOKEN_COLON, "':' behind the name of a member");
    if (!rc)
        rc = parse_expression(parser, BIND_NONE, &member->left);
    return rc ? rc : seal(parser, member, ret);
}

/* {a: b, c: d}, behind the brace. */
static int parse_hash(struct parser *parser, const struct token *first, const struct node **ret)
{
    struct node *const hash = new_node(parser, NODE_HASH, first->offset);

    do {
        const struct node *member;
        const int rc = parse_member(parser, &member);

        if (rc)
            return rc;
        add_part(hash, member);
    } while (take_if(parser, TOKEN_COMMA));
    if (!take_if(parser, TOKEN_CLOSE_BRACE))
        return expected(parser, "',' or '}'");
    return seal(parser, hash, ret);
}

/* What may stand behind a dot. */
static int parse_behind_dot(struct parser *parser, unsigned bind, const struct node **ret)
{
    const struct token *const token = peek(parser);

    if (token->kind == TOKEN_NAME || token->kind == TOKEN_QUOTED || token->kind == TOKEN_STAR)
        return parse_expression(parser, bind, ret);
    if (take_if(parser, TOKEN_OPEN_BRACKET))
        return parse_list(parser, token, ret);
    if (take_if(parser, TOKEN_OPEN_BRACE))
        return parse_hash(parser, token, ret);
    return expected(parser, "a name, '*', '[' or '{' behind '.'");
}

static unsigned binding(enum token_kind kind)
{
    static const unsigned char binds[] = {
        [TOKEN_PIPE] = BIND_PIPE,
        [TOKEN_OR] = BIND_OR,
        [TOKEN_AND] = BIND_AND,
        [TOKEN_EQUAL] = BIND_COMPARE,
        [TOKEN_UNEQUAL] = BIND_COMPARE,
        [TOKEN_BELOW] = BIND_COMPARE,
        [TOKEN_AT_MOST] = BIND_COMPARE,
        [TOKEN_ABOVE] = BIND_COMPARE,
        [TOKEN_AT_LEAST] = BIND_COMPARE,
        [TOKEN_FLATTEN] = BIND_FLATTEN,
        [TOKEN_FILTER] = BIND_FILTER,
        [TOKEN_DOT] = BIND_DOT,
        [TOKEN_OPEN_BRACKET] = BIND_BRACKET,
    };

    return kind < sizeof binds / sizeof *binds ? binds[kind] : (unsigned)BIND_NONE;
}

/* What is done to each element. */
static int parse_projected(struct parser *parser, unsigned bind, const struct node **ret)
{
    if (binding(peek(parser)->kind) < BIND_PROJECTION) {
        *ret = current(parser);
        return 0;
    }
    if (take_if(parser, TOKEN_DOT))
        return parse_behind_dot(parser, bind, ret);
    return parse_expression(parser, bind, ret);
}

static int parse_projection(struct parser *parser, struct node *node, unsigned bind,
                            const struct node **ret)
{
    const int rc = parse_projected(parser, bind, &node->right);

    return rc ? rc : seal(parser, node, ret);
}

/* [?condition], behind '[?'. */
static int parse_filter(struct parser *parser, const struct node *left, size_t offset,
                        const struct node **ret)
{
    struct node *const filter = new_node(parser, NODE_PROJECT_FILTER, offset);
    int rc;

    filter->left = left;
    rc = parse_expression(parser, BIND_NONE, &filter->condition);
    if (!rc)
        rc = need(parser, TOKEN_CLOSE_BRACKET, "']' of the filter");
    return rc ? rc : parse_projection(parser, filter, BIND_FILTER, ret);
}

static int parse_flatten(struct parser *parser, const struct node *left, size_t offset,
                         const struct node **ret)
{
    struct node *const flatten = new_node(parser, NODE_FLATTEN, offset);
    struct node *const projection = new_node(parser, NODE_PROJECT_LIST, offset);
    int rc;

    flatten->left = left;
    rc = seal(parser, flatten, &projection->left);
    return rc ? rc : parse_projection(parser, projection, BIND_FLATTEN, ret);
}

/* Up to two colons, with or without a number before and behind each. */
static int parse_slice(struct parser *parser, struct slice *slice)
{
    const struct token *token = peek(parser);
    size_t colons = 0;

    *slice = (struct slice){.step = 1};
    for (; token->kind == TOKEN_NUMBER || (token->kind == TOKEN_COLON && colons < 2);
         token = peek(parser)) {
        take(parser);
        if (token->kind == TOKEN_COLON) {
            colons++;
            continue;
        }
        if (peek(parser)->kind == TOKEN_NUMBER)
            return expected(parser, "':' or ']'");
        if (colons == 2 && token->number == 0) {
            const struct spot spot = {parser->query->text, token->offset, E_USAGE, parser->err};

            return query_fault(&spot, "the step of a slice is 0");
        }
        if (colons == 0) {
            slice->has_start = true;
            slice->start = token->number;
        } else if (colons == 1) {
            slice->has_stop = true;
            slice->stop = token->number;
        } else {
            slice->step = token->number;
        }
    }
    return need(parser, TOKEN_CLOSE_BRACKET, colons < 2 ? "a number, ':' or ']'" : "']'");
}

/* [0], [1:2] and [*], behind the bracket. */
static int parse_bracket(struct parser *parser, const struct node *left, size_t offset,
                         const struct node **ret)
{
    struct node *const projection = new_node(parser, NODE_PROJECT_LIST, offset);
    struct node *const node = new_node(parser, NODE_SLICE, offset);
    int rc;

    node->left = left;
    if (peek(parser)->kind == TOKEN_NUMBER && peek_second(parser)->kind == TOKEN_CLOSE_BRACKET) {
        node->kind = NODE_INDEX;
        node->index = take(parser)->number;
        take(parser);
        return seal(parser, node, ret);
    }
    if (take_if(parser, TOKEN_STAR)) {
        projection->left = left;
        rc = need(parser, TOKEN_CLOSE_BRACKET, "']'");
    } else {
        rc = parse_slice(parser, &node->slice);
        if (!rc)
            rc = seal(parser, node, &projection->left);
    }
    return rc ? rc : parse_projection(parser, projection, BIND_STAR, ret);
}

/* What begins an expression with '[': of the current value, or a list. */
static int parse_leading_bracket(struct parser *parser, const struct token *first,
                                 const struct node **ret)
{
    const enum token_kind kind = peek(parser)->kind;

    if (kind == TOKEN_NUMBER || kind == TOKEN_COLON ||
        (kind == TOKEN_STAR && peek_second(parser)->kind == TOKEN_CLOSE_BRACKET))
        return parse_bracket(parser, current(parser), first->offset, ret);
    return parse_list(parser, first, ret);
}

static int parse_star(struct parser *parser, const struct node *left, size_t offset,
                      const struct node **ret)
{
    struct node *const projection = new_node(parser, NODE_PROJECT_VALUES, offset);

    projection->left = left;
    return parse_projection(parser, projection, BIND_STAR, ret);
}

/* An argument of a function, which alone may be an expression to be evaluated later. */
static int parse_argument(struct parser *parser, const struct node **ret)
{
    const size_t offset = peek(parser)->offset;
    struct node *node;
    int rc;

    if (!take_if(parser, TOKEN_REFERENCE))
        return parse_expression(parser, BIND_NONE, ret);
    node = new_node(parser, NODE_REFERENCE, offset);
    rc = parse_expression(parser, BIND_NONE, &node->left);
    return rc ? rc : seal(parser, node, ret);
}

/* The arguments of a function, behind '('. */
static int parse_call(struct parser *parser, const struct token *name, const struct node **ret)
{
    struct node *const call = new_node(parser, NODE_CALL, name->offset);
    int rc;

    while (peek(parser)->kind != TOKEN_CLOSE || call->count > 0) {
        const struct node *argument;

        rc = parse_argument(parser, &argument);
        if (rc)
            return rc;
        add_part(call, argument);
        if (!take_if(parser, TOKEN_COMMA))
            break;
    }
    if (!take_if(parser, TOKEN_CLOSE))
        return expected(parser, "',' or ')'");
    rc = function_bind(parser->query->text, json_string(name->value), call, parser->err);
    return rc ? rc : seal(parser, call, ret);
}

static int parse_name(struct parser *parser, const struct token *name, const struct node **ret)
{
    struct node *field;

    if (peek(parser)->kind == TOKEN_OPEN && name->kind == TOKEN_QUOTED) {
        const struct spot spot = {parser->query->text, name->offset, E_USAGE, parser->err};

        return query_fault(&spot, "the name of a function stands in quotes");
    }
    if (take_if(parser, TOKEN_OPEN))
        return parse_call(parser, name, ret);
    field = new_node(parser, NODE_FIELD, name->offset);
    field->name = json_string(name->value);
    field->quoted = name->kind == TOKEN_QUOTED;
    return seal(parser, field, ret);
}

static int parse_literal(struct parser *parser, const struct token *token, const struct node **ret)
{
    struct node *const literal = new_node(parser, NODE_LITERAL, token->offset);

    literal->value = token->value;
    return seal(parser, literal, ret);
}

static int parse_not(struct parser *parser, const struct token *first, const struct node **ret)
{
    struct node *const node = new_node(parser, NODE_NOT, first->offset);
    const int rc = parse_expression(parser, BIND_NOT, &node->left);

    return rc ? rc : seal(parser, node, ret);
}

static int parse_current(struct parser *parser, const struct token *sign, const struct node **ret)
{
    return seal(parser, new_node(parser, NODE_CURRENT, sign->offset), ret);
}

static int parse_group(struct parser *parser, const struct token *first, const struct node **ret)
{
    const int rc = parse_expression(parser, BIND_NONE, ret);

    (void)first;
    return rc ? rc : need(parser, TOKEN_CLOSE, "')'");
}

static int parse_leading_star(struct parser *parser, const struct token *first,
                              const struct node **ret)
{
    return parse_star(parser, current(parser), first->offset, ret);
}

static int parse_leading_filter(struct parser *parser, const struct token *first,
                                const struct node **ret)
{
    return parse_filter(parser, current(parser), first->offset, ret);
}

static int parse_leading_flatten(struct parser *parser, const struct token *first,
                                 const struct node **ret)
{
    return parse_flatten(parser, current(parser), first->offset, ret);
}

/* What begins none. */
static int refuse_first(struct parser *parser, const struct token *token)
{
    missing(parser, token, "an expression");
    if (token->kind == TOKEN_NUMBER)
        err_hint(parser->err, "a number stands in backticks, a string in single quotes");
    else if (token->kind == TOKEN_REFERENCE)
        err_hint(parser->err, "'&' stands only before an argument of a function");
    return E_USAGE;
}

/* What an expression begins with. */
static int parse_first(struct parser *parser, const struct node **ret)
{
    static int (*const firsts[])(struct parser *, const struct token *, const struct node **) = {
        [TOKEN_NAME] = parse_name,
        [TOKEN_QUOTED] = parse_name,
        [TOKEN_LITERAL] = parse_literal,
        [TOKEN_CURRENT] = parse_current,
        [TOKEN_STAR] = parse_leading_star,
        [TOKEN_FILTER] = parse_leading_filter,
        [TOKEN_FLATTEN] = parse_leading_flatten,
        [TOKEN_OPEN_BRACKET] = parse_leading_bracket,
        [TOKEN_OPEN_BRACE] = parse_hash,
        [TOKEN_NOT] = parse_not,
        [TOKEN_OPEN] = parse_group,
    };
    const struct token *const token = take(parser);

    if (token->kind >= sizeof firsts / sizeof *firsts || !firsts[token->kind])
        return refuse_first(parser, token);
    return firsts[token->kind](parser, token, ret);
}

static int parse_binary(struct parser *parser, const struct token *sign, const struct node *left,
                        const struct node **ret)
{
    static const enum node_kind kinds[] = {
        [TOKEN_PIPE] = NODE_CHAIN,
        [TOKEN_OR] = NODE_OR,
        [TOKEN_AND] = NODE_AND,
    };
    const unsigned bind = binding(sign->kind);
    struct node *const node =
        new_node(parser, bind == BIND_COMPARE ? NODE_COMPARE : kinds[sign->kind], sign->offset);
    int rc;

    node->left = left;
    node->comparator = sign->kind;
    rc = parse_expression(parser, bind, &node->right);
    return rc ? rc : seal(parser, node, ret);
}

static int parse_dot(struct parser *parser, const struct node *left, size_t offset,
                     const struct node **ret)
{
    const size_t behind = peek(parser)->offset;
    struct node *chain;
    int rc;

    if (take_if(parser, TOKEN_STAR))
        return parse_star(parser, left, behind, ret);
    chain = new_node(parser, NODE_CHAIN, offset);
    chain->left = left;
    rc = parse_behind_dot(parser, BIND_DOT, &chain->right);
    return rc ? rc : seal(parser, chain, ret);
}

/* What goes on behind `left`. */
static int parse_next(struct parser *parser, const struct node *left, const struct node **ret)
{
    const struct token *const token = take(parser);

    if (token->kind == TOKEN_DOT)
        return parse_dot(parser, left, token->offset, ret);
    if (token->kind == TOKEN_FLATTEN)
        return parse_flatten(parser, left, token->offset, ret);
    if (token->kind == TOKEN_FILTER)
        return parse_filter(parser, left, token->offset, ret);
    if (token->kind != TOKEN_OPEN_BRACKET)
        return parse_binary(parser, token, left, ret);
    if (peek(parser)->kind != TOKEN_NUMBER && peek(parser)->kind != TOKEN_COLON &&
        peek(parser)->kind != TOKEN_STAR)
        return expected(parser, "a number, ':', '*' or '?' behind '['");
    return parse_bracket(parser, left, token->offset, ret);
}

/* All that holds together more strongly than `bind`. */
static int parse_expression(struct parser *parser, unsigned bind, const struct node **ret)
{
    const struct node *left;
    int rc;

    if (++parser->depth > QUERY_DEPTH_MAX)
        return refuse_depth(parser, peek(parser)->offset);
    rc = parse_first(parser, &left);
    while (!rc && binding(peek(parser)->kind) > bind)
        rc = parse_next(parser, left, &left);
    parser->depth--;
    if (!rc)
        *ret = left;
    return rc;
}

int query_build(struct query *query, struct err *err)
{
    struct parser parser = {.query = query, .err = err};
    int rc = parse_expression(&parser, BIND_NONE, &query->top);

    if (!rc && peek(&parser)->kind != TOKEN_END)
        rc = expected(&parser, "an operator");
    return rc;
}
