// Package page is the frame that the windows' pages stand in: what a page may ask of the rest of the program, and how long its work lives.
package page
