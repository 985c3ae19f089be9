// Package inwindow tries surfaces in real windows on a display of its own.
package inwindow
