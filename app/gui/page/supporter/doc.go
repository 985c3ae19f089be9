// Package supporter is the supporter's way through a case: sign in, find the ticket, read the evidence, see the screen.
package supporter
