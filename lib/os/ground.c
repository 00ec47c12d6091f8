#include "os/ground.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/file.h"
#include "os/room.h"

/* What is being tried with. */
struct trial {
    int dir;
    struct staged first, second;
    int again; /* `name`, opened a second time */
    /* Of the first file, and of a directory before and behind its renaming; scratch to anybody who
     * finds them after a crash. */
    char name[32], before[32], behind[32];
};

/* One thing that is needed: 0, or -1 and errno; errno 0 when the system claims to have it and does
 * not. */
struct step {
    int (*fails)(struct trial *trial);
    const char *missing; /* "the file system cannot …" */
};

static int flush_file(struct trial *trial)
{
    return fault_fires("fsync", NULL) ? -1 : fsync(trial->first.fd);
}

static int name_file(struct trial *trial)
{
    return staged_give_name(&trial->first, trial->name, false);
}

static int keep_name(struct trial *trial)
{
    if (staged_give_name(&trial->second, trial->name, false) < 0)
        return errno == EEXIST ? 0 : -1;
    errno = 0;
    return -1;
}

static int take_lock(struct trial *trial)
{
    return lock_try(trial->first.fd, LOCK_EXCLUSIVE);
}

static int keep_lock(struct trial *trial)
{
    trial->again = walk_open(trial->dir, trial->name, O_RDWR, 0);
    if (trial->again < 0)
        return -1;
    if (lock_try(trial->again, LOCK_EXCLUSIVE) < 0)
        return errno == EAGAIN ? 0 : -1;
    errno = 0;
    return -1;
}

static int rename_directory(struct trial *trial)
{
    int result;

    CALL(result, "mkdirat", mkdirat(trial->dir, trial->before, 0770));
    return result < 0 ? -1 : rename_new(trial->dir, trial->before, trial->dir, trial->behind);
}

static int flush_directory(struct trial *trial)
{
    return fault_fires("fsync", NULL) ? -1 : fsync(trial->dir);
}

static int flush_all(struct trial *trial)
{
    return fault_fires("syncfs", NULL) ? -1 : syncfs(trial->dir);
}

static const struct step steps[] = {
    {flush_file, "flush files"},
    {name_file, "give a file a name that nobody else has given"},
    {keep_name, "refuse a name that is taken"},
    {take_lock, "lock files"},
    {keep_lock, "keep a lock for one process"},
    {rename_directory, "rename directories"},
    {flush_directory, "flush directories"},
    {flush_all, "flush all that was written"},
};

bool ground_lacks(int errnum)
{
    return errnum == ENOSYS || errnum == EOPNOTSUPP || errnum == EINVAL || errnum == ENOLCK;
}

int ground_refuse(struct err *err, int errnum, const char *missing)
{
    if (errnum)
        err_os(err, errnum, "the file system cannot %s", missing);
    else
        err_set(err, E_UNSUPPORTED, "the file system cannot %s", missing);
    if (err)
        err->code = E_UNSUPPORTED;
    err_hint(err, "keep the store on a local file system such as ext4, xfs or btrfs");
    return E_UNSUPPORTED;
}

static int try_step(struct trial *trial, const struct step *step, struct err *err)
{
    if (step->fails(trial) == 0)
        return 0;
    /* link(2): EPERM is a file system without links. */
    if (errno == 0 || ground_lacks(errno) || (step->fails == name_file && errno == EPERM))
        return ground_refuse(err, errno, step->missing);
    return err_os(err, errno, "the file system cannot %s", step->missing);
}

/* Every name, whether it came to be or not: an interrupted call may have done its work. */
static int remove_names(const struct trial *trial, struct err *err)
{
    const char *const directories[] = {trial->before, trial->behind};
    int rc = file_remove(trial->dir, trial->name, err);

    for (size_t i = 0; i < sizeof directories / sizeof *directories; i++) {
        int result;

        CALL(result, "unlinkat", unlinkat(trial->dir, directories[i], AT_REMOVEDIR));
        if (result < 0 && errno != ENOENT && rc == 0)
            rc = path_error(err, errno, "remove", directories[i]);
    }
    return rc;
}

int ground_check(int dir, struct err *err)
{
    struct trial trial = {
        .dir = dir, .first = STAGED_NONE, .second = STAGED_NONE, .again = FILE_NONE};
    int rc;

    staged_make_name(trial.name);
    staged_make_name(trial.before);
    staged_make_name(trial.behind);
    rc = staged_open(&trial.first, dir, err);
    if (rc == 0)
        rc = staged_open(&trial.second, dir, err);
    for (size_t i = 0; rc == 0 && i < sizeof steps / sizeof *steps; i++)
        rc = try_step(&trial, &steps[i], err);
    file_close(&trial.again);
    staged_done(&trial.second);
    staged_done(&trial.first);
    if (rc == 0)
        return remove_names(&trial, err);
    remove_names(&trial, NULL);
    return rc;
}
