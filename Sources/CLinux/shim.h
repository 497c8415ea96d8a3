// What Linux offers beyond Swift's Glibc module: epoll, eventfd, timerfd, accept4.
#ifndef CLINUX_SHIM_H
#define CLINUX_SHIM_H

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>

// Hidden behind _GNU_SOURCE, which cannot be switched on for a header that Glibc's module has.
extern int accept4(int, struct sockaddr *, socklen_t *, int);

static inline int clinux_accept(int listener, struct sockaddr_storage *address, socklen_t *length) {
  return accept4(listener, (struct sockaddr *)address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

#endif
