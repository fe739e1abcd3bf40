import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';

interface Report {
  pluginReports: { violations: { ruleName: string; violatingConstructs: { constructPath: string }[] }[] }[];
}

/** The findings of the AwsSolutions pack that are not acknowledged, as `rule path`. The app must have at least one. */
export function nagFindings(define: (app: App) => void, context: Record<string, unknown> = {}): string[] {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-nag-'));
  try {
    const app = new App({ outdir, context, analyticsReporting: false });
    define(app);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    synthesizeReported(app);
    const report = JSON.parse(fs.readFileSync(path.join(outdir, 'validation-report.json'), 'utf8')) as Report;
    return report.pluginReports
      .flatMap(({ violations }) => violations)
      .flatMap(({ ruleName, violatingConstructs }) =>
        violatingConstructs.map(({ constructPath }) => `${ruleName} ${constructPath}`),
      );
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
}

/** A synthesis with findings fails after the report has been written. */
function synthesizeReported(app: App): void {
  try {
    app.synth();
  } catch (error) {
    if (!/copy of this report/.test(String(error))) throw error;
  }
}
