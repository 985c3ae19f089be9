// Package load measures a desk under load; it has benchmarks and nothing else.
//
// The desk is a process of its own, so that its memory and processor time are
// its own; what speaks with it is the real client, in the benchmark's process.
package load
