/* library.h: libarchive, loaded when an archive is opened: linked, it would bring libxml2 and ICU
 * into every start of the program, 4 to 7 ms. What is not named here is never called: "support all"
 * would run external programs. */
#ifndef INTAKE_LIBRARY_H
#define INTAKE_LIBRARY_H

#include <archive.h>
#include <archive_entry.h>

#include "base/err.h"

#define LIBRARY_FUNCTIONS(FUNCTION)                                                                \
    FUNCTION(archive_read_new)                                                                     \
    FUNCTION(archive_read_free)                                                                    \
    FUNCTION(archive_read_append_filter)                                                           \
    FUNCTION(archive_read_support_format_raw)                                                      \
    FUNCTION(archive_read_support_format_empty)                                                    \
    FUNCTION(archive_read_support_format_tar)                                                      \
    FUNCTION(archive_read_support_format_zip)                                                      \
    FUNCTION(archive_read_set_callback_data)                                                       \
    FUNCTION(archive_read_set_read_callback)                                                       \
    FUNCTION(archive_read_set_seek_callback)                                                       \
    FUNCTION(archive_read_set_skip_callback)                                                       \
    FUNCTION(archive_read_open1)                                                                   \
    FUNCTION(archive_read_next_header2)                                                            \
    FUNCTION(archive_read_data_block)                                                              \
    FUNCTION(archive_read_data_skip)                                                               \
    FUNCTION(archive_error_string)                                                                 \
    FUNCTION(archive_set_error)                                                                    \
    FUNCTION(archive_format_name)                                                                  \
    FUNCTION(archive_entry_new)                                                                    \
    FUNCTION(archive_entry_free)                                                                   \
    FUNCTION(archive_entry_filetype)                                                               \
    FUNCTION(archive_entry_hardlink)                                                               \
    FUNCTION(archive_entry_is_encrypted)                                                           \
    FUNCTION(archive_entry_pathname)                                                               \
    FUNCTION(archive_entry_pathname_utf8)                                                          \
    FUNCTION(archive_entry_size)                                                                   \
    FUNCTION(archive_entry_size_is_set)

/* A member for each, of its type and name. */
#define LIBRARY_MEMBER(name) __typeof__(name) *name;

struct library {
    LIBRARY_FUNCTIONS(LIBRARY_MEMBER)
};

/* E_UNSUPPORTED when the system does not have it. It stays loaded. */
int library_load(struct library *ret, struct err *err);

#endif
