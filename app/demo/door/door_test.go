package door

import (
	"image"
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"
)

// answer opens a door that says one thing.
func answer(t *testing.T, text string) string {
	t.Helper()
	socket := filepath.Join(t.TempDir(), "door")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		_, _ = io.WriteString(conn, text)
		conn.Close()
	}()
	t.Cleanup(func() {
		listener.Close()
		<-done
	})
	return socket
}

func TestLook(t *testing.T) {
	socket := answer(t, `{"windows":[{"title":"Ü","width":640,"height":480,"scale":1.5,"widgets":[
		{"kind":"Entry","type":"searchEntry","text":"ab","hint":"Search","box":{"x":1,"y":2,"w":30,"h":40},"shown":{},"enabled":true}]}]}`)
	windows, err := Look(t.Context(), socket)
	if err != nil {
		t.Fatal(err)
	}
	if len(windows) != 1 || windows[0].Title != "Ü" || len(windows[0].Widgets) != 1 {
		t.Fatalf("got %+v", windows)
	}
	v := windows[0].Widgets[0]
	if got, want := v.String(), `Entry/searchEntry "ab" hint "Search" at 1,2 30x40 scrolled away`; got != want {
		t.Errorf("described as %s, want %s", got, want)
	}
	if got, want := v.Box.Centre(), image.Pt(16, 22); got != want {
		t.Errorf("centre at %v, want %v", got, want)
	}
}

func TestLookAtNothing(t *testing.T) {
	for name, socket := range map[string]string{
		"no door":   filepath.Join(t.TempDir(), "none"),
		"broken":    answer(t, `{"windows":[{"ti`),
		"says none": answer(t, ``),
	} {
		t.Run(name, func(t *testing.T) {
			windows, err := Look(t.Context(), socket)
			if err == nil || !strings.HasPrefix(err.Error(), "look through the door: ") {
				t.Errorf("got %v, %v", windows, err)
			}
		})
	}
}
