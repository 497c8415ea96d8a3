// What Linux offers beyond Swift's Glibc module: epoll, eventfd, timerfd, accept4.
#ifndef CLINUX_SHIM_H
#define CLINUX_SHIM_H

#include <linux/sched.h>
#include <linux/sched/types.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

// Hidden behind _GNU_SOURCE, which cannot be switched on for a header that Glibc's module has.
extern int accept4(int, struct sockaddr *, socklen_t *, int);

static inline int clinux_accept(int listener, struct sockaddr_storage *address, socklen_t *length) {
  return accept4(listener, (struct sockaddr *)address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

// glibc has no function for it.
extern long syscall(long, ...);

// Makes the calling thread one that computes in the background: it never takes the processor from
// another when it wakes (SCHED_BATCH), and with a slice (ns) that is longer than theirs, others take it
// as soon as they wake (Linux 6.12 and later; before, the slice means nothing).
static inline int clinux_compute_in_background(int niceness, uint64_t slice) {
  struct sched_attr attributes = {
      .size = sizeof attributes,
      .sched_policy = SCHED_BATCH,
      .sched_nice = niceness,
      .sched_runtime = slice,
  };
  return (int)syscall(SYS_sched_setattr, 0, &attributes, 0);
}

#endif
