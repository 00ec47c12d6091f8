/* buf.h: bytes that grow. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>

/* All-zero is an empty buffer. `bytes` always has a NUL behind `length` once anything was added. */
struct buf {
    char *bytes;
    size_t length;
    size_t capacity;
};

/* Release the memory and make it empty. */
void buf_done(struct buf *buf);

/* Keep the memory, forget the content. */
void buf_clear(struct buf *buf);

/* Make room for `more` bytes behind the content. */
void buf_reserve(struct buf *buf, size_t more);

/* Append `length` bytes. */
void buf_add(struct buf *buf, const void *bytes, size_t length);
/* Append a string. */
void buf_add_text(struct buf *buf, const char *text);
/* Append one byte. */
void buf_add_char(struct buf *buf, char c);
/* Append what printf would print. */
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Drop what is behind the first `length` bytes, of which there are no fewer. */
void buf_cut(struct buf *buf, size_t length);

/* The content as a string ("" when empty); borrowed until the next change. */
const char *buf_text(const struct buf *buf);

/* Hand the content over as a string to be released with free; the buffer is empty afterwards. */
char *buf_take(struct buf *buf);

#endif
