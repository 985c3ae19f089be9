//go:build drive && !headless

package gui

import (
	"encoding/json"
	"io"
	"net"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// ownButton is made from Fyne's button by embedding.
type ownButton struct {
	widget.Button
}

func ask(t *testing.T, socket string) []driveWindow {
	t.Helper()
	conn, err := net.Dial("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	text, err := io.ReadAll(conn)
	if err != nil {
		t.Fatal(err)
	}
	var answer struct{ Windows []driveWindow }
	if err := json.Unmarshal(text, &answer); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return answer.Windows
}

func find(windows []driveWindow, title, kind string) (out []driveWidget) {
	for _, w := range windows {
		for _, v := range w.Widgets {
			if w.Title == title && v.Kind == kind {
				out = append(out, v)
			}
		}
	}
	return out
}

func TestLookTellsWhatIsShown(t *testing.T) {
	app := test.NewTempApp(t)
	password := widget.NewPasswordEntry()
	password.SetText("geheim")
	entry := widget.NewEntry()
	entry.SetPlaceHolder("Say it")
	check := widget.NewCheck("Take it", nil)
	check.SetChecked(true)
	button := &ownButton{}
	button.Text = "Send"
	button.ExtendBaseWidget(button)
	button.Disable()
	hidden := widget.NewLabel("not to be seen")
	hidden.Hide()
	rows := container.NewVBox()
	for range 20 {
		rows.Add(widget.NewHyperlink("row", nil))
	}
	w := app.NewWindow("Form")
	w.SetContent(container.NewBorder(container.NewVBox(entry, password, check, button, hidden), nil, nil, nil, container.NewVScroll(rows)))
	w.Resize(fyne.NewSize(400, 300))
	w.Show()
	w.Canvas().Focus(entry)

	windows := look(app)
	entries := find(windows, "Form", "Entry")
	if len(entries) != 2 {
		t.Fatalf("%d entries in %+v, want 2", len(entries), windows)
	}
	if e := entries[0]; e.Hint != "Say it" || !e.Focused || !e.Enabled || e.Box.W == 0 {
		t.Errorf("entry told as %+v", e)
	}
	if e := entries[1]; e.Text != "••••••" || e.Focused || e.Box.Y <= entries[0].Box.Y {
		t.Errorf("password told as %+v", e)
	}
	if got := find(windows, "Form", "Check"); len(got) != 1 || !got[0].Checked || got[0].Text != "Take it" {
		t.Errorf("check told as %+v", got)
	}
	if got := find(windows, "Form", "Button"); len(got) != 1 || got[0].Enabled || got[0].Type != "ownButton" || got[0].Text != "Send" {
		t.Errorf("button told as %+v", got)
	}
	if got := find(windows, "Form", "Label"); len(got) != 0 {
		t.Errorf("a hidden label is told: %+v", got)
	}
	links := find(windows, "Form", "Hyperlink")
	if len(links) != 20 || links[0].Shown.H == 0 || links[19].Shown.H > 0 {
		t.Errorf("rows told as %+v", links)
	}

	pop := widget.NewModalPopUp(widget.NewLabel("Really?"), w.Canvas())
	pop.Show()
	windows = look(app)
	if got := find(windows, "Form", "Check"); len(got) != 1 || !got[0].Covered {
		t.Errorf("what is behind a dialog is told as %+v", got)
	}
	if got := find(windows, "Form", "Label"); len(got) != 1 || got[0].Covered || got[0].Text != "Really?" {
		t.Errorf("a dialog's label is told as %+v", got)
	}
}

func TestDoor(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "door")
	t.Setenv(driveEnv, socket)
	app := test.NewTempApp(t)
	w := app.NewWindow("Door")
	w.SetContent(widget.NewLabel("Hello"))
	stop := startDrive(app)
	defer stop()
	info, err := os.Stat(socket)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the door's mode is %v, want 0600", info.Mode().Perm())
	}
	if got := find(ask(t, socket), "Door", "Label"); len(got) != 1 || got[0].Text != "Hello" {
		t.Errorf("the label is told as %+v", got)
	}
	stop()
	if _, err := net.Dial("unix", socket); err == nil {
		t.Error("the door is open after stop")
	}
}

func TestNoDoorUnlessAsked(t *testing.T) {
	t.Setenv(driveEnv, "")
	stop := startDrive(test.NewTempApp(t))
	stop()
	stop()
}
