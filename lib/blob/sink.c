/* A staged file written through a buffer and hashed on the way. */
#include "blob/room.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "os/file.h"

int sink_open(struct sink *sink, int dir, const char *name, struct err *err)
{
    *sink = (struct sink)SINK_NONE;
    sink->name = name;
    sink->hash = xxh128_new();
    sink->buffer = mem_new(SINK_SIZE, 1);
    return dir == FILE_NONE ? 0 : staged_open(&sink->staged, dir, err);
}

static int write_down(struct sink *sink, const void *bytes, size_t length, struct err *err)
{
    int rc;

    if (sink->staged.fd == FILE_NONE)
        return 0;
    rc = file_write_at(sink->staged.fd, sink->name, bytes, length, sink->written, err);
    if (rc == 0)
        file_flush_soon(sink->staged.fd, sink->written, length);
    return rc;
}

void sink_done(struct sink *sink)
{
    staged_done(&sink->staged);
    xxh128_free(sink->hash);
    free(sink->buffer);
    *sink = (struct sink)SINK_NONE;
}

static int write_out(struct sink *sink, const void *bytes, size_t length, struct err *err)
{
    const int rc = write_down(sink, bytes, length, err);

    if (rc)
        return rc;
    xxh128_add(sink->hash, bytes, length);
    sink->written += length;
    return 0;
}

int sink_flush(struct sink *sink, struct err *err)
{
    int rc = sink->held ? write_out(sink, sink->buffer, sink->held, err) : 0;

    if (rc == 0)
        sink->held = 0;
    return rc;
}

int sink_add(struct sink *sink, const void *bytes, size_t length, struct err *err)
{
    int rc = 0;

    if (length > SINK_SIZE - sink->held)
        rc = sink_flush(sink, err);
    if (rc)
        return rc;
    if (length > SINK_SIZE)
        return write_out(sink, bytes, length, err);
    memcpy(sink->buffer + sink->held, bytes, length);
    sink->held += length;
    return 0;
}
