package main

import (
	"context"
	"embed"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"time"
)

//go:embed web
var web embed.FS

// maxMessage bounds what a page may send: a session description.
const maxMessage = 1 << 20

// serveSignal serves the host and viewer pages of the browser peer, and passes
// their few messages on through one mailbox each.
func serveSignal(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("signal", flag.ExitOnError)
	addr := set.String("addr", ":8070", "address to listen on")
	if err := set.Parse(args); err != nil {
		return err
	}
	box := map[string]chan []byte{"host": make(chan []byte, 16), "view": make(chan []byte, 16)}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /put", func(w http.ResponseWriter, r *http.Request) {
		to := box[r.URL.Query().Get("to")]
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxMessage))
		if err != nil || to == nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		select {
		case to <- body:
		default:
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	mux.HandleFunc("GET /get", func(w http.ResponseWriter, r *http.Request) {
		select {
		case m := <-box[r.URL.Query().Get("who")]:
			_, _ = w.Write(m) // who has gone asks again
		case <-time.After(20 * time.Second):
			w.WriteHeader(http.StatusRequestTimeout)
		case <-r.Context().Done():
		}
	})
	mux.HandleFunc("POST /log", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(http.MaxBytesReader(w, r.Body, maxMessage)) // as much as came
		fmt.Printf("%s %s: %s\n", time.Now().Format(time.TimeOnly), r.URL.Query().Get("who"), body)
	})
	pages, err := fs.Sub(web, "web")
	if err != nil {
		return err
	}
	mux.Handle("GET /", http.FileServerFS(pages))
	server := &http.Server{Addr: *addr, Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	defer context.AfterFunc(ctx, func() { _ = server.Close() })()
	if err := server.ListenAndServe(); ctx.Err() == nil {
		return err
	}
	return nil
}
