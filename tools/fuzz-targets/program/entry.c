// libFuzzer's entry; its main and all else come with the fuzzer's runtime.
#include <stddef.h>
#include <stdint.h>

int registry_fuzz(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) { return registry_fuzz(bytes, count); }
