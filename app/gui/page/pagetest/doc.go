// Package pagetest plays a person at a page in a test: it finds what is shown, taps and types.
package pagetest
