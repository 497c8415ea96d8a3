// What the gRPC server and client share: files, and one record of 300 bytes.
#ifndef GRPC_COMMON_H
#define GRPC_COMMON_H

#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "bench.pb.h"

[[noreturn]] inline void die(const std::string &what) {
  std::cerr << what << "\n";
  exit(1);
}

inline std::string read_file(const std::string &path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  if (!file || text.str().empty()) die("cannot read " + path);
  return text.str();
}

inline bench::v1::Answer make_answer() {
  bench::v1::Answer answer;
  answer.set_text(std::string(297, 'x'));
  if (answer.ByteSizeLong() != 300) die("not 300 bytes");
  return answer;
}

// The same record as load.c sends.
inline bench::v1::Record make_record() {
  bench::v1::Record record;
  record.set_id(std::string(16, 7));
  record.set_number("42122400000017");
  record.set_version(1);
  record.set_status(1);
  record.mutable_contact()->set_telephone("13900001000");
  record.mutable_account()->set_bank("Rural Credit Cooperative");
  record.mutable_account()->set_number("6217000010001234567");
  record.set_effective_on(20101101);
  record.set_recorded_at(1288569600000000);
  while (record.ByteSizeLong() < 300) record.mutable_contact()->mutable_address()->push_back('x');
  if (record.ByteSizeLong() != 300) die("not 300 bytes");
  return record;
}

#endif
