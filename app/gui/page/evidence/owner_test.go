//go:build !headless

package evidence

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/pagetest"
	"github.com/beistand/beistand/app/gui/theme"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/redact"
	"github.com/beistand/beistand/diag/revise"
)

// owned is evidence in a window whose person is its owner.
type owned struct {
	*pagetest.Person
	look    *Look
	files   files
	changes revise.Changes
}

// manifested gives files a manifest, so that their types are known.
type manifested struct{ files }

func (m manifested) Manifest() bundle.Manifest {
	return bundle.Manifest{Files: []bundle.File{
		{Path: "a.log", MediaType: "text/plain"}, {Path: "a.json", MediaType: "application/json"}, {Path: "a.png", MediaType: "image/png"},
	}}
}

// propose is a suggester that always proposes the same.
type propose []image.Rectangle

func (p propose) Suggest(context.Context, image.Image) ([]image.Rectangle, error) { return p, nil }

func own(t *testing.T, suggest revise.Suggester) *owned {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.Calm{})
	o := &owned{files: files{
		"a.log":  []byte("login of <user-27> with <password>\nproject Nordwind\n"),
		"a.json": []byte(`{"hostname": "<host-12>", "vendor": "Nordwind AG", "total_bytes": 1024}`),
		"a.png":  pngOf(t, 200, 100),
	}}
	w := a.NewWindow("")
	o.Person = pagetest.New(t, w)
	scope := page.NewScope(t.Context(), o.Do)
	base := manifested{o.files}
	o.look = NewOwnersLook(scope, base, Owner{
		Hide: func(text string) error {
			next, err := o.changes.With(text)
			if err == nil {
				o.changes = next
				o.look.Renew(revise.New(base, revise.Table{}, o.changes))
			}
			return err
		},
		Black:    func(path string) []image.Rectangle { return o.changes.Black[path] },
		Blacken:  func(path string, all []image.Rectangle) { o.changes = o.changes.WithBlack(path, all) },
		Original: base,
		Suggest:  suggest,
		Tally: func(path string) (revise.Tally, bool) {
			tally, err := revise.New(base, revise.Table{}, o.changes).Tally(t.Context(), bundle.File{Path: path})
			return tally, err == nil
		},
		Notice: func(string) fyne.CanvasObject { return nil },
	})
	w.SetContent(o.look.Object)
	w.Resize(fyne.NewSize(640, 400))
	t.Cleanup(func() {
		scope.End()
		scope.Wait()
		o.Drain()
	})
	return o
}

func (o *owned) show(path string) {
	for _, f := range (manifested{}).Manifest().Files {
		if f.Path == path {
			o.look.Show(Item{File: f, Title: path})
		}
	}
}

func TestWhatWasReplacedIsCounted(t *testing.T) {
	o := own(t, nil)
	o.show("a.log")
	o.See("1 password removed")
	o.See("1 user name replaced")
}

func TestHideASelection(t *testing.T) {
	o := own(t, nil)
	o.show("a.log")
	o.See("project Nordwind")
	o.See("Select text with the mouse to hide it.")
	o.look.search.view.Select(1, 0, 2)
	o.Tap("Hide this everywhere")
	o.See("Please select at least three letters.")
	o.look.search.view.Select(1, 8, 16)
	o.See("Selected: Nordwind")
	view := o.look.search.view
	o.Tap("Hide this everywhere")
	o.See("<hidden>")
	o.See("1 place hidden by you")
	if o.look.search.view != view {
		t.Error("the text is shown in another view: its place is lost")
	}
	if o.Sees("Nordwind") {
		t.Error("it is still there")
	}
	o.show("a.json")
	o.See("<hidden> AG")
	o.See("<host-12>")
}

func TestHideByKey(t *testing.T) {
	o := own(t, nil)
	o.show("a.log")
	o.See("project Nordwind")
	o.look.search.view.Select(1, 8, 16)
	o.look.search.view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	o.See("<hidden>")
}

func TestHideAFact(t *testing.T) {
	o := own(t, nil)
	o.show("a.json")
	o.See("Nordwind AG")
	o.Row(2) // 1.0 kB is not what stands in the file
	o.See("Choose a line to hide what stands in it.")
	o.Row(1)
	o.See("Selected: Nordwind AG")
	o.Tap("Hide this everywhere")
	o.See("<hidden>")
	o.Tap("As the text that is sent")
	o.See(`"vendor": "`)
	o.Tap("As a table")
	o.See("As the text that is sent")
}

// TestBlackOut drags over a picture, and compares what is shown with the file
// that is sent.
func TestBlackOut(t *testing.T) {
	o := own(t, nil)
	o.show("a.png")
	o.See("Drag over what nobody should see")
	tools := newBlackPicture(o.look.item, o.look.owner, "a.png", image.NewGray(image.Rect(0, 0, 200, 100)))
	tools.area.Drawn(image.Rect(10, 10, 50, 30))
	tools.area.Drawn(image.Rect(60, 10, 90, 30))
	if got := len(o.changes.Black["a.png"]); got != 2 {
		t.Fatalf("%d areas are black", got)
	}
	tools.takeBack()
	r := revise.New(manifested{o.files}, revise.Table{}, o.changes)
	f, err := r.OpenFile("a.png")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sent, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	shown := revise.Blacken(tools.original, tools.black)
	var a, b bytes.Buffer
	if png.Encode(&a, shown) != nil || png.Encode(&b, revise.Blacken(sent, nil)) != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("another picture is sent than the one that is shown")
	}
	o.show("a.png")
	o.See("1 area is black in the picture that is sent.")
	o.Tap("Take all back")
	o.See("Drag over what nobody should see")
	if len(o.changes.Black) != 0 {
		t.Errorf("left: %v", o.changes.Black)
	}
}

// TestSuggestions are framed, and black only when their owner says so.
func TestSuggestions(t *testing.T) {
	o := own(t, propose{image.Rect(1, 2, 30, 40)})
	o.show("a.png")
	o.See("Black out what is framed")
	if len(o.changes.Black) != 0 {
		t.Errorf("black without a word: %v", o.changes.Black)
	}
	o.Tap("Black out what is framed")
	if got := o.changes.Black["a.png"]; len(got) != 1 || got[0] != image.Rect(1, 2, 30, 40) {
		t.Errorf("black: %v", got)
	}
}

func TestCountsInOrder(t *testing.T) {
	tally := revise.NewTally()
	tally.Gone[redact.User], tally.Gone[redact.Password], tally.Kept[redact.IP] = 2, 1, 3
	if got := len(Counts(tally)); got != 3 {
		t.Errorf("%d badges", got)
	}
}

// TestCountsHaveTheirRoom: what is below them moves down when they come.
func TestCountsHaveTheirRoom(t *testing.T) {
	o := own(t, nil)
	o.show("a.json")
	o.See("Nordwind AG")
	before := o.look.body.Position().Y
	o.files["a.log"] = []byte("<password> <token> <cookie> <user-27> <host-12> <mac-10> <iban-11> <serial-22>\n")
	o.show("a.log")
	o.See("1 serial number replaced")
	counts := o.look.counts
	if rows := counts.Size().Height / counts.Objects[0].Size().Height; rows < 2 || rows > 4 {
		t.Errorf("8 badges in %v rows of %v", rows, counts.Size().Width)
	}
	if after := o.look.body.Position().Y; after < before+counts.Objects[0].Size().Height {
		t.Errorf("the text begins at %v, before %v", after, before)
	}
}
