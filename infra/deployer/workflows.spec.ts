import type * as Parser from '@actions/workflow-parser';
import { build } from 'esbuild';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

const FOLDER = new URL('../../.github/workflows/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.yml'));
const read = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');

/** GitHub's own parser. It is made for bundlers: Node.js does not load its JSON files. */
async function loadParser(): Promise<typeof Parser> {
  const stdin = { contents: "export * from '@actions/workflow-parser'", resolveDir: import.meta.dirname };
  const { outputFiles } = await build({ stdin, bundle: true, format: 'esm', write: false });
  const url = `data:text/javascript,${encodeURIComponent(outputFiles.map(({ text }) => text).join(''))}`;
  return (await import(url)) as typeof Parser;
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly uses?: string;
  readonly needs?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
}
interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

describe('the workflows of GitHub', () => {
  for (const name of FILES) {
    const text = read(name);
    const { permissions, jobs } = parse(text) as Workflow;
    const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);

    it(`are such as GitHub understands (${name})`, async () => {
      const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await loadParser();
      const { context, value } = parseWorkflow({ name, content: text }, new NoOperationTraceWriter());
      if (value !== undefined) await convertWorkflowTemplate(context, value);
      expect(context.errors.getErrors().map(({ message }) => message)).toEqual([]);
    });

    it(`run others' actions by commit alone, and say which version that is (${name})`, () => {
      for (const [line] of text.matchAll(/^.*\buses:.*$/gm))
        expect(line).toMatch(/uses: (\.\/\S+|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
    });

    it(`may do nothing but what a job asks for, and leave no token behind in the checkout (${name})`, () => {
      expect(permissions).toEqual({});
      for (const [id, job] of Object.entries(jobs))
        expect(job.permissions).toEqual({
          contents: 'read',
          ...(id === 'deploy' && { 'id-token': 'write' }),
        });
      for (const step of steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')))
        expect(step.with?.['persist-credentials']).toBeFalse();
    });

    it(`make no command of what somebody else wrote (${name})`, () => {
      for (const { run = '' } of steps) expect(run).not.toContain('${{');
    });
  }

  it('check what is checked here, and deploy nothing that has not passed', () => {
    const check = parse(read('check.yml')) as Workflow;
    const runs = check.jobs['test']?.steps?.flatMap(({ run }) => run ?? []);
    expect(runs).toEqual(['npm ci', 'npm test', 'npm audit --omit=dev']);
    const deploy = parse(read('deploy.yml')) as Workflow;
    expect(deploy.jobs['deploy']?.needs).toBe('check');
    expect(deploy.jobs['check']?.uses).toBe('./.github/workflows/check.yml');
  });
});
