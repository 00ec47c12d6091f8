/* archives: which member is the disk, what comes out of it, and what hostile ones do. */
#include "intake/open.h"

#include <string.h>
#include <sys/resource.h>
#include <zlib.h>
#include <zstd.h>

#include "base/mem.h"
#include "os/file.h"
#include "os/staged.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tar_toy.h"

#define MIB ((size_t)1 << 20)

enum { DISK = 100000, FOOTER = 512 };

static uint8_t *noise(size_t length)
{
    uint8_t *bytes = mem_new(length, 1);
    uint64_t seed = 88172645463325252u;

    for (size_t i = 0; i < length; i++) {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        bytes[i] = (uint8_t)(seed >> 32);
    }
    return bytes;
}

/* --- opening what is in a buffer --- */

struct trial {
    struct scratch scratch;
    char path[300];
    struct source_request request;
    struct err err;
};

static struct trial trial_new(void)
{
    struct trial trial = {.scratch = scratch_new()};

    snprintf(trial.path, sizeof trial.path, "%s/file", trial.scratch.path);
    trial.request = (struct source_request){.limit = 64 * MIB, .temporary = "/tmp"};
    return trial;
}

static void trial_done(struct trial *trial)
{
    scratch_done(&trial->scratch);
}

static void save(struct trial *trial, const void *bytes, size_t length)
{
    struct err err = {0};

    ck_assert_int_eq(staged_write_file(trial->scratch.fd, "file", bytes, length, &err), 0);
    trial->request.path = trial->path;
    trial->err = (struct err){0};
}

static void zstd_of(const void *bytes, size_t length, struct buf *ret)
{
    const size_t bound = ZSTD_compressBound(length);

    buf_clear(ret);
    buf_reserve(ret, bound);
    ret->length = ZSTD_compress(ret->bytes, bound, bytes, length, 1);
    ck_assert(!ZSTD_isError(ret->length));
}

static void save_zstd(struct trial *trial, const void *bytes, size_t length)
{
    struct buf packed = {0};

    zstd_of(bytes, length, &packed);
    save(trial, packed.bytes, packed.length);
    buf_done(&packed);
}

/* All of the source, pulled in pieces or read. */
static int read_all(struct source *source, size_t piece, struct buf *ret, struct err *err)
{
    uint8_t *bytes = mem_new(piece, 1);
    size_t got = piece;
    int rc = 0;

    if (!source_is_stream(source)) {
        struct source_cursor *cursor = source_cursor_new(source);

        buf_reserve(ret, source_size(source));
        ret->length = source_size(source);
        rc = source_read(cursor, ret->bytes, ret->length, 0, err);
        source_cursor_free(cursor);
    }
    while (rc == 0 && source_is_stream(source) && got == piece) {
        rc = source_pull(source, bytes, piece, &got, err);
        if (rc == 0)
            buf_add(ret, bytes, got);
    }
    free(bytes);
    return rc;
}

/* 0 and all bytes, or what opening or reading says. */
static int take(struct trial *trial, size_t piece, struct buf *ret)
{
    struct source *source = NULL;
    int rc = source_open(&trial->request, &source, &trial->err);

    buf_clear(ret);
    if (rc == 0)
        rc = read_all(source, piece, ret, &trial->err);
    if (rc == 0) {
        ck_assert_uint_eq(source_size(source), ret->length);
        ck_assert_int_eq(source_check_unchanged(source, &trial->err), 0);
    }
    source_close(source);
    return rc;
}

static void check_taken(struct trial *trial, const void *bytes, size_t length)
{
    struct buf got = {0};

    ck_assert_msg(take(trial, 65536, &got) == 0, "%s", trial->err.text);
    ck_assert_uint_eq(got.length, length);
    ck_assert_mem_eq(got.bytes, bytes, length);
    buf_done(&got);
}

