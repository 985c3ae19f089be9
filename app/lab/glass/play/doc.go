// Package play paints a scene on the shared display and watches for it on the viewer's, each with a log.
//
// Linux only.
package play
