package xhand

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/app/demo/await"
)

// ErrNoClipboard says that nobody owns the clipboard, or not as text.
var ErrNoClipboard = errors.New("the clipboard holds no text")

// Clipboard is the text that another program offers in the clipboard (ICCCM
// 2.4: selection CLIPBOARD, target UTF8_STRING).
func (h *Hand) Clipboard(ctx context.Context, limit time.Duration) (string, error) {
	selection, err := h.atom("CLIPBOARD")
	if err != nil {
		return "", err
	}
	target, err := h.atom("UTF8_STRING")
	if err != nil {
		return "", err
	}
	const name = "BEISTAND_CLIPBOARD"
	property, err := h.atom(name)
	if err != nil {
		return "", err
	}
	w, err := xproto.NewWindowId(h.conn)
	if err != nil {
		return "", fmt.Errorf("read clipboard: %w", err)
	}
	err = xproto.CreateWindowChecked(h.conn, 0, w, h.root, 0, 0, 1, 1, 0, xproto.WindowClassInputOnly, 0, 0, nil).Check()
	if err != nil {
		return "", fmt.Errorf("read clipboard: %w", err)
	}
	defer xproto.DestroyWindow(h.conn, w)
	if err := xproto.ConvertSelectionChecked(h.conn, w, selection, target, property, xproto.TimeCurrentTime).Check(); err != nil {
		return "", fmt.Errorf("read clipboard: %w", err)
	}
	var answer *xproto.SelectionNotifyEvent
	err = await.Until(ctx, limit, "answer from the clipboard's owner", func() (bool, error) {
		for {
			event, xerr := h.conn.PollForEvent()
			if event == nil && xerr == nil {
				return false, nil
			}
			if e, ok := event.(xproto.SelectionNotifyEvent); ok && e.Requestor == w {
				answer = &e
				return true, nil
			}
		}
	}, nil)
	if err != nil {
		return "", err
	}
	if answer.Property == 0 {
		return "", ErrNoClipboard
	}
	text, err := h.property(w, name)
	return string(text), err
}
