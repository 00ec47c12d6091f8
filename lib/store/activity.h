/* activity.h: the activity log, activity/<yyyy>-<mm>.jsonl, and what keeps an entry from getting
 * lost.
 *
 * Before a manifest is changed or removed the entry is written, durably, as an *intent*,
 * activity/open/<eventDataId>.json, which whoever makes the change holds locked; the manifest gets
 * the correlation id. Once the change is made a blank is written behind the intent's text; when the
 * command ends the entry is appended to the log, flushed, and the intent removed. An
 * intent that nobody holds is of a process that was killed in between: whoever changes something
 * next finds out by the manifest what became of it, and appends its entry. So every change that is
 * reported done has exactly one entry, in the log or open.
 *
 * An entry is one line, written by one call under a lock on the file: "checksum", XXH3-64 in 16
 * hexadecimal digits of all that follows it up to the newline, comes first. A last line without
 * an end was being written by a process that was killed; the next one takes it away. Each month,
 * of the time at which an entry is written, has its file.
 */
#ifndef STORE_ACTIVITY_H
#define STORE_ACTIVITY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "json/shape.h"
#include "json/value.h"
#include "model/activity.h"
#include "store/store.h"

/* What is being done with a store. */
struct activity {
    struct activity *outer; /* in whose course it is done; NULL: none */
    struct activity_entry entry;
    uint64_t began;         /* ticks */
    _Atomic uint64_t bytes; /* so far */
    char *intent;           /* "activity/open/<id>.json"; NULL: none yet */
    int lock;               /* on it */
    char *path;             /* that it is about */
    uint64_t intent_size;   /* bytes of its text */
    bool changed;           /* a change was made */
    bool accepted;          /* another process does it */
};

/* Begin one: what is changed from here on is its doing. `operation` is an action by its name;
 * `correlation` NULL: that of the outer one, else a new one. Nothing is written yet. */
void activity_begin(struct store *store, const char *operation, const char *resource,
                    const char *correlation);

/* End it with `status` (0: nothing happened, there is no entry) and `why` (NULL: no error): append
 * its entry. E_* when the change is made and that fails: the intent stays, and is as good. */
int activity_end(struct store *store, enum activity_status status, const struct err *why,
                 struct err *err);

/* The rest does nothing in a store in which nothing is being done. */

/* The correlation id, borrowed; NULL: nothing is being done. */
const char *activity_correlation(const struct store *store);
/* Say that something was changed which is no manifest, or that another process is to do it. */
void activity_note(const struct store *store);
void activity_note_accepted(const struct store *store);
/* Whether anything was changed. */
bool activity_has_changed(const struct store *store);
/* From any thread. */
void activity_add_bytes(const struct store *store, uint64_t bytes);
/* What it is done to, when that is known better now. */
void activity_name(const struct store *store, const char *resource);

/* Immediately before a change of the manifest `path`, the lock held under which it is made: settle
 * what others have left, and write the intent. Of several changes the first one that is intended
 * says what became of all. */
int activity_intend(const struct store *store, const char *path, bool removes, struct err *err);
/* What the manifest is to be written over, with the correlation id: `stored` (may be NULL) and all
 * that is in it. To be released with json_free. */
struct json *activity_sign(const struct store *store, const struct json *stored);
/* The change is made. */
void activity_made(const struct store *store);

/* A manifest that is written in one go. */
struct activity_write {
    int dir;
    const char *path; /* below the store */
    const struct shape *shape;
    const void *value;
    const struct json *stored; /* NULL: there was none */
};
/* All of that around manifest_write; what differs goes into the entry. One that says what is stored
 * is written again all the same, and is no change. */
int activity_write(const struct store *store, const struct activity_write *what, struct err *err);

/* Append the entries of processes that were killed. Nothing to do is 0. */
int activity_settle(const struct store *store, struct err *err);

/* --- reading --- */

struct activity_visitor {
    /* Takes what is in the entry. */
    void (*each)(void *user, struct activity_entry *entry);
    /* A line or an intent that is damaged: "activity/2026-11.jsonl", 3; 0: the whole file. */
    void (*damaged)(void *user, const char *path, uint64_t line, const struct err *why);
    void *user;
};
/* Every entry written at or after `since` (INT64_MIN: all), in the order in which they were; then
 * those that are open. Takes no lock. */
int activity_read(const struct store *store, int64_t since, const struct activity_visitor *visitor,
                  struct err *err);

#endif
