import { readFileSync } from 'node:fs';
import { Service } from '@kubernetes-models/knative/serving.knative.dev/v1/Service';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseEnvironment } from '../../src/environment/environment.ts';
import { readPage } from '../docs/markdown.ts';
import { Intrinsic, parseTemplate, problemsOf } from './cloudformation-schema.ts';

const PROVIDERS = {
  aws: 'deploy/cloud/aws/cinematch.yaml',
  google: 'deploy/cloud/google/service.yaml',
  azure: 'deploy/cloud/azure/cinematch.bicep',
};
/** Values that only the cloud knows. */
const STAND_INS: Record<string, string> = {
  PUBLIC_URL: 'https://films.example',
  DATABASE_URL: 'postgresql://cinematch:password@database:5432/films?uselibpqcompat=true&sslmode=require',
  REDIS_URL: 'rediss://cache:6379',
  AUTH_SECRET: 'x'.repeat(32),
};

const read = (file: string): string => readFileSync(file, 'utf8');

/** The server takes the settings, and the docs have them. */
function checkSettings(settings: readonly (readonly [name: string, value: unknown])[]): void {
  expect(settings.map(([name]) => name)).toEqual(expect.arrayContaining(['PUBLIC_URL', 'TRUST_PROXY', ...Object.keys(STAND_INS)]));
  const environment = parseEnvironment(
    Object.fromEntries(
      settings.map(([name, value]) => [name, typeof value === 'string' && !value.includes('${') ? value : STAND_INS[name]]),
    ),
  );
  expect([environment.database.kind, environment.redis?.server.kind]).toEqual(['postgres', 'single']);
}

describe(PROVIDERS.aws, () => {
  const text = read(PROVIDERS.aws);
  const template = parseTemplate(text);

  it('has only resources and properties of the CloudFormation specification', () => {
    expect(problemsOf(template)).toEqual([]);
    expect(Object.keys(template.Resources).length).toBeGreaterThan(20);
  });

  it.each([
    ['a property that is not there', 'StorageEncrypted:', 'StorageEncryption:', 'Database: there is no property StorageEncryption'],
    ['a text where a number belongs', 'DesiredCount: 2', 'DesiredCount: two', 'Service.DesiredCount: is no integer'],
    [
      'a missing property',
      'AssumeRolePolicyDocument:',
      'RoleName: a\n      Tags: []\n      Description:',
      'AssumeRolePolicyDocument is missing',
    ],
    ['a reference to nothing', '!Ref Task\n', '!Ref Tasks\n', 'there is no Tasks for Ref'],
    ['a type that is not there', 'AWS::EFS::AccessPoint', 'AWS::EFS::Point', 'there is no type AWS::EFS::Point'],
    ['a wrong property inside another', 'ReadonlyRootFilesystem', 'ReadOnlyRootFilesystem', 'there is no property ReadOnlyRootFilesystem'],
  ])('the specification refuses %s', (_what, right, wrong, problem) => {
    expect(text).toContain(right);
    expect(problemsOf(parseTemplate(text.replace(right, wrong))).join('\n')).toContain(problem);
  });

  it('gives the server settings that it takes', () => {
    const { ContainerDefinitions } = template.Resources.Task.Properties as {
      ContainerDefinitions: { Environment: { Name: string; Value: unknown }[]; Secrets: { Name: string }[]; StopTimeout: number }[];
    };
    const [{ Environment, Secrets, StopTimeout }] = ContainerDefinitions;
    checkSettings([
      ...Environment.map(({ Name, Value }) => [Name, Value instanceof Intrinsic ? undefined : Value] as const),
      ...Secrets.map(({ Name }) => [Name, undefined] as const),
    ]);
    expect(StopTimeout).toBeGreaterThan(10);
  });
});

describe(PROVIDERS.google, () => {
  const service = parse(read(PROVIDERS.google));

  it('is a Service of Knative', () => {
    new Service(service).validate();
    const wrong = structuredClone(service);
    wrong.spec.template.spec.containers[0].ports[0].containerPort = '4000';
    expect(() => new Service(wrong).validate()).toThrow();
  });

  it('gives the server settings that it takes', () => {
    const [{ env }] = service.spec.template.spec.containers;
    checkSettings(env.map(({ name, value }: { name: string; value?: string }) => [name, value] as const));
  });
});

describe(PROVIDERS.azure, () => {
  const text = read(PROVIDERS.azure);

  it('gives the server settings that it takes', () => {
    const settings = [...text.matchAll(/\{ name: '([A-Z_]+)', (?:value: '([^']*)'|secretRef: '([\w-]+)') \}/g)];
    checkSettings(settings.map(([, name, value]) => [name, value] as const));
    const secrets = settings.flatMap(([, , , secret]) => secret ?? []);
    for (const secret of secrets) expect(text).toContain(`{ name: '${secret}', value: `);
  });

  it('names only what it declares', () => {
    const declared = new Set([...text.matchAll(/^(?:param|resource) (\w+)/gm)].map(([, name]) => name));
    const used = [...text.matchAll(/\b(logs|files|fileService|artifacts|environment|storage|app)\.(?:id|name|properties|listKeys)/g)];
    expect(used.length).toBeGreaterThan(6);
    for (const [, name] of used) expect(declared).toContain(name);
    for (const [open, close] of ['{}', '[]', '()']) expect(text.split(open).length).toBe(text.split(close).length);
  });

  it('says that it was not validated', () => {
    expect(text).toMatch(/^\/\/ Not validated/m);
  });
});

it.each(Object.entries(PROVIDERS))('%s has a page with its costs, and what state lives where', (provider, file) => {
  const page = readPage(`docs/how-to/cloud-${provider}.md`);
  expect(page).toContain(`../../${file})`);
  expect(page).toMatch(/^## What it costs$/m);
  expect(page).toMatch(/^## What lives where$/m);
});
