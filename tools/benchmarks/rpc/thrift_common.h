// What the Thrift server and client share: TLS as the registry has it.
#ifndef THRIFT_COMMON_H
#define THRIFT_COMMON_H

#include <openssl/ssl.h>
#include <thrift/transport/TSSLSocket.h>

#include <iostream>
#include <memory>
#include <string>

// Certificates name URIs, which TSSLSocket cannot compare: whoever the authority has signed is let
// in. The chain has been verified before this is asked.
class SignedIsEnough final : public apache::thrift::transport::AccessManager {
 public:
  Decision verify(const sockaddr_storage &) noexcept override { return ALLOW; }
};

// TLS 1.3 alone, and a certificate demanded of either side.
class Factory final : public apache::thrift::transport::TSSLSocketFactory {
 public:
  Factory(const std::string &ca, const std::string &cert, const std::string &key,
          bool server_side) {
    if (SSL_CTX_set_min_proto_version(ctx_->get(), TLS1_3_VERSION) != 1) {
      std::cerr << "no TLS 1.3\n";
      exit(1);
    }
    server(server_side);
    loadTrustedCertificates(ca.c_str());
    loadCertificate(cert.c_str());
    loadPrivateKey(key.c_str());
    authenticate(true);
    access(std::make_shared<SignedIsEnough>());
  }
};

#endif
