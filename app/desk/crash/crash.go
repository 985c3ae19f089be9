// Package crash kills desks under load and fills their disks; it has tests and nothing else.
package crash
