// Package count counts what groups of processes use: processor time, memory, bytes on a link.
//
// Linux only.
package count
