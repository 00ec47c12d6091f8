/* room.h: what the files of this room share. */
#ifndef QUERY_ROOM_H
#define QUERY_ROOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "json/value.h"
#include "query/query.h"

enum token_kind {
    TOKEN_END,
    TOKEN_NAME,    /* foo */
    TOKEN_QUOTED,  /* "foo" */
    TOKEN_LITERAL, /* 'foo', or JSON between backticks */
    TOKEN_NUMBER,
    TOKEN_DOT,
    TOKEN_STAR,
    TOKEN_OPEN_BRACKET,
    TOKEN_CLOSE_BRACKET,
    TOKEN_FILTER,  /* [? */
    TOKEN_FLATTEN, /* [] */
    TOKEN_OPEN_BRACE,
    TOKEN_CLOSE_BRACE,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_COMMA,
    TOKEN_COLON,
    TOKEN_CURRENT,   /* @ */
    TOKEN_REFERENCE, /* & */
    TOKEN_NOT,
    TOKEN_AND,
    TOKEN_OR,
    TOKEN_PIPE,
    TOKEN_EQUAL,
    TOKEN_UNEQUAL,
    TOKEN_BELOW,
    TOKEN_AT_MOST,
    TOKEN_ABOVE,
    TOKEN_AT_LEAST,
};

struct token {
    enum token_kind kind;
    size_t offset; /* in the text */
    size_t length;
    int64_t number;     /* TOKEN_NUMBER */
    struct json *value; /* a name as a string; a literal */
};

struct tokens {
    struct token *items;
    size_t count;
};

/* What is left out counts from the end that the step comes from. */
struct slice {
    bool has_start, has_stop;
    int64_t start, stop;
    int64_t step; /* not 0 */
};

enum node_kind {
    NODE_CURRENT,
    NODE_LITERAL,
    NODE_FIELD,
    NODE_CHAIN, /* left, and of that right: a.b, a | b */
    NODE_INDEX,
    NODE_SLICE,
    NODE_FLATTEN,
    NODE_PROJECT_LIST,   /* right of each element of left */
    NODE_PROJECT_VALUES, /* of each member */
    NODE_PROJECT_FILTER, /* of each element for which the condition holds */
    NODE_LIST,
    NODE_HASH,
    NODE_MEMBER, /* one of a hash: `name` and left */
    NODE_NOT,
    NODE_AND,
    NODE_OR,
    NODE_COMPARE,
    NODE_CALL,
    NODE_REFERENCE, /* &left */
};

struct node {
    enum node_kind kind;
    size_t offset;  /* in the text, for messages */
    unsigned depth; /* 1 more than the deepest below it */
    const struct node *left, *right, *condition;
    const struct node **parts; /* of a list, a hash, a call */
    size_t count;
    const char *name;         /* of a field or member: borrowed from its token */
    bool quoted;              /* it stood in double quotes */
    const struct json *value; /* of a literal: borrowed too */
    int64_t index;
    struct slice slice;
    enum token_kind comparator;
    const struct function *function;
};

struct nodes {
    struct node **items;
    size_t count;
};

struct elements {
    const struct json **items;
    size_t count;
};

struct query {
    char *text;
    struct tokens tokens; /* the last is TOKEN_END */
    struct nodes nodes;   /* all there are, in no order */
    const struct node *top;
};

/* Where in an expression something is wrong. */
struct spot {
    const char *text;
    size_t offset;
    int code;
    struct err *err;
};

/* "query 'TEXT', column N: FORMAT"; of a long text what is around the place. Returns spot->code.
 * (fault.c) */
