/* edit_room.h: what the files of edits share. */
#ifndef JSON_EDIT_ROOM_H
#define JSON_EDIT_ROOM_H

#include "json/edit.h"
#include "json/room.h"

enum step_kind { STEP_KEY, STEP_INDEX, STEP_MATCH };

struct step {
    enum step_kind kind;
    char *key;   /* NULL only in an unread step */
    char *value; /* STEP_MATCH: what the element has there */
    size_t index;
};

struct path {
    struct step *items;
    size_t count; /* 1 to JSON_DEPTH_MAX, the first a key */
};

/* Read a path up to its end or to an '=' that is not part of it; *ret_rest is there. E_USAGE.
 * (edit_path.c) */
int path_parse(const char *text, struct path *ret, const char **ret_rest, struct err *err);
void path_done(struct path *path);
/* Append the first `count` steps of it, for a message. */
void path_add(struct buf *out, const struct path *path, size_t count);

/* What a place in the tree of a value is for, whatever it holds just now. */
enum spot_kind {
    SPOT_OBJECT, /* of a shape */
    SPOT_LIST,   /* of objects of a shape */
    SPOT_TEXTS,
    SPOT_TAGS,
    SPOT_NAMES, /* texts by ROW_NAMES: members without a value */
    SPOT_NAME,
    SPOT_SCALAR,
};

/* A place in the tree. The tree is not typed while it is edited: "3" may stand for a number. */
struct spot {
    enum spot_kind kind;
    const struct shape *shape; /* SPOT_OBJECT, SPOT_LIST */
    cJSON *node;               /* NULL when absent */
    const char *key;           /* in the object around, or NULL: an element */
    cJSON *around;             /* the object or list that it is in; NULL for the whole */
};

/* Go from `from` to the end of the path, making the objects and lists on the way when `make`;
 * without it *ret is all-zero when they are absent. E_INVALID, E_CONFLICT. (edit_walk.c) */
int spot_find(const struct spot *from, const struct path *path, bool make, struct spot *ret,
              struct err *err);

/* Put a value (taken) there; null takes away what is there. */
void spot_put(struct spot *spot, cJSON *value);

/* Make an empty list or object there, when there is none. E_INVALID when there is something else,
 * which an edit before has put there. */
int spot_fill(struct spot *spot, struct err *err);

#endif
