import type { Shape } from './shape.ts';
import { COMMENT, latestIn, namedBy, ofType, PLANNED, priority, TEST, unless, when } from './shape.ts';

/** Of version 3, 2 and 1, bare or in an envelope, and an incident as its API gives it. */
const pagerDuty: Shape = {
  source: 'pagerduty',
  displayName: 'PagerDuty',
  detect: [
    ['event.event_type', 'event.data'], ['event_type', 'resource_type', 'data'], ['messages.0.incident'], ['messages.0.data.incident'],
    ['messages.0.event', 'messages.0.created_on'], ['incident.incident_key'], ['incident.escalation_policy'],
    ['incident.type=incident*', 'incident.html_url'], ['incident.self~.pagerduty.com/'], ['incident.html_url~.pagerduty.com/'],
    ['event.event_type=pagey.ping'],
  ],
  alerts: ['^messages', '^event.data', '^data', '^incident'],
  state: ['incident.status', 'data.incident.status', 'status', 'event', 'type', '^event.event_type', '^event_type'],
  firing: 'triggered, incident.trigger, incident.triggered',
  ongoing: 'acknowledged, incident.acknowledge, incident.acknowledged, incident.unacknowledge, incident.unacknowledged, incident.assign, incident.reassigned, incident.escalate, incident.escalated, incident.delegate, incident.delegated, incident.priority updated',
  resolved: 'resolved, incident.resolve, incident.resolved',
  ignored: [
    ['pagey.ping', TEST],
    ['incident.annotate*, incident.responder*, incident.status update*, incident.conference bridge*, incident.custom field*, incident.workflow*, incident.incident type*, incident.role*, incident.service*, incident.action*, service.*', COMMENT],
  ],
  key: ['incident.id', 'data.incident.id', 'id'],
  untimed: 'repeat',
  name: ['incident.title', 'data.incident.title', 'data.incident.trigger_summary_data.subject', 'data.incident.trigger_summary_data.description', 'title', 'incident.summary', 'incident.description', 'summary', 'description'],
  start: ['incident.created_at', 'data.incident.created_on', 'created_at', when('event', 'incident.trigger', 'created_on'),
    when('type', 'incident.trigger', 'created_on'), when('^event.event_type', 'incident.triggered', '^event.occurred_at'),
    when('^event_type', 'incident.triggered', '^occurred_at')],
  end: ['incident.resolved_at', 'resolved_at', when('^event.event_type', 'incident.resolved', '^event.occurred_at'),
    when('^event_type', 'incident.resolved', '^occurred_at'), 'incident.last_status_change_at', 'last_status_change_at',
    'data.incident.last_status_change_on', 'created_on'],
  again: { detect: ['event.event_type=incident.reopened', 'event_type=incident.reopened'], at: ['^event.occurred_at', '^occurred_at'] },
  severity: ['incident.priority.summary', 'incident.priority.name', 'priority.summary', 'priority.name', 'incident.urgency', 'data.incident.urgency', 'urgency'],
  labels: [
    ['service', 'incident.service.summary', 'incident.service.name', 'data.incident.service.name', 'service.summary', 'service.name'],
    ['urgency', 'incident.urgency', 'urgency'],
    ['team', 'incident.teams.0.summary', 'teams.0.summary'],
  ],
  summary: ['incident.summary', 'summary', 'incident.title', 'title'],
  description: ['incident.description', 'data.incident.trigger_summary_data.description', 'description'],
  link: ['incident.html_url', 'data.incident.html_url', 'html_url'],
}; // prettier-ignore

