/** A list of brokers: for clients of one kind of authentication that come one way. */
export enum BootstrapBrokerList {
  /** In the VPC, without authentication, not encrypted (port 9092). */
  PLAINTEXT = 'Plaintext',
  /** In the VPC, by a certificate, or encrypted without authentication (port 9094). */
  TLS = 'Tls',
  /** In the VPC, by SCRAM (port 9096). */
  SASL_SCRAM = 'SaslScram',
  /** In the VPC, by IAM (port 9098). */
  SASL_IAM = 'SaslIam',
  /** From the internet, by a certificate (port 9194). */
  PUBLIC_TLS = 'PublicTls',
  /** From the internet, by SCRAM (port 9196). */
  PUBLIC_SASL_SCRAM = 'PublicSaslScram',
  /** From the internet, by IAM (port 9198). */
  PUBLIC_SASL_IAM = 'PublicSaslIam',
  /** From other VPCs by private connectivity, by a certificate (ports from 14001 on). */
  VPC_CONNECTIVITY_TLS = 'VpcConnectivityTls',
  /** From other VPCs by private connectivity, by SCRAM (ports from 14001 on). */
  VPC_CONNECTIVITY_SASL_SCRAM = 'VpcConnectivitySaslScram',
  /** From other VPCs by private connectivity, by IAM (ports from 14001 on). */
  VPC_CONNECTIVITY_SASL_IAM = 'VpcConnectivitySaslIam',
  /** By IPv6, without authentication, not encrypted (port 20092). */
  PLAINTEXT_IPV6 = 'PlaintextIpv6',
  /** By IPv6, by a certificate, or encrypted without authentication (port 20094). */
  TLS_IPV6 = 'TlsIpv6',
  /** By IPv6, by SCRAM (port 20096). */
  SASL_SCRAM_IPV6 = 'SaslScramIpv6',
  /** By IPv6, by IAM (port 20098). */
  SASL_IAM_IPV6 = 'SaslIamIpv6',
}