static void check_refused(struct trial *trial, int code, const char *part)
{
    struct buf got = {0};

    ck_assert_int_eq(take(trial, 65536, &got), code);
    ck_assert_msg(strstr(trial->err.text, part) != NULL, "%s", trial->err.text);
    buf_done(&got);
}

/* --- which member --- */

START_TEST(names_tell_disk_images)
{
    static const char *const disks[] = {
        "a.raw",    "./dir/A.VHD", "a.vhdx",   "a.b.qcow2", "../../a.vmdk", "a.img",
        "a.raw.gz", "a.qcow2.zst", "a.IMG.XZ", "x.dd.bz2",  "x.vdi.lz4",    "/etc/passwd.raw",
    };
    static const char *const others[] = {"raw",  ".raw",    "a.txt",      "a.raw.txt",
                                         "a.gz", "._a.raw", "dir/._a.img"};
    uint8_t *const content = noise(DISK);
    struct trial trial = trial_new();

    for (size_t i = 0; i < sizeof disks / sizeof *disks; i++) {
        struct buf tar = {0};

        tar_file(&tar, "notes", "x", 1);
        tar_file(&tar, disks[i], content, DISK);
        tar_end(&tar);
        save(&trial, tar.bytes, tar.length);
        check_taken(&trial, content, DISK);
        save_zstd(&trial, tar.bytes, tar.length);
        check_taken(&trial, content, DISK);
        buf_done(&tar);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct buf tar = {0};

        tar_file(&tar, "notes", "x", 1);
        tar_file(&tar, others[i], content, DISK);
        tar_file(&tar, "more", "x", 1);
        tar_end(&tar);
        save(&trial, tar.bytes, tar.length);
        check_refused(&trial, E_INVALID, "holds no disk image, only 'notes'");
        save_zstd(&trial, tar.bytes, tar.length);
        check_refused(&trial, E_INVALID, "holds no disk image, only 'notes'");
        buf_done(&tar);
    }
    free(content);
    trial_done(&trial);
}
END_TEST

START_TEST(content_tells_disk_images)
{
    uint8_t *const content = noise(MIB);
    struct trial trial = trial_new();

    content[510] = 0x55;
    content[511] = 0xaa;
    for (int small = 0; small < 2; small++) {
        const size_t length = small ? MIB - 1 : MIB;
        struct buf tar = {0};

        tar_file(&tar, "boot.bin", content, length);
        tar_file(&tar, "notes", "x", 1);
        tar_end(&tar);
        save(&trial, tar.bytes, tar.length);
        if (small)
            check_refused(&trial, E_INVALID, "holds no disk image");
        else
            check_taken(&trial, content, length);
        buf_done(&tar);
    }
    free(content);
    trial_done(&trial);
}
END_TEST

START_TEST(what_is_no_file_is_passed_over)
{
    uint8_t *const content = noise(DISK);
    struct trial trial = trial_new();
    struct buf tar = {0};

    tar_header(&tar, "dir.raw/", '5', 0);
    tar_header(&tar, "link.raw", '2', 0);
    tar_header(&tar, "hard.raw", '1', 0);
    tar_header(&tar, "null.raw", '3', 0);
    tar_header(&tar, "pipe.raw", '6', 0);
    tar_file(&tar, "image", content, DISK);
    tar_end(&tar);
    save(&trial, tar.bytes, tar.length);
    check_taken(&trial, content, DISK);
    save_zstd(&trial, tar.bytes, tar.length);
    check_taken(&trial, content, DISK);
    trial.request.member = "image";
    check_taken(&trial, content, DISK);
    trial.request.member = "././image";
    check_taken(&trial, content, DISK);
    trial.request.member = "link.raw";
    check_refused(&trial, E_NOT_FOUND, "has no member 'link.raw'");
    buf_done(&tar);
    free(content);
    trial_done(&trial);
}
END_TEST

