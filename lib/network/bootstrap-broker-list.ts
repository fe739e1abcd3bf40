/** The lists of bootstrap brokers that MSK offers, by network and authentication method. */
export enum BootstrapBrokerList {
  /** Brokers for clients in the VPC, without authentication or encryption (port 9092). */
  PLAINTEXT = 'Plaintext',
  /** Brokers for clients in the VPC that use mutual TLS, or TLS without authentication (port 9094). */
  TLS = 'Tls',
  /** Brokers for clients in the VPC that use SCRAM (port 9096). */
  SASL_SCRAM = 'SaslScram',
  /** Brokers for clients in the VPC that use IAM (port 9098). */
  SASL_IAM = 'SaslIam',
  /** Brokers for clients on the internet that use mutual TLS (port 9194). */
  PUBLIC_TLS = 'PublicTls',
  /** Brokers for clients on the internet that use SCRAM (port 9196). */
  PUBLIC_SASL_SCRAM = 'PublicSaslScram',
  /** Brokers for clients on the internet that use IAM (port 9198). */
  PUBLIC_SASL_IAM = 'PublicSaslIam',
  /** Brokers for clients in other VPCs that use multi-VPC private connectivity and mutual TLS (ports 14001 and up). */
  VPC_CONNECTIVITY_TLS = 'VpcConnectivityTls',
  /** Brokers for clients in other VPCs that use multi-VPC private connectivity and SCRAM (ports 14001 and up). */
  VPC_CONNECTIVITY_SASL_SCRAM = 'VpcConnectivitySaslScram',
  /** Brokers for clients in other VPCs that use multi-VPC private connectivity and IAM (ports 14001 and up). */
  VPC_CONNECTIVITY_SASL_IAM = 'VpcConnectivitySaslIam',
  /** Brokers for clients over IPv6, without authentication or encryption (port 20092). */
  PLAINTEXT_IPV6 = 'PlaintextIpv6',
  /** Brokers for clients over IPv6 that use mutual TLS, or TLS without authentication (port 20094). */
  TLS_IPV6 = 'TlsIpv6',
  /** Brokers for clients over IPv6 that use SCRAM (port 20096). */
  SASL_SCRAM_IPV6 = 'SaslScramIpv6',
  /** Brokers for clients over IPv6 that use IAM (port 20098). */
  SASL_IAM_IPV6 = 'SaslIamIpv6',
}
