/* disk: a disk of a version read at any place. */
#include <string.h>
#include <sys/stat.h>

#include "gallery.h"
#include "tests/unit/scratch.h"

#define OK(call) ck_assert_msg((call) == 0, #call ": %s", err.text)

enum { DISK_SIZE = 70 * 1024 * 1024 + 1234, BLOCK = 4096 };

struct shop {
    struct scratch scratch;
    char store_path[300], disk_path[300];
    struct context context;
    struct store *store;
    int fd; /* of the disk as it was published */
    size_t notices;
};

static void count_notice(void *user, const char *text)
{
    struct shop *shop = user;

    (void)text;
    shop->notices++;
}

/* Data at the beginning, across the end of the first segment, in single blocks, and at the end. */
static void write_disk(struct shop *shop)
{
    static const struct {
        uint64_t at, length;
    } ranges[] = {{0, 300000},
                  {1 << 20, 10},
                  {(1 << 20) + 3 * BLOCK, BLOCK},
                  {(64 << 20) - 100000, 200000},
                  {DISK_SIZE - 5, 5}};

    shop->fd = open(shop->disk_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    ck_assert_int_ge(shop->fd, 0);
    ck_assert_int_eq(ftruncate(shop->fd, DISK_SIZE), 0);
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        for (uint64_t at = ranges[i].at; at < ranges[i].at + ranges[i].length; at += 997) {
            const uint64_t left = ranges[i].at + ranges[i].length - at;
            char text[998];

            snprintf(text, sizeof text, "%-996llu\n", (unsigned long long)at);
            ck_assert_int_ge(pwrite(shop->fd, text, left < 997 ? left : 997, (off_t)at), 1);
        }
}

static void shop_init(struct shop *shop, enum storage_type type)
{
    struct gallery_request gallery = {.ref = {.gallery = (char[]){"prod"}}};
    struct definition_request definition = {
        .ref = {.gallery = (char[]){"prod"}, .definition = (char[]){"u"}}};
    struct version_request version = {.ref = {.gallery = (char[]){"prod"},
                                              .definition = (char[]){"u"},
                                              .version = (char[]){"1.0.0"}}};
    struct gallery shown_gallery = {0};
    struct definition shown_definition = {0};
    struct version shown = {0};
    struct err err = {0};

    *shop = (struct shop){.scratch = scratch_new()};
    snprintf(shop->store_path, sizeof shop->store_path, "%s/store", shop->scratch.path);
    snprintf(shop->disk_path, sizeof shop->disk_path, "%s/disk", shop->scratch.path);
    write_disk(shop);
    shop->context = (struct context){
        .store_path = shop->store_path, .user = shop, .threads = 2, .notice = count_notice};
    OK(gal_open(&shop->context, GAL_CREATE, &shop->store, &err));
    OK(gal_gallery_create(shop->store, &gallery, &shown_gallery, &err));
    definition.values.identifier.publisher = (char[]){"p"};
    definition.values.identifier.offer = (char[]){"o"};
    definition.values.identifier.sku = (char[]){"s"};
    definition.values.os_type = OS_LINUX;
    OK(gal_definition_create(shop->store, &definition, &shown_definition, &err));
    version.os_disk = shop->disk_path;
    version.values.publishing_profile.storage_account_type = type;
    OK(gal_version_create(shop->store, &version, &shown, &err));
    shape_done(&gallery_shape, &shown_gallery);
    shape_done(&definition_shape, &shown_definition);
    shape_done(&version_shape, &shown);
    shop->notices = 0;
}

static void shop_done(struct shop *shop)
{
    gal_close(shop->store);
    close(shop->fd);
    scratch_done(&shop->scratch);
}

static struct gal_disk *shop_open(struct shop *shop)
{
    const struct disk_request request = {.ref = {.gallery = (char[]){"prod"},
                                                 .definition = (char[]){"u"},
                                                 .version = (char[]){"latest"}}};
    struct gal_disk *disk = NULL;
    struct err err = {0};

    OK(gal_disk_open(shop->store, &request, &disk, &err));
    ck_assert_uint_eq(gal_disk_size(disk), DISK_SIZE);
    return disk;
}

static void check_range(struct shop *shop, struct gal_disk *disk, uint64_t offset, size_t length)
{
    uint8_t *got = malloc(length + 1), *want = malloc(length + 1);
    struct err err = {0};

    got[length] = 77;
    OK(gal_disk_read(disk, got, length, offset, &err));
    ck_assert_int_eq(pread(shop->fd, want, length, (off_t)offset), (ssize_t)length);
    ck_assert_mem_eq(got, want, length);
    ck_assert_int_eq(got[length], 77);
    free(got);
    free(want);
}

static void check_ranges(struct shop *shop, struct gal_disk *disk)
{
    uint64_t state = 1;

    check_range(shop, disk, 0, DISK_SIZE);
    check_range(shop, disk, 0, 0);
    check_range(shop, disk, DISK_SIZE, 0);
    check_range(shop, disk, DISK_SIZE - 1, 1);
    check_range(shop, disk, (64 << 20) - 1, 2);
    for (size_t i = 0; i < 500; i++) {
        uint64_t offset, length;

        state = state * 6364136223846793005u + 1442695040888963407u;
        offset = (state >> 20) % DISK_SIZE;
        /* Half of them where the data is. */
        if (i % 2)
            offset = i % 4 == 1 ? offset % 400000 : (64 << 20) - 110000 + offset % 220000;
        length = (state >> 50) % (i % 3 ? 9000 : 400000 / (i + 1) + 1);
        check_range(shop, disk, offset, length < DISK_SIZE - offset ? length : DISK_SIZE - offset);
    }
}

START_TEST(any_range_is_what_was_published)
{
    struct shop shop;
    struct gal_disk *disk;

    shop_init(&shop, STORAGE_STANDARD_LRS);
    disk = shop_open(&shop);
    check_ranges(&shop, disk);
    ck_assert_uint_eq(shop.notices, 0);
    gal_disk_close(disk);
    gal_disk_close(NULL);
    shop_done(&shop);
}
END_TEST

/* Turn over bytes of the one raw file, at the beginning and behind the first segment. */
static void damage_raw(const struct shop *shop)
{
    char command[600];

    snprintf(command, sizeof command,
             "for at in 5000 67108870; do for raw in %s/regions/*/premium_lrs/1/disks/*.raw; do "
             "printf rot | dd of=$raw bs=1 seek=$at conv=notrunc status=none; done; done",
             shop->store_path);
    ck_assert_int_eq(system(command), 0);
}

START_TEST(a_disk_that_is_kept_ready_is_read_where_it_is_right)
{
    struct shop shop;
    struct gal_disk *disk;

    shop_init(&shop, STORAGE_PREMIUM_LRS);
    disk = shop_open(&shop);
    check_ranges(&shop, disk);
    ck_assert_uint_eq(shop.notices, 0);
    damage_raw(&shop);
    check_ranges(&shop, disk);
    ck_assert_uint_eq(shop.notices, 1);
    gal_disk_close(disk);
    shop_done(&shop);
}
END_TEST

START_TEST(what_is_not_there_is_refused)
{
    struct shop shop;
    struct disk_request request = {.ref = {.gallery = (char[]){"prod"},
                                           .definition = (char[]){"u"},
                                           .version = (char[]){"1.0.0"}}};
    struct gal_disk *disk, *none = NULL;
    char byte[2];
    struct err err = {0};

    shop_init(&shop, STORAGE_STANDARD_LRS);
    disk = shop_open(&shop);
    ck_assert_int_eq(gal_disk_read(disk, byte, 1, DISK_SIZE, &err), E_INVALID);
    ck_assert_int_eq(gal_disk_read(disk, byte, 2, DISK_SIZE - 1, &err), E_INVALID);
    ck_assert_int_eq(gal_disk_read(disk, byte, 1, UINT64_MAX, &err), E_INVALID);
    ck_assert_int_eq(gal_disk_read(disk, byte, SIZE_MAX, 1, &err), E_INVALID);
    request.data_disk = (struct opt_int){.set = true, .value = 3};
    ck_assert_int_eq(gal_disk_open(shop.store, &request, &none, &err), E_NOT_FOUND);
    ck_assert_str_eq(err.text, "cannot open a disk of image version 'prod/u/1.0.0': there is no "
                               "data disk with LUN 3");
    request.data_disk.set = false;
    request.region = (char[]){"westus2"};
    ck_assert_int_eq(gal_disk_open(shop.store, &request, &none, &err), E_NOT_FOUND);
    request.region = NULL;
    request.ref.version = (char[]){"2.0.0"};
    ck_assert_int_eq(gal_disk_open(shop.store, &request, &none, &err), E_NOT_FOUND);
    ck_assert_ptr_null(none);
    gal_disk_close(disk);
    shop_done(&shop);
}
END_TEST

UNIT_MAIN("ops/disk", any_range_is_what_was_published,
          a_disk_that_is_kept_ready_is_read_where_it_is_right, what_is_not_there_is_refused)
