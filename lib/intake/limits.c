#include "intake/limits.h"

#include "base/number.h"

#define SLACK ((uint64_t)64 << 20)

/* A second of work; then a block of zstd that repeats one byte: 128 KiB in 4 bytes. */
#define FREE_SIZE ((uint64_t)512 << 20)
#define RATIO_MAX ((uint64_t)32768)

uint64_t limits_file_size(uint64_t disk_size)
{
    return number_capped_sum(disk_size, disk_size / 8 + SLACK);
}

int limits_check(const struct limits *limits, uint64_t made, const struct flow *below,
                 struct err *err)
{
    /* An archive may have several disks in it. */
    const uint64_t most = number_capped_sum(limits_file_size(limits->size), limits->size);
    const uint64_t came = flow_came(limits->file);

    if (made > most)
        return err_set(err, E_INVALID, "'%s' unpacks to more than %llu bytes", flow_name(below),
                       (unsigned long long)most);
    if (made <= FREE_SIZE || made - FREE_SIZE <= number_capped_product(came, RATIO_MAX))
        return 0;
    err_set(err, E_INVALID, "'%s' unpacks to more than %llu bytes from only %llu", flow_name(below),
            (unsigned long long)made, (unsigned long long)came);
    return err_hint(err, "if you trust it, unpack it first");
}
