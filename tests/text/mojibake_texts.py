"""Good texts of many languages and kinds, to make mojibake of and to leave alone."""

from __future__ import annotations

LANGUAGES = {
    "French": "Où est passé l’été ? Ça, c’est déjà une drôle d’idée à Noël, près de la forêt.",
    "German": "Die Größe der Straße überrascht: „schön“, sagte Jörg, und äußerte Ärger.",
    "Spanish": "¿Mañana vendrá el niño? ¡Qué emoción, después de tantos años en España!",
    "Portuguese": "Não há solução fácil; três ações à tarde já são irmãs da opinião pública.",
    "Polish": "Zażółć gęślą jaźń, dziś jest ładna pogoda i śpiewają żółte ptaki w ogrodzie.",
    "Czech": "Příliš žluťoučký kůň úpěl ďábelské ódy, když přišel večer do města.",
    "Hungarian": "Árvíztűrő tükörfúrógép, az őszi eső után sütött a nap a kertben.",
    "Turkish": "İstanbul’da ağır yağış var mı? Çok şiddetli, ığdır’da da öğleden sonra güneş.",
    "Vietnamese": "Hôm nay trời đẹp, chúng tôi đi dạo trong công viên với bạn bè ở Hà Nội.",
    "Russian": "Привет, как дела? Сегодня хорошая погода, мы идём в парк и едим мороженое.",
    "Ukrainian": "Їжак і щука ґречно розмовляли біля річки, де світило сонце.",
    "Greek": "Σήμερα ο καιρός είναι καλός και πηγαίνουμε βόλτα στο πάρκο.",
    "Arabic": "مرحبا، كيف حالك اليوم؟ الطقس جميل ونذهب إلى الحديقة.",
    "Hebrew": "שלום, מה שלומך היום? מזג האוויר יפה ואנחנו הולכים לגן.",
    "Hindi": "नमस्ते, आज मौसम अच्छा है और हम पार्क जा रहे हैं।",
    "Thai": "สวัสดี วันนี้อากาศดี เราไปเดินเล่นในสวนสาธารณะ",
    "Chinese": "你好，今天天气很好，“我们”去公园散步……",
    "Japanese": "こんにちは。今日は天気がいいので、公園を散歩します。",
    "Korean": "안녕하세요, 오늘은 날씨가 좋아서 공원에 갑니다.",
    "Emoji": "Great job 👍🏽, see you ✔️ at the café ☕ 🎉",
}
"""One line of each language; the straight ones of English typography too."""

GOOD = {
    **LANGUAGES,
    "capitals": "NÃO É SÃO, CORAÇÃO, AÇÚCAR, L’ÉTÉ®, «ÉTÉ», CAFÉ™, ÀÉÎÕÜ",
    "Russian quotes": "РОССИЯ» и «ВЕСЬ МИР» – №5…, ООО «Ёлка»",
    "mathematics": "∀x∈ℝ: √x² = ±x, ∑∫≤≥≠≈∞ × ÷ ½ ¼ α·β ≥ µ±σ² → Ω≈√π, 10 µm × 5 Å, 5 °C",
    "frames": "╔══╗║é║╚══╝├──┤▒▓░│┌┐└┘█▀▄",
    "phonetic": "[ˈɡaɾɐ̃w̃] ˈθɜːti /œ̃/ ʒ [ˈʃøːn] ŋ",
    "code": "s = 'é'.encode('latin-1')  # ©2024 ®™ §5 ¶ £3 €4 ¥5",
    "about mojibake": "Why do I see Ã© instead of é, and â€™ for ’?",
    "quotes": "« Oui », dit-il – “yes” — ‘no’ … ‹ha› „so“ ‚so‘",
    "next line": "one\x85two",
    "lost byte": "voilÃ le travail",
    "replaced": "caf\ufffd Ã\ufffd",
    "surrogate": "Ã\ud800© é",
    "combining": "e\u0301a\u0300 n\u0303 Å",
    "Pinyin": "nǐ hǎo, wǒ ài zhōngguó, lǜsè",
    "Icelandic": "Það er gott veður í dag, Þórður ætlar út að ganga.",
    "Esperanto": "Ĉu vi ŝatas ĝardenojn? Ĵaŭdo, ŭ",
    "currency": "Preis: 5 €, 10 £, 3 ¢, ¥500, ₧, ₹, ₽ – je Stück à 2 €",
    "ordinals": "1º andar, 2ª vez, nº 3, 4° C, 5³, x²y¹",
}
