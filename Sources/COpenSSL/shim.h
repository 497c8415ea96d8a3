// OpenSSL 3.0 for Swift: what Swift cannot import itself (macros, variadics, casts), nothing else.
#ifndef COPENSSL_SHIM_H
#define COPENSSL_SHIM_H

#include <openssl/cms.h>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// Macros of ssl.h.
static inline int copenssl_require_tls13(SSL_CTX *context) {
  return SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) == 1 &&
         SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) == 1;
}
static inline int copenssl_set_max_version(SSL_CTX *context, int version) {
  return SSL_CTX_set_max_proto_version(context, version);
}
static inline void copenssl_set_mode(SSL_CTX *context, long mode) {
  SSL_CTX_set_mode(context, mode);
}
static inline int copenssl_disable_resumption(SSL_CTX *context) {
  SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  return SSL_CTX_set_num_tickets(context, 0);
}
static inline void copenssl_set_read_ahead(SSL_CTX *context) { SSL_CTX_set_read_ahead(context, 1); }

// Where the own certificate's file has no chain: makes it of what the authorities' file has between the
// certificate and the root. An own certificate that this side does not trust itself is its peers' business.
static inline int copenssl_build_chain(SSL_CTX *context) {
  STACK_OF(X509) *chain = NULL;
  SSL_CTX_get0_chain_certs(context, &chain);
  if (chain != NULL && sk_X509_num(chain) > 0) return 1;
  return SSL_CTX_build_cert_chain(
             context, SSL_BUILD_CHAIN_FLAG_NO_ROOT | SSL_BUILD_CHAIN_FLAG_IGNORE_ERROR |
                          SSL_BUILD_CHAIN_FLAG_CLEAR_ERROR) > 0;
}

// Stack macros and a union of x509v3.h.
static inline int copenssl_names_count(const GENERAL_NAMES *names) {
  return sk_GENERAL_NAME_num(names);
}
// The bytes of a URI name, or NULL when the name at that place is of another kind.
static inline const unsigned char *copenssl_names_uri(
    const GENERAL_NAMES *names, int place, int *length) {
  const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, place);
  if (name == NULL || name->type != GEN_URI) return NULL;
  *length = ASN1_STRING_length(name->d.uniformResourceIdentifier);
  return ASN1_STRING_get0_data(name->d.uniformResourceIdentifier);
}

// A variadic behind a macro of ec.h, and a macro of x509v3.h.
static inline EVP_PKEY *copenssl_new_p256_key(void) { return EVP_EC_gen("P-256"); }
static inline void copenssl_set_issuer(X509V3_CTX *context, X509 *issuer, X509 *subject) {
  X509V3_set_ctx_nodb(context);
  X509V3_set_ctx(context, issuer, subject, NULL, NULL, 0);
}

static inline void copenssl_set_list_issuer(X509V3_CTX *context, X509 *issuer, X509_CRL *list) {
  X509V3_set_ctx_nodb(context);
  X509V3_set_ctx(context, issuer, NULL, NULL, list, 0);
}

// Stack macros of x509.h and x509v3.h: the extensions of a request, and the usages of a key.
static inline int copenssl_extensions_count(const STACK_OF(X509_EXTENSION) *extensions) {
  return sk_X509_EXTENSION_num(extensions);
}
static inline X509_EXTENSION *copenssl_extension(
    const STACK_OF(X509_EXTENSION) *extensions, int place) {
  return sk_X509_EXTENSION_value(extensions, place);
}
static inline void copenssl_extensions_free(STACK_OF(X509_EXTENSION) *extensions) {
  sk_X509_EXTENSION_pop_free(extensions, X509_EXTENSION_free);
}
static inline STACK_OF(X509_EXTENSION) *copenssl_extensions_new(void) {
  return sk_X509_EXTENSION_new_null();
}
static inline int copenssl_extensions_push(
    STACK_OF(X509_EXTENSION) *extensions, X509_EXTENSION *extension) {
  return sk_X509_EXTENSION_push(extensions, extension);
}
static inline STACK_OF(X509) *copenssl_new_certificates(void) { return sk_X509_new_null(); }
static inline int copenssl_add_certificate(STACK_OF(X509) *certificates, X509 *certificate) {
  return sk_X509_push(certificates, certificate);
}
// Frees the stack alone: the certificates are somebody else's.
static inline void copenssl_free_certificates(STACK_OF(X509) *certificates) {
  sk_X509_free(certificates);
}
static inline int copenssl_usages_count(const EXTENDED_KEY_USAGE *usages) {
  return sk_ASN1_OBJECT_num(usages);
}
static inline int copenssl_usage(const EXTENDED_KEY_USAGE *usages, int place) {
  return OBJ_obj2nid(sk_ASN1_OBJECT_value(usages, place));
}

#endif