/** An action on an alert that can only be taken while it is open says that it goes on; a note or a tag says nothing. */
const opsgenie: Shape = {
  source: 'opsgenie',
  displayName: 'Opsgenie',
  detect: [['action', 'alert.alertId'], ['action', 'alert.tinyId'], ['action', 'alert.alias'], ['action', 'alert.message']],
  alerts: ['^alert'],
  state: ['^action'],
  firing: 'create',
  ongoing: 'acknowledge, unacknowledge, escalate, escalatenext, escalatetonext, takeownership, assignownership, assign, addteam, addrecipient, addresponder, updatepriority, updatemessage, updatedescription, snooze, snoozeended',
  resolved: 'close, delete',
  ignored: [['addnote, addtags, removetags, adddetails, removedetails, addattachment, customaction*, executeaction*, seen, markasseen, unsee', COMMENT], ['test*', TEST]],
  key: ['alertId', 'id', 'alias', 'tinyId'],
  untimed: 'repeat',
  name: ['message', 'alias'],
  start: ['createdAt'],
  end: [when('^action', 'close, delete', 'updatedAt')],
  severity: [priority('priority')],
  labels: ['tags', 'details', ['entity', 'entity'], ['source', 'source'], ['integration', '^integrationName']],
  summary: ['message'],
  description: ['description'],
  link: ['details.url', '^alertUrl'],
}; // prettier-ignore

/** Its body has a field of the event's name. An incident that is being learnt from is over. */
const incidentIo: Shape = {
  source: 'incident-io',
  displayName: 'incident.io',
  detect: [['event_type=public incident*, private incident*'], ['incident.incident_status']],
  alerts: [namedBy('^event_type'), '^incident'],
  state: ['incident_status.category', 'incident.incident_status.category', 'new_status.category', 'incident_status.name', 'incident.incident_status.name', 'new_status.name', 'status', '^event_type'],
  firing: 'triage, live, active, investigating, fixing, open',
  ongoing: 'monitoring, paused',
  resolved: 'learning, closed, resolved, declined, merged, canceled, cancelled, documenting, reviewing, post incident*, completed',
  ignored: [['public incident*, private incident*', COMMENT]],
  key: ['incident.id', 'id'],
  untimed: 'return',
  name: ['incident.name', 'name', 'incident.reference', 'reference'],
  start: ['incident.created_at', 'created_at'],
  updated: ['incident.updated_at', 'updated_at'],
  severity: ['incident.severity.name', 'severity.name', 'severity'],
  labels: [['mode', 'incident.mode', 'mode'], ['type', 'incident.incident_type.name', 'incident_type.name'], ['reference', 'incident.reference', 'reference']],
  summary: ['incident.summary', 'summary'],
  link: ['incident.permalink', 'permalink'],
}; // prettier-ignore

const fireHydrant: Shape = {
  source: 'firehydrant',
  displayName: 'FireHydrant',
  detect: [['incident.current_milestone'], ['data.incident.current_milestone'], ['data.incident.milestones']],
  alerts: ['^data.incident', '^incident'],
  state: ['current_milestone'],
  firing: 'started, detected',
  ongoing: 'acknowledged, investigating, identified, firstaction, mitigated, monitoring',
  resolved: 'resolved, closed, retrospective*, postmortem*',
  key: ['id', 'number'],
  untimed: 'return',
  name: ['name'],
  start: ['started_at', ofType('milestones', 'started', 'occurred_at'), 'created_at'],
  end: [ofType('milestones', 'resolved', 'occurred_at'), 'resolved_at'],
  // After it was resolved once, its milestones do not show whether it is open again.
  updated: [
    'updated_at',
    unless(ofType('milestones', 'resolved', 'occurred_at'), latestIn('milestones', 'occurred_at')),
  ],
  severity: ['severity', 'severity.slug', 'priority'],
  labels: ['labels', ['priority', 'priority'], ['number', 'number']],
  summary: ['customer_impact_summary', 'summary'],
  description: ['description'],
  link: ['incident_url', 'status_page_url'],
};

