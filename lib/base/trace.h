/* trace.h: how closely somebody follows what is done. */
#ifndef BASE_TRACE_H
#define BASE_TRACE_H

enum trace_level {
    TRACE_STEP,   /* what changes or may have to wait: a store opened, a lock taken, a write */
    TRACE_DETAIL, /* each resource that is read, too */
};

#endif
