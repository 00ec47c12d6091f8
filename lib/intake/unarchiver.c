#include "intake/unarchiver.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "intake/library.h"

enum {
    PIECE = 1 << 18,
    /* The headers of one member. Of the map of a sparse one, 4 bytes take 48 of memory, and 100,000
     * holes fit. The whole directory of a zip archive, which the library keeps: 46 bytes of it take
     * some 250 of memory, and 50,000 members with long names fit. */
    TAR_HEADERS_MAX = 2 << 20,
    ZIP_HEADERS_MAX = 8 << 20,
    HOLE_MIN = 1 << 20, /* that is worth passing over */
};

/* A piece of a member's content, as it comes. Behind a hole it lies further on. */
struct block {
    const void *bytes; /* the library's */
    size_t length;     /* of what is left */
    uint64_t offset;   /* of that, in the member */
    bool is_last;      /* the member ends there */
};

struct unarchiver {
    struct library library;
    struct archive *archive;
    struct archive_entry
        *member; /* ours, because the library does not see when its own is missing */
    struct archive_entry *entry; /* `member`, while it holds one */
    struct flow *below;
    uint64_t at;      /* of `below` */
    uint64_t headers; /* bytes read for the headers of this member */
    uint64_t headers_max;
    bool in_headers; /* these are being read */
    bool ended;
    struct err failed; /* of a function that the library called; code 0: none */
    uint8_t *piece;
    struct limits limits;
    uint64_t made;     /* bytes of members that were unpacked */
    uint64_t position; /* in this member */
    struct block block;
};

/* --- what the library calls --- */

/* The library only has to know that it failed. */
static la_ssize_t call_failed(struct unarchiver *unarchiver)
{
    unarchiver->library.archive_set_error(unarchiver->archive, EIO, "%s", unarchiver->failed.text);
    return ARCHIVE_FATAL;
}

static la_ssize_t read_more(struct archive *archive, void *user, const void **ret)
{
    struct unarchiver *unarchiver = user;
    size_t got = 0;

    (void)archive;
    if (flow_read(unarchiver->below, unarchiver->piece, PIECE, &got, &unarchiver->failed) < 0)
        return call_failed(unarchiver);
    unarchiver->at += got;
    if (unarchiver->in_headers)
        unarchiver->headers += got;
    if (unarchiver->headers > unarchiver->headers_max) {
        err_set(&unarchiver->failed, E_INVALID, "'%s' has too many members, or too large headers",
                flow_name(unarchiver->below));
        return call_failed(unarchiver);
    }
    *ret = unarchiver->piece;
    return (la_ssize_t)got;
}

static la_int64_t seek_to(struct archive *archive, void *user, la_int64_t offset, int whence)
{
    struct unarchiver *unarchiver = user;
    uint64_t from = 0;

    (void)archive;
    if (whence == SEEK_CUR)
        from = unarchiver->at;
    if (whence == SEEK_END)
        from = flow_size(unarchiver->below);
    if (offset < 0 ? 0 - (uint64_t)offset > from : (uint64_t)offset > INT64_MAX - from) {
        err_set(&unarchiver->failed, E_INVALID, "'%s' points outside of itself",
                flow_name(unarchiver->below));
        return call_failed(unarchiver);
    }
    from += (uint64_t)offset;
    if (flow_seek(unarchiver->below, from, &unarchiver->failed) < 0)
        return call_failed(unarchiver);
    unarchiver->at = from;
    return (la_int64_t)from;
}

/* Not beyond the end, so that a file that was cut short is seen. */
static la_int64_t skip_some(struct archive *archive, void *user, la_int64_t length)
{
    struct unarchiver *unarchiver = user;
    const uint64_t size = flow_size(unarchiver->below);
    const uint64_t left = size > unarchiver->at ? size - unarchiver->at : 0;
    const uint64_t part = (uint64_t)length < left ? (uint64_t)length : left;

    (void)archive;
    if (flow_seek(unarchiver->below, unarchiver->at + part, &unarchiver->failed) < 0)
        return call_failed(unarchiver);
    unarchiver->at += part;
    return (la_int64_t)part;
}

/* --- what calls the library --- */

/* A warning is of a name or time that could not be converted. */
static bool is_failure(int result)
{
    return result != ARCHIVE_OK && result != ARCHIVE_WARN;
}

/* What it says begins with a capital, sometimes ends with a full stop, and may be nothing. */
static int damaged(struct unarchiver *unarchiver, struct err *err)
{
    const char *said = unarchiver->library.archive_error_string(unarchiver->archive);
    char cause[128];

    if (unarchiver->failed.code) {
        if (err)
            *err = unarchiver->failed;
        return unarchiver->failed.code;
    }
    snprintf(cause, sizeof cause, "%s", said && *said ? said : "it is damaged");
    if (isupper((unsigned char)cause[0]) && islower((unsigned char)cause[1]))
        cause[0] = (char)tolower((unsigned char)cause[0]);
    return flow_damaged(unarchiver->below, cause, err);
}

