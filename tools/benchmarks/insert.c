// The floor for an import: a bare C program that inserts the very rows of an imported registry
// into a new database, with the same tables, indexes, durability and commit policy, and nothing
// else: no network, no parsing, no rules, no sealing, no hashing.
//
//   insert SOURCE.sqlite TARGET.sqlite HOUSEHOLDS_PER_COMMIT CHECKPOINT_PAGES
//
// Prints: people, seconds, people per second.
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TABLES = 4, MAX_COLUMNS = 16 };

static const char *const TABLE[TABLES] = {"household", "journal", "member_number", "member_name"};
// The household that a row belongs to, so that rows go in as the registry puts them in.
static const char *const ORDER[TABLES] = {
    "SELECT n, * FROM household ORDER BY n",
    "SELECT h.n, j.* FROM journal j JOIN household h ON h.entry = j.seq ORDER BY h.n",
    "SELECT household, * FROM member_number ORDER BY household, position",
    "SELECT household, * FROM member_name ORDER BY household, position",
};

typedef struct {
  int64_t owner;
  sqlite3_value *column[MAX_COLUMNS];
} Row;

typedef struct {
  Row *rows;
  size_t count, capacity;
  int columns;
} Rows;

static void die(sqlite3 *db, const char *what) {
  fprintf(stderr, "%s: %s\n", what, db ? sqlite3_errmsg(db) : "");
  exit(1);
}

static void run(sqlite3 *db, const char *sql) {
  if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) die(db, sql);
}

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static Rows load(sqlite3 *db, const char *sql) {
  Rows all = {0};
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) die(db, sql);
  all.columns = sqlite3_column_count(statement) - 1;
  if (all.columns > MAX_COLUMNS) die(NULL, "too many columns");
  while (sqlite3_step(statement) == SQLITE_ROW) {
    if (all.count == all.capacity) {
      all.capacity = all.capacity ? all.capacity * 2 : 4096;
      all.rows = realloc(all.rows, all.capacity * sizeof *all.rows);
      if (!all.rows) die(NULL, "out of memory");
    }
    Row *row = &all.rows[all.count++];
    row->owner = sqlite3_column_int64(statement, 0);
    for (int i = 0; i < all.columns; i++)
      row->column[i] = sqlite3_value_dup(sqlite3_column_value(statement, i + 1));
  }
  sqlite3_finalize(statement);
  return all;
}

static void copy_schema(sqlite3 *from, sqlite3 *to) {
  sqlite3_stmt *statement;
  const char *sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name IN "
                    "('household', 'journal', 'member_number', 'member_name') ORDER BY rowid";
  if (sqlite3_prepare_v2(from, sql, -1, &statement, NULL) != SQLITE_OK) die(from, sql);
  while (sqlite3_step(statement) == SQLITE_ROW)
    run(to, (const char *)sqlite3_column_text(statement, 0));
  sqlite3_finalize(statement);
}

int main(int argc, char **argv) {
  if (argc != 5) {
    fprintf(stderr, "usage: insert SOURCE TARGET HOUSEHOLDS_PER_COMMIT CHECKPOINT_PAGES\n");
    return 64;
  }
  sqlite3 *from, *to;
  if (sqlite3_open_v2(argv[1], &from, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) die(from, argv[1]);
  if (sqlite3_open(argv[2], &to) != SQLITE_OK) die(to, argv[2]);
  const long per_commit = atol(argv[3]);
  char pragma[80];
  run(to, "PRAGMA journal_mode = WAL");
  run(to, "PRAGMA synchronous = FULL");
  snprintf(pragma, sizeof pragma, "PRAGMA wal_autocheckpoint = %ld", atol(argv[4]));
  run(to, pragma);
  copy_schema(from, to);

  Rows table[TABLES];
  sqlite3_stmt *insert[TABLES];
  for (int t = 0; t < TABLES; t++) {
    table[t] = load(from, ORDER[t]);
    char sql[200];
    int length = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (?", TABLE[t]);
    for (int i = 1; i < table[t].columns; i++)
      length += snprintf(sql + length, sizeof sql - (size_t)length, ", ?");
    snprintf(sql + length, sizeof sql - (size_t)length, ")");
    if (sqlite3_prepare_v2(to, sql, -1, &insert[t], NULL) != SQLITE_OK) die(to, sql);
  }

  size_t next[TABLES] = {0};
  const double start = seconds();
  for (size_t h = 0; h < table[0].count; h++) {
    if (h % (size_t)per_commit == 0) run(to, "BEGIN IMMEDIATE");
    const int64_t owner = table[0].rows[h].owner;
    for (int t = 0; t < TABLES; t++) {
      while (next[t] < table[t].count && table[t].rows[next[t]].owner == owner) {
        Row *row = &table[t].rows[next[t]++];
        for (int i = 0; i < table[t].columns; i++)
          sqlite3_bind_value(insert[t], i + 1, row->column[i]);
        if (sqlite3_step(insert[t]) != SQLITE_DONE) die(to, TABLE[t]);
        sqlite3_reset(insert[t]);
      }
    }
    if ((h + 1) % (size_t)per_commit == 0 || h + 1 == table[0].count) run(to, "COMMIT");
  }
  const double took = seconds() - start;
  const size_t people = table[3].count;
  printf("%zu %.3f %.0f\n", people, took, (double)people / took);
  for (int t = 0; t < TABLES; t++) sqlite3_finalize(insert[t]);
  sqlite3_close(to);
  sqlite3_close(from);
  return 0;
}
