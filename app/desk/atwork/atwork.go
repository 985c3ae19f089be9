// Package atwork measures a desk with very many tickets and people at work; it
// has a benchmark and nothing else.
//
// The desk is a process of its own, so that its memory is its own; people are
// clients with tokens, in the benchmark's process.
package atwork
