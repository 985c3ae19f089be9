package collect

import "context"

// DeskWay is what the desk-way collector asks of its host: what would work
// between this machine and the support desk.
type DeskWay interface {
	Examine(ctx context.Context) (DeskWayFacts, error)
}

// DeskWayFacts is system/desk-way.json: what was tried on the way to the desk,
// and how it went.
type DeskWayFacts struct {
	Desk   string             `json:"desk"` // its address
	Checks []DeskWayCheckFact `json:"checks"`
}

// DeskWayCheckFact is one thing that was tried.
type DeskWayCheckFact struct {
	Name   string `json:"name"`             // "dns", "tls", "relay", ...
	State  string `json:"state"`            // "ok", "warning", "failed", "skipped"
	Result string `json:"result"`           // a sentence, English
	Advice string `json:"advice,omitempty"` // what to do
}

// deskWay has the host look at the way to the desk.
type deskWay struct{ host DeskWay }

func (deskWay) Name() string  { return "desk-way" }
func (deskWay) Title() string { return titleDeskWay }

func (d deskWay) Collect(ctx context.Context, s Sink) error {
	found, err := d.host.Examine(ctx)
	if err != nil {
		return err
	}
	return writeFacts(s, "system/desk-way.json", titleDeskWay, found)
}
