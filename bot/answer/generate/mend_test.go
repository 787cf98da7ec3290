package generate

import (
	"encoding/json"
	"testing"
)

func TestMend(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"JSON", `{"a":[1,true,null,"b\u00e9\n"],"c":{}}`, `{"a":[1,true,null,"bé\n"],"c":{}}`},
		{"raw line breaks", "{\"a\": \"It\nrained\tlong.\"}", `{"a":"It\nrained\tlong."}`},
		{"commas too many", `{"a": [{"b": 1,},], "c": "d",,}`, `{"a":[{"b":1}],"c":"d"}`},
		{"commas missing", "{\"a\": \"b\"\n \"c\": [1 2 {\"d\": 3} {\"d\": 4}]}", `{"a":"b","c":[1,2,{"d":3},{"d":4}]}`},
		{"single quotes", `{'a': 'It isn\'t so', 'b': True, 'c': None}`, `{"a":"It isn't so","b":true,"c":null}`},
		{"an apostrophe in single quotes", `{'a': 'It isn't so.', 'b': ['x', 'y']}`, `{"a":"It isn't so.","b":["x","y"]}`},
		{"curly quotes", `{“a”: “It rained”, “b”: [1]}`, `{"a":"It rained","b":[1]}`},
		{"curly quotes within", `{"a": "She said “no”, twice.", "b": 1}`, `{"a":"She said “no”, twice.","b":1}`},
		{"quotes not escaped", `{"a": "On a day "the line" stood.", "b": 1}`, `{"a":"On a day \"the line\" stood.","b":1}`},
		{"quotes before a comma", `{"a": "He said "no", and left.", "b": 1}`, `{"a":"He said \"no\", and left.","b":1}`},
		{"comments", "{\"a\": \"http://x.y /* no */\", /* \"c\" */ \"b\": 1 // don't\n, # \"z\"\n \"d\": 2}", `{"a":"http://x.y /* no */","b":1,"d":2}`},
		{"bare names", `{a: "b", c-d: [e]}`, `{"a":"b","c-d":["e"]}`},
		{"sums", `{"a": "It rained" + ' long.'}`, `{"a":"It rained long."}`},
		{"three quotes", `{"a": """It "rained".""", "b": ""}`, `{"a":"It \"rained\".","b":""}`},
		{"unknown escapes", `{"a": "x\ y\'z \$5"}`, `{"a":"x y'z $5"}`},
		{"surrogates", `{"a": "\ud83d\ude00"}`, `{"a":"😀"}`},
		{"text behind", `{"a": 1} and so on {"b"`, `{"a":1}`},
		{"never closed", `{"a": [{"b": "c"}`, `{"a":[{"b":"c"}]}`},
		{"cut in a string", `{"a": "b", "c": [{"d": "It rai`, `{"a":"b","c":[{}]}`},
		{"cut in a number", `{"a": "b", "c": 1`, `{"a":"b"}`},
		{"cut in a name", `{"a": "b", "c`, `{"a":"b"}`},
		{"a list not closed", `{"a": [1, 2}, "b": 3}`, `{"a":[1,2]}`},
		{"a bracket too many", `{"a": [1]], "b": 3}`, `{"a":[1],"b":3}`},
	}
	for _, tt := range tests {
		got, _, ok := mend(tt.text)
		if !ok || string(got) != tt.want {
			t.Errorf("%s: got %s, %v, want %s", tt.name, got, ok, tt.want)
		}
	}
	for _, text := range []string{"", "It rained.", `"a"`, "5"} {
		if got, _, ok := mend(text); ok {
			t.Errorf("%q: got %s", text, got)
		}
	}
}

// FuzzMend guards that every text is read, as JSON means it where it is JSON.
func FuzzMend(f *testing.F) {
	for _, s := range []string{`{"a":["b",{"c":1.5e3}]}`, `{'a':'b`, "[[[[", `{"a":"\u12`, `{"""`, "{a:}", "[,,", `{"a" "b"}`, "{/*", `{"` + "\xff" + `":1}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		fixed, n, ok := mend(s)
		if ok && (!json.Valid(fixed) || n > len(s)) {
			t.Errorf("%q becomes %q, %d", s, fixed, n)
		}
	})
}
