// Package theme is how the desktop program looks: its colours, light and dark, and its sizes.
package theme
