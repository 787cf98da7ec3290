//go:build !race

package discord

// raceDetector tells that everything takes ten times as long.
const raceDetector = false
