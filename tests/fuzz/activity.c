/* activity: any bytes as a line of the activity log: refused, or an entry that is written and read back the same. */
#include "store/activity_room.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "codec/digest.h"
#include "tests/fuzz/fuzz.h"

static void check_again(const struct activity_entry *entry)
{
    struct activity_entry again = {0};
    struct buf line = {0}, second = {0};
    struct err err = {0};

    activity_print(&line, entry);
    insist(memchr(line.bytes, '\n', line.length) == line.bytes + line.length - 1);
    insist(activity_parse(line.bytes, line.length - 1, &again, &err) == 0);
    insist(shape_equal(&activity_entry_shape, entry, &again));
    activity_print(&second, &again);
    insist(strcmp(buf_text(&line), buf_text(&second)) == 0);
    shape_done(&activity_entry_shape, &again);
    buf_done(&line);
    buf_done(&second);
}

/* With the checksum that it would have, so that what is behind that is reached. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct activity_entry entry = {0};
    struct buf line = {0};
    struct err err = {0};

    insist(activity_parse((const char *)data, size, &entry, &err) != 0 || size > 0);
    shape_done(&activity_entry_shape, &entry);
    buf_printf(&line, "{\"checksum\":\"%016" PRIx64, digest_xxh3(data, size));
    buf_add(&line, data, size);
    if (activity_parse(line.bytes, line.length, &entry, &err) == 0)
        check_again(&entry);
    shape_done(&activity_entry_shape, &entry);
    buf_done(&line);
    return 0;
}