int query_fault(const struct spot *spot, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Cut the text of a query into tokens. E_USAGE. (lex.c) */
int query_lex(struct query *query, struct err *err);

/* Build the tree from the tokens. E_USAGE. (parse.c) */
int query_build(struct query *query, struct err *err);

/* A value that a run has made. */
struct made {
    struct json *json;
    size_t bytes; /* about what it takes */
};

/* A run. What it makes is kept in the order of making, and released from the last back to a mark;
 * other values are borrowed from the input, from the expression, or are parts of what was made. */
struct run {
    const struct query *query;
    struct made *items;
    size_t count;
    size_t bytes; /* of all that is kept */
    uint64_t work;
    struct json *null, *yes, *no;   /* made once */
    const struct node *known;       /* evaluated already; NULL: none */
    const struct json *known_value; /* what it gave */
    struct err *err;
};

/* Set an error at a node. Returns E_INVALID. (run.c) */
int run_fault(const struct run *run, const struct node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Count steps, and make sure that so many bytes more may be made: E_INVALID when it is too much.
 * (run.c) */
int run_charge(struct run *run, const struct node *node, uint64_t work);
int run_room(const struct run *run, const struct node *node, size_t bytes);

/* The same for what going through a value once takes, which may be a long text. (run.c) */
int run_charge_value(struct run *run, const struct node *node, const struct json *json);
/* Make sure that the value may be printed. (run.c) */
int run_room_printed(struct run *run, const struct node *node, const struct json *json);

/* Keep a scalar or string that was made (taken), and give it. (run.c) */
int run_keep(struct run *run, const struct node *node, struct json *made, const struct json **ret);
int run_keep_text(struct run *run, const struct node *node, const struct buf *text,
                  const struct json **ret);

/* Keep a new array or object (taken), which run_append and run_set fill with copies: its place in
 * run->items. (run.c) */
size_t run_begin(struct run *run, struct json *empty);
int run_append(struct run *run, const struct node *node, size_t place, const struct json *item);
int run_set(struct run *run, const struct node *node, size_t place, const struct json *item,
            const char *key);

/* Release what was made behind the first `mark` values. (run.c) */
void run_release(struct run *run, size_t mark);
/* Take a value out of what was made, or a copy of one that is borrowed. (run.c) */
int run_take(struct run *run, const struct node *node, const struct json *value, struct json **ret);

/* How many there are in an array or object, and its elements, to be released with
 * free(ret->items): lists are walked, so it is counted as work. (run.c) */
int run_count(struct run *run, const struct node *node, const struct json *json, size_t *ret);
int run_elements(struct run *run, const struct node *node, const struct json *array,
                 struct elements *ret);

/* The member that the node names; null when there is none. Counted likewise. (run.c) */
int run_member(struct run *run, const struct node *node, const struct json *object,
               const struct json **ret);

/* Whether it counts as true: not null, false, "", [] or {}. (value.c) */
bool value_holds(const struct json *json);
/* Deep equality, members in any order. (value.c) */
int value_equal(struct run *run, const struct node *node, const struct json *left,
                const struct json *right, bool *ret);
/* Whether both are numbers, or both strings; and their order, strings by code point. (value.c) */
bool value_comparable(const struct json *left, const struct json *right);
int value_compare(const struct json *left, const struct json *right);
/* Characters (code points) of a string. (value.c) */
size_t value_length(const char *text);

/* Begin a run that is all-zero but for its query and err; release what it holds. (run.c) */
void run_init(struct run *run);
void run_done(struct run *run);

/* The value of a node. (eval.c) */
int query_eval(struct run *run, const struct node *node, const struct json *in,
               const struct json **ret);

/* Whether the condition of a projection, if it has one, holds for an element. (eval.c) */
int condition_eval(struct run *run, const struct node *node, const struct json *item, bool *ret);

/* The elements that a slice picks; null when `in` is no array. (slice.c) */
int slice_eval(struct run *run, const struct node *node, const struct json *in,
               const struct json **ret);

/* What an argument can be. */
enum {
    TYPE_NULL = 1 << 0,
    TYPE_BOOLEAN = 1 << 1,
    TYPE_NUMBER = 1 << 2,
    TYPE_STRING = 1 << 3,
    TYPE_ARRAY = 1 << 4,
    TYPE_OBJECT = 1 << 5,
    TYPE_ANY = (1 << 6) - 1,
    TYPE_NUMBERS = 1 << 6,    /* an array of nothing else */
    TYPE_STRINGS = 1 << 7,    /* likewise */
    TYPE_EXPRESSION = 1 << 8, /* not evaluated: &name */
};

/* A call whose arguments are of the types that the function takes. */
struct call {
    struct run *run;
    const struct node *node;
    const struct json **args; /* NULL for an expression */
    size_t count;
};

enum { FUNCTION_TYPED_MAX = 2, FUNCTION_ANY_COUNT = UINT8_MAX };

struct function {
    const char *name;
    uint8_t least, most;                /* arguments */
    uint16_t types[FUNCTION_TYPED_MAX]; /* the first, and all others */
    int (*run)(const struct call *call, const struct json **ret);
};

/* Find the function of a call, and check how many arguments it has and which are expressions.
 * E_USAGE. (function.c) */
int function_bind(const char *text, const char *name, struct node *call, struct err *err);

/* Evaluate the arguments of a call, check their types, and run it. (function.c) */
int function_eval(struct run *run, const struct node *node, const struct json *in,
                  const struct json **ret);

/* "a number", "null": for messages. (value.c) */
const char *value_phrase(const struct json *json);

/* The functions, under their names in expressions. (function_number.c, function_text.c,
 * function_list.c, function_object.c) */
int call_abs(const struct call *call, const struct json **ret);
int call_avg(const struct call *call, const struct json **ret);
int call_ceil(const struct call *call, const struct json **ret);
int call_contains(const struct call *call, const struct json **ret);
int call_ends_with(const struct call *call, const struct json **ret);
int call_floor(const struct call *call, const struct json **ret);
int call_join(const struct call *call, const struct json **ret);
int call_keys(const struct call *call, const struct json **ret);
int call_length(const struct call *call, const struct json **ret);
int call_map(const struct call *call, const struct json **ret);
int call_max(const struct call *call, const struct json **ret);
int call_max_by(const struct call *call, const struct json **ret);
int call_merge(const struct call *call, const struct json **ret);
int call_min(const struct call *call, const struct json **ret);
int call_min_by(const struct call *call, const struct json **ret);
int call_not_null(const struct call *call, const struct json **ret);
int call_reverse(const struct call *call, const struct json **ret);
int call_sort(const struct call *call, const struct json **ret);
int call_sort_by(const struct call *call, const struct json **ret);
int call_starts_with(const struct call *call, const struct json **ret);
int call_sum(const struct call *call, const struct json **ret);
int call_to_array(const struct call *call, const struct json **ret);
int call_to_number(const struct call *call, const struct json **ret);
int call_to_string(const struct call *call, const struct json **ret);
int call_type(const struct call *call, const struct json **ret);
int call_values(const struct call *call, const struct json **ret);

/* reverse() of a string. (function_text.c) */
int reverse_text(const struct call *call, const struct json **ret);

#endif
