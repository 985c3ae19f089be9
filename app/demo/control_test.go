package demo

import (
	"context"
	"fmt"
	"image"
	"testing"
	"time"

	"github.com/beistand/beistand/app/demo/await"
	"github.com/beistand/beistand/app/demo/person"
	"github.com/beistand/beistand/app/demo/xhand"
)

// controlLimit is how long a movement may take to arrive.
const controlLimit = 30 * time.Second

// TestControl holds that the pointer arrives on the customer's screen at the
// pixel over which the supporter has it, at another size, until the keys that
// lead out of control.
func TestControl(t *testing.T) {
	p := begin(t, "en")
	must(
		t,
		func(ctx context.Context) error { return p.startDesk(ctx, "") },
		p.sit, p.brief, p.sent, p.helper,
		func(ctx context.Context) error { return p.supporter.maximise(ctx) },
		func(ctx context.Context) error { return p.supporter.open(ctx, p.problem.title, p.number) },
		func(ctx context.Context) error {
			return p.supporter.ask(ctx, "Ask for a session", "Use mouse and keyboard")
		},
		p.readOut(asRead),
		func(ctx context.Context) error { return p.customer.question(ctx) },
		func(ctx context.Context) error {
			return p.customer.Tick(ctx, person.Which{Kind: "Check", Text: "Use your keyboard and mouse"}, true)
		},
		func(ctx context.Context) error { return p.customer.answer(ctx, "Allow what is ticked") },
		func(ctx context.Context) error { return p.supporter.Click(ctx, person.Button("Take control")) },
		func(ctx context.Context) error {
			_, err := p.supporter.See(ctx, person.Which{Part: "Ctrl+Alt+Enter ends it."})
			return err
		},
		func(ctx context.Context) error { return p.lead(ctx, image.Pt(17, 23)) },
		func(ctx context.Context) error { return p.lead(ctx, image.Pt(1200, 700)) },
		func(ctx context.Context) error {
			if err := p.supporter.Hand.Chord(xhand.Control, xhand.Alt, xhand.Enter); err != nil {
				return err
			}
			return p.supporter.Gone(ctx, person.Which{Part: "Ctrl+Alt+Enter ends it."})
		},
		func(ctx context.Context) error { return p.supporter.Click(ctx, person.Button("Figures")) },
		func(ctx context.Context) error {
			_, err := p.supporter.See(ctx, person.Which{Part: "Reading the screen"})
			return err
		},
		func(ctx context.Context) error {
			_, err := p.supporter.See(ctx, person.Which{Part: "\u00a0ms"})
			return err
		},
		func(ctx context.Context) error { return p.supporter.Click(ctx, person.Button("Stop")) },
		func(ctx context.Context) error {
			_, err := p.supporter.See(ctx, person.Which{Part: p.say.before("You stopped looking after {{.Time}}.")})
			return err
		},
	)
	end(t, p)
}

// lead moves the supporter's pointer over a pixel of the customer's screen, and
// waits until the customer's is there.
func (p *play) lead(ctx context.Context, to image.Point) error {
	err := await.Until(ctx, controlLimit, fmt.Sprintf("the customer's pointer at %v", to), func() (bool, error) {
		area, err := p.supporter.Area(ctx, person.Which{Type: "Raster"})
		if err != nil {
			return false, nil // not there yet
		}
		size := image.Pt(area.Dx(), area.Dy())
		over := image.Pt(to.X*size.X/customerScreen.X, to.Y*size.Y/customerScreen.Y)
		if err := p.supporter.Hand.Move(area.Min.Add(over)); err != nil {
			return false, err
		}
		at, err := p.customer.Hand.Pointer()
		if err != nil {
			return false, err
		}
		off := at.Sub(to)
		return max(off.X, -off.X, off.Y, -off.Y) <= 1, nil
	}, nil)
	return p.supporter.Complain(ctx, err)
}
