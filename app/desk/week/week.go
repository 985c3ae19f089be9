// Package week plays a week of a support team of twenty-five on a real desk; it has a test and nothing else.
//
// Everything goes the way that people and monitors go: over HTTP and by mail.
// While it acts the script counts by itself, and at the end its counts are
// compared with what the desk says.
package week
