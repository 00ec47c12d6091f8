/* image_version.h: what the files of 'sig image-version' share. */
#ifndef CMD_IMAGE_VERSION_H
#define CMD_IMAGE_VERSION_H

#include "cmd/command.h"

/* The requests and run functions of create and update: image_version_create.c. */
extern const struct shape version_create_shape, version_update_shape;
int version_run_create(struct run *run, const void *request, void *result, struct err *err);
int version_run_update(struct run *run, const void *request, void *result, struct err *err);
int version_plan_create(struct run *run, const void *request, void *result, struct err *err);
int version_plan_update(struct run *run, const void *request, void *result, struct err *err);

/* Those of latest: image_version_latest.c. */
extern const struct shape version_latest_shape;
int version_run_latest(struct run *run, const void *request, void *result, struct err *err);

/* Those of diff, and its table: image_version_diff.c. */
extern const struct shape version_diff_shape;
int version_run_diff(struct run *run, const void *request, void *result, struct err *err);
void version_diff_add_table(struct buf *out, const struct look *look, const void *result);

/* Those of list-soft-deleted, undelete and purge: image_version_trash.c. */
extern const struct shape version_list_trash_shape, version_undelete_shape, version_purge_shape;
int version_run_list_trash(struct run *run, const void *request, void *result, struct err *err);
int version_run_undelete(struct run *run, const void *request, void *result, struct err *err);
int version_run_purge(struct run *run, const void *request, void *result, struct err *err);

#endif
