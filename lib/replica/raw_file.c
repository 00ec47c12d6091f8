#include "replica/raw_file.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "blob/disk.h"
#include "os/file.h"

#define RAW_ENDING ".raw"

void raw_file_name(const struct disk_digest *digest, char name[RAW_FILE_NAME])
{
    disk_digest_text(digest, name);
    memcpy(name + DISK_DIGEST_TEXT - 1, RAW_ENDING, sizeof RAW_ENDING);
}

bool raw_file_parse(const char *file_name, struct disk_digest *ret)
{
    char digits[DISK_DIGEST_TEXT];

    if (strlen(file_name) != RAW_FILE_NAME - 1 ||
        strcmp(file_name + DISK_DIGEST_TEXT - 1, RAW_ENDING) != 0)
        return false;
    memcpy(digits, file_name, sizeof digits - 1);
    digits[sizeof digits - 1] = '\0';
    return disk_digest_parse(digits, ret);
}

void raw_file_close(struct raw_file *file)
{
    file_close(&file->fd);
}

int raw_file_open(const struct replica *replica, const struct disk_digest *digest, uint64_t size,
                  struct raw_file *ret, struct err *err)
{
    struct raw_file file = RAW_FILE_NONE;
    struct file_info info;
    int rc;

    file.size = size;
    raw_file_name(digest, file.name);
    rc = file_open(replica->disks, file.name, FILE_READ, &file.fd, err);
    if (rc == 0)
        rc = file_stat(file.fd, file.name, &info, err);
    if (rc == 0 && (info.kind != FILE_REGULAR || info.size != size))
        rc = err_set(err, E_CORRUPT,
                     "'%s' has %" PRIu64 " bytes, the disk that it should be %" PRIu64, file.name,
                     info.size, size);
    if (rc < 0)
        raw_file_close(&file);
    *ret = file;
    return rc;
}

int raw_file_read(const struct raw_file *file, struct desk *desk, uint64_t block, size_t count,
                  const struct block_id *ids, void *out, struct err *err)
{
    const uint64_t offset = block * BLOCK_SIZE;
    const size_t length = (size_t)number_smaller(count * BLOCK_SIZE, file->size - offset);
    size_t good;
    const int rc = file_read_exact(file->fd, file->name, out, length, offset, err);

    if (rc < 0)
        return rc;
    memset((uint8_t *)out + length, 0, count * BLOCK_SIZE - length);
    good = desk_compare(desk, out, ids, count);
    if (good == count)
        return 0;
    return err_set(err, E_CORRUPT, "'%s' is damaged at byte %" PRIu64, file->name,
                   offset + good * BLOCK_SIZE);
}
