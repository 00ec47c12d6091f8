#include "replica/seen.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { SLOTS_MIN = 1 << 12 }; /* a power of two, as all that follow */

void seen_done(struct seen *seen)
{
    free(seen->slots);
    *seen = (struct seen){0};
}

/* Of SHA-256: two blocks that share it are not to be met. */
static uint64_t key_of(const struct block_id *id)
{
    uint64_t key;

    memcpy(&key, id->sha256, sizeof key);
    return key ? key : 1;
}

/* The slot that holds the key, or the free one where it belongs. */
static uint64_t *slot_of(const struct seen *seen, uint64_t key)
{
    const size_t mask = seen->slot_count - 1;
    size_t at = key & mask;

    while (seen->slots[at] && seen->slots[at] != key)
        at = (at + 1) & mask;
    return &seen->slots[at];
}

bool seen_has(const struct seen *seen, const struct block_id *id)
{
    return seen->count > 0 && *slot_of(seen, key_of(id));
}

static void grow(struct seen *seen)
{
    const struct seen old = *seen;

    seen->slot_count = old.slot_count ? 2 * old.slot_count : SLOTS_MIN;
    seen->slots = mem_new(seen->slot_count, sizeof *seen->slots);
    for (size_t i = 0; i < old.slot_count; i++)
        if (old.slots[i])
            *slot_of(seen, old.slots[i]) = old.slots[i];
    free(old.slots);
}

bool seen_add(struct seen *seen, const struct block_id *id)
{
    uint64_t *slot;

    if (seen->count == SEEN_MAX)
        return false;
    if (2 * seen->count >= seen->slot_count)
        grow(seen);
    slot = slot_of(seen, key_of(id));
    seen->count += *slot == 0;
    *slot = key_of(id);
    return true;
}