START_TEST(a_second_disk_is_seen_wherever_it_is)
{
    uint8_t *const content = noise(DISK);
    struct trial trial = trial_new();
    struct buf tar = {0};

    tar_file(&tar, "one.raw", content, DISK);
    tar_file(&tar, "notes", "x", 1);
    tar_file(&tar, "two.raw", content, DISK);
    tar_end(&tar);
    save(&trial, tar.bytes, tar.length);
    check_refused(&trial, E_INVALID, "holds several disk images: 'one.raw', 'two.raw'");
    save_zstd(&trial, tar.bytes, tar.length);
    check_refused(&trial, E_INVALID, "holds several disk images: 'one.raw', 'two.raw'");
    trial.request.member = "two.raw";
    check_taken(&trial, content, DISK);
    trial.request.format = SOURCE_RAW;
    check_taken(&trial, content, DISK);
    trial.request.format = SOURCE_QCOW2;
    check_refused(&trial, E_INVALID, "'two.raw' in '");
    buf_done(&tar);
    free(content);
    trial_done(&trial);
}
END_TEST

/* --- a disk that is read from front to back --- */

static void write_u32(uint8_t *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (uint8_t)(value >> (24 - 8 * i));
}

static void make_footer(uint8_t *footer, uint32_t size)
{
    uint32_t sum = 0;

    memset(footer, 0, FOOTER);
    memcpy(footer, "conectix", 8);
    write_u32(footer + 12, 0x00010000);
    write_u32(footer + 52, size);
    write_u32(footer + 60, 2);
    for (int i = 0; i < FOOTER; i++)
        sum += footer[i];
    write_u32(footer + 64, ~sum);
}

START_TEST(a_stream_is_raw_or_vhd_as_its_end_says)
{
    static const size_t sizes[] = {1, 511, 512, 4096, 65536, 3 * MIB, 7 * MIB + 1};
    static const size_t pieces[] = {1000, 4096, MIB, 16 * MIB};
    struct trial trial = trial_new();

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        uint8_t *const disk = noise(sizes[i] + FOOTER);

        make_footer(disk + sizes[i], (uint32_t)sizes[i]);
        for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++) {
            struct buf got = {0};

            save_zstd(&trial, disk, sizes[i]);
            ck_assert_msg(take(&trial, pieces[k], &got) == 0, "%s", trial.err.text);
            ck_assert_uint_eq(got.length, sizes[i]);
            ck_assert_mem_eq(got.bytes, disk, sizes[i]);
            save_zstd(&trial, disk, sizes[i] + FOOTER);
            ck_assert_msg(take(&trial, pieces[k], &got) == 0, "%s", trial.err.text);
            ck_assert_uint_eq(got.length, sizes[i]);
            ck_assert_mem_eq(got.bytes, disk, sizes[i]);
            buf_done(&got);
        }
        disk[sizes[i] + 100] ^= 1;
        save_zstd(&trial, disk, sizes[i] + FOOTER);
        check_refused(&trial, E_INVALID, "the checksum of its footer is wrong");
        free(disk);
    }
    trial_done(&trial);
}
END_TEST

/* Data that does not compress is stored as it is: then the last bytes of the compressed file are
 * those of the disk. */
START_TEST(a_footer_at_the_end_of_a_compressed_file_is_inside)
{
    uint8_t *const disk = noise(DISK + FOOTER);
    struct trial trial = trial_new();
    struct buf packed = {0};

    make_footer(disk + DISK, DISK);
    zstd_of(disk, DISK + FOOTER, &packed);
    ck_assert_mem_eq(packed.bytes + packed.length - FOOTER, disk + DISK, FOOTER);
    save(&trial, packed.bytes, packed.length);
    check_taken(&trial, disk, DISK);
    /* It is no compressed file when it is a whole VHD. */
    memcpy(disk, packed.bytes, 1000);
    save(&trial, disk, DISK + FOOTER);
    check_taken(&trial, disk, DISK);
    buf_done(&packed);
    free(disk);
    trial_done(&trial);
}
END_TEST

