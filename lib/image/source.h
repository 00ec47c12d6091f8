/* source.h: a disk image being read: its guest-visible bytes, whatever its format.
 *
 * intake/open.h opens what a user named; a format is one table of functions (kind.h). An open
 * source does not change, so that several threads may read one at once, each through a cursor of
 * its own, which holds what a reader keeps between two reads: pages of tables, a decompressor, the
 * last cluster. A source that can only be read from front to back (a raw disk in an archive, a
 * pipe) is a stream: it has no cursors, one thread pulls its bytes, and its size is known when they
 * have all come.
 */
#ifndef IMAGE_SOURCE_H
#define IMAGE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum source_format {
    SOURCE_ANY = 0, /* told by content */
    SOURCE_RAW,
    SOURCE_VHD, /* fixed or dynamic */
    SOURCE_VHDX,
    SOURCE_QCOW2,
    SOURCE_VMDK,
};

struct source;

/* NULL is left alone. No cursor may be open. */
void source_close(struct source *source);

/* Whether two are open on one file or pipe, whatever their names. */
bool source_is_same_file(const struct source *left, const struct source *right);

/* Guest-visible bytes, at least 1; of a stream 0 until its end has come. */
uint64_t source_size(const struct source *source);

/* What to call it in messages: "disk.raw", "disk.raw' in 'x.tar" (they put it in quotes). Borrowed.
 */
const char *source_name(const struct source *source);

/* "qcow2", and what kind of it: "version 3, zstd, extended L2", or "". Borrowed. */
const char *source_format_name(const struct source *source);
const char *source_variant(const struct source *source);

/* Whether it is a block device that the system uses: what is read may be of no single moment. */
bool source_is_in_use(const struct source *source);

/* What whoever reads it should know, a sentence; NULL: nothing. Borrowed. */
const char *source_note(const struct source *source);

/* E_CHANGED when the file is not what it was at source_open (size, inode, times of modification and
 * of change): call it after reading. Nothing is known of that of pipes and block devices. */
int source_check_unchanged(struct source *source, struct err *err);

/* --- at any place --- */

struct source_cursor;

/* `source` must outlive it. For one thread at a time. */
struct source_cursor *source_cursor_new(const struct source *source);
void source_cursor_free(struct source_cursor *cursor); /* NULL is left alone */

/* The next range at or behind `offset` that may hold anything but zeros; start = end = size when
 * there is none. */
int source_next_data(struct source_cursor *cursor, uint64_t offset, uint64_t *ret_start,
                     uint64_t *ret_end, struct err *err);

/* Exactly `length` bytes at `offset`, within the size. A file that became shorter is E_CHANGED;
 * tables or compressed clusters that are damaged are E_INVALID. */
int source_read(struct source_cursor *cursor, void *bytes, size_t length, uint64_t offset,
                struct err *err);

/* --- from front to back --- */

/* Whether it can only be read from front to back, by source_pull. */
bool source_is_stream(const struct source *source);

/* The next bytes of a stream; *ret_got < capacity only at its end. That is where more shows:
 * E_INVALID when it is no valid disk after all, when a digest is not the expected one, when the
 * archive holds another disk or what is compressed is damaged. */
int source_pull(struct source *source, void *bytes, size_t capacity, size_t *ret_got,
                struct err *err);

/* Between two pulls: pass over as many of the next bytes as are known to be zeros that nobody has
 * stored, in whole multiples of `unit`; how many. */
uint64_t source_pass_hole(struct source *source, size_t unit);

#endif
