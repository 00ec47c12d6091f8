#include "ops/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "base/vec.h"
#include "os/dir.h"
#include "os/file.h"
#include "os/space.h"
#include "store/layout.h"
#include "store/region.h"
#include "store/region_dir.h"

void planning_done(struct planning *planning)
{
    for (size_t i = 0; i < planning->copies.count; i++) {
        free(planning->copies.items[i].regions[0]);
        free(planning->copies.items[i].regions[1]);
        free(planning->copies.items[i].digests.items);
    }
    free(planning->copies.items);
    free(planning->raws.items);
    free(planning->touched.items);
    free(planning->grounds.items);
    free(planning->uses.items);
    free(planning->told);
}

/* The directory, or where it will be made. */
static int open_ground(const struct planning *planning, const struct replica_place *place,
                       int *ret_fd, struct err *err)
{
    struct region_dir dir = REGION_DIR_NONE;
    int rc = replica_dir_open(planning->store, place, false, ret_fd, err);

    if (rc != E_NOT_FOUND)
        return rc;
    rc = region_dir_open(planning->store, place->region, place->zone, &dir, err);
    if (rc == 0)
        rc = dir_open(dir.base, ".", ret_fd, err);
    region_dir_close(&dir);
    return rc;
}

static int find_ground(struct planning *planning, const struct replica_place *place, size_t *ret,
                       struct err *err)
{
    struct file_info info = {0};
    struct ground *ground;
    int fd = FILE_NONE;
    int rc = open_ground(planning, place, &fd, err);

    if (rc == 0)
        rc = file_stat(fd, "replica directory", &info, err);
    for (*ret = 0; rc == 0 && *ret < planning->grounds.count; ++*ret)
        if (planning->grounds.items[*ret].device == info.device)
            break;
    if (rc == 0 && *ret == planning->grounds.count) {
        ground = VEC_ADD(&planning->grounds);
        ground->device = info.device;
        rc = space_left(fd, "replica directory", &ground->left, err);
    }
    file_close(&fd);
    return rc;
}

static size_t region_number(const struct planning *planning, const struct plan_region *region)
{
    return (size_t)(region - planning->plan->regions.items);
}

static void use_ground(struct planning *planning, size_t region, size_t ground)
{
    for (size_t i = 0; i < planning->uses.count; i++)
        if (planning->uses.items[i].region == region && planning->uses.items[i].ground == ground)
            return;
    *VEC_ADD(&planning->uses) = (struct ground_use){.region = region, .ground = ground};
}

static struct plan_region *region_of(struct planning *planning, const struct replica_place *place)
{
    return plan_region(planning->plan, place->region, place->type);
}

/* Each replica counts once, in however many zones. */
static void count_replica(struct planning *planning, const struct replica_place *place,
                          struct plan_region *region)
{
    struct replica_place replica = *place;

    replica.region = region->region;
    replica.zone = 0;
    for (size_t i = 0; i < planning->touched.count; i++)
        if (place_equal(&planning->touched.items[i], &replica))
            return;
    *VEC_ADD(&planning->touched) = replica;
    region->replicas.value++;
}

int planning_copy(struct planning *planning, const struct replica_place *place, uint64_t bytes,
                  struct err *err)
{
    struct plan_region *const region = region_of(planning, place);
    size_t ground;
    const int rc = find_ground(planning, place, &ground, err);

    if (rc)
        return rc;
    planning->grounds.items[ground].wanted += bytes;
    use_ground(planning, region_number(planning, region), ground);
    if (bytes > 0)
        count_replica(planning, place, region);
    region->bytes_to_copy.value += (int64_t)bytes;
    return 0;
}

void planning_free(struct planning *planning, const struct replica_place *place, uint64_t bytes)
{
    struct plan_region *const region = region_of(planning, place);
    struct err ignored = {0};
    size_t ground;

    if (bytes > 0)
        count_replica(planning, place, region);
    region->bytes_to_free.value += (int64_t)bytes;
    if (find_ground(planning, place, &ground, &ignored) == 0)
        use_ground(planning, region_number(planning, region), ground);
}

void planning_tell(struct planning *planning, const struct err *why)
{
    if (planning->told && text_equal(planning->told, why->text))
        return;
    text_replace(&planning->told, why->text);
    store_notice(planning->store, "%s", why->text);
}

static void note_unknown(struct planning *planning, const struct replica_place *place,
                         const struct err *why)
{
    struct texts *const notes = &planning->plan->notes;
    char *const note = text_printf("region '%s' is not counted: %s", place->region, why->text);
    bool noted = false;

    for (size_t i = 0; i < notes->count; i++)
        noted |= text_equal(notes->items[i], note);
    if (!noted)
        texts_add(notes, note);
    free(note);
    planning_tell(planning, why);
}

void planning_pass_over(struct planning *planning, const struct replica_place *place,
                        const struct err *why)
{
    struct plan_region *const region = region_of(planning, place);

    region->fits.set = region->bytes_to_copy.set = region->replicas.set = false;
    note_unknown(planning, place, why);
}

void planning_keep(struct planning *planning, const struct replica_place *place,
                   const struct err *why)
{
    struct plan_region *const region = region_of(planning, place);

    region->bytes_to_free.set = region->replicas.set = false;
    note_unknown(planning, place, why);
}

void planning_egress(struct planning *planning, const struct replica_place *place, uint64_t bytes)
{
    struct plan_region *const region = region_of(planning, place);

    region->egress_bytes = opt_int_of((uint64_t)region->egress_bytes.value + bytes);
}

