// Package cast holds the programs of a lab's networks: the real desk, a customer's and a supporter's side without windows, and a proxy.
//
// They are roles of the test's own program, which says in JSON lines what it
// sees. Linux only, as the lab is.
package cast
