import { assemblyFiles, type TestStack, writeFolder } from '../testing/cdk-out.ts';
import type { Stack } from './stack.ts';
import { type GivenParameters, readStacks } from './stacks.ts';

const table = (properties: object = {}): object => ({ Type: 'AWS::DynamoDB::Table', Properties: properties });
const lambda = (name: unknown, environment: object): object => ({
  Type: 'AWS::Lambda::Function',
  Properties: { FunctionName: name, Environment: { Variables: environment } },
});
const exporting = (name: unknown, value: unknown): object => ({
  Outputs: { Exported: { Value: value, Export: { Name: name } } },
});
const importing = (name: unknown): TestStack => ({
  template: { Resources: { F: lambda('f', { TABLE: { 'Fn::ImportValue': name } }) } },
});
/** The way CDK writes the URL of a nested stack's template. */
const templateUrl = (objectKey: string): object => ({
  'Fn::Join': [
    '',
    ['https://s3.', { Ref: 'AWS::Region' }, '.amazonaws.com/', { Ref: 'Bucket' }, `/${objectKey}`],
  ],
});

describe('readStacks', () => {
  const removals: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const remove of removals.splice(0)) await remove();
  });

  async function read(
    files: Readonly<Record<string, object | string>>,
    inside = '.',
    given: GivenParameters = {},
  ): Promise<Stack[]> {
    const { directory, remove } = await writeFolder(files);
    removals.push(remove);
    return readStacks(`${directory}/${inside}`, given);
  }
  /** The environment of the functions called `f`. */
  const environment = (stacks: readonly Stack[]): object | undefined =>
    stacks
      .flatMap((stack) => stack.resources('AWS::Lambda::Function'))
      .find(({ identity }) => identity.ref === 'f')
      ?.properties.inside('Environment')
      .inside('Variables')
      .texts();

  it('[F1] gives a stack what another one exports, whichever comes first', async () => {
    const data = {
      template: {
        Resources: { T: table({ TableName: 'orders' }) },
        ...exporting({ 'Fn::Sub': '${AWS::StackName}:T' }, { Ref: 'T' }),
      },
    };
    for (const stacks of [
      { data, web: importing('data:T') },
      { web: importing('data:T'), data },
    ]) {
      expect(environment(await read(assemblyFiles(stacks)))).toEqual({ TABLE: 'orders' });
    }
  });

  it('[F1] refuses an import that no stack exports, and names who wants it', async () => {
    const stacks = await read(
      assemblyFiles({
        web: importing('x'),
        off: {
          template: {
            Conditions: { No: { 'Fn::Equals': [1, 2] } },
            Outputs: { Exported: { Condition: 'No', Value: 'v', Export: { Name: 'x' } } },
          },
        },
      }),
    );
    expect(() => environment(stacks)).toThrowError('F.Environment.Variables.TABLE: no stack here exports x');
  });

  it('[F1] refuses an import that two stacks export', async () => {
    const stacks = await read(
      assemblyFiles({
        one: { template: exporting('x', '1') },
        two: { template: exporting('x', '2') },
        web: importing('x'),
      }),
    );
    expect(() => environment(stacks)).toThrowError(
      /^F\.Environment\.Variables\.TABLE: the export x is in one and in two: run one stage alone/,
    );
  });

  it('[F2] reads the assemblies inside: the stages of an app', async () => {
    const inner = assemblyFiles({
      shop: {
        template: { Resources: { T: table() } },
        assets: { 'code.zip': '../asset.code' },
      },
    });
    const files = {
      ...assemblyFiles({}, ['assembly-Prod']),
      ...Object.fromEntries(Object.entries(inner).map(([name, text]) => [`assembly-Prod/${name}`, text])),
    };
    const [stack, ...others] = await read(files);
    expect(others).toEqual([]);
    expect(stack?.name).toBe('shop');
    // CDK keeps one copy of an asset for all stages, beside their folders.
    expect(stack?.template.asset('code.zip')).toMatch(/app-[^/\\]+[/\\]asset\.code$/);
  });

  it('[F2] refuses stages that give the same name to two tables, and runs one of them by its folder', async () => {
    const stage = (name: string): [string, object][] =>
      Object.entries(
        assemblyFiles({ [name]: { template: { Resources: { T: table({ TableName: 'users' }) } } } }),
      ).map(([file, text]) => [`assembly-${name}/${file}`, text]);
    const files = {
      ...assemblyFiles({}, ['assembly-dev', 'assembly-prod']),
      ...Object.fromEntries([...stage('dev'), ...stage('prod')]),
    };
    await expectAsync(read(files)).toBeRejectedWithError(
      'the table users is in dev and in prod: run one stage alone, by its folder inside the assembly',
    );
    expect((await read(files, 'assembly-dev')).map(({ name }) => name)).toEqual(['dev']);
  });

  it('[F3] reads nested stacks: what the parent passes down, and what it reads of them', async () => {
    const stacks = await read({
      'data.nested.template.json': {
        Parameters: { Prefix: { Type: 'String' }, Suffix: { Type: 'String', Default: 'users' } },
        Resources: { T: table({ TableName: { 'Fn::Sub': '${Prefix}-${Suffix}' } }) },
        Outputs: { Name: { Value: { Ref: 'T' } } },
      },
      ...assemblyFiles({
        shop: {
          template: {
            Resources: {
              Data: {
                Type: 'AWS::CloudFormation::Stack',
                Properties: {
                  TemplateURL: templateUrl('abc.json'),
                  Parameters: { Prefix: { Ref: 'AWS::StackName' } },
                },
              },
              F: lambda('f', {
                TABLE: { 'Fn::GetAtt': ['Data', 'Outputs.Name'] },
                STACK: { Ref: 'Data' },
              }),
            },
          },
          assets: { 'bc.json': 'manifest.json', 'abc.json': 'data.nested.template.json' },
        },
      }),
    });
    expect(stacks.map(({ name }) => name)).toEqual([
      'shop',
      jasmine.stringMatching(/^shop-Data-[0-9A-F]{12}$/),
    ]);
    expect(environment(stacks)).toEqual({
      TABLE: 'shop-users',
      STACK: jasmine.stringMatching(/:stack\/shop-Data-[0-9A-F]{12}\/[0-9a-f-]{36}$/),
    });
    expect(stacks[1]?.resources('AWS::DynamoDB::Table').map(({ identity }) => identity.ref)).toEqual([
      'shop-users',
    ]);
  });

  it('[F3] refuses what a parent passes to a parameter that its nested stack does not have', async () => {
    const Properties = { TemplateURL: templateUrl('n.json'), Parameters: { Emv: 'test' } };
    const template = { Resources: { Data: { Type: 'AWS::CloudFormation::Stack', Properties } } };
    const files = assemblyFiles({ shop: { template, assets: { 'n.json': 'n.json' } } });
    await expectAsync(
      read({ ...files, 'n.json': { Parameters: { Env: { Type: 'String' } }, Resources: {} } }),
    ).toBeRejectedWithError('Data: its template has no parameter Emv');
  });

  it('[F3] refuses a nested stack whose template is elsewhere, unless its condition does not hold', async () => {
    const shop = (Condition: string): Record<string, object> =>
      assemblyFiles({
        shop: {
          template: {
            Conditions: { Yes: { 'Fn::Equals': [1, 1] }, No: { 'Fn::Equals': [1, 2] } },
            Resources: {
              Data: {
                Type: 'AWS::CloudFormation::Stack',
                Condition,
                Properties: { TemplateURL: 'https://bucket.example/data.json' },
              },
            },
          },
        },
      });
    await expectAsync(read(shop('Yes'))).toBeRejectedWithError('Data: its TemplateURL is no file here');
    expect((await read(shop('No'))).length).toBe(1);
  });

  const withParameters = assemblyFiles({
    shop: {
      template: {
        Parameters: {
          Env: { Type: 'String', Default: 'dev' },
          Key: { Type: 'AWS::SSM::Parameter::Value<String>' },
        },
        Resources: {
          F: lambda('f', { ENV: { Ref: 'Env' }, KEY: { Ref: 'Key' } }),
        },
      },
    },
    other: { template: { Parameters: { Env: { Type: 'String', Default: 'x' } }, Resources: {} } },
  });

  it('[F4] [F5] takes parameters, for all stacks or one, and the value of one that AWS reads from SSM', async () => {
    const both: readonly GivenParameters[] = [
      { Env: 'test', Key: 'k' },
      { Env: 'no', 'shop:Env': 'test', 'other:Env': 'no', 'shop:Key': 'k' },
    ];
    for (const given of both) {
      expect(environment(await read(withParameters, '.', given))).toEqual({ ENV: 'test', KEY: 'k' });
    }
    expect(environment(await read(withParameters, '.', { Key: 'k' }))).toEqual({ ENV: 'dev', KEY: 'k' });
  });

  it('[F11] refuses stacks that import from each other in a circle, and names them', async () => {
    const circular = (own: string, other: string): TestStack => ({
      template: {
        Resources: { F: lambda(own, { OTHER: { 'Fn::ImportValue': other } }) },
        ...exporting(own, { 'Fn::ImportValue': other }),
      },
    });
    const stacks = await read(assemblyFiles({ a: circular('f', 'y'), b: circular('y', 'f') }));
    expect(() => environment(stacks)).toThrowError(
      'F.Environment.Variables.OTHER: b: output Exported needs a: output Exported needs b: output Exported: that is a circle',
    );
  });

  it('[F4] refuses a parameter that no stack has', async () => {
    await expectAsync(read(withParameters, '.', { Emv: 'test' })).toBeRejectedWithError(
      'no stack has a parameter Emv',
    );
  });

  it('[F5] refuses a name in SSM that a parent passes down', async () => {
    const stacks = await read({
      'n.json': {
        Parameters: { Key: { Type: 'AWS::SSM::Parameter::Value<String>' } },
        Resources: { F: lambda('f', { KEY: { Ref: 'Key' } }) },
      },
      ...assemblyFiles({
        shop: {
          template: {
            Resources: {
              N: {
                Type: 'AWS::CloudFormation::Stack',
                Properties: { TemplateURL: templateUrl('n.json'), Parameters: { Key: '/shop/key' } },
              },
            },
          },
          assets: { 'n.json': 'n.json' },
        },
      }),
    });
    expect(() => environment(stacks)).toThrowError(
      /^F\.Environment\.Variables\.KEY: parameter Key is read from SSM/,
    );
  });
});
