// Package evidence is the look into a bundle that customer and supporter share: its list and its readable contents.
package evidence
