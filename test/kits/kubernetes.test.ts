import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { realProgram } from '../real-servers/debian-package.ts';
import { type KubernetesObject, validate } from './kubernetes-schemas.ts';

const kubectl = realProgram(['kubectl', 'kustomize'], 'kubernetes-client');
const OVERLAYS = {
  sqlite: [
    'CronJob',
    'Deployment',
    'Ingress',
    'NetworkPolicy',
    'PersistentVolumeClaim',
    'PodDisruptionBudget',
    'Service',
    'ServiceAccount',
  ],
  'postgres-redis': ['CronJob', 'Deployment', 'HorizontalPodAutoscaler', 'Ingress', 'NetworkPolicy', 'PersistentVolumeClaim'],
};

describe.skipIf(kubectl.path === undefined).each(Object.entries(OVERLAYS))(
  `deploy/kubernetes/overlays/%s (${kubectl.hint})`,
  (overlay, kinds) => {
    const rendered = kubectl.path === undefined ? '' : render(kubectl.path, `deploy/kubernetes/overlays/${overlay}`);
    const objects: KubernetesObject[] = parseAllDocuments(rendered).map((document) => document.toJS());

    it('renders objects that the schemas of the API accept', async () => {
      expect(objects.map(({ kind }) => kind)).toEqual(expect.arrayContaining(kinds));
      for (const object of objects)
        expect([object.kind, object.metadata.name, await validate(object)]).toEqual([object.kind, object.metadata.name, undefined]);
    });

    it('is in one namespace, and every object has the label of the product', () => {
      for (const { metadata } of objects)
        expect([metadata.namespace, metadata.labels?.['app.kubernetes.io/name']]).toEqual(['cinematch', 'cinematch']);
    });

    it('runs pods that the restricted profile admits, with a read-only root file system', () => {
      const pods = objects.flatMap((object) => podOf(object) ?? []);
      expect(pods.length).toBeGreaterThan(0);
      for (const { securityContext, containers } of pods) {
        expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
        for (const container of containers) {
          expect(container.securityContext).toEqual({
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          });
          expect(container.resources).toMatchObject({ requests: { cpu: expect.any(String) }, limits: { memory: expect.any(String) } });
        }
      }
    });

    it('sends requests to servers alone, and bounds what jobs may do', () => {
      const [service] = objects.filter(({ kind }) => kind === 'Service');
      const jobs = objects.filter(({ kind }) => kind === 'CronJob');
      expect(jobs.length).toBeGreaterThan(0);
      for (const { spec } of jobs) {
        const { template, activeDeadlineSeconds } = spec.jobTemplate.spec;
        for (const [label, value] of Object.entries(service?.spec.selector)) expect(template.metadata.labels[label]).not.toBe(value);
        expect(activeDeadlineSeconds).toBeGreaterThan(0);
      }
    });

    it('mounts only claims that are there, and stops later than the server', () => {
      const claims = objects.filter(({ kind }) => kind === 'PersistentVolumeClaim').map(({ metadata }) => metadata.name);
      for (const pod of objects.flatMap((object) => podOf(object) ?? []))
        for (const { persistentVolumeClaim } of pod.volumes)
          if (persistentVolumeClaim !== undefined) expect(claims).toContain(persistentVolumeClaim.claimName);
      const [server] = objects.filter(({ kind }) => kind === 'Deployment').flatMap((object) => podOf(object) ?? []);
      // SHUTDOWN_TIMEOUT_MS is 10 s.
      expect(server?.terminationGracePeriodSeconds).toBeGreaterThan(10);
    });
  },
);

it.each([
  ['a missing field', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: { replicas: 2 } }],
  ['a text where a number belongs', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: { replicas: 'two' } }],
  ['a kind that does not exist', { apiVersion: 'apps/v1', kind: 'Deploy', metadata: { name: 'a' } }],
])('the schemas refuse %s', async (_what, object) => {
  expect(await validate(object)).toBeTypeOf('string');
});

function render(program: string, folder: string): string {
  const command = program.endsWith('kubectl') ? ['kustomize', folder] : ['build', folder];
  return execFileSync(program, command, { encoding: 'utf8' });
}

interface Pod {
  securityContext: object;
  terminationGracePeriodSeconds?: number;
  containers: { securityContext: object; resources: object }[];
  volumes: { persistentVolumeClaim?: { claimName: string } }[];
}

function podOf({ spec }: KubernetesObject): Pod | undefined {
  return spec?.jobTemplate?.spec.template.spec ?? spec?.template?.spec;
}
