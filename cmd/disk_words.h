/* disk_words.h: what can be said of the disks of a publish, read from words. Each is a row's
 * `parse`, or its `check`. */
#ifndef CMD_DISK_WORDS_H
#define CMD_DISK_WORDS_H

#include "json/shape.h"

/* "0=data.raw": struct data_disks. */
int disk_parse_files(const char *const *words, size_t count, void *slot, struct err *err);

/* "disk.vhd", "0=data.vhd": struct disk_members. */
int disk_parse_members(const char *const *words, size_t count, void *slot, struct err *err);

/* "sha256:HEX", "0=sha512:HEX": struct file_digests. */
int disk_parse_expected(const char *const *words, size_t count, void *slot, struct err *err);

/* The checks of what stays as it is typed: a path or "file:" URI (char *), and many (struct texts).
 */
int disk_check_uri(const void *slot, struct err *err);
int disk_check_uris(const void *slot, struct err *err);

/* Numbers of data disks: struct texts. */
int disk_parse_luns(const char *const *words, size_t count, void *slot, struct err *err);

#endif
