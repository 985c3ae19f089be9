// Package line carries packets between two network namespaces late, slowly and not all: what netem does, for kernels without it.
//
// Linux only.
package line