/* A warning is that it would run an external program. */
static int support(const struct library *library, struct archive *archive, enum wrapping wrapping)
{
    int result = ARCHIVE_OK;

    switch (wrapping) {
    case WRAPPING_TAR:
        return library->archive_read_support_format_tar(archive);
    case WRAPPING_ZIP:
        return library->archive_read_support_format_zip(archive);
    case WRAPPING_BZIP2:
        result = library->archive_read_append_filter(archive, ARCHIVE_FILTER_BZIP2);
        break;
    case WRAPPING_LZ4:
        result = library->archive_read_append_filter(archive, ARCHIVE_FILTER_LZ4);
        break;
    case WRAPPING_NONE:
    case WRAPPING_GZIP:
    case WRAPPING_XZ:
    case WRAPPING_ZSTD:
        break;
    }
    library->archive_read_support_format_empty(archive);
    library->archive_read_support_format_raw(archive);
    return result;
}

static int begin(struct unarchiver *unarchiver, enum wrapping wrapping, struct err *err)
{
    const struct library *library = &unarchiver->library;
    int rc = library_load(&unarchiver->library, err);

    if (rc < 0)
        return err_wrap(err, "cannot unpack '%s'", flow_name(unarchiver->below));
    unarchiver->archive = library->archive_read_new();
    unarchiver->member = library->archive_entry_new();
    if (!unarchiver->archive || !unarchiver->member)
        return err_set(err, E_FAILED, "cannot unpack '%s': libarchive fails",
                       flow_name(unarchiver->below));
    if (support(library, unarchiver->archive, wrapping) != ARCHIVE_OK)
        return err_set(err, E_UNSUPPORTED, "'%s' is %s, which this system's libarchive cannot read",
                       flow_name(unarchiver->below), wrapping_words(wrapping));
    if (library->archive_read_set_callback_data(unarchiver->archive, unarchiver) != ARCHIVE_OK)
        return damaged(unarchiver, err);
    library->archive_read_set_read_callback(unarchiver->archive, read_more);
    if (flow_can_seek(unarchiver->below)) {
        library->archive_read_set_seek_callback(unarchiver->archive, seek_to);
        library->archive_read_set_skip_callback(unarchiver->archive, skip_some);
    }
    return is_failure(library->archive_read_open1(unarchiver->archive)) ? damaged(unarchiver, err)
                                                                        : 0;
}

int unarchiver_open(struct flow *below, enum wrapping wrapping, const struct limits *limits,
                    struct unarchiver **ret, struct err *err)
{
    struct unarchiver *unarchiver = mem_new(1, sizeof *unarchiver);
    int rc;

    unarchiver->below = below;
    unarchiver->limits = *limits;
    unarchiver->headers_max = wrapping == WRAPPING_ZIP ? ZIP_HEADERS_MAX : TAR_HEADERS_MAX;
    unarchiver->piece = mem_new(PIECE, 1);
    rc = begin(unarchiver, wrapping, err);
    if (rc < 0)
        unarchiver_close(unarchiver);
    else
        *ret = unarchiver;
    return rc;
}

void unarchiver_close(struct unarchiver *unarchiver)
{
    if (!unarchiver)
        return;
    if (unarchiver->archive)
        unarchiver->library.archive_read_free(unarchiver->archive);
    if (unarchiver->member)
        unarchiver->library.archive_entry_free(unarchiver->member);
    free(unarchiver->piece);
    free(unarchiver);
}

/* A link has no content of its own. */
static bool is_regular(const struct unarchiver *unarchiver)
{
    const struct library *library = &unarchiver->library;

    return library->archive_entry_filetype(unarchiver->entry) == AE_IFREG &&
           !library->archive_entry_hardlink(unarchiver->entry);
}

/* In the C locale the first is NULL for a name that the archive has in UTF-8. */
static const char *name_of(const struct unarchiver *unarchiver)
{
    const struct library *library = &unarchiver->library;
    const char *name = library->archive_entry_pathname(unarchiver->entry);

    if (!name)
        name = library->archive_entry_pathname_utf8(unarchiver->entry);
    return name ? name : "";
}

static uint64_t size_of(const struct unarchiver *unarchiver)
{
    const struct library *library = &unarchiver->library;
    la_int64_t size = -1;

    if (library->archive_entry_size_is_set(unarchiver->entry))
        size = library->archive_entry_size(unarchiver->entry);
    return size < 0 ? UINT64_MAX : (uint64_t)size;
}

/* The rarer methods of zip take memory without a bound. The library says "ZIP 2.0 (deflation)". */
static bool is_odd_method(const struct unarchiver *unarchiver)
{
    const char *format = unarchiver->library.archive_format_name(unarchiver->archive);

    return format && text_starts(format, "ZIP") && !strstr(format, "(deflation)") &&
           !strstr(format, "(uncompressed)");
}

static int refuse_member(const struct unarchiver *unarchiver, const char *why, struct err *err)
{
    err_set(err, E_UNSUPPORTED, "'%s' in '%s' is %s", name_of(unarchiver),
            flow_name(unarchiver->below), why);
    return err_hint(err, "unpack it first");
}

