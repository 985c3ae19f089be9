//go:build !headless

package widget

// notch is one notch of the wheel as Fyne 2.7 tells it, in its units
// (internal/driver/glfw/scroll_speed_darwin.go, scrollSpeed).
const notch float32 = 10