START_TEST(an_empty_stream_is_no_disk)
{
    struct trial trial = trial_new();
    struct buf tar = {0};

    save_zstd(&trial, "", 0);
    check_refused(&trial, E_INVALID, "is empty");
    tar_file(&tar, "a.raw", "", 0);
    tar_end(&tar);
    save(&trial, tar.bytes, tar.length);
    check_refused(&trial, E_INVALID, "'a.raw' in '");
    buf_done(&tar);
    trial_done(&trial);
}
END_TEST

START_TEST(the_limit_is_kept_by_streams)
{
    uint8_t *const disk = noise(5 * MIB + FOOTER);
    struct trial trial = trial_new();

    make_footer(disk + 5 * MIB, 5 * MIB);
    trial.request.limit = 5 * MIB;
    save_zstd(&trial, disk, 5 * MIB);
    check_taken(&trial, disk, 5 * MIB);
    save_zstd(&trial, disk, 5 * MIB + FOOTER);
    check_taken(&trial, disk, 5 * MIB);
    trial.request.limit--;
    check_refused(&trial, E_INVALID, "holds a disk of 5242880 bytes, at most 5242879 are allowed");
    trial.request.limit = MIB;
    check_refused(&trial, E_INVALID, "holds a disk of more than 1048576 bytes");
    free(disk);
    trial_done(&trial);
}
END_TEST

/* --- what is expected --- */

START_TEST(a_file_that_is_not_the_expected_one_is_refused)
{
    uint8_t *const disk = noise(DISK);
    struct trial trial = trial_new();
    struct digest *digest = digest_new(DIGEST_SHA512);

    save(&trial, disk, DISK);
    digest_add(digest, disk, DISK);
    trial.request.expected.kind = DIGEST_SHA512;
    digest_result(digest, trial.request.expected.bytes);
    check_taken(&trial, disk, DISK);
    trial.request.expected.bytes[63] ^= 1;
    check_refused(&trial, E_INVALID, "is not the file that was expected: its sha512 is ");
    digest_free(digest);
    free(disk);
    trial_done(&trial);
}
END_TEST

/* A hole is as good as its zeros. */
START_TEST(holes_have_the_digest_of_zeros)
{
    uint8_t *const zeros = mem_new(3 * MIB, 1);
    struct trial trial = trial_new();
    struct digest *digest = digest_new(DIGEST_SHA256);
    struct err err = {0};
    int fd;

    memset(zeros + 2 * MIB, 1, 4096);
    digest_add(digest, zeros, 3 * MIB);
    trial.request.expected.kind = DIGEST_SHA256;
    digest_result(digest, trial.request.expected.bytes);
    save(&trial, "", 0);
    ck_assert_int_eq(file_open(trial.scratch.fd, "file", FILE_UPDATE, &fd, &err), 0);
    ck_assert_int_eq(file_write_at(fd, "file", zeros + 2 * MIB, 4096, 2 * MIB, &err), 0);
    ck_assert_int_eq(file_resize(fd, "file", 3 * MIB, &err), 0);
    file_close(&fd);
    check_taken(&trial, zeros, 3 * MIB);
    digest_free(digest);
    free(zeros);
    trial_done(&trial);
}
END_TEST

/* --- hostile ones --- */

/* A sanitizer keeps what was freed. */
#ifdef __SANITIZE_ADDRESS__
enum { KEPT = 16 };
#else
enum { KEPT = 1 };
#endif

static size_t peak_kib(void)
{
    struct rusage usage;

    ck_assert_int_eq(getrusage(RUSAGE_SELF, &usage), 0);
    return (size_t)usage.ru_maxrss;
}