/* Why the member is not read at all; NULL: it is. */
static const char *obstacle(const struct unarchiver *unarchiver)
{
    if (unarchiver->library.archive_entry_is_encrypted(unarchiver->entry))
        return "encrypted";
    if (is_odd_method(unarchiver))
        return "compressed in another way than deflate";
    return NULL;
}

static int check_member(const struct unarchiver *unarchiver, struct err *err)
{
    const char *const why = obstacle(unarchiver);

    return why ? refuse_member(unarchiver, why, err) : 0;
}

static int spend(struct unarchiver *unarchiver, uint64_t bytes, struct err *err)
{
    unarchiver->made += bytes;
    return limits_check(&unarchiver->limits, unarchiver->made, unarchiver->below, err);
}

/* The next piece of the content, when there is none. At the end of the member it is empty, and lies
 * there. */
static int next_block(struct unarchiver *unarchiver, struct err *err)
{
    struct block *const block = &unarchiver->block;
    la_int64_t offset = 0;
    int result;

    if (block->length > 0 || block->is_last)
        return 0;
    result = unarchiver->library.archive_read_data_block(unarchiver->archive, &block->bytes,
                                                         &block->length, &offset);
    block->is_last = result == ARCHIVE_EOF;
    if (block->is_last)
        block->length = 0;
    else if (result < ARCHIVE_OK)
        return damaged(unarchiver, err);
    /* The end of a member that has no size lies where its content ends. */
    if (block->is_last && (uint64_t)offset < unarchiver->position)
        offset = (la_int64_t)unarchiver->position;
    block->offset = (uint64_t)offset;
    if (offset < 0 || block->offset < unarchiver->position)
        return flow_damaged(unarchiver->below, "parts of a sparse file overlap", err);
    return spend(unarchiver, block->length, err);
}

int unarchiver_read(struct unarchiver *unarchiver, void *bytes, size_t capacity, size_t *ret_got,
                    struct err *err)
{
    struct block *const block = &unarchiver->block;
    uint64_t hole;
    int rc = check_member(unarchiver, err);

    *ret_got = 0;
    if (rc == 0)
        rc = next_block(unarchiver, err);
    if (rc < 0)
        return rc;
    hole = block->offset - unarchiver->position;
    if (hole > 0) {
        *ret_got = (size_t)number_smaller(hole, capacity);
        memset(bytes, 0, *ret_got);
        rc = spend(unarchiver, *ret_got, err);
    } else if (block->length > 0) {
        *ret_got = (size_t)number_smaller(block->length, capacity);
        memcpy(bytes, block->bytes, *ret_got);
        block->bytes = (const uint8_t *)block->bytes + *ret_got;
        block->length -= *ret_got;
        block->offset += *ret_got;
    }
    unarchiver->position += *ret_got;
    return rc;
}

int unarchiver_pass_zeros(struct unarchiver *unarchiver, uint64_t *ret, struct err *err)
{
    int rc = check_member(unarchiver, err);

    *ret = 0;
    if (rc == 0)
        rc = next_block(unarchiver, err);
    if (rc == 0 && unarchiver->block.offset - unarchiver->position >= HOLE_MIN)
        *ret = unarchiver->block.offset - unarchiver->position;
    unarchiver->position += *ret;
    return rc;
}

/* Go behind the member, apart from the headers, which are counted. What cannot be jumped over is
 * unpacked, which counts as well. */
static int leave_member(struct unarchiver *unarchiver, struct err *err)
{
    int rc = 0;

    if (flow_can_seek(unarchiver->below) || obstacle(unarchiver))
        return is_failure(unarchiver->library.archive_read_data_skip(unarchiver->archive))
                   ? damaged(unarchiver, err)
                   : 0;
    while (rc == 0 && !unarchiver->block.is_last) {
        unarchiver->block.length = 0;
        unarchiver->position = 0;
        rc = next_block(unarchiver, err);
    }
    return rc;
}

int unarchiver_next(struct unarchiver *unarchiver, struct member *ret, bool *ret_any,
                    struct err *err)
{
    const struct library *library = &unarchiver->library;

    *ret_any = false;
    if (unarchiver->ended)
        return 0;
    do {
        const int rc = unarchiver->entry ? leave_member(unarchiver, err) : 0;
        int result;

        unarchiver->entry = NULL;
        unarchiver->block = (struct block){0};
        unarchiver->position = 0;
        if (rc < 0)
            return rc;
        unarchiver->in_headers = true;
        unarchiver->headers = 0;
        result = library->archive_read_next_header2(unarchiver->archive, unarchiver->member);
        unarchiver->entry = unarchiver->member;
        unarchiver->in_headers = false;
        unarchiver->headers = 0;
        unarchiver->ended = result == ARCHIVE_EOF;
        if (unarchiver->ended)
            return 0;
        if (is_failure(result))
            return damaged(unarchiver, err);
    } while (!is_regular(unarchiver));
    *ret_any = true;
    ret->name = name_of(unarchiver);
    ret->size = size_of(unarchiver);
    return 0;
}
