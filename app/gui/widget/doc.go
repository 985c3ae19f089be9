// Package widget has the parts that the windows are made of and that Fyne does not: they show and call back, and decide nothing.
package widget
