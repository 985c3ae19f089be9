//go:build bench && !headless

package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk"
	"github.com/beistand/beistand/app/desk/store"
)

// benchPassword is the supporter's, for who signs in in a browser.
const benchPassword = "correct horse"

// desk is the real one, with one supporter whose token it tells.
func (b *bench) desk(ctx context.Context) (err error) {
	dir, err := os.MkdirTemp("", "bench-desk-")
	if err != nil {
		return fmt.Errorf("make the desk's folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	token, err := benchSupporter(ctx, dir)
	if err != nil {
		return err
	}
	server, err := desk.New(desk.Config{Dir: dir, Listen: "0.0.0.0:" + benchPort, BehindProxy: true, Organisation: "Example GmbH", Version: "bench", Log: b})
	if err != nil {
		return err
	}
	if err := b.tell("token", token); err != nil {
		return err
	}
	return server.Serve(ctx)
}

func benchSupporter(ctx context.Context, dir string) (token string, err error) {
	db, err := store.Open(ctx, dir, store.Options{})
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.People().AddStaff(ctx, api.NewStaff{User: "sam", Name: "Sam Support", Roles: []api.Role{api.RoleStaff}, Password: benchPassword}); err != nil {
		return "", err
	}
	now := time.Now()
	return db.People().AddStaffToken(ctx, "sam", now, now.Add(12*time.Hour))
}
