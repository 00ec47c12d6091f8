/* fault.h: the points where a test build makes the system fail.
 *
 * Every function of this room asks fault_fires() right before each call that changes or reads the
 * disk. In an ordinary build the question is a constant. In a build with -DFAULTS,
 * SIG_FAULT="N:ACTION" makes the N-th such point of the process (from 1) act: ACTION is an errno
 * name (EIO, ENOSPC, EDQUOT, EROFS, EMFILE, ENOMEM, EACCES, EINTR), "short" (a write writes half, a
 * read gives half; other calls: EIO), "kill" (SIGKILL to itself before the call), "torn" (a write
 * writes half, then SIGKILL; other calls: kill) or "stop" (SIGSTOP to itself before this call and
 * every later one, so that a test walks through a command). When a fault fires, one line "fault: N
 * CALL ACTION" goes to the file named by SIG_FAULT_LOG, so that a harness can prove that it fired;
 * SIG_FAULT="0:count" fires nothing and appends "fault: TOTAL" there at exit. Both are read before
 * main; a plan that cannot be understood ends the process with status 2.
 */
#ifndef OS_FAULT_H
#define OS_FAULT_H

#include <stdbool.h>
#include <stddef.h>

#ifdef FAULTS
/* True: errno is set, fail the call named `call` ("fsync"). `*length` (may be NULL) is cut in half
 * for "short" and "torn". */
bool fault_fires(const char *call, size_t *length);
/* After a torn write was made: end the process if that is what was asked for. */
void fault_after(void);
#else
static inline bool fault_fires(const char *call, size_t *length)
{
    (void)call;
    (void)length;
    return false;
}
static inline void fault_after(void)
{
}
#endif

#endif
