/* activity_room.h: what the files behind activity.h share. */
#ifndef STORE_ACTIVITY_ROOM_H
#define STORE_ACTIVITY_ROOM_H

#include "store/activity.h"

/* One line of the log, with its newline, appended. */
void activity_print(struct buf *out, const struct activity_entry *entry);

/* Read one, without its newline. E_CORRUPT or E_INVALID for anything else. `ret` all-zero. */
int activity_parse(const char *line, size_t length, struct activity_entry *ret, struct err *err);

/* Make the directories, for everybody who may write in the store. */
int activity_make_room(const struct store *store, struct err *err);

/* Append the entry, durably; says in it when. E_BUSY when somebody has stopped while writing. */
int activity_append(const struct store *store, struct activity_entry *entry, struct err *err);

/* Make durable what was written at or after `since`: who wrote it may have been killed before that.
 */
int activity_flush(const struct store *store, int64_t since, struct err *err);

/* activity_read, of what is not open. */
int activity_read_files(const struct store *store, int64_t since,
                        const struct activity_visitor *visitor, struct err *err);

/* Whether what the intent of `activity` says has happened, marked or not. */
int activity_outcome(const struct store *store, const struct activity *activity, bool *ret,
                     struct err *err);

/* The intents: those that nobody holds with what became of them, the others as started. Some may be
 * in the log by now. */
int activity_read_open(const struct store *store, const struct activity_visitor *visitor,
                       struct err *err);

#endif
