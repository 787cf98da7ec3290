package main

import (
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// The size of a page in CSS pixels. What is left over below is cut off.
const (
	width  = 760
	height = 3000
	scale  = 2 // pixels of a picture in one of CSS
	margin = 16 * scale

	colours = 64 // of a picture
)

//go:embed page.html
var template []byte

// page is a scene as HTML, and the data in it.
func (s scene) page() (page, data []byte, err error) {
	// json escapes <, so that no text ends the script that it stands in.
	data, err = json.MarshalIndent(s, "", "  ")
	if err != nil {
		return nil, nil, fmt.Errorf("write scene: %w", err)
	}
	return bytes.Replace(template, []byte("/*SCENE*/"), data, 1), data, nil
}

// paint has a browser draw a page without any network.
func paint(ctx context.Context, browser, dir string, page []byte) (image.Image, error) {
	html, shot := filepath.Join(dir, "page.html"), filepath.Join(dir, "page.png")
	if err := os.WriteFile(html, page, 0o600); err != nil {
		return nil, fmt.Errorf("write page: %w", err)
	}
	profile, err := os.MkdirTemp(dir, "profile-")
	if err != nil {
		return nil, fmt.Errorf("make profile: %w", err)
	}
	cmd := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir="+profile,
		"--hide-scrollbars", fmt.Sprintf("--force-device-scale-factor=%d", scale), fmt.Sprintf("--window-size=%d,%d", width, height),
		"--screenshot="+shot, "file://"+html)
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("run browser: %w\n%s", err, out)
	}
	f, err := os.Open(shot)
	if err != nil {
		return nil, fmt.Errorf("open screenshot: %w", err)
	}
	defer func() { _ = f.Close() }()
	return png.Decode(f)
}

// trim cuts off the empty rows below.
func trim(img image.Image) (image.Image, error) {
	b := img.Bounds()
	ground := img.At(b.Min.X, b.Max.Y-1)
	last := b.Max.Y - 1
	for ; last > b.Min.Y; last-- {
		empty := true
		for x := b.Min.X; x < b.Max.X && empty; x++ {
			empty = img.At(x, last) == ground
		}
		if !empty {
			break
		}
	}
	if last == b.Min.Y {
		return nil, errors.New("the page is empty")
	}
	if last == b.Max.Y-1 {
		return nil, fmt.Errorf("the page is higher than %d", height)
	}
	out := image.NewNRGBA(image.Rect(0, 0, b.Dx(), min(b.Dy(), last-b.Min.Y+1+margin)))
	draw.Draw(out, out.Bounds(), img, b.Min, draw.Src)
	return out, nil
}

// reduce gives a picture the colours that it has most of, which makes the file
// a third as large. Others, at the edges of letters, become the nearest of them.
func reduce(img image.Image) image.Image {
	b := img.Bounds()
	count := map[color.RGBA]int{}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			count[color.RGBAModel.Convert(img.At(x, y)).(color.RGBA)]++
		}
	}
	all := slices.SortedFunc(maps.Keys(count), func(x, y color.RGBA) int {
		return cmp.Or(cmp.Compare(count[y], count[x]), cmp.Compare(x.R, y.R), cmp.Compare(x.G, y.G), cmp.Compare(x.B, y.B))
	})
	var few color.Palette
	for _, c := range all[:min(colours, len(all))] {
		few = append(few, c)
	}
	nearest := map[color.RGBA]uint8{}
	for c := range count {
		nearest[c] = uint8(few.Index(c)) //nolint:gosec // below colours
	}
	out := image.NewPaletted(b, few)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			out.SetColorIndex(x, y, nearest[color.RGBAModel.Convert(img.At(x, y)).(color.RGBA)])
		}
	}
	return out
}

// picture draws a page into a file and returns its size in bytes.
func picture(ctx context.Context, browser, dir string, page []byte, path string) (int, error) {
	img, err := paint(ctx, browser, dir, page)
	if err != nil {
		return 0, err
	}
	if img, err = trim(img); err != nil {
		return 0, err
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, reduce(img)); err != nil {
		return 0, fmt.Errorf("write picture: %w", err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil { //nolint:gosec // a picture for everyone
		return 0, fmt.Errorf("write picture: %w", err)
	}
	return b.Len(), nil
}
