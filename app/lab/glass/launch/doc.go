// Package launch starts a peer, host and viewer each in a network namespace and a control group of their own, and measures it scene by scene.
//
// Linux only; it needs root.
package launch
