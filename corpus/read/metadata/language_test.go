package metadata

import "testing"

func TestGuessLanguage(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"The ferry of Ellery closed on Monday, and the town was quiet. It was the last boat that the port had, the mayor said.":                       "en",
		"Die Fähre von Ellery wurde am Montag eingestellt, und die Stadt ist still. Das ist nicht das Ende, sagte der Bürgermeister.":                 "de",
		"Le bac d'Ellery est fermé depuis lundi et la ville est calme. Les habitants sont sur le quai, dans le froid, pour une heure.":                "fr",
		"El barco de Ellery cerró el lunes y la ciudad está en calma. Los vecinos esperan en el muelle con una bandera y las manos en los bolsillos.": "es",
		"Il traghetto di Ellery ha chiuso lunedì e la città è calma. Gli abitanti sono sul molo, che è freddo, per una bandiera della città.":         "it",
		"O barco de Ellery fechou na segunda e a cidade está calma. Os moradores não saem do cais, com uma bandeira, e o porto é de todos.":           "pt",
		"De veerboot van Ellery is maandag gestopt en het is stil in de stad. Dat is niet het einde, zegt een man op de kade met zijn hond.":          "nl",
		"Prom w Ellery nie kursuje od poniedziałku i jest cicho. Mówi się, że na wiosnę wróci z nowym silnikiem, ale nie jest to pewne.":              "pl",
		"Färjan i Ellery är inställd och det är tyst på kajen. Folk säger att det är för tidigt att ge upp, och att båten som låg där är såld.":       "sv",
		"Паром в Эллери закрыли в понедельник, и город стоит тихий.":                                                                                  "ru",
		"Пором в Еллері закрили в понеділок, і місто стоїть тихе, як ніколи раніше.":                                                                  "uk",
		"渡船は月曜日に運航を終え、町は静かになったと市長は述べた。":                                                                                                               "ja",
		"渡船于星期一停运，全城一片安静，市长在码头上对记者这样说道。":                                                                                                              "zh",
		"나룻배는 월요일에 운항을 멈추었고 마을은 조용해졌다고 시장이 말했다.":                                                                                                      "ko",
		"Mara Quill 14, Tobin Hale 12, Lee Roe 9, Ann Poe 7":                                                                                          "",
		"": "",
	} {
		if got := GuessLanguage(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
