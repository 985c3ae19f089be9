package screen

import (
	"errors"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/damage"
	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/screensaver"
	"github.com/jezek/xgb/xfixes"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/x11"
)

// begin asks the server to tell.
func (e *ear) begin() error {
	root := xproto.Drawable(e.x.root)
	if ext, err := e.x.use(e.conn, "XFIXES"); err == nil {
		if v, err := xfixes.QueryVersion(e.conn, 2, 0).Reply(); err == nil && v.MajorVersion >= 2 {
			e.fixes = true
			e.numbers.cursor = ext.Event + xfixes.CursorNotify
			xfixes.SelectCursorInput(e.conn, e.x.root, xfixes.CursorNotifyMaskDisplayCursor)
		}
	}
	if err := e.beginDamage(root); err != nil {
		return err
	}
	if ext, err := e.x.use(e.conn, "RANDR"); err == nil {
		e.numbers.screen = ext.Event + randr.ScreenChangeNotify
		if _, err := randr.QueryVersion(e.conn, 1, 5).Reply(); err == nil {
			randr.SelectInput(e.conn, e.x.root, randr.NotifyMaskScreenChange)
		}
	}
	if ext, err := e.x.use(e.conn, "MIT-SCREEN-SAVER"); err == nil {
		if _, err := screensaver.QueryVersion(e.conn, 1, 1).Reply(); err == nil {
			e.saver = true
			e.numbers.saver = ext.Event + screensaver.Notify
			screensaver.SelectInput(e.conn, root, screensaver.EventNotifyMask)
		}
	}
	_ = e.beginStir()                                                                 // else it is asked more often
	return xproto.ChangeWindowAttributesChecked(e.conn, e.x.root, xproto.CwEventMask, // its size, and what it says of scale
		[]uint32{xproto.EventMaskStructureNotify | xproto.EventMaskPropertyChange}).Check()
}

func (e *ear) beginDamage(root xproto.Drawable) error {
	ext, err := e.x.use(e.conn, "DAMAGE")
	if err != nil || !e.fixes { // without regions it cannot be asked what is damaged
		return nil
	}
	if _, err := damage.QueryVersion(e.conn, 1, 1).Reply(); err != nil {
		return nil
	}
	if e.parts, err = xfixes.NewRegionId(e.conn); err != nil {
		return err
	}
	id, err := damage.NewDamageId(e.conn)
	if err != nil {
		return err
	}
	xfixes.CreateRegion(e.conn, e.parts, nil)
	if err := damage.CreateChecked(e.conn, id, root, damage.ReportLevelNonEmpty).Check(); err != nil {
		return err
	}
	e.damaged, e.numbers.damage = id, ext.Event+damage.Notify
	return nil
}

// use makes an extension usable, unless it is to be done without.
func (x *display) use(conn *xgb.Conn, name string) (x11.Extension, error) {
	if x.without == name {
		return x11.Extension{}, errWithout
	}
	return x11.Use(conn, name)
}

var errWithout = errors.New("it is done without")