/** An entry in the timeline of an incident is a comment. */
const rootly: Shape = {
  source: 'rootly',
  displayName: 'Rootly',
  detect: [
    ['event.type', 'event.issued_at', 'data'], ['event_type=incident event*', 'incident.id'], ['incident.url~rootly.com/'],
    ['incident.short_url~root.ly/'],
  ],
  alerts: ['^data', '^incident'],
  state: [when('^event.type', 'incident post mortem*, incident.scheduled*, incident event*, pulse*, genius*', '^event.type'),
    when('^event_type', 'incident event*', '^event_type'), when('kind', 'test*, example*, scheduled*', 'kind'),
    'status', '^event.type', '^event'],
  firing: 'started, detected, in triage, triage, open, triggered, incident.created, alert.created',
  ongoing: 'acknowledged, mitigated, incident.updated, incident.mitigated, alert.acknowledged, alert.updated',
  resolved: 'resolved, cancelled, canceled, closed, completed, incident.resolved, incident.cancelled, incident.deleted, alert.resolved, alert.deleted',
  ignored: [
    ['test*, example*', TEST],
    ['scheduled*, in progress, incident.scheduled*', PLANNED],
    ['incident post mortem*, incident event*, pulse*, genius*', COMMENT],
  ],
  key: ['id'],
  untimed: 'return',
  name: ['title', 'summary'],
  start: ['started_at', 'created_at'],
  end: ['resolved_at', 'ended_at', 'cancelled_at', '^event.issued_at'],
  updated: ['updated_at', '^event.issued_at'],
  severity: ['severity', 'severity.slug', 'severity.name', 'severity.data.attributes.name'],
  labels: ['labels', ['service', 'services.0.name', 'services.0'], ['team', 'teams.0.name', 'teams.0']],
  summary: ['summary', 'title'],
  link: ['url', 'short_url', 'external_url'],
}; // prettier-ignore

/** The status page of somebody we depend on: its incidents, and its components one by one. */
const statuspage: Shape = {
  source: 'statuspage',
  displayName: 'Statuspage',
  detect: [['page', 'incident.incident_updates'], ['page.id', 'incident.id'], ['component_update.new_status'], ['component', 'component_update']],
  state: ['incident.status', 'incident.incident_updates.0.status', 'component_update.new_status', 'component.status'],
  firing: 'investigating, identified, degraded performance, partial outage, major outage',
  ongoing: 'monitoring',
  resolved: 'resolved, postmortem, operational',
  ignored: [['scheduled, in progress, verifying, completed, under maintenance', PLANNED]],
  key: ['incident.id', 'component_update.component_id', 'component.id'],
  untimed: 'return',
  name: ['incident.name', 'component.name'],
  start: ['incident.started_at', 'incident.created_at'],
  end: ['incident.resolved_at'],
  changed: ['component_update.created_at'],
  updated: ['incident.updated_at', latestIn('incident.incident_updates', 'created_at')],
  severity: ['incident.impact', 'component_update.new_status'],
  labels: [['component', 'component.name', 'incident.components.0.name'], ['page', 'page.id']],
  summary: ['incident.name'],
  description: ['incident.incident_updates.0.body', 'component.description'],
  link: ['incident.shortlink'],
}; // prettier-ignore

/** An incident of a system that is not known by name. */
const anyIncident: Shape = {
  source: 'incident',
  displayName: 'an incident management system',
  detect: [['incident.id', 'incident.status'], ['incident.id', 'incident.state'], ['incident.title', 'incident.status'], ['incident.name', 'incident.status']],
  alerts: ['^incident'],
  state: ['status', 'state'],
  firing: 'open, opened, started, triggered, firing, active, investigating, new, created',
  ongoing: 'acknowledged, identified, mitigated, monitoring, in progress',
  resolved: 'resolved, closed, cancelled, canceled, completed, ok',
  ignored: [['test', TEST], ['scheduled', PLANNED]],
  key: ['id', 'key', 'number', 'title', 'name'],
  untimed: 'return',
  name: ['title', 'name', 'summary'],
  start: ['started_at', 'created_at'],
  end: ['resolved_at', 'ended_at', 'closed_at'],
  updated: ['updated_at', '^updated_at', '^timestamp'],
  severity: ['severity', 'severity.name', 'priority', 'impact'],
  labels: ['labels', 'tags', ['service', 'service', 'service.name', 'services.0.name', 'services.0']],
  summary: ['summary', 'title'],
  description: ['description'],
  link: ['url', 'html_url', 'permalink', 'link'],
}; // prettier-ignore

export const INCIDENTS: readonly Shape[] = [pagerDuty, opsgenie, incidentIo, fireHydrant, rootly, statuspage];
export const ANY_INCIDENT: readonly Shape[] = [anyIncident];
