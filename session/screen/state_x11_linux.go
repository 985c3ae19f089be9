package screen

import (
	"slices"

	"github.com/jezek/xgb/screensaver"
	"github.com/jezek/xgb/xproto"
)

// state is what must be the same before and after pixels are read.
type state struct {
	monitors []Monitor
	locked   bool
}

// stateAsked are questions under way.
type stateAsked struct {
	e     *ear
	list  monitorsAsked
	saver screensaver.QueryInfoCookie
}

// ask asks without waiting: what comes after in the answer has not been read yet.
func (e *ear) ask() stateAsked {
	a := stateAsked{e: e, list: e.x.askMonitors(e.conn)}
	if e.saver {
		a.saver = screensaver.QueryInfo(e.conn, xproto.Drawable(e.x.root))
	}
	return a
}

func (a stateAsked) reply() (s state, err error) {
	if s.monitors, err = a.list.reply(a.e.scale); err != nil {
		return s, err
	}
	if a.e.saver {
		info, err := a.saver.Reply()
		if err != nil {
			return s, err
		}
		s.locked = info.State == screensaver.StateOn
	}
	return s, nil
}

// same gives ErrChanged or ErrLocked if it is not what it was.
func (s state) same(now state) error {
	if s.locked || now.locked {
		return ErrLocked
	}
	if !slices.Equal(s.monitors, now.monitors) {
		return ErrChanged
	}
	return nil
}