/* `count` GiB of zeros, behind `head`, in a few KiB each. */
static void bomb(const struct buf *head, size_t count, struct buf *ret)
{
    ZSTD_CCtx *context = ZSTD_createCCtx();
    uint8_t *zeros = mem_new(16 * MIB, 1);
    ZSTD_outBuffer out;
    ZSTD_inBuffer in = {.src = head->bytes, .size = head->length};

    buf_clear(ret);
    buf_reserve(ret, MIB * count + MIB);
    out = (ZSTD_outBuffer){.dst = ret->bytes, .size = MIB * count + MIB};
    ck_assert(!ZSTD_isError(ZSTD_compressStream2(context, &out, &in, ZSTD_e_flush)));
    for (size_t i = 0; i < 64 * count; i++) {
        in = (ZSTD_inBuffer){.src = zeros, .size = 16 * MIB};
        ck_assert(!ZSTD_isError(ZSTD_compressStream2(context, &out, &in, ZSTD_e_continue)));
        ck_assert_uint_eq(in.pos, in.size);
    }
    ck_assert_uint_eq(ZSTD_compressStream2(context, &out, &in, ZSTD_e_end), 0);
    ret->length = out.pos;
    free(zeros);
    ZSTD_freeCCtx(context);
}

START_TEST(bombs_stop_at_the_limit)
{
    struct trial trial = trial_new();
    struct buf head = {0}, packed = {0};
    size_t before;

    trial.request.limit = 8 * MIB;
    bomb(&head, 4, &packed);
    before = peak_kib();
    save(&trial, packed.bytes, packed.length);
    check_refused(&trial, E_INVALID, "holds a disk of more than 8388608 bytes");
    /* One that is passed over. */
    tar_header(&head, "notes", '0', (uint64_t)4 << 30);
    bomb(&head, 4, &packed);
    save(&trial, packed.bytes, packed.length);
    check_refused(&trial, E_INVALID, "unpacks to more than");
    /* One that goes to a temporary file. */
    buf_clear(&head);
    buf_add(&head, "QFI\xfb", 4);
    bomb(&head, 4, &packed);
    save(&trial, packed.bytes, packed.length);
    check_refused(&trial, E_INVALID, "is larger than any image file of a disk");
    ck_assert_uint_lt(peak_kib() - before, (size_t)KEPT * 64 << 10);
    buf_done(&head);
    buf_done(&packed);
    trial_done(&trial);
}
END_TEST

START_TEST(many_members_take_little_memory)
{
    struct trial trial = trial_new();
    struct buf tar = {0};
    char name[32];
    size_t before;

    for (int i = 0; i < 100000; i++) {
        snprintf(name, sizeof name, "directory/%06d", i);
        tar_header(&tar, name, '0', 0);
    }
    tar_file(&tar, "disk.raw", "disk", 4);
    tar_end(&tar);
    save(&trial, tar.bytes, tar.length);
    buf_done(&tar);
    before = peak_kib();
    check_taken(&trial, "disk", 4);
    ck_assert_uint_lt(peak_kib() - before, (size_t)KEPT * 16 << 10);
    trial_done(&trial);
}
END_TEST

static void put16(struct buf *out, unsigned value)
{
    buf_add_char(out, (char)(value & 255));
    buf_add_char(out, (char)(value >> 8 & 255));
}

static void put32(struct buf *out, uint32_t value)
{
    put16(out, value & 65535);
    put16(out, value >> 16);
}

/* An empty stored member, as it stands in front of its content or in the directory. */
static void zip_header(struct buf *zip, const char *name, bool in_directory, uint32_t offset)
{
    buf_add(zip, in_directory ? "PK\1\2" : "PK\3\4", 4);
    if (in_directory)
        put16(zip, 3 << 8 | 20);
    put16(zip, 20);
    for (int i = 0; i < 4; i++)
        put16(zip, 0);
    for (int i = 0; i < 3; i++)
        put32(zip, 0);
    put16(zip, (unsigned)strlen(name));
    put16(zip, 0);
    if (in_directory) {
        put16(zip, 0);
        put32(zip, 0);
        put32(zip, (uint32_t)0100644 << 16);
        put32(zip, offset);
    }
    buf_add_text(zip, name);
}

