package demo

import (
	"context"
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/demo/person"
)

// TestAFilm asks for a film while the supporter looks on. The customer allows
// it, sees that it is, and takes it back: the film has ended, and it plays.
func TestAFilm(t *testing.T) {
	p := begin(t, "en")
	right := "Keep a film of what they see"
	must(
		t,
		func(ctx context.Context) error { return p.startDesk(ctx, "") },
		p.sit, p.brief, p.sent, p.helper,
		func(ctx context.Context) error { return p.supporter.open(ctx, p.problem.title, p.number) },
		func(ctx context.Context) error { return p.supporter.ask(ctx, "Ask for a session") },
		p.readOut(asRead),
		func(ctx context.Context) error { return p.customer.question(ctx) },
		func(ctx context.Context) error { return p.customer.answer(ctx, "Allow what is ticked") },
		func(ctx context.Context) error {
			_, err := p.supporter.See(ctx, person.Which{Type: "Screen"})
			return err
		},
		func(ctx context.Context) error { return p.supporter.Click(ctx, person.Button(p.say("Keep a film"))) },
		func(ctx context.Context) error {
			return p.supporter.Click(ctx, person.Button(p.say("Ask the customer")))
		},
		func(ctx context.Context) error {
			_, err := p.customer.See(ctx, person.Which{Kind: "Check", Text: p.say(right)})
			return err
		},
		p.filmed("film-question"),
		func(ctx context.Context) error {
			return p.customer.Tick(ctx, person.Which{Kind: "Check", Text: p.say(right)}, true)
		},
		func(ctx context.Context) error {
			return p.customer.Click(ctx, person.Button(p.say("Allow what is ticked")))
		},
		func(ctx context.Context) error {
			_, err := p.supporter.See(ctx, person.Button(p.say("Save")))
			return err
		},
		p.filmed("film-save"),
		func(ctx context.Context) error { return p.supporter.Click(ctx, person.Button(p.say("Save"))) },
		func(ctx context.Context) error {
			_, err := p.supporter.See(ctx, person.Says(p.say.before("Stop the film ({{.Time}})")))
			return err
		},
		func(ctx context.Context) error {
			_, err := p.customer.See(ctx, person.Says(p.say.with("{{.Name}} sees your screen and may keep a film of it", "Name", staffShown)))
			return err
		},
		p.filmed("film-runs"),
		func(ctx context.Context) error { return p.customer.takeBack(ctx, right) },
		func(ctx context.Context) error {
			_, err := p.supporter.See(ctx, person.Says(p.say.before("The film has ended, since it is not allowed any more. It is in {{.Path}}.")))
			return err
		},
		func(ctx context.Context) error {
			_, err := p.supporter.See(ctx, person.Button(p.say("Keep a film")))
			return err
		},
		p.filmed("film-ended"),
	)
	films, err := filepath.Glob(filepath.Join(p.folder, "home", "*.webm"))
	if err != nil || len(films) != 1 {
		t.Fatalf("there are films %v: %v", films, err)
	}
	if _, err := exec.LookPath("ffprobe"); err != nil {
		t.Fatalf("%v: install it with \".ci/packages test\"", err)
	}
	out, err := exec.Command("ffprobe", "-v", "error", "-show_entries", "stream=codec_name,width,height", "-of", "csv=p=0", films[0]).CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != "vp9,1280,800" {
		t.Errorf("the film: %v: %s", err, out)
	}
}

// filmed takes a picture of both windows when pictures are wanted.
func (p *play) filmed(name string) func(context.Context) error {
	return func(ctx context.Context) error {
		if !p.shoot {
			return nil
		}
		_, err := p.customer.Picture(ctx, name+"-customer")
		_, err2 := p.supporter.Picture(ctx, name+"-supporter")
		return errors.Join(err, err2)
	}
}
