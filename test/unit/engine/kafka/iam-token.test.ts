import { generateAuthTokenFromCredentialsProvider } from 'aws-msk-iam-sasl-signer-js';
import { iamToken } from '../../../../engine/kafka/iam-token';

const CREDENTIALS = { accessKeyId: 'ASIAWORKER', secretAccessKey: 'secret', sessionToken: 'session' };
const urlIn = (token: string) => new URL(Buffer.from(token, 'base64url').toString());

describe('A token', () => {
  test.each(['us-east-1', 'us-gov-west-1', 'cn-north-1', 'cn-northwest-1'])(
    "for %s asks for what AWS's own signer asks for, of the same host",
    async (region) => {
      const ours = urlIn(await iamToken(region, CREDENTIALS));
      const { token } = await generateAuthTokenFromCredentialsProvider({
        region,
        awsCredentialsProvider: () => Promise.resolve(CREDENTIALS),
      });
      const theirs = urlIn(token);
      expect(ours.origin).toBe(theirs.origin);
      expect([...ours.searchParams.keys()].sort()).toEqual([...theirs.searchParams.keys()].sort());
      for (const name of ['Action', 'X-Amz-Algorithm', 'X-Amz-Expires', 'X-Amz-SignedHeaders'])
        expect([name, ours.searchParams.get(name)]).toEqual([name, theirs.searchParams.get(name)]);
    },
  );
});
