// Tells ThreadSanitizer what Swift's Mutex does when threads meet at it.
//
// The short way of lock() and unlock() is compiled into the caller and seen; the way through the
// kernel lies in libswiftSynchronization, which is not instrumented: every contended mutex would be
// reported as a data race. The functions here stand before the library's own (Swift 6.1 to 6.3,
// Linux), call them, and say the order they make.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

void __tsan_acquire(void *address);
void __tsan_release(void *address);

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define SWIFT __attribute__((swiftcall))
#define SELF void *self __attribute__((swift_context))

SWIFT void lock_slow(uint32_t thread, SELF) __asm__(LOCK);
SWIFT bool try_lock_slow(SELF) __asm__(TRY);
SWIFT void unlock_slow(SELF) __asm__(UNLOCK);

// The library's own function, looked up once.
static void *next(void **kept, const char *name) {
  void *found = __atomic_load_n(kept, __ATOMIC_RELAXED);
  if (!found) {
    found = dlsym(RTLD_NEXT, name);
    if (!found) abort();
    __atomic_store_n(kept, found, __ATOMIC_RELAXED);
  }
  return found;
}

SWIFT void lock_slow(uint32_t thread, SELF) {
  static void *kept;
  typedef SWIFT void Function(uint32_t, SELF);
  ((Function *)next(&kept, LOCK))(thread, self);
  __tsan_acquire(self);
}

SWIFT bool try_lock_slow(SELF) {
  static void *kept;
  typedef SWIFT bool Function(SELF);
  bool locked = ((Function *)next(&kept, TRY))(self);
  if (locked) __tsan_acquire(self);
  return locked;
}

SWIFT void unlock_slow(SELF) {
  static void *kept;
  typedef SWIFT void Function(SELF);
  __tsan_release(self);
  ((Function *)next(&kept, UNLOCK))(self);
}
