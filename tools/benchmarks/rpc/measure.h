// What all clients of the benchmark share: clocks, the server's memory, latencies, the output.
#ifndef MEASURE_H
#define MEASURE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>

static inline uint64_t nanoseconds(clockid_t clock) {
  struct timespec t;
  if (clock_gettime(clock, &t) != 0) {
    perror("clock_gettime");
    exit(1);
  }
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static inline uint64_t now_ns(void) { return nanoseconds(CLOCK_MONOTONIC); }

// CPU time of a process in nanoseconds. Its CPU clock counts what /proc/PID/task/*/schedstat does,
// and keeps what threads used that have ended since: some servers have a thread a connection.
static inline uint64_t cpu_ns(pid_t pid) {
  clockid_t clock;
  if (clock_getcpuclockid(pid, &clock) != 0) {
    fprintf(stderr, "no process %d\n", (int)pid);
    exit(1);
  }
  return nanoseconds(clock);
}

// Memory of a process that is its own (heap and stacks, not files), in KiB.
static inline long memory_kib(pid_t pid) {
  char path[64], line[256];
  long kib = -1;
  snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
  FILE *file = fopen(path, "r");
  while (file != NULL && fgets(line, sizeof line, file) != NULL) {
    if (sscanf(line, "RssAnon: %ld", &kib) == 1) break;
  }
  if (file != NULL) fclose(file);
  if (kib < 0) {
    fprintf(stderr, "no memory of process %d to be read\n", (int)pid);
    exit(1);
  }
  return kib;
}

// Times of single calls.
typedef struct {
  uint32_t *ns;
  size_t count, capacity;
} Latencies;

static inline void record(Latencies *all, uint64_t ns) {
  if (all->count == all->capacity) {
    all->capacity = all->capacity ? 2 * all->capacity : 65536;
    all->ns = (uint32_t *)realloc(all->ns, all->capacity * sizeof *all->ns);
    if (all->ns == NULL) {
      fprintf(stderr, "out of memory\n");
      exit(1);
    }
  }
  all->ns[all->count++] = ns > UINT32_MAX ? UINT32_MAX : (uint32_t)ns;
}

static inline int compare_ns(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

// The start of a measurement.
typedef struct {
  pid_t pid;
  uint64_t wall, cpu;
} Start;

static inline Start start_measure(pid_t pid) {
  Start start;
  start.pid = pid;
  start.cpu = cpu_ns(pid);
  start.wall = now_ns();
  return start;
}

// Prints: mode count seconds server_cpu_us_per_call p50_us p99_us; `-` for no latencies.
static inline void finish_measure(Start start, const char *mode, size_t count, Latencies *all) {
  double seconds = (double)(now_ns() - start.wall) / 1e9;
  double cpu = (double)(cpu_ns(start.pid) - start.cpu) / 1e3 / (double)count;
  if (all == NULL || all->count == 0) {
    printf("%s %zu %.3f %.3f - -\n", mode, count, seconds, cpu);
    return;
  }
  qsort(all->ns, all->count, sizeof *all->ns, compare_ns);
  printf("%s %zu %.3f %.3f %.1f %.1f\n", mode, count, seconds, cpu,
         all->ns[all->count / 2] / 1e3, all->ns[all->count * 99 / 100] / 1e3);
}

// Prints: idle count seconds KiB_per_connection - -
static inline void print_idle(size_t count, double seconds, long before, long after) {
  printf("idle %zu %.3f %.2f - -\n", count, seconds, (double)(after - before) / (double)count);
}

static inline void pause_ms(long ms) {
  struct timespec t = {ms / 1000, ms % 1000 * 1000000};
  nanosleep(&t, NULL);
}

#endif
