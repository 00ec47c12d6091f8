/* query.h: JMESPath: expressions that pick and reshape JSON.
 *
 * The whole grammar and all functions of https://jmespath.org/specification.html. Where that leaves
 * something open, or where scripts written for the Azure CLI rely on more, this is what holds:
 *
 * - Strings are ordered by < <= > >= too, by code point; numbers and strings never with each other.
 * - What stands between backticks and is no JSON, a lone word say, is that string.
 * - '!' takes all steps behind it: !a.b is !(a.b).
 * - Behind a multi-select inside a projection, a further step applies to what was projected, as in
 *   the other implementations: [].{n: name}[0] is the first of the objects.
 * - Only arrays are sliced; a slice of anything else is null.
 * - Members of an object come in their order; a multi-select hash has the order of the expression.
 * - Sorting is stable. length, reverse and sort count characters (code points), not bytes.
 * - Numbers are those of json/value.h; to_number gives null for what that would refuse.
 */
#ifndef QUERY_QUERY_H
#define QUERY_QUERY_H

#include <stdbool.h>

#include "base/err.h"
#include "json/value.h"

/* Expressions may come from anybody: each limit is far beyond what one writes, and ends in an
 * ordinary error. */
enum {
    QUERY_TEXT_MAX = 64 * 1024,           /* bytes of an expression */
    QUERY_DEPTH_MAX = 500,                /* expressions inside each other: they are walked by
                                                recursion; of a chain, each step is one */
    QUERY_MEMORY_MAX = 256 * 1024 * 1024, /* bytes of what a run makes, about */
    QUERY_WORK_MAX = 10 * 1000 * 1000,    /* steps of a run and values it copies: a second or two */
};

/* An expression that was read; it does not change, so many threads may run one. */
struct query;

/* Read an expression. E_USAGE: the message quotes the expression and gives the column (in
 * characters, from 1) of what is wrong. Names and arguments of functions are looked at here, so
 * that what can never run is refused before anything else is done. */
int query_parse(const char *text, struct query **ret, struct err *err);
/* NULL is fine. */
void query_free(struct query *query);

/* Evaluate it over a value. *ret is a new value, JSON null when there is nothing; what is deeper
 * than JSON_DEPTH_MAX is refused. E_INVALID, with the place as above: a function was given a value
 * of a type that it does not take, or a limit was reached. */
int query_run(const struct query *query, const struct json *input, struct json **ret,
              struct err *err);

/* The same over an array of what `next` gives, each to be released here, until it gives NULL. What
 * the query takes out of each element by itself ("[?a].b", whatever is done with the list of that
 * afterwards) is taken out of one after the other, so the array is never in memory. */
int query_run_list(const struct query *query, struct json *(*next)(void *user), void *user,
                   struct json **ret, struct err *err);

/* What a result counts as where yes or no is wanted, as in a filter: null, false, and empty
 * strings, arrays and objects are no, all else is yes. */
bool query_holds(const struct json *result);

/* Whether the members of what it gives were named in the expression, by a multi-select hash, and
 * are not those of the input. */
bool query_names_members(const struct query *query);

#endif
