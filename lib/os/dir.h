/* dir.h: directories. Paths below a descriptor never leave it and never pass a symbolic link (see
 * file.h). */
#ifndef OS_DIR_H
#define OS_DIR_H

#include <stdbool.h>

#include "base/err.h"
#include "base/vec.h"

/* Open a directory that the user named (links followed). E_NOT_FOUND when absent. */
int dir_open_user(const char *path, int *ret_fd, struct err *err);

/* Make the directory and its missing parents, flush each parent that changed, and open it. Mode
 * 0770 less umask. */
int dir_make_user(const char *path, int *ret_fd, struct err *err);

/* Open the directory `path` below `dir` ("." is `dir` itself). */
int dir_open(int dir, const char *path, int *ret_fd, struct err *err);

/* Make the directories of `path` below `dir` that are missing; the parent of each one is flushed
 * (also of those that were there: "there" does not mean "durable"), so that on return all are
 * durable. */
int dir_make(int dir, const char *path, struct err *err);

/* The names in the directory, sorted byte-wise, without "." and "..". A directory that cannot be
 * read to its end is an error, never a short list. */
int dir_list(int dir, const char *path, struct texts *ret, struct err *err);

/* Rename within one file system. With `replace` false an existing target is E_CONFLICT and stays
 * (RENAME_NOREPLACE; for files link and unlink where that is missing; for directories rename itself
 * refuses a target that is not empty). Both directories are flushed; when that fails the new name
 * stands all the same: under a lock the caller may rename back. */
int dir_rename(int from_dir, const char *from, int to_dir, const char *to, bool replace,
               struct err *err);

/* Give a file a second name (a hard link), durably; E_CONFLICT when that is taken. Both names are
 * on one file system. */
int dir_link(int from_dir, const char *from, int to_dir, const char *to, struct err *err);

/* Remove `path` below `dir` and everything in it; what is not there is done already. Links are
 * removed, not followed. */
int dir_remove_tree(int dir, const char *path, struct err *err);

/* fsync the directory, so that names made or removed in it are durable. Final as file_flush. */
int dir_flush(int dir, const char *name, struct err *err);

/* The last name of a path that the user named, links and dots resolved: what the directory is
 * called wherever one looks from. What is not there is called as the path says. To be released with
 * free. */
char *dir_own_name(const char *path);

/* Whether both descriptors are the same directory (or file). */
bool dir_is_same(int left, int right);

#endif
