// Package gui is the desktop program: the customer's and the supporter's window.
package gui
