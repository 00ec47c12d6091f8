#include "image/signature.h"

#include <string.h>

#include "base/text.h"

struct magic {
    size_t offset;
    const char *bytes;
    size_t length;
};

#define MARK(place, text)                                                                          \
    {                                                                                              \
        .offset = (place), .bytes = (text), .length = sizeof(text) - 1                             \
    }

/* clang-format off */
static const struct {
    struct magic mark;
    enum wrapping wrapping;
} wrappings[] = {
    {MARK(0, "\x1f\x8b\x08"),         WRAPPING_GZIP},
    {MARK(0, "\xfd" "7zXZ\0"),        WRAPPING_XZ},
    {MARK(0, "\x28\xb5\x2f\xfd"),     WRAPPING_ZSTD},
    {MARK(0, "BZh"),                  WRAPPING_BZIP2},
    {MARK(0, "\x04\x22\x4d\x18"),     WRAPPING_LZ4},
    {MARK(0, "\x02\x21\x4c\x18"),     WRAPPING_LZ4}, /* as lz4 wrote until 2013, and -l still does */
    {MARK(0, "PK\3\4"),               WRAPPING_ZIP},
    {MARK(0, "PK\5\6"),               WRAPPING_ZIP}, /* without members */
    {MARK(257, "ustar"),              WRAPPING_TAR},
};

static const struct {
    struct magic mark;
    const char *what;
    const char *remedy;
} refused[] = {
    {MARK(0, "QED\0"),                "a QED image",       "convert it first (qemu-img convert -O raw)"},
    {MARK(64, "\x7f\x10\xda\xbe"),    "a VDI image",       "convert it first (qemu-img convert -O raw)"},
    {MARK(0, "WithoutFreeSpace"),     "a Parallels image", "convert it first (qemu-img convert -O raw)"},
    {MARK(0, "WithouFreSpacExt"),     "a Parallels image", "convert it first (qemu-img convert -O raw)"},
    {MARK(0, "LUKS\xba\xbe"),         "a LUKS volume",     "publish the whole disk or the decrypted one"},
    {MARK(0, "7z\xbc\xaf\x27\x1c"),   "a 7z archive",      "unpack it first"},
    {MARK(0, "Rar!\x1a\x07"),         "a RAR archive",     "unpack it first"},
};
/* clang-format on */

static bool has_mark(const struct magic *mark, const uint8_t *head, size_t length)
{
    return mark->offset + mark->length <= length &&
           memcmp(head + mark->offset, mark->bytes, mark->length) == 0;
}

enum wrapping signature_wrapping(const uint8_t *head, size_t length)
{
    for (size_t i = 0; i < sizeof wrappings / sizeof *wrappings; i++)
        if (has_mark(&wrappings[i].mark, head, length))
            return wrappings[i].wrapping;
    return WRAPPING_NONE;
}

bool wrapping_is_archive(enum wrapping wrapping)
{
    return wrapping == WRAPPING_TAR || wrapping == WRAPPING_ZIP;
}

const char *wrapping_words(enum wrapping wrapping)
{
    static const char *const words[] = {
        [WRAPPING_NONE] = "a disk",
        [WRAPPING_GZIP] = "compressed with gzip",
        [WRAPPING_XZ] = "compressed with xz",
        [WRAPPING_ZSTD] = "compressed with zstd",
        [WRAPPING_BZIP2] = "compressed with bzip2",
        [WRAPPING_LZ4] = "compressed with lz4",
        [WRAPPING_TAR] = "a tar archive",
        [WRAPPING_ZIP] = "a zip archive",
    };

    return words[wrapping];
}

int signature_refuse(const char *name, const uint8_t *head, size_t length, struct err *err)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        if (!has_mark(&refused[i].mark, head, length))
            continue;
        err_set(err, E_UNSUPPORTED, "'%s' is %s, which is not read", name, refused[i].what);
        return err_hint(err, "%s, or use --source-format raw to take its bytes as the disk",
                        refused[i].remedy);
    }
    return 0;
}

/* Endings that promise a mark, or a format that has none and is not read. */
static const struct {
    const char *ending;
    const char *what; /* NULL: there would be a mark */
} promises[] = {
    {".qcow2", NULL},
    {".vhd", NULL},
    {".vhdx", NULL},
    {".vmdk", NULL},
    {".vdi", NULL},
    {".qed", NULL},
    {".ova", NULL},
    {".tar", NULL},
    {".zip", NULL},
    {".7z", NULL},
    {".gz", NULL},
    {".xz", NULL},
    {".zst", NULL},
    {".bz2", NULL},
    {".lz4", NULL},
    {".tgz", NULL},
    {".txz", NULL},
    {".lzma", "compressed with lzma"},
    {".lz", "compressed with lzip"},
    {".Z", "compressed with compress"},
    {".rar", "a RAR archive"},
};

int signature_refuse_name(const char *shown, const char *name, struct err *err)
{
    const bool unpacked = !text_equal(shown, name);

    for (size_t i = 0; i < sizeof promises / sizeof *promises; i++) {
        if (!text_ends(name, promises[i].ending))
            continue;
        if (promises[i].what) {
            err_set(err, E_UNSUPPORTED, "'%s' is %s by its name, which is not read", shown,
                    promises[i].what);
            return err_hint(err, "unpack it first; if it is a raw disk, use --source-format raw");
        }
        err_set(err, E_INVALID, "'%s' is not what its name says: it has no mark of '%s'", shown,
                promises[i].ending);
        return err_hint(err, "get it again; if it is a raw disk, %suse --source-format raw",
                        unpacked ? "unpack it and " : "");
    }
    return 0;
}

char *signature_unpacked_name(const char *name)
{
    static const char *const endings[] = {".gz", ".xz", ".zst", ".bz2", ".lz4", NULL};

    for (size_t i = 0; endings[i]; i++)
        if (text_ends(name, endings[i]))
            return text_printf("%.*s", (int)(strlen(name) - strlen(endings[i])), name);
    return text_copy("");
}
