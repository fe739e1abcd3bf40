import { generateAuthToken } from 'aws-msk-iam-sasl-signer-js';

/** How to reach the brokers: over TLS, authenticated by the function's own role. */
export const connection = {
  clientId: process.env.AWS_LAMBDA_FUNCTION_NAME ?? 'orders',
  bootstrapBrokers: process.env.BOOTSTRAP_BROKERS?.split(',') ?? [],
  tls: {},
  sasl: {
    mechanism: 'OAUTHBEARER' as const,
    token: async () => (await generateAuthToken({ region: process.env.AWS_REGION ?? '' })).token,
  },
};

export const topic = process.env.TOPIC ?? '';
