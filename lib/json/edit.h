/* edit.h: changes to any property of a value by its path, as `--set tags.team=os` has them.
 *
 *   PATH   keys as JSON shows them, in any case, with dots between: publishingProfile.replicaCount
 *          list[0]          the element of that number
 *          list[name=x]     the one element whose member is that
 *          tags.'a.b'       a key that has a dot, a bracket or '=' in it; also tags['a.b']
 *   VALUE  a JSON object, array, string or null (which takes the property away); anything else is
 *          the text of it, read as the property wants it: a number, true, a region in any spelling
 */
#ifndef JSON_EDIT_H
#define JSON_EDIT_H

#include "json/shape.h"

enum edit_verb { VERB_SET = 1, VERB_ADD, VERB_REMOVE };

/* One flag, with its words as the command line has them. */
struct edit {
    unsigned verb; /* enum edit_verb */
    /* set: PATH=VALUE, one or more. add: PATH of a list, then what to append: KEY=VALUE words one
     * behind the other are one object; a JSON object or another word begins a new element, a JSON
     * array is its elements. remove: PATH, and for an element of a list maybe its number. */
    struct texts words;
};

struct edit_list {
    struct edit *items;
    size_t count;
};

/* Applied in their order. */
struct edits {
    struct edit_list list;
    struct opt_bool force_string; /* a VALUE is text as it is, also when it is JSON */
};

/* --set, --add, --remove, --force-string. */
extern const struct shape edits_shape;

/* Change `value` as the edits say, all of them or on an error none. Parents that are missing are
 * made; what is removed may be absent. Types and limits as shape_read, with the path; ROW_VIEW
 * members, which have to be absent, stay so. Not ROW_NEEDED and the cross rules: shape_check.
 * E_USAGE for words that are no edit; E_INVALID for a path that leads nowhere or to several
 * elements; E_CONFLICT, naming the property, when one that is fixed or made by the tool would
 * become another. */
int edits_apply(const struct edits *edits, const struct shape *shape, void *value, struct err *err);

#endif
