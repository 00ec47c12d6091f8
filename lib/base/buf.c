#include "base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void buf_done(struct buf *buf)
{
    free(buf->bytes);
    *buf = (struct buf){0};
}

void buf_clear(struct buf *buf)
{
    buf->length = 0;
    if (buf->bytes)
        buf->bytes[0] = '\0';
}

void buf_reserve(struct buf *buf, size_t more)
{
    size_t needed = buf->length + more + 1;
    size_t capacity = buf->capacity ? buf->capacity : 64;

    if (needed <= buf->capacity)
        return;
    while (capacity < needed)
        capacity *= 2;
    buf->bytes = mem_resize(buf->bytes, capacity, 1);
    buf->capacity = capacity;
}

void buf_add(struct buf *buf, const void *bytes, size_t length)
{
    buf_reserve(buf, length);
    if (length)
        memcpy(buf->bytes + buf->length, bytes, length);
    buf->length += length;
    buf->bytes[buf->length] = '\0';
}

void buf_add_text(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_add_char(struct buf *buf, char c)
{
    buf_add(buf, &c, 1);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;
    int length;

    buf_reserve(buf, 0);
    va_start(args, format);
    length = vsnprintf(buf->bytes + buf->length, buf->capacity - buf->length, format, args);
    va_end(args);
    if (length < 0) {
        buf->bytes[buf->length] = '\0';
        return;
    }
    if ((size_t)length >= buf->capacity - buf->length) {
        buf_reserve(buf, (size_t)length);
        va_start(args, format);
        vsnprintf(buf->bytes + buf->length, (size_t)length + 1, format, args);
        va_end(args);
    }
    buf->length += (size_t)length;
}

void buf_cut(struct buf *buf, size_t length)
{
    assert(length <= buf->length);
    buf->length = length;
    if (buf->bytes)
        buf->bytes[length] = '\0';
}

const char *buf_text(const struct buf *buf)
{
    return buf->bytes ? buf->bytes : "";
}

char *buf_take(struct buf *buf)
{
    char *text;

    buf_reserve(buf, 0);
    buf->bytes[buf->length] = '\0';
    text = buf->bytes;
    *buf = (struct buf){0};
    return text;
}
