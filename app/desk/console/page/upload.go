package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
)

// drained is how much of a refused form is read to its end, in bytes: a browser
// shows an answer only to what it has sent.
const drained = 64 << 20

// TakeFiles reads a form with files and gives the uploads that they have become
// on the ticket. check says who sends them; it is asked before the first file is taken.
func (p *Request) TakeFiles(ticket int64, check func() error) (ids []string, err error) {
	checked := false
	know := func() error {
		if checked {
			return nil
		}
		checked = true
		return check()
	}
	err = p.Parts(func(name string, content io.Reader) error {
		if err := know(); err != nil {
			return err
		}
		if len(ids) == api.MaxEntryFiles {
			return &client.Error{Status: http.StatusRequestEntityTooLarge, Kind: api.KindTooLarge, Message: fmt.Sprintf("at most %d files fit", api.MaxEntryFiles)}
		}
		id, err := p.upload(ticket, name, content)
		if err == nil && id != "" {
			ids = append(ids, id)
		}
		return err
	})
	if err == nil {
		err = know()
	}
	if err != nil {
		_, _ = io.Copy(io.Discard, io.LimitReader(p.R.Body, drained))
	}
	return ids, err
}

// upload keeps a file beside until its hash is known, and then gives it to the
// interface as every program does (tus.io 1.0). An empty field of a form is no file.
func (p *Request) upload(ticket int64, name string, content io.Reader) (string, error) {
	f, err := os.CreateTemp("", "beistand-form-")
	if err != nil {
		return "", err
	}
	defer func() { _ = errors.Join(f.Close(), os.Remove(f.Name())) }()
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(f, sum), io.LimitReader(content, api.MaxFile+1))
	if err != nil {
		return "", err
	}
	if size > api.MaxFile {
		return "", &client.Error{Status: http.StatusRequestEntityTooLarge, Kind: api.KindTooLarge, Message: fmt.Sprintf("the file is longer than %d MB", api.MaxFile>>20)}
	}
	if size == 0 {
		return "", nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	b64 := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	made, err := p.tus(http.MethodPost, api.PathUploads, nil, 0, map[string]string{
		"Upload-Length": strconv.FormatInt(size, 10),
		"Upload-Metadata": "ticket " + b64(strconv.FormatInt(ticket, 10)) + ",filename " + b64(fileName(name)) +
			",sha256 " + b64(hex.EncodeToString(sum.Sum(nil))) + ",kind " + b64(api.UploadFile),
	})
	if err != nil {
		return "", err
	}
	id := path.Base(made.Get("Location"))
	_, err = p.tus(http.MethodPatch, api.UploadPath(id), f, size, map[string]string{
		"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0",
	})
	return id, err
}

func (p *Request) tus(method, to string, body io.Reader, size int64, header map[string]string) (http.Header, error) {
	r, err := http.NewRequestWithContext(p.R.Context(), method, "http://localhost"+to, body)
	if err != nil {
		return nil, err
	}
	r.ContentLength = size
	r.Header.Set("Tus-Resumable", "1.0.0")
	r.Header.Set("Authorization", "Bearer "+p.token)
	for k, v := range header {
		r.Header.Set(k, v)
	}
	resp, err := within{p.house.cfg.API}.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode >= 300 {
		refused := &client.Error{Status: resp.StatusCode, Kind: api.KindInternal}
		var said api.Error
		b, err := io.ReadAll(resp.Body)
		if err == nil && json.NewDecoder(bytes.NewReader(b)).Decode(&said) == nil {
			refused.Kind, refused.Message = said.Kind, said.Message
		}
		return nil, refused
	}
	return resp.Header, nil
}

// fileName is a file's name as the interface takes it: the last part of what
// the browser says, without what no file system has.
func fileName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, strings.ToValidUTF8(name, "_"))
	for len(name) > api.MaxFileName {
		_, n := utf8.DecodeRuneInString(name)
		name = name[n:] // the front goes: the end says what kind of file it is
	}
	if name == "" || name == "." || name == ".." {
		return "file"
	}
	return name
}
