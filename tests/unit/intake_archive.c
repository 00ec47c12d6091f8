/* archives: which member is the disk, and what comes out of it. */
#include "tests/unit/archive_trial.h"

#include <zlib.h>

#include "base/text.h"

/* --- which member --- */

/* It was chosen: it is the disk, or not what its name promises. */
static void check_chosen(struct trial *trial, const char *name, const uint8_t *content)
{
    if (text_ends(name, ".raw") || text_ends(name, ".img"))
        check_taken(trial, content, DISK);
    else
        check_refused(trial, E_INVALID, "is not what its name says");
}

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
        check_chosen(&trial, disks[i], content);
        save_zstd(&trial, tar.bytes, tar.length);
        check_chosen(&trial, disks[i], content);
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
          holes_have_the_digest_of_zeros, archives_cut_short_are_refused)
