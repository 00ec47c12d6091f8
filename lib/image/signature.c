/* What files of other formats begin with, so that none of them is taken for a raw disk by mistake.
 */
#include "image/room.h"

#include <string.h>

/* Enough for the mark of tar, the one that lies deepest. */
enum { HEAD_SIZE = 512 };

enum remedy { CONVERT, UNPACK, DECRYPT };

struct signature {
    size_t offset;
    const char *bytes;
    size_t length;
    const char *name;
    enum remedy remedy;
};

#define MARK(text) (text), sizeof(text) - 1

/* clang-format off */
static const struct signature signatures[] = {
    {0,   MARK("QED\0"),                     "a QED image",              CONVERT},
    {0,   MARK("vhdxfile"),                  "a VHDX image",             CONVERT},
    {0,   MARK("conectix"),                  "a dynamic VHD",            CONVERT},
    {64,  MARK("\x7f\x10\xda\xbe"),          "a VDI image",              CONVERT},
    {0,   MARK("WithoutFreeSpace"),          "a Parallels image",        CONVERT},
    {0,   MARK("WithouFreSpacExt"),          "a Parallels image",        CONVERT},
    {0,   MARK("LUKS\xba\xbe"),              "a LUKS volume",            DECRYPT},
    {0,   MARK("\x1f\x8b\x08"),              "compressed with gzip",     UNPACK},
    {0,   MARK("\xfd" "7zXZ\0"),             "compressed with xz",       UNPACK},
    {0,   MARK("\x28\xb5\x2f\xfd"),          "compressed with zstd",     UNPACK},
    {0,   MARK("BZh"),                       "compressed with bzip2",    UNPACK},
    {0,   MARK("\x04\x22\x4d\x18"),          "compressed with lz4",      UNPACK},
    {0,   MARK("PK\3\4"),                    "a zip archive",            UNPACK},
    {0,   MARK("7z\xbc\xaf\x27\x1c"),        "a 7z archive",             UNPACK},
    {257, MARK("ustar"),                     "a tar archive",            UNPACK},
};
/* clang-format on */

static const char *remedy_words(enum remedy remedy)
{
    switch (remedy) {
    case CONVERT:
        return "convert it to raw or fixed VHD first (qemu-img convert -O raw)";
    case UNPACK:
        return "unpack it first";
    case DECRYPT:
        break;
    }
    return "publish the whole disk or the decrypted one";
}

int signature_check(struct source *source, struct err *err)
{
    char head[HEAD_SIZE] = "";
    size_t got;
    const int rc = file_read_at(source->fd, source->path, head, sizeof head, 0, &got, err);

    if (rc < 0)
        return rc;
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        const struct signature *const mark = &signatures[i];

        if (mark->offset + mark->length > got ||
            memcmp(head + mark->offset, mark->bytes, mark->length) != 0)
            continue;
        err_set(err, E_UNSUPPORTED, "'%s' is %s, not a raw disk or a fixed VHD", source->path,
                mark->name);
        return err_hint(err, "%s, or use --source-format raw to take its bytes as the disk",
                        remedy_words(mark->remedy));
    }
    return 0;
}
