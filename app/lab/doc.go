// Package lab builds networks out of the kernel's namespaces, for tests: homes behind routers of every kind, and what goes wrong with them.
//
// Linux only. A network exists for one test and is removed with it; what a
// crashed test has left behind is removed by the next. The addresses look
// public, since a relay refuses others; nothing of a lab leaves the machine.
package lab