/* A zip archive of as many empty members. */
static void many_in_a_zip(struct buf *zip, uint32_t count)
{
    struct buf directory = {0};
    char name[32];
    uint32_t at, length;

    for (uint32_t i = 0; i < count; i++) {
        snprintf(name, sizeof name, "%06u", (unsigned)i);
        zip_header(&directory, name, true, (uint32_t)zip->length);
        zip_header(zip, name, false, 0);
    }
    at = (uint32_t)zip->length;
    length = (uint32_t)directory.length;
    buf_add(zip, directory.bytes, directory.length);
    buf_done(&directory);
    buf_add(zip, "PK\5\6\0\0\0\0", 8);
    put16(zip, count < 65535 ? count : 65535);
    put16(zip, count < 65535 ? count : 65535);
    put32(zip, length);
    put32(zip, at);
    put16(zip, 0);
}

START_TEST(a_zip_directory_is_bounded)
{
    struct trial trial = trial_new();
    struct buf zip = {0};
    size_t before;

    many_in_a_zip(&zip, 100000);
    save(&trial, zip.bytes, zip.length);
    before = peak_kib();
    check_refused(&trial, E_INVALID, "holds no disk image, only '000000'");
    ck_assert_uint_lt(peak_kib() - before, (size_t)KEPT * 64 << 10);
    buf_clear(&zip);
    many_in_a_zip(&zip, 500000);
    save(&trial, zip.bytes, zip.length);
    check_refused(&trial, E_INVALID, "has too many members, or too large headers");
    buf_done(&zip);
    trial_done(&trial);
}
END_TEST

START_TEST(headers_are_bounded)
{
    struct trial trial = trial_new();
    struct buf tar = {0};
    uint8_t *const filling = mem_new(32 * MIB, 1);

    memset(filling, 'a', 32 * MIB);
    for (const char *type = "xgLK"; *type; type++) {
        buf_clear(&tar);
        tar_header(&tar, "long", *type, 32 * MIB);
        buf_add(&tar, filling, 32 * MIB);
        tar_file(&tar, "disk.raw", "disk", 4);
        tar_end(&tar);
        save(&trial, tar.bytes, tar.length);
        check_refused(&trial, E_INVALID, "");
    }
    free(filling);
    buf_done(&tar);
    trial_done(&trial);
}
END_TEST

START_TEST(archives_cut_short_are_refused)
{
    uint8_t *const content = noise(DISK);
    struct trial trial = trial_new();
    struct buf tar = {0}, packed = {0}, got = {0};

    tar_file(&tar, "disk.raw", content, DISK);
    tar_end(&tar);
    for (size_t cut = 1; cut < DISK; cut += 997) {
        save(&trial, tar.bytes, cut);
        ck_assert(take(&trial, 65536, &got) == E_INVALID || cut <= 257 + 5);
    }
    zstd_of(tar.bytes, tar.length, &packed);
    for (size_t cut = 4; cut < packed.length; cut += 997) {
        save(&trial, packed.bytes, cut);
        ck_assert_int_eq(take(&trial, 65536, &got), E_INVALID);
        ck_assert_msg(strstr(trial.err.text, "it is cut short") != NULL, "%s", trial.err.text);
    }
    buf_done(&packed);
    buf_done(&got);
    buf_done(&tar);
    free(content);
    trial_done(&trial);
}
END_TEST

UNIT_MAIN("intake/archive", names_tell_disk_images, content_tells_disk_images,
          what_is_no_file_is_passed_over, a_second_disk_is_seen_wherever_it_is,
          a_stream_is_raw_or_vhd_as_its_end_says,
          a_footer_at_the_end_of_a_compressed_file_is_inside, an_empty_stream_is_no_disk,
          the_limit_is_kept_by_streams, a_file_that_is_not_the_expected_one_is_refused,
          holes_have_the_digest_of_zeros, bombs_stop_at_the_limit, many_members_take_little_memory,
          a_zip_directory_is_bounded, headers_are_bounded, archives_cut_short_are_refused)
