// Package rendezvous is where the two sides of a session meet through the desk.
package rendezvous
