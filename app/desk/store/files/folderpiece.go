package files

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// folderPiece writes into a part of this desk's own.
type folderPiece struct {
	folder *Folder
	path   string
	file   File // nil until something is written
	part   Part // Size is what is committed
	at     int64
	fresh  bool // the part's name is not on disk yet
}

// Begin is part of Files.
func (f *Folder) Begin(_ context.Context, id string, parts []Part) (Piece, error) {
	if err := checkUpload(id, parts); err != nil {
		return nil, err
	}
	at := end(parts)
	p := &folderPiece{folder: f, part: Part{At: at, Name: f.self + strconv.FormatInt(at, 16)}, fresh: true}
	if n := len(parts); n > 0 && f.own(parts[n-1]) {
		p.part, p.fresh = parts[n-1], false
	}
	p.path = f.part(id, p.part.Name)
	return p, nil
}

// own says whether the part was begun by this Folder.
func (f *Folder) own(p Part) bool { return strings.HasPrefix(p.Name, f.self) }

// open opens the part late, so that an upload of which nothing comes costs no file.
func (p *folderPiece) open() error {
	flag := os.O_WRONLY
	if p.fresh {
		flag |= os.O_CREATE // what a broken attempt of this desk left is written over
	}
	file, err := p.folder.disk.OpenFile(p.path, flag, 0o600)
	if err != nil {
		return fmt.Errorf("open part: %w", err)
	}
	if err := file.Truncate(p.part.Size); err != nil { // a break left bytes that nothing vouches for
		return errors.Join(fmt.Errorf("open part: %w", err), file.Close())
	}
	p.file = file
	return nil
}

func (p *folderPiece) Write(b []byte) (int, error) {
	if p.file == nil {
		if err := p.open(); err != nil {
			return 0, err
		}
	}
	n, err := p.file.WriteAt(b, p.part.Size+p.at)
	p.at += int64(n)
	return n, err
}

func (p *folderPiece) Commit(_ context.Context, last bool) (Part, error) {
	if p.at == 0 {
		return p.part, nil
	}
	if err := p.file.Sync(); err != nil {
		return Part{}, fmt.Errorf("write part: %w", err)
	}
	if p.fresh && !last {
		if err := syncDir(p.folder.uploads()); err != nil {
			return Part{}, fmt.Errorf("write part: %w", err)
		}
		p.fresh = false
	}
	p.part.Size, p.at = p.part.Size+p.at, 0
	return p.part, nil
}

func (p *folderPiece) Close() error {
	if p.file == nil {
		return nil
	}
	var err error
	if p.at > 0 { // it counts for nothing, but takes up room
		err = p.file.Truncate(p.part.Size)
	}
	err = errors.Join(err, p.file.Close())
	if p.part.Size == 0 {
		err = errors.Join(err, remove(p.path))
	}
	return err
}