void planning_occupied(struct planning *planning, const struct target_region *target, unsigned had,
                       const struct version *version)
{
    const struct storage_profile *const profile = &version->storage_profile;
    const unsigned wanted = (unsigned)target->regional_replica_count.value;
    uint64_t bytes = (uint64_t)profile->os_disk_image.data_size_in_bytes.value;
    struct plan_region *region;

    for (size_t i = 0; i < profile->data_disk_images.count; i++)
        bytes += (uint64_t)profile->data_disk_images.items[i].data_size_in_bytes.value;
    if (wanted <= had)
        return;
    region = plan_region(planning->plan, target->name, target->storage_account_type);
    region->occupied_bytes =
        opt_int_of((uint64_t)region->occupied_bytes.value + (wanted - had) * bytes);
}

/* What is to be copied to a region, whatever the type. */
static uint64_t wanted_in(const struct plan *plan, const char *region)
{
    uint64_t bytes = 0;

    for (size_t i = 0; i < plan->regions.count; i++)
        if (text_equal(plan->regions.items[i].region, region))
            bytes += (uint64_t)plan->regions.items[i].bytes_to_copy.value;
    return bytes;
}

static bool exceeds_capacity(const struct plan *plan, const struct plan_region *region)
{
    return region->capacity_left.set &&
           wanted_in(plan, region->region) > (uint64_t)region->capacity_left.value;
}

/* A region that cannot be looked at has been told already. */
static void settle_capacity(const struct planning *planning, struct plan_region *region)
{
    const struct region_entry *const entry =
        region_book_entry(&planning->store->regions, region->region);
    struct region_room room;
    struct err ignored = {0};

    if (!entry || !entry->region.capacity.set ||
        region_room_of(planning->store, region->region, &room, &ignored))
        return;
    region->capacity_left = region_room_left(&room);
    region->fits.value = region->fits.value && !exceeds_capacity(planning->plan, region);
}

static void settle_room(struct planning *planning)
{
    for (size_t i = 0; i < planning->plan->regions.count; i++)
        settle_capacity(planning, &planning->plan->regions.items[i]);
    for (size_t i = 0; i < planning->uses.count; i++) {
        const struct ground *const ground =
            &planning->grounds.items[planning->uses.items[i].ground];
        struct plan_region *const region =
            &planning->plan->regions.items[planning->uses.items[i].region];

        if (!region->free_space.set || (uint64_t)region->free_space.value > ground->left)
            region->free_space = opt_int_of(ground->left);
        region->fits.value = region->fits.value && ground->wanted <= ground->left;
    }
}

/* --- room --- */

/* "region 'westus2'", "regions 'westus2', 'westeurope'": those on that file system. */
static void add_regions(const struct planning *planning, size_t ground, struct buf *out)
{
    struct buf names = {0};
    size_t count = 0;

    for (size_t i = 0; i < planning->uses.count; i++) {
        const struct ground_use *const use = &planning->uses.items[i];

        if (use->ground == ground)
            buf_printf(&names, "%s'%s'", count++ ? ", " : "",
                       planning->plan->regions.items[use->region].region);
    }
    buf_printf(out, "region%s %s", count == 1 ? "" : "s", buf_text(&names));
    buf_done(&names);
}

/* The first file system that is too full. */
static int refuse_too_much(const struct planning *planning, struct err *err)
{
    struct buf text = {0};
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < planning->grounds.count; i++) {
        const struct ground *const ground = &planning->grounds.items[i];

        if (ground->wanted <= ground->left)
            continue;
        number_add_size(&text, ground->wanted);
        buf_add_text(&text, " for ");
        add_regions(planning, i, &text);
        buf_add_text(&text, " where ");
        number_add_size(&text, ground->left);
        rc = err_set(err, E_NO_SPACE, "it would not fit: %s are free", buf_text(&text));
        err_hint(err, "'sig sweep --plan' says what a sweep frees");
    }
    buf_done(&text);
    return rc;
}

/* The first region that may not hold so much. */
static int refuse_too_much_for_region(const struct plan *plan, struct err *err)
{
    struct buf wanted = {0}, left = {0};
    const struct plan_region *region = NULL;

    for (size_t i = 0; !region && i < plan->regions.count; i++)
        if (exceeds_capacity(plan, &plan->regions.items[i]))
            region = &plan->regions.items[i];
    if (!region)
        return 0;
    number_add_size(&wanted, wanted_in(plan, region->region));
    number_add_size(&left, (uint64_t)region->capacity_left.value);
    err_set(err, E_NO_SPACE, "it would not fit: %s for region '%s', which may hold %s more",
            buf_text(&wanted), region->region, buf_text(&left));
    err_hint(err, REGION_FULL_HINT, region->region);
    buf_done(&wanted);
    buf_done(&left);
    return E_NO_SPACE;
}

int planning_end(struct planning *planning, struct err *err)
{
    struct prices prices = {0};
    char *from = NULL;
    int rc = ops_prices(planning->store, planning->prices_file, &prices, &from, err);

    if (rc == 0)
        rc = planning_count_copies(planning, err);
    if (rc == 0) {
        settle_room(planning);
        planning->plan->operation = planning->operation;
        if (planning->plan->references.count == 1)
            planning->plan->version = text_copy(planning->plan->references.items[0]);
        plan_finish(planning->plan, &prices, from);
        rc = refuse_too_much(planning, err);
    }
    if (rc == 0)
        rc = refuse_too_much_for_region(planning->plan, err);
    shape_done(&prices_shape, &prices);
    free(from);
    return rc;
}

void planning_add_reference(struct plan *plan, const struct reference *ref)
{
    struct buf name = {0};

    reference_add_text(&name, ref);
    texts_add(&plan->references, buf_text(&name));
    buf_done(&name);
}
