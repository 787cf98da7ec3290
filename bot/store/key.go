package store

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// keyName is the file with the key beside the database.
const keyName = "bot.key"

// keyBytes is the length of the key, and hashBytes what is kept of a hash: 128
// bits, which no two users share by chance.
const (
	keyBytes  = 32
	hashBytes = 16
)

// User is what stands for a user in the store: a hash of the ID (HMAC-SHA256)
// with the store's key. Without the key nobody can tell whose it is, not even by
// trying all IDs.
func (s *Store) User(id string) string {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(id))
	return hex.EncodeToString(mac.Sum(nil)[:hashBytes])
}

func newKey() []byte {
	key := make([]byte, keyBytes)
	_, _ = rand.Read(key) // never fails
	return key
}

// readKey reads the key in a folder, and makes one when there is none. Only its
// owner can read the file.
func readKey(dir string) ([]byte, error) {
	path := filepath.Join(dir, keyName)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeKey(dir, path); err != nil {
			return nil, fmt.Errorf("make key: %w", err)
		}
		text, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, fmt.Errorf("read key: %w", err)
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) != keyBytes {
		return nil, fmt.Errorf("read key: %s does not hold %d hexadecimal digits", path, 2*keyBytes)
	}
	return key, nil
}

// makeKey writes a new key. It links the finished file to its name, so that of
// two processes that do so at once one has its way and both read that key whole.
func makeKey(dir, path string) (err error) {
	f, err := os.CreateTemp(dir, ".key-*") // for its owner only
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(f.Name())) }()
	_, err = f.WriteString(hex.EncodeToString(newKey()) + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
