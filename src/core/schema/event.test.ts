import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { component } from '../../__tests__/support/core.ts';
import { incidentSchema, maintenanceSchema } from './event.ts';
import type { JsonSchema } from './json-schema.ts';
import { jsonSchemas } from './json-schema.ts';

const WINDOW = { scheduled: '2026-12-01 10:00 UTC', until: '2026-12-01 11:00 UTC' };
const incident = (fields: Record<string, unknown>) =>
  incidentSchema({ zone: 'UTC' }).safeParse({ title: 'A', ...fields });
const maintenance = (fields: Record<string, unknown>) =>
  maintenanceSchema({ zone: 'UTC' }).safeParse({ title: 'A', ...WINDOW, ...fields });

describe('the front matter of an event', () => {
  test('affects no areas and no components unless it says so', () => {
    expect(incident({}).data).toEqual({ title: 'A', areas: [], aliases: [], components: {} });
    expect(maintenance({}).data).toMatchObject({ areas: [], components: {}, except: {} });
  });

  test('may write statuses with capitals and spaces', () => {
    expect(incident({ components: { checkout: ' Major Outage ' } }).data?.components).toEqual({
      checkout: 'major_outage',
    });
  });

  test('of maintenance may list components, each of which is under maintenance', () => {
    expect(maintenance({ components: ['a', 'b'] }).data?.components).toEqual({
      a: 'under_maintenance',
      b: 'under_maintenance',
    });
    expect(maintenance({ components: { a: 'partial_outage' } }).data?.components).toEqual({ a: 'partial_outage' });
    for (const components of ['a', ['a', { b: 'x' }], [{}], null])
      expect(maintenance({ components }).success).toBe(false);
  });

  test('of an incident may not', () => {
    expect(incident({ components: ['a'] }).success).toBe(false);
  });

  test('tells why a time or a rule cannot be taken, with what to write', () => {
    const [time] = incident({ started: '2026-11-20 09:20' }).error?.issues ?? [];
    expect(time).toMatchObject({ params: { ruleId: 'time-no-zone', expected: '2026-11-20 09:20 UTC' } });
    const [soon] = incident({ started: 'soon' }).error?.issues ?? [];
    expect(soon).toHaveProperty('params', { ruleId: 'time-invalid' });
    const [rule] = maintenance({ repeat: 'FREQ=HOURLY' }).error?.issues ?? [];
    expect(rule?.message).toBe(
      'a rule such as `FREQ=WEEKLY;BYDAY=TU` (a rule starts with FREQ, followed by one of DAILY, WEEKLY, MONTHLY, YEARLY)',
    );
  });

  test('excepts days from what recurs', () => {
    const except = { '2026-12-08': 'cancelled', '2026-12-15': '2026-12-15 12:00 UTC' };
    expect(maintenance({ except }).data?.except).toEqual({
      '2026-12-08': {},
      '2026-12-15': { moved: Date.parse('2026-12-15T12:00Z') },
    });
    expect(maintenance({ except: { '2026-12-08': 'later' } }).success).toBe(false);
  });

  test('excepts days with the time at which that was announced', () => {
    const announced = '2026-11-20 09:00 UTC';
    const except = {
      '2026-12-08': { cancelled: 'true', announced },
      '2026-12-15': { moved: '2026-12-15 12:00 UTC', announced },
    };
    const at = Date.parse('2026-11-20T09:00Z');
    expect(maintenance({ except }).data?.except).toEqual({
      '2026-12-08': { announced: at },
      '2026-12-15': { moved: Date.parse('2026-12-15T12:00Z'), announced: at },
    });
    for (const wrong of [{ announced }, { cancelled: 'false' }, { cancelled: 'true', moved: announced }])
      expect(maintenance({ except: { '2026-12-08': wrong } }).success).toBe(false);
  });
});

describe('an editor', () => {
  const known = [component('checkout', { name: 'Checkout' }), component('search', { name: 'Search' })];
  const ajv = new Ajv({ strict: false });
  const accepts = (name: 'incident' | 'maintenance', value: object) => ajv.validate(jsonSchemas(known)[name], value);
  const componentsOf = (name: 'incident' | 'maintenance') =>
    jsonSchemas(known)[name].properties?.['components'] as JsonSchema;

  test.each(['incident', 'maintenance'] as const)('tells the writer of an %s what every key is for', (name) => {
    const keys = Object.entries(jsonSchemas(known)[name].properties ?? {});
    expect(keys.length).toBeGreaterThan(4);
    for (const [key, field] of keys) expect(field, key).toHaveProperty('description');
  });

  test('shows an example of what has a form of its own', () => {
    const { title, started } = jsonSchemas().incident.properties ?? {};
    expect([title, started]).toMatchObject([
      { examples: ['Some customers cannot pay'] },
      { examples: ['2026-11-20 09:20 UTC'] },
    ]);
    const { repeat, except } = jsonSchemas().maintenance.properties ?? {};
    expect([repeat, except]).toMatchObject([
      { examples: ['FREQ=WEEKLY;BYDAY=TU'] },
      { additionalProperties: { anyOf: [{ examples: ['cancelled', '2026-11-20 09:20 UTC'] }, {}] } },
    ]);
  });

  test('offers components by name, each with the statuses that it can have', () => {
    const status = {
      pattern: expect.any(String) as string,
      examples: expect.arrayContaining(['major_outage']) as string[],
    };
    expect(componentsOf('incident').properties).toMatchObject({
      checkout: { description: 'Checkout', ...status },
      search: { description: 'Search', ...status },
    });
    expect(componentsOf('maintenance').anyOf).toMatchObject([
      { items: { examples: ['checkout', 'search', 'all'] } },
      { properties: { search: status } },
    ]);
  });

  test('offers none where none are known', () => {
    expect(jsonSchemas().incident.properties?.['components']).toHaveProperty('properties', {});
  });

  test('accepts what the reader does', () => {
    expect(accepts('incident', { title: 'A', components: { checkout: 'partial outage', newer: 'major_outage' } })).toBe(
      true,
    );
    expect(accepts('incident', { title: 'A', components: { checkout: 'broken' } })).toBe(false);
    expect(accepts('incident', { title: 'A', components: ['checkout'] })).toBe(false);
    expect(accepts('incident', { components: {} })).toBe(false);
    expect(accepts('maintenance', { title: 'A', ...WINDOW, components: ['checkout', 4211] })).toBe(true);
    expect(accepts('maintenance', { title: 'A', ...WINDOW, components: { checkout: 'under_maintenance' } })).toBe(true);
    const except = { '2026-12-08': { cancelled: true, announced: '2026-11-20 09:00 UTC' }, '2026-12-15': 'cancelled' };
    expect(accepts('maintenance', { title: 'A', ...WINDOW, except })).toBe(true);
    expect(accepts('maintenance', { title: 'A', ...WINDOW, except: { '2026-12-08': { off: true } } })).toBe(false);
    expect(accepts('maintenance', { title: 'A', ...WINDOW, components: [true] })).toBe(false);
    expect(accepts('maintenance', { title: 'A', ...WINDOW, components: 'checkout' })).toBe(false);
  });
});
